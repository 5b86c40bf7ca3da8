/* Putting a record back as it was, whether it was changed since or taken out. */
#include "base/text.h"
#include "records/form_pages.h"
#include "records/records_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler restore_show, restore_do;

struct restoring {
    struct request *request;
    struct around around;
    const struct kind *kind;
    const char *key;
    const struct past_version *version; /* NULL: there is none */
    struct record *then;
    struct around_found now; /* the record is NULL: it is not there */
};

static enum err restoring_begin(struct request *request, const char *revision,
                                struct restoring *out) {
    struct past past = {0};
    /* Where no version is said it is the newest, which is what was taken out. */
    int64_t wanted = revision ? strtoll(revision, NULL, 10) : 0;
    *out = (struct restoring){
        .request = request,
        .around = around_new(request->db, request->arena, &request->visitor.programme),
        .kind = kind_find(request->values[1]),
        .key = request->values[2]};
    if (!out->kind)
        return OK;
    enum err err = past_read(request->db, request->arena, &request->visitor.programme, out->kind,
                             out->key, &past);
    for (size_t i = 0; !err && i < past.list.n; i++)
        if (past.list.items[i].began.revision == wanted || (!wanted && !out->version))
            out->version = &past.list.items[i];
    if (err || !out->version)
        return err;
    err = around_record(&out->around, out->kind, out->key, &out->now);
    if (!err)
        err = around_version(&out->around, out->kind, out->key, out->version->cells, &out->then);
    if (!err)
        err = around_references(&out->around, out->then);
    return err || !out->now.record ? err : around_references(&out->around, out->now.record);
}

/* ---- the page ---- */

static void view_begin(struct restoring *restoring, struct restore_view *view) {
    const struct request *request = restoring->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key, *kind = restoring->kind->name;
    const struct record_reader reader = {
        .may_read = true, .sees_personal = true, .may_correct = true}; /* CORRECT needs a lead */
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    *view = (struct restore_view){
        .title = arena_format(arena, "Put it back as it was on %s?",
                              day_of_moment(arena, restoring->version->began.at)),
        .record = text_capital(arena, record_label(&restoring->around.records, restoring->then)),
        .back_url = url_to(arena, ROUTE_record_past, programme, kind, restoring->key),
        .url = url_to(arena, ROUTE_restore_save, programme, kind, restoring->key),
        .form_token = layout_form_token(request),
        .token = token,
        .base = arena_format(arena, "%lld", (long long)request->visitor.programme.revision),
        .revision = arena_format(arena, "%lld", (long long)restoring->version->began.revision),
        .reason = request_field(request, "reason"),
        .is_gone = !restoring->now.record,
    };
    (void)differences_add(request, &reader, &restoring->around.records, restoring->now.record,
                          restoring->then, &view->changes);
}

static void view_put(struct restoring *restoring, struct response *response,
                     const struct restore_view *view) {
    struct text body = text_new(restoring->request->arena);
    template_restore(&body, view);
    layout_page(restoring->request, response, view->title, &body);
}

enum err restore_show(struct request *request, struct response *response) {
    struct restoring restoring;
    struct restore_view view;
    enum err err = restoring_begin(request, request_query(request, "revision"), &restoring);
    if (err || !restoring.version) {
        record_gone(request, response);
        return err;
    }
    view_begin(&restoring, &view);
    view_put(&restoring, response, &view);
    return OK;
}

/* ---- saving ---- */

static void problems_fill(const struct restoring *restoring, const struct corrected *corrected,
                          struct restore_view *view) {
    enum { MOST = 20 };
    struct arena *arena = restoring->request->arena;
    for (size_t i = 0; i < corrected->problems.n && i < MOST; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        struct record_line line = {.what = problem->words};
        if (problem->kind) {
            line.title = problem->label;
            line.url = record_url(restoring->request, problem->kind, problem->key);
        } else if (problem->field >= 0)
            line.title = field_title(arena, &restoring->kind->fields[problem->field]);
        list_add(arena, &view->wrong.list, line);
    }
}

/* The page once more, with what stands against it; what somebody else has done is in it now. */
static void restore_again(struct restoring *restoring, struct response *response,
                          const struct corrected *corrected) {
    struct restore_view view;
    view_begin(restoring, &view);
    view.has_errors = true;
    view.conflict =
        corrected->as == CORRECT_WRONG
            ? "As it was then it does not fit what is written down now. Put that right first, or "
              "write by hand what is to be there."
            : "Somebody else has changed the records since you opened this page. Below is what "
              "would change now: look, and decide again.";
    problems_fill(restoring, corrected, &view);
    view_put(restoring, response, &view);
    response->status = corrected->as == CORRECT_WRONG ? STATUS_BAD_REQUEST : STATUS_CONFLICT;
}

enum err restore_do(struct request *request, struct response *response) {
    struct restoring restoring;
    struct corrected corrected;
    enum err err = restoring_begin(request, request_field(request, "revision"), &restoring);
    if (err || !restoring.version) {
        record_gone(request, response);
        return err;
    }
    const char *base = request_field(request, "base");
    const struct correction correction = {
        .programme = &request->visitor.programme,
        .kind = restoring.kind,
        .key = restoring.now.record ? restoring.key : NULL,
        .cells = restoring.version->cells,
        .base = base ? strtoll(base, NULL, 10) : 0,
        .author = request->visitor.name,
        .reason = request_filled(request, "reason"),
        .token = request_filled(request, "token"),
    };
    err = correct_record(request->db, request->arena, &correction, &corrected);
    if (err)
        return err;
    if (corrected.as == CORRECT_SAVED || corrected.as == CORRECT_SAME ||
        corrected.as == CORRECT_KNOWN)
        response_see_other(response,
                           arena_format(request->arena, "%s?saved=1",
                                        record_url(request, restoring.kind,
                                                   corrected.key ? corrected.key : restoring.key)));
    else
        restore_again(&restoring, response, &corrected);
    return OK;
}
