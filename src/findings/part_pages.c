#include "findings/part_pages.h"
#include "base/text.h"
#include "web/layout.h"

static bool sees_unshared(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_SEE_UNSHARED);
}

static const char *missing_words(const struct request *request, const struct part *part,
                                 const struct shown *shown) {
    if (part->failed)
        return arena_format(request->arena,
                            "This cannot be shown now: %s It is tried again after "
                            "the next change, or tomorrow.",
                            part->failed);
    if (!shown->number && !sees_unshared(request))
        return "The programme lead has not shared a diagnosis yet. This page comes with it.";
    return "This is being made ready. Load the page again in a moment.";
}

enum err part_seen_read(struct request *request, const char *name, const char *picture,
                        struct part_seen *out) {
    const struct programme *programme = &request->visitor.programme;
    struct part part = {0};
    struct names names = {0};
    *out = (struct part_seen){0};
    enum err err =
        shown_read(request->db, request->arena, programme, sees_unshared(request), &out->shown);
    if (!err)
        err = part_read(request->db, request->arena, programme->id, out->shown.number, name, &part);
    if (!err)
        err = part_names(request->db, request->arena, programme->id, out->shown.number, &names);
    out->content = part.content;
    out->missing = part.content ? NULL : missing_words(request, &part, &out->shown);
    out->has_picture = names_contain(&names, picture);
    if (!out->shown.shared_at)
        out->private_words = "Only you can see this so far: it is about the records of now. The "
                             "others see it when you share the diagnosis.";
    return err;
}

enum err part_picture_answer(struct request *request, struct response *response, const char *name) {
    struct db_rows rows;
    const char *content = NULL;
    int64_t number = 0;
    enum err err = db_query(request->db, SQL_part_shown,
                            DB_VALUES(db_integer(request->visitor.programme.id),
                                      db_integer(sees_unshared(request)), db_text(name)),
                            &rows);
    if (!err && db_next(&rows)) {
        number = db_row_integer(&rows, 0);
        content = db_row_copy(request->arena, &rows, 1);
    }
    err = db_rows_end(&rows, err);
    if (err)
        return err;
    if (!content) {
        layout_message(request, response, STATUS_NOT_FOUND, "There is no picture",
                       "Either it is being drawn, or this site cannot draw pictures. The page that "
                       "you came from says the same in words.");
        return OK;
    }
    response->etag = arena_format(request->arena, "W/\"%lld-%s\"", (long long)number, name);
    response->type = "image/svg+xml; charset=utf-8";
    response->is_picture = true;
    if (request->if_none_match && text_equal(request->if_none_match, response->etag))
        response->status = STATUS_UNCHANGED;
    else
        text_add(&response->body, content);
    return OK;
}
