/* Where a visitor arrives: their programmes; of one, what matters most. */
#include "base/text.h"
#include "content/content.h"
#include "findings/findings_pages.h"
#include "home/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler programmes_show, home_show;

enum err programmes_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct parts_taken parts;
    struct programmes_view view = {0};
    struct text body = text_new(arena);
    enum err err = visitor_programmes(request->db, arena, &request->visitor, &parts);
    if (err)
        return err;
    for (size_t i = 0; i < parts.list.n; i++) {
        const struct part_taken *part = &parts.list.items[i];
        list_add(arena, &view.list,
                 (struct programme_line){url_to(arena, ROUTE_home, part->programme.key),
                                         part->programme.name, role_titles[part->role]});
    }
    if (parts.list.n == 1)
        response_see_other(response, view.list.items[0].url);
    template_programmes(&body, &view);
    layout_page(request, response, "Your programmes", &body);
    return OK;
}

/* ---- one programme ---- */

enum { MATTER_MOST = 3, CHANGED_MOST = 3 };

static void lines_add(const struct request *request, const struct seen *seen,
                      const struct shown_finding *finding, size_t most, struct finding_lines *out) {
    if (out->list.n < most)
        list_add(request->arena, &out->list, finding_line_of(request, seen, finding));
}

static bool is_given_to(const struct seen *seen, const struct kept_finding *kept) {
    const char *assigned = kept ? kept_finding_assigned(kept) : NULL;
    return assigned && names_contain(&seen->records, assigned);
}

static bool opened_since(const struct kept_finding *kept, const char *at) {
    return kept && kept->periods.n &&
           strncmp(kept->periods.items[kept->periods.n - 1].opened, at, DAY_SIZE - 1) > 0;
}

/* What opened and what closed since the visitor was last here. */
static void changes_fill(const struct request *request, const struct seen *seen,
                         struct home_view *view) {
    const char *at = request->visitor.visited_at;
    size_t opened = 0, closed = 0;
    if (!at || !seen->shown.is_there)
        return;
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (kept && kept->state == FINDING_CLOSED)
            closed++;
        else if (opened_since(kept, at)) {
            opened++;
            lines_add(request, seen, finding, CHANGED_MOST, &view->changed);
        }
    }
    view->since_words = opened || closed
                            ? arena_format(request->arena, "%zu new, %zu closed.", opened, closed)
                            : "Nothing has opened or closed.";
}

static void findings_fill(const struct request *request, const struct seen *seen,
                          struct home_view *view, size_t *open) {
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (is_at_rest(kept))
            continue;
        ++*open;
        if (is_given_to(seen, kept))
            lines_add(request, seen, finding, seen->shown.findings.n, &view->yours);
        else
            lines_add(request, seen, finding, MATTER_MOST, &view->first);
    }
}

static void steps_fill(const struct request *request, const struct seen *seen,
                       struct home_view *view) {
    const struct content *content = request->site->content;
    for (size_t s = 0; s < content->step_count; s++) {
        const char *id = page_header(&content->steps[s], "id");
        size_t open = 0;
        for (size_t i = 0; i < seen->shown.findings.n; i++) {
            const struct shown_finding *finding = &seen->shown.findings.items[i];
            open += finding->step && text_equal(finding->step, id) &&
                    !is_at_rest(seen_kept(seen, finding->id));
        }
        list_add(request->arena, &view->steps,
                 (struct step_line){
                     .title = content->steps[s].title,
                     .number = (int)s + 1,
                     .colour = open ? "orange" : "green",
                     .state = open ? arena_format(request->arena, "%zu finding%s", open,
                                                  open == 1 ? "" : "s")
                                   : "Nothing found",
                 });
    }
}

static const char *summary_words(const struct request *request, const struct seen *seen,
                                 size_t open) {
    bool is_lead = role_may(request->visitor.role, PERMISSION_SEE_UNSHARED);
    if (!seen->shown.is_there)
        return is_lead ? "The programme is being looked at. Load this page again in a moment."
                       : "The programme lead has not shared a diagnosis yet.";
    return arena_format(request->arena, "%zu finding%s open, %zu thing%s in order.", open,
                        open == 1 ? "" : "s", seen->shown.in_order.n,
                        seen->shown.in_order.n == 1 ? "" : "s");
}

enum err home_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct seen seen;
    struct home_view view = {.programme = programme->name,
                             .diagnosis_url = url_to(arena, ROUTE_diagnosis, programme->key)};
    struct text body = text_new(arena);
    size_t open = 0;
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    if (seen.shown.is_there)
        view.as_of = day_long(arena, seen.shown.day);
    changes_fill(request, &seen, &view);
    findings_fill(request, &seen, &view, &open);
    steps_fill(request, &seen, &view);
    view.summary = summary_words(request, &seen, open);
    template_home(&body, &view);
    layout_page(request, response, "Home", &body);
    return OK;
}
