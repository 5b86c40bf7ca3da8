/* The diagnosis of a programme: the grid, the findings, what is in order, what cannot be told. */
#include "accounts/moment.h"
#include "base/text.h"
#include "findings/advice_pages.h"
#include "findings/findings_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler diagnosis_show;

/* ---- which findings are listed ---- */

enum listed {
    LISTED_OPEN,
    LISTED_UNDECIDED,
    LISTED_MINE,
    LISTED_OTHERS,
    LISTED_AT_REST,
    LISTED_COUNT
};
static const struct {
    const char *name, *title;
} listings[LISTED_COUNT] = {{"open", "Open"},
                            {"undecided", "Nobody has decided yet"},
                            {"mine", "Given to you"},
                            {"others", "Given to others"},
                            {"aside", "Set aside"}};

struct filter {
    enum listed listed;
    int level, outcome; /* -1: all */
};

static int query_index(const struct request *request, const char *name, const char *const *names,
                       int n) {
    const char *value = request_query(request, name);
    return value ? name_index(names, n, value) : -1;
}

static struct filter filter_read(const struct request *request) {
    struct filter filter = {
        .level = query_index(request, "level", level_names, LEVEL_COUNT),
        .outcome = query_index(request, "outcome", outcome_names, OUTCOME_COUNT),
    };
    const char *show = request_query(request, "show");
    for (int i = 0; show && i < LISTED_COUNT; i++)
        if (text_equal(show, listings[i].name))
            filter.listed = (enum listed)i;
    return filter;
}

static bool is_in_cell(const struct filter *filter, const struct shown_finding *finding) {
    return (filter->level < 0 || text_equal(finding->level, level_names[filter->level])) &&
           (filter->outcome < 0 || text_equal(finding->outcome, outcome_names[filter->outcome]));
}

static bool is_listed(const struct seen *seen, enum listed listed,
                      const struct shown_finding *finding) {
    const struct kept_finding *kept = seen_kept(seen, finding->id);
    const char *assigned = kept ? kept_finding_assigned(kept) : NULL;
    switch (listed) {
    case LISTED_OPEN:
        return !is_at_rest(kept);
    case LISTED_UNDECIDED:
        return !is_at_rest(kept) &&
               (!kept || !kept->decisions.n ||
                kept->decisions.items[kept->decisions.n - 1].what == DECIDED_REOPENED);
    case LISTED_MINE:
        return !is_at_rest(kept) && assigned && names_contain(&seen->records, assigned);
    case LISTED_OTHERS:
        return !is_at_rest(kept) && assigned && !names_contain(&seen->records, assigned);
    case LISTED_AT_REST:
    case LISTED_COUNT:
        break;
    }
    return is_at_rest(kept);
}

static const char *filter_url(const struct request *request, const struct filter *filter,
                              const char *anchor) {
    struct text url = text_new(request->arena);
    const char *separator = "?";
    text_add(&url, url_to(request->arena, ROUTE_diagnosis, request->visitor.programme.key));
    if (filter->listed) {
        text_add_format(&url, "?show=%s", listings[filter->listed].name);
        separator = "&";
    }
    if (filter->level >= 0) {
        text_add_format(&url, "%slevel=", separator);
        text_add(&url, text_replace_char(request->arena, level_names[filter->level], ' ', '+'));
        separator = "&";
    }
    if (filter->outcome >= 0)
        text_add_format(&url, "%soutcome=%s", separator, outcome_names[filter->outcome]);
    text_add(&url, anchor);
    return url.bytes;
}

/* ---- the page ---- */

static void choices_fill(const struct request *request, const struct seen *seen,
                         const struct filter *filter, struct diagnosis_view *view) {
    for (int i = 0; i < LISTED_COUNT; i++) {
        struct filter other = *filter;
        struct choice_link choice = {.title = listings[i].title,
                                     .is_here = filter->listed == (enum listed)i};
        other.listed = (enum listed)i;
        choice.url = filter_url(request, &other, "#findings");
        for (size_t f = 0; f < seen->shown.findings.n; f++)
            choice.count += is_in_cell(filter, &seen->shown.findings.items[f]) &&
                            is_listed(seen, (enum listed)i, &seen->shown.findings.items[f]);
        list_add(request->arena, &view->choices, choice);
    }
}

static void about_you_fill(const struct request *request, const struct seen *seen,
                           struct diagnosis_view *view) {
    const struct shown_findings own = seen_about_you(request, seen);
    for (size_t i = 0; i < own.list.n; i++)
        list_add(request->arena, &view->about_you.list,
                 finding_line_of(request, seen, &own.list.items[i]));
}

static void lines_fill(const struct request *request, const struct seen *seen,
                       const struct filter *filter, struct diagnosis_view *view) {
    for (size_t i = 0; i < seen->shown.findings.n; i++) {
        const struct shown_finding *finding = &seen->shown.findings.items[i];
        if (is_in_cell(filter, finding) && is_listed(seen, filter->listed, finding))
            list_add(request->arena, &view->lines.list, finding_line_of(request, seen, finding));
    }
    view->heading = arena_format(request->arena, "%zu finding%s%s", view->lines.list.n,
                                 view->lines.list.n == 1 ? "" : "s",
                                 filter->level < 0 && filter->outcome < 0 ? "" : " in this cell");
}

/* The tag's colour and the cell's shade go with the reading, which says the same in words. */
static void cell_colour(struct grid_cell *cell) {
    static const struct {
        const char *reading, *colour, *shade;
    } looks[] = {
        {"present", "green", "good"},          {"present, under strain", "yellow", "mixed"},
        {"mostly present", "yellow", "mixed"}, {"mixed", "yellow", "mixed"},
        {"mostly lacking", "red", "bad"},      {"lacking", "red", "bad"},
        {"under strain", "orange", "mixed"},
    };
    cell->colour = "grey";
    cell->shade = "unknown";
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (text_equal(cell->reading, looks[i].reading)) {
            cell->colour = looks[i].colour;
            cell->shade = looks[i].shade;
        }
}

static const char *facts_words(struct arena *arena, const struct shown_cell *cell) {
    const char *findings =
        arena_format(arena, "%zu finding%s", cell->findings, cell->findings == 1 ? "" : "s");
    if (!cell->in_order)
        return cell->findings ? findings : "";
    return arena_format(arena, "%zu in order%s%s", cell->in_order, cell->findings ? ", " : "",
                        cell->findings ? findings : "");
}

static void grid_fill(const struct request *request, const struct shown *shown,
                      struct diagnosis_view *view) {
    struct arena *arena = request->arena;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        view->rows[level].level = text_capital(arena, level_names[level]);
        for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
            const struct shown_cell *from = &shown->grid[level][outcome];
            struct grid_cell *cell = &view->rows[level].cells[outcome];
            cell->outcome = text_capital(arena, outcome_names[outcome]);
            cell->reading = from->reading ? from->reading : "";
            cell_colour(cell);
            if (text_equal(cell->reading, "nothing recorded") &&
                !role_may(request->visitor.role, PERMISSION_SEE_UNSHARED))
                cell->reading = "nothing for everybody"; /* something private there may be */
            cell->reading = text_capital(arena, cell->reading);
            cell->facts = facts_words(arena, from);
            if (from->findings)
                cell->url = filter_url(
                    request, &(struct filter){.level = level, .outcome = outcome}, "#findings");
        }
    }
}

static void in_order_fill(struct arena *arena, const struct shown *shown,
                          struct diagnosis_view *view) {
    view->in_order_count = shown->in_order.n;
    for (size_t i = 0; i < shown->in_order.n; i++) {
        struct shown_evidence evidence = shown->in_order.items[i];
        int level = name_index(level_names, LEVEL_COUNT, evidence.level);
        evidence.since = evidence.since ? day_long(arena, evidence.since) : NULL;
        if (level >= 0)
            list_add(arena, &view->in_order[level].list, evidence);
    }
}

static const char *checked_words(struct arena *arena, const char *at) {
    return arena_format(arena, "on %s", moment_words(arena, at));
}

static void sharing_fill(const struct request *request, const struct shown *shown,
                         struct sharing_view *view) {
    const char *key = request->visitor.programme.key;
    view->is_lead = role_may(request->visitor.role, PERMISSION_SHARE);
    view->is_shared = shown->shared_at;
    view->ask_url = url_to(request->arena, ROUTE_share_ask, key);
    view->is_done = shown->shared_at && request_query(request, "shared");
    view->day = shown->shared_at ? checked_words(request->arena, shown->shared_at) : NULL;
    if (!view->is_lead)
        view->words = "The programme lead has shared this diagnosis with everybody who takes part.";
    else if (view->is_shared)
        view->words = "You have shared this diagnosis: everybody who takes part can read it. What "
                      "is marked private only you see, and whoever it is about.";
    else
        view->words = "Only you can see this so far. When you share it, everybody who takes part "
                      "can read it, but for what is marked private.";
}

static enum err no_diagnosis(struct request *request, struct response *response) {
    const char *given_up,
        *words = "The programme lead has not shared a diagnosis yet. Ask them when they will.";
    struct text body = text_new(request->arena);
    enum err err =
        findings_given_up(request->db, request->arena, &request->visitor.programme, &given_up);
    if (err)
        return err;
    if (given_up)
        words = arena_format(request->arena, "The programme cannot be looked at: %s", given_up);
    else if (role_may(request->visitor.role, PERMISSION_SEE_UNSHARED))
        words = "The programme is being looked at. Load this page again in a moment.";
    template_no_diagnosis(&body, words);
    layout_page(request, response, "Diagnosis", &body);
    response->etag = NULL; /* whether it was given up belongs to nothing that an ETag stands for */
    return OK;
}

enum err diagnosis_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    struct seen seen;
    struct diagnosis_view view = {0};
    struct text body = text_new(arena);
    const struct filter filter = filter_read(request);
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    if (!seen.shown.is_there)
        return no_diagnosis(request, response);
    view.day = day_long(arena, seen.shown.day);
    view.made_at = checked_words(arena, seen.shown.made_at);
    view.overall = seen.shown.overall;
    sharing_fill(request, &seen.shown, &view.sharing);
    grid_fill(request, &seen.shown, &view);
    choices_fill(request, &seen, &filter, &view);
    about_you_fill(request, &seen, &view);
    lines_fill(request, &seen, &filter, &view);
    in_order_fill(arena, &seen.shown, &view);
    for (size_t i = 0; i < seen.shown.requests.list.n; i++)
        list_add(arena, &view.requests.list, words_for(request, seen.shown.requests.list.items[i]));
    template_diagnosis(&body, &view);
    layout_page(request, response, "Diagnosis", &body);
    return OK;
}
