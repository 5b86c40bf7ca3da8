/* The scheme of delegation on two days, beside each other. */
#include "base/text.h"
#include "decisions/delegation.h"
#include "decisions/views.h"
#include "findings/part_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler delegation_show;

/* A day as it was filled in, or `otherwise` where nothing was; NULL if it is none. */
static const char *day_asked(const struct request *request, const char *name,
                             const char *otherwise) {
    const char *filled = request_query(request, name);
    return text_blank(filled) ? otherwise : day_from_text(request->arena, filled);
}

static const char *shown_again(const struct request *request, const char *name, const char *day) {
    const char *filled = request_query(request, name);
    return day ? day_long(request->arena, day) : filled;
}

static void days_fill(const struct request *request, const char *last, struct compare_view *view,
                      const char **from, const char **to) {
    enum { A_YEAR = 365 };
    char *before = arena_alloc(request->arena, DAY_SIZE);
    day_add(last, -A_YEAR, before);
    *from = day_asked(request, "from", before);
    *to = day_asked(request, "to", last);
    view->from = shown_again(request, "from", *from);
    view->to = shown_again(request, "to", *to);
    if (!*from)
        view->from_error = "Write a day, such as 31 March 2026";
    if (!*to)
        view->to_error = "Write a day, such as 31 March 2026";
    else if (*from && strcmp(*from, *to) >= 0)
        view->to_error = "The second day must come after the first";
}

static const char *summary_words(struct arena *arena, const struct delegation_changes *changes) {
    size_t added = changes->added.n, ended = changes->ended.n, changed = changes->changed.n;
    if (!added && !ended && !changed)
        return changes->same ? arena_format(arena, "Nothing differs: %zu right%s on both days.",
                                            changes->same, changes->same == 1 ? "" : "s")
                             : "No right is written down for either day.";
    return arena_format(arena, "%zu added, %zu ended, %zu changed; %zu the same on both days.",
                        added, ended, changed, changes->same);
}

enum err delegation_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct part_seen seen;
    struct delegations all;
    struct text body = text_new(arena);
    const char *from = NULL, *to = NULL;
    enum err err = part_seen_read(request, PART_DECISIONS, PART_DECISIONS_PICTURE, &seen);
    if (err)
        return err;
    struct compare_view view = {
        .programme = programme->name,
        .missing = seen.missing,
        .private_words = seen.private_words,
        .url = url_to(arena, ROUTE_delegation, programme->key),
        .scheme_url = url_to(arena, ROUTE_scheme, programme->key),
    };
    if (seen.content) {
        days_fill(request, seen.shown.day, &view, &from, &to);
        view.is_compared = !view.from_error && !view.to_error;
    }
    if (view.is_compared) {
        err = delegations_read(request->db, arena, programme, seen.shown.revision, &all);
        if (err)
            return err;
        view.changes = delegations_compare(arena, &all, from, to);
        view.summary = summary_words(arena, &view.changes);
    }
    template_compare(&body, &view);
    layout_page(request, response, "Delegation on two days", &body);
    if (seen.content && !view.is_compared)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}
