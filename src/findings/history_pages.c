/* What opened and what closed, month by month, as a chart, a table and in words. Others than the
 * lead learn nothing here that was not shared with them (known_pages.h). */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/known_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler history_show;

struct telling {
    const struct request *request;
    const struct seen *seen;
    struct known_times times;
    long first, last; /* months (month_number_of) */
    struct history_view *view;
};

/* ---- month by month ---- */

static void months_make(struct telling *telling, const char *first, const char *last) {
    struct arena *arena = telling->request->arena;
    enum { MONTH_LENGTH = sizeof "2017-12" - 1 };
    telling->first = month_number_of(first);
    telling->last = month_number_of(last);
    for (long month = telling->first; month <= telling->last; month++) {
        char day[DAY_SIZE];
        month_first(month, day);
        day[MONTH_LENGTH] = 0;
        list_add(arena, &telling->view->months,
                 (struct history_month){.title = day_long(arena, day)});
    }
}

static struct history_month *month_of(const struct telling *telling, const char *day) {
    long month = month_number_of(day);
    month = month < telling->first ? telling->first : month > telling->last ? telling->last : month;
    return &telling->view->months.items[month - telling->first];
}

static struct history_event event_of(const struct telling *telling, const struct kept_finding *kept,
                                     const char *day) {
    struct arena *arena = telling->request->arena;
    bool is_shown = shown_find(&telling->seen->shown, kept->identity);
    return (struct history_event){
        .title =
            *kept->about ? arena_format(arena, "%s: %s", kept->title, kept->about) : kept->title,
        .url = is_shown ? url_to(arena, ROUTE_finding, telling->request->visitor.programme.key,
                                 kept->identity)
                        : NULL,
        .day = day_long(arena, day),
        .is_private = kept->private,
    };
}

static void period_tell(const struct telling *telling, const struct kept_finding *kept,
                        const struct finding_period *period) {
    struct arena *arena = telling->request->arena;
    const char *closed = known_closing(&telling->times, period);
    struct history_month *month = month_of(telling, period->opened);
    list_add(arena, &month->opened, event_of(telling, kept, period->opened));
    month->change++;
    if (!closed)
        return;
    month = month_of(telling, closed);
    list_add(arena, &month->closed, event_of(telling, kept, closed));
    month->change--;
}

/* The first day on which anything is known to have opened; NULL if nothing is. */
static const char *first_day(const struct telling *telling) {
    const struct kept_findings *kept = &telling->seen->kept;
    const char *first = NULL;
    for (size_t i = 0; i < kept->list.n; i++)
        for (size_t k = 0; k < kept->list.items[i].periods.n; k++) {
            const char *opened = kept->list.items[i].periods.items[k].opened;
            if (known_period(&telling->times, &kept->list.items[i], k) &&
                (!first || strcmp(opened, first) < 0))
                first = opened;
        }
    return first;
}

static void months_fill(struct telling *telling) {
    const struct kept_findings *kept = &telling->seen->kept;
    const char *first = first_day(telling);
    long open = 0;
    if (!first)
        return;
    months_make(telling, first, telling->seen->shown.day);
    for (size_t i = 0; i < kept->list.n; i++)
        for (size_t k = 0; k < kept->list.items[i].periods.n; k++)
            if (known_period(&telling->times, &kept->list.items[i], k))
                period_tell(telling, &kept->list.items[i], &kept->list.items[i].periods.items[k]);
    for (size_t i = 0; i < telling->view->months.n; i++) {
        open += telling->view->months.items[i].change;
        telling->view->months.items[i].open = open;
    }
}

/* ---- the chart ---- */

/* One point a month, how many were open at its end, in the units of the SVG. */
static void chart_fill(struct telling *telling) {
    struct history_view *view = telling->view;
    struct history_chart *chart = &view->chart;
    struct text points = text_new(telling->request->arena);
    const long n = (long)view->months.n;
    *chart = (struct history_chart){
        .width = 640, .height = 220, .left = 48, .top = 16, .right = 624, .bottom = 180};
    for (long i = 0; i < n; i++)
        if (view->months.items[i].open > chart->most)
            chart->most = view->months.items[i].open;
    if (n < 2 || !chart->most)
        return;
    for (long i = 0; i < n; i++) {
        long x = chart->left + (chart->right - chart->left) * i / (n - 1);
        long y =
            chart->bottom - (chart->bottom - chart->top) * view->months.items[i].open / chart->most;
        text_add_format(&points, "%s%ld,%ld", i ? " " : "", x, y);
    }
    chart->points = points.bytes;
    chart->first = view->months.items[0].title;
    chart->last = view->months.items[n - 1].title;
}

/* ---- the page ---- */

enum err history_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    struct seen seen;
    struct history_view view = {.programme = request->visitor.programme.name};
    struct telling telling = {.request = request, .seen = &seen, .view = &view};
    struct text body = text_new(arena);
    enum err err = seen_read(request, &seen);
    if (!err) /* what is gone only its own words tell */
        err = findings_of(request->db, arena, &request->visitor.programme, request->today,
                          &seen.kept);
    if (!err)
        err = known_times_read(request, &seen, &telling.times);
    if (err)
        return err;
    view.is_lead = telling.times.is_lead;
    view.is_looked_at = seen.shown.is_there;
    if (seen.shown.is_there) {
        view.day = day_long(arena, seen.shown.day);
        months_fill(&telling);
        chart_fill(&telling);
    }
    template_history(&body, &view);
    layout_page(request, response, "History", &body);
    return OK;
}
