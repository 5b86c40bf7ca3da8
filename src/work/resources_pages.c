/* Resources: what is needed and what is secured, side by side. */
#include "base/text.h"
#include "findings/reader_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "work/views.h"
#include "work/work.h"

page_handler resources_show;

static const char *name_of(const struct around *around, const struct record *record,
                           const char *field) {
    const char *key = record_value(record, field);
    const struct record *organisation =
        key ? records_find(&around->records, kind_find("organisation"), key) : NULL;
    return organisation ? record_label(&around->records, organisation) : key;
}

/* Those that are written down, side by side. */
static const char *sums_of(struct arena *arena, const struct record *record) {
    static const char *const fields[] = {"needed", "promised", "secured", "spent"};
    struct text out = text_new(arena);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        bool is_there;
        double sum = work_sum(record, fields[i], &is_there);
        if (is_there)
            text_add_format(&out, "%s%s %s", out.length ? ", " : "", fields[i],
                            work_sum_words(arena, sum));
    }
    const char *frequency = record_value(record, "frequency");
    if (out.length && frequency)
        text_add_format(&out, " (%s)", frequency);
    return out.length ? text_capital(arena, out.bytes) : NULL;
}

static struct resource_line line_of(const struct request *request, const struct around *around,
                                    const struct record *record) {
    struct arena *arena = request->arena;
    const char *purpose = record_value(record, "purpose");
    return (struct resource_line){
        .title = record_value(record, "title"),
        .url = record_url(request, record->kind, record->id),
        .what = purpose ? arena_format(arena, "%s, for %s", record_value(record, "type"), purpose)
                        : record_value(record, "type"),
        .whose = name_of(around, record, "for_organisation"),
        .from = name_of(around, record, "from_organisation"),
        .state = record_value(record, "state"),
        .gap = work_gap(arena, record),
        .sums = sums_of(arena, record)};
}

/* Sums of what comes once, each year, or nobody has said which: these cannot be added together. */
static void totals_fill(struct arena *arena, const struct around_list *all,
                        struct resources_view *view) {
    static const struct {
        const char *frequency, *title;
    } groups[] = {{"once", "Once"},
                  {"each year", "Each year"},
                  {NULL, "Nobody has said whether once or each year"}};
    static const struct {
        const char *field, *title;
    } sums[] = {
        {"needed", "Needed"}, {"promised", "Promised"}, {"secured", "Secured"}, {"spent", "Spent"}};
    enum { SUMS = sizeof sums / sizeof *sums, WIDTH = 100 };
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        struct resource_total total = {.title = groups[g].title};
        double added[SUMS] = {0}, largest = 0;
        for (size_t i = 0; i < all->list.n; i++)
            for (size_t s = 0; s < SUMS; s++)
                if (text_equal(record_value(all->list.items[i], "frequency"), groups[g].frequency))
                    added[s] += work_sum(all->list.items[i], sums[s].field, NULL);
        for (size_t s = 0; s < SUMS; s++)
            largest = added[s] > largest ? added[s] : largest;
        for (size_t s = 0; largest > 0 && s < SUMS; s++)
            list_add(arena, &total.bars,
                     (struct resource_bar){sums[s].title, work_sum_words(arena, added[s]),
                                           (int)(WIDTH * added[s] / largest)});
        if (total.bars.n)
            list_add(arena, &view->totals, total);
    }
}

enum err resources_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list all = {0}, organisations = {0};
    struct text body = text_new(arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = around_kind(&around, kind_find("organisation"), 0, WORK_MOST, &organisations);
    if (!err)
        err = work_records(&around, "resource", request->today, &all);
    struct resources_view view = {
        .more = all.more,
        .add_url = role_may(request->visitor.role, PERMISSION_CORRECT)
                       ? url_to(arena, ROUTE_record_new, request->visitor.programme.key, "resource")
                       : NULL};
    for (size_t i = 0; i < all.list.n; i++) {
        const struct resource_line line = line_of(request, &around, all.list.items[i]);
        list_add(arena, line.gap ? &view.gaps.list : &view.others.list, line);
    }
    totals_fill(arena, &all, &view);
    template_resources(&body, &view);
    layout_page(request, response, "Resources", &body);
    return err;
}
