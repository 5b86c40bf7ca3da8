#include "start/so_far_pages.h"
#include "base/text.h"
#include "content/content.h"
#include "diagnosis/first.h"
#include "findings/advice_pages.h"
#include "findings/findings_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <string.h>

enum { NEWEST_MOST = 2, IN_ORDER_MOST = 6 };

static const char *counted(struct arena *arena, size_t n, const char *one, const char *many) {
    return arena_format(arena, "%zu %s", n, n == 1 ? one : many);
}

/* ---- what it says so far ---- */

/* What opened and what closed with the newest answer. */
static void changed_fill(const struct request *request, const struct seen *seen,
                         struct start_so_far *out) {
    struct arena *arena = request->arena;
    int64_t answer = seen->shown.revision;
    size_t opened = 0, closed = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (!kept || !kept->periods.n ||
            kept->periods.items[kept->periods.n - 1].opened_revision != answer)
            continue;
        if (opened++ < NEWEST_MOST)
            list_add(arena, &out->newest.list, finding_line_of(request, seen, finding));
    }
    for (size_t i = 0; i < seen->kept.list.n; i++) {
        const struct kept_finding *kept = &seen->kept.list.items[i];
        closed += kept->periods.n && kept->periods.items[kept->periods.n - 1].closed &&
                  kept->periods.items[kept->periods.n - 1].closed_revision == answer;
    }
    if (opened || closed)
        out->changed = arena_format(arena, "Through the last answer: %s%s%s",
                                    counted(arena, opened, "new thing", "new things"),
                                    closed ? arena_format(arena, ", %zu closed", closed) : "",
                                    opened ? ":" : ".");
}

static size_t open_count(const struct seen *seen) {
    size_t open = 0;
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        open += !is_at_rest(seen_kept(seen, seen->shown.findings.items[i].id));
    return open;
}

static enum err so_far_fill(struct request *request, const struct seen *seen, const char *again_url,
                            struct start_so_far *out) {
    struct arena *arena = request->arena;
    const char *why = NULL;
    *out = (struct start_so_far){
        .again_url = again_url,
        .diagnosis_url = url_to(arena, ROUTE_diagnosis, request->visitor.programme.key),
        .is_behind = !seen->shown.is_there || seen_is_behind(request, seen)};
    enum err err = findings_given_up(request->db, arena, &request->visitor.programme, &why);
    if (!err && out->is_behind && why) {
        out->is_behind = false;
        out->words = arena_format(arena, "The diagnosis cannot be made now: %s", why);
    } else if (out->is_behind)
        out->words = "It is looking at what you wrote. That takes a few seconds.";
    else if (!seen->shown.findings.n && !seen->shown.in_order.n)
        out->words = "Nothing can be told yet. It grows with each answer.";
    else {
        size_t doubts = seen->shown.doubts;
        out->words = arena_format(
            arena, "%s to mend, %s in order.%s",
            counted(arena, open_count(seen), "thing", "things"),
            counted(arena, seen->shown.in_order.n, "thing", "things"),
            doubts ? arena_format(arena, " %s for more records.",
                                  counted(arena, doubts, "question waits", "questions wait"))
                   : "");
        changed_fill(request, seen, out);
    }
    return err;
}

enum err so_far_read(struct request *request, const char *again_url, struct start_so_far *out) {
    struct seen seen;
    enum err err = seen_read(request, &seen);
    return err ? err : so_far_fill(request, &seen, again_url, out);
}

/* ---- the first diagnosis ---- */

static void things_fill(const struct request *request, const struct seen *seen,
                        struct start_result_view *view) {
    struct arena *arena = request->arena;
    struct first_candidates candidates = {0};
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        if (!is_at_rest(seen_kept(seen, seen->shown.findings.items[i].id)))
            list_add(arena, &candidates.list,
                     seen_candidate(request, &seen->shown.findings.items[i]));
    const struct first_things first = first_things_choose(&candidates);
    for (size_t i = 0; i < first.n; i++) {
        const struct shown_finding *finding = first.items[i]->finding;
        const struct rule *rule = rules_find(request->site->rules, finding->rule);
        list_add(arena, &view->things,
                 (struct start_thing){.line = finding_line_to_do(request, seen, finding),
                                      .means = names_paragraphs(arena, rule ? rule->meaning : "")});
    }
    size_t more = open_count(seen) - first.n;
    view->open = "That is all so far.";
    if (more)
        view->open = arena_format(arena, "%zu more %s to be looked at after that.", more,
                                  more == 1 ? "is" : "are");
}

/* A newcomer does not know which study is meant. */
static bool speaks_of_the_case(const struct start_result_view *view) {
    for (size_t i = 0; i < view->things.n; i++) {
        const struct names *means = &view->things.items[i].means;
        if (means->list.n && strstr(means->list.items[0], "case study"))
            return true;
    }
    return false;
}

enum err start_result_put(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *key = request->visitor.programme.key;
    struct text body = text_new(arena);
    struct seen seen;
    struct start_result_view view = {.start_url = url_to(arena, ROUTE_start, key),
                                     .share_url = url_to(arena, ROUTE_share_ask, key),
                                     .people_url = url_to(arena, ROUTE_people, key),
                                     .coverage_url = url_to(arena, ROUTE_coverage, key),
                                     .home_url = url_to(arena, ROUTE_home, key)};
    enum err err = seen_read(request, &seen);
    if (!err)
        err = so_far_fill(request, &seen, request->address, &view.so_far);
    if (err)
        return err;
    view.overall = seen.shown.overall;
    things_fill(request, &seen, &view);
    if (speaks_of_the_case(&view) &&
        library_find(&request->site->content->library, "cases", "oxfordshire"))
        view.case_url = url_to(arena, ROUTE_library_item, key, "cases", "oxfordshire");
    for (size_t i = 0; i < seen.shown.in_order.n && i < IN_ORDER_MOST; i++)
        list_add(arena, &view.in_order, seen.shown.in_order.items[i].sentence);
    view.in_order_more = seen.shown.in_order.n - view.in_order.n;
    for (size_t i = 0; i < seen.shown.requests.list.n; i++)
        list_add(arena, &view.requests.list, words_for(request, seen.shown.requests.list.items[i]));
    response->refresh = view.so_far.is_behind ? SO_FAR_SECONDS : 0;
    template_start_result(&body, &view);
    layout_page(request, response, "Your first diagnosis", &body);
    return OK;
}

const char *start_described(struct arena *arena, const struct start_field *field) {
    return arena_format(arena, "%s%s%s%s%s", field->hint ? field->id : "",
                        field->hint ? "-hint" : "", field->hint && field->fault ? " " : "",
                        field->fault ? field->id : "", field->fault ? "-error" : "");
}
