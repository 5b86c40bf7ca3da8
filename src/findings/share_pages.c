/* Sharing a diagnosis with everybody who takes part: first the question who will read what. */
#include "accounts/invite.h"
#include "base/text.h"
#include "findings/shown.h"
#include "findings/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler share_ask_show, share_do;

/* Everybody but the visitor, with the part they take. */
static const char *readers_words(const struct request *request, const struct taking_part *all) {
    struct arena *arena = request->arena;
    struct names readers = {0};
    for (size_t i = 0; i < all->parts.n; i++) {
        const struct part *part = &all->parts.items[i];
        if (part->person != request->visitor.person)
            list_add(arena, &readers.list,
                     arena_format(arena, "%s (%s)", part->name, role_titles[part->role]));
    }
    size_t n = readers.list.n;
    if (!n)
        return "Nobody else takes part yet. Those whom you invite can read it.";
    return arena_format(arena, "%zu %s: %s", n, n == 1 ? "person" : "people",
                        text_enumerate(arena, readers.list.items, n, n));
}

static const char *findings_words(struct arena *arena, const struct shown *shown) {
    size_t left_out = 0, all = shown->findings.n;
    for (size_t i = 0; i < all; i++)
        left_out += shown->findings.items[i].is_private;
    if (!left_out)
        return arena_format(arena, "All of it: %zu finding%s, and what is in order", all,
                            all == 1 ? "" : "s");
    return arena_format(arena, "%zu of %zu findings, and what is in order. %zu private finding%s",
                        all - left_out, all, left_out,
                        left_out == 1 ? " is left out" : "s are left out");
}

static const char *diagnosis_url(const struct request *request) {
    return url_to(request->arena, ROUTE_diagnosis, request->visitor.programme.key);
}

static enum err share_put(struct request *request, struct response *response,
                          const struct shown *shown, bool is_overtaken) {
    struct taking_part all;
    struct text body = text_new(request->arena);
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    if (err)
        return err;
    const struct share_view view = {
        .form_token = layout_form_token(request),
        .url = url_to(request->arena, ROUTE_share, request->visitor.programme.key),
        .diagnosis_url = diagnosis_url(request),
        .readers = readers_words(request, &all),
        .findings = findings_words(request->arena, shown),
        .number = shown->number,
        .is_overtaken = is_overtaken,
    };
    template_share(&body, &view);
    layout_page(request, response, "Share the diagnosis?", &body);
    if (is_overtaken)
        response->status = STATUS_CONFLICT;
    return OK;
}

enum err share_ask_show(struct request *request, struct response *response) {
    struct shown shown;
    enum err err =
        shown_read(request->db, request->arena, &request->visitor.programme, true, &shown);
    if (err)
        return err;
    if (shown.is_there && !shown.shared_at)
        return share_put(request, response, &shown, false);
    response_see_other(response, diagnosis_url(request)); /* there is nothing to share */
    return OK;
}

enum err share_do(struct request *request, struct response *response) {
    const struct visitor *visitor = &request->visitor;
    const char *brought = request_field(request, "number");
    const char *done = arena_format(request->arena, "%s?shared=1", diagnosis_url(request));
    struct shown shown;
    enum err err = shown_read(request->db, request->arena, &visitor->programme, true, &shown);
    if (err)
        return err;
    /* What they saw: not what came since. */
    bool is_seen = brought && strtoll(brought, NULL, 10) == shown.number;
    if (shown.is_there && !shown.shared_at && !is_seen)
        return share_put(request, response, &shown, true);
    if (shown.is_there && !shown.shared_at)
        err = shown_share(request->db, &visitor->programme, shown.number, visitor->name);
    response_see_other(response, shown.is_there ? done : diagnosis_url(request));
    return err;
}
