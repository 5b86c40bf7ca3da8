/* For whoever looks after the site: what it adds to the page of how data are used, and what it
 * added before. */
#include "accounts/moment.h"
#include "accounts/notice.h"
#include "accounts/notice_pages.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler site_notice_show, site_notice_do, site_notice_past_show;

static const char *past_title(struct arena *arena, const struct notice *notice) {
    return arena_format(arena, "Version %lld, since %s, by %s", (long long)notice->number,
                        moment_words(arena, notice->at),
                        notice->author ? notice->author : "somebody who has left");
}

/* ---- the form ---- */

/* `typed`: what was sent and is not saved, or NULL; `is_conflict`: since another was saved. */
static enum err form_put(struct request *request, struct response *response,
                         const struct notice *typed, bool is_conflict) {
    struct arena *arena = request->arena;
    struct notices all;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    enum err err = notices_read(request->db, arena, &all);
    if (err)
        return err;
    const struct notice *last = all.list.n ? &all.list.items[0] : NULL;
    token_new(token);
    struct notice_form_view view = {
        .form_token = layout_form_token(request),
        .url = url_to(arena, ROUTE_site_notice),
        .token = token,
        .base = arena_format(arena, "%lld", last ? (long long)last->number : 0),
        .said =
            request_query(request, "saved") ? "It stands on the page of every programme." : NULL,
        .is_conflict = is_conflict};
    for (size_t i = 0; i < NOTICE_FIELDS; i++) {
        const char *stored = last ? last->values[i] : "";
        struct notice_part part = {.name = notice_fields[i].name,
                                   .heading = notice_fields[i].heading,
                                   .hint = notice_fields[i].hint,
                                   .value = typed ? typed->values[i] : stored};
        if (strlen(part.value) > NOTICE_MOST)
            part.error = "Say it shorter: at most 5,000 letters";
        if (is_conflict && !text_equal(stored, part.value))
            part.theirs = *stored ? stored : "Nothing.";
        form_fault_add(arena, &view.faults, part.name, part.error);
        list_add(arena, &view.parts, part);
    }
    for (size_t i = 0; i < all.list.n; i++)
        list_add(arena, &view.past,
                 (struct notice_past){
                     past_title(arena, &all.list.items[i]),
                     url_to(arena, ROUTE_site_notice_past,
                            arena_format(arena, "%lld", (long long)all.list.items[i].number))});
    template_site_notice(&body, &view);
    layout_page(request, response, "Privacy notice", &body);
    return OK;
}

enum err site_notice_show(struct request *request, struct response *response) {
    return form_put(request, response, NULL, false);
}

enum err site_notice_do(struct request *request, struct response *response) {
    const char *base = request_filled(request, "base");
    struct notice notice = {.number = base ? strtoll(base, NULL, 10) : 0};
    enum notice_saved saved;
    bool is_long = false;
    enum err err;
    for (size_t i = 0; i < NOTICE_FIELDS; i++) {
        const char *typed =
            text_typed(request->arena, request_field(request, notice_fields[i].name));
        notice.values[i] = typed ? typed : "";
        is_long |= strlen(notice.values[i]) > NOTICE_MOST;
    }
    if (is_long) {
        err = form_put(request, response, &notice, false);
        response->status = STATUS_BAD_REQUEST;
        return err;
    }
    err = notice_save(request->db, request->arena, &notice, request->visitor.account,
                      request_filled(request, "token"), &saved);
    if (!err && saved == NOTICE_CONFLICT) {
        err = form_put(request, response, &notice, true);
        response->status = STATUS_CONFLICT;
        return err;
    }
    response_see_other(response, arena_format(request->arena, "%s?saved=1",
                                              url_to(request->arena, ROUTE_site_notice)));
    return err;
}

/* ---- to read ---- */

static void parts_fill(struct arena *arena, const struct notice *notice, struct notice_view *view) {
    for (size_t i = 0; i < NOTICE_FIELDS; i++)
        if (*notice->values[i])
            list_add(arena, &view->parts,
                     (struct notice_part){.heading = notice_fields[i].heading,
                                          .value = notice->values[i]});
}

enum err site_notice_past_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct notices all;
    struct text body = text_new(arena);
    enum err err = notices_read(request->db, arena, &all);
    const int64_t number = strtoll(request->values[0], NULL, 10);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        if (all.list.items[i].number != number)
            continue;
        struct notice_view view = {.title = past_title(arena, &all.list.items[i]),
                                   .back_url = url_to(arena, ROUTE_site_notice)};
        parts_fill(arena, &all.list.items[i], &view);
        template_notice(&body, &view);
        layout_page(request, response, view.title, &body);
        return OK;
    }
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such version",
                   "The page of the privacy notice lists those there are.");
    return err;
}

enum err notice_in_force(const struct request *request, struct notice_view *out) {
    struct notices all;
    enum err err = notices_read(request->db, request->arena, &all);
    *out = (struct notice_view){0};
    if (err || !all.list.n)
        return err;
    parts_fill(request->arena, &all.list.items[0], out);
    out->title = day_of_moment(request->arena, all.list.items[0].at);
    return OK;
}
