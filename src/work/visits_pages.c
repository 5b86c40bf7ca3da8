/* Visits to those who provide care: whom to visit next, and what was learnt. An invitation, never a
 * ranking: what is longest ago comes first, and visits to check do not count. */
#include "base/text.h"
#include "findings/reader_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "work/plan_pages.h"
#include "work/views.h"
#include "work/work.h"
#include <stdlib.h>

page_handler visits_show, visit_plan_show, visit_plan_do;

/* A provider and the last visit to it, or to a member for which it speaks. */
struct visited {
    const struct record *provider, *visit;
    char day[DAY_SIZE]; /* "": never, as far as is written down */
};

static int longest_ago_first(const void *a, const void *b) {
    const struct visited *left = a, *right = b;
    int order = strcmp(left->day, right->day);
    return order ? order : strcmp(left->provider->id, right->provider->id);
}

/* Whether it is the organisation, or a member for which that speaks, at whatever rung. */
static bool is_place_of(const struct records *records, const char *place, const char *provider) {
    enum { RUNGS = 20 };
    for (int i = 0; place && i < RUNGS; i++) {
        const struct record *record = records_find(records, kind_find("organisation"), place);
        if (text_equal(place, provider))
            return true;
        place = record ? record_value(record, "member_of") : NULL;
    }
    return false;
}

static struct visited visited_of(const struct around *around, const struct record *provider,
                                 const struct around_list *visits) {
    struct visited out = {.provider = provider};
    for (size_t i = 0; i < visits->list.n; i++) {
        const struct record *visit = visits->list.items[i];
        struct when when;
        if (!work_visit_listens(visit) ||
            !is_place_of(&around->records, record_value(visit, "to_organisation"), provider->id))
            continue;
        if (!out.visit)
            out.visit = visit;
        if (when_parse(record_value(visit, "visited_on"), &when) &&
            strcmp(when.first, out.day) > 0) {
            out.visit = visit;
            memcpy(out.day, when.first, DAY_SIZE);
        }
    }
    return out;
}

static struct visit_line line_of(const struct request *request, const struct visited *visited) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const struct record *visit = visited->visit;
    struct visit_line line = {
        .name = record_value(visited->provider, "name"),
        .url = record_url(request, visited->provider->kind, visited->provider->id)};
    if (visit) {
        const char *reason = record_value(visit, "reason");
        line.last =
            arena_format(arena, "%s%s%s", when_long(arena, record_value(visit, "visited_on")),
                         reason ? ", to " : "", reason ? reason : "");
        line.last_url = record_url(request, visit->kind, visit->id);
        line.learnt = record_value(visit, "note");
    }
    if (role_may(request->visitor.role, PERMISSION_CORRECT)) {
        line.plan_url = url_to(arena, ROUTE_visit_plan, programme, visited->provider->id);
        line.add_url = arena_format(arena, "%s?to_organisation=%s&visited_on=%s",
                                    url_to(arena, ROUTE_record_new, programme, "visit"),
                                    visited->provider->id, request->today);
    }
    return line;
}

/* Only then does a visit that is not written down mean something. */
static bool is_complete(const struct around_list *coverage) {
    for (size_t i = 0; i < coverage->list.n; i++)
        if (kind_of_sheet(record_value(coverage->list.items[i], "about")) == kind_find("visit"))
            return text_equal(record_value(coverage->list.items[i], "state"), "complete");
    return false;
}

enum err visits_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list organisations = {0}, visits = {0}, coverage = {0}, everyone = {0};
    struct text body = text_new(arena);
    LIST(struct visited) all = {0};
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = around_kind(&around, kind_find("organisation"), 0, WORK_MOST, &everyone);
    if (!err)
        err = work_records(&around, "organisation", request->today, &organisations);
    if (!err)
        err = around_kind(&around, kind_find("visit"), 0, WORK_MOST, &visits);
    if (!err)
        err = around_kind(&around, kind_find("coverage"), 0, WORK_MOST, &coverage);
    struct visits_view view = {
        .is_complete = is_complete(&coverage),
        .coverage_url = url_to(arena, ROUTE_coverage, request->visitor.programme.key),
        .said = request_query(request, "planned") ? "The action is written down." : NULL};
    for (size_t i = 0; i < organisations.list.n; i++)
        if (work_is_provider(organisations.list.items[i]))
            list_add(arena, &all, visited_of(&around, organisations.list.items[i], &visits));
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, longest_ago_first);
    for (size_t i = 0; i < all.n; i++)
        list_add(arena, &view.list, line_of(request, &all.items[i]));
    template_visits(&body, &view);
    layout_page(request, response, "Visits", &body);
    return err;
}

/* ---- planning one ---- */

static enum err plan_read(const struct request *request, struct work_plan *out) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_found found = {0};
    *out = (struct work_plan){0};
    enum err err = around_record(&around, kind_find("organisation"), request->values[1], &found);
    if (err || !found.record)
        return err;
    const char *name = record_value(found.record, "name");
    *out = (struct work_plan){
        .heading = arena_format(arena, "Plan a visit to %s", name),
        .about = "Go to listen and to help, not to check. Ask what gets in their way, and what "
                 "others could learn from them. Afterwards write down the visit, and what you "
                 "learnt, on the sheet Visits.",
        .title = arena_format(arena, "Visit %s: listen to those who provide care", name),
        .url = url_to(arena, ROUTE_visit_plan, request->visitor.programme.key, found.record->id),
        .back_url = url_to(arena, ROUTE_visits, request->visitor.programme.key)};
    return OK;
}

static void place_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This organisation is not here",
                   "Somebody has taken it out, or the address is not right.");
}

enum err visit_plan_show(struct request *request, struct response *response) {
    struct work_plan plan;
    enum err err = plan_read(request, &plan);
    if (err || !plan.heading) {
        place_gone(request, response);
        return err;
    }
    return work_plan_put(request, response, &plan);
}

enum err visit_plan_do(struct request *request, struct response *response) {
    struct work_plan plan;
    enum err err = plan_read(request, &plan);
    if (err || !plan.heading) {
        place_gone(request, response);
        return err;
    }
    return work_plan_make(request, response, &plan);
}
