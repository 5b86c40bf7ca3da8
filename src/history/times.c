#include "history/times.h"
#include "base/date.h"
#include "diagnosis/workbench.h"
#include <stdlib.h>

void times_of_record(const struct record *record, time_visit *visit, void *context) {
    for (int f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        struct when when;
        if (field->type == FIELD_WHEN && record->values[f] && when_parse(record->values[f], &when))
            visit(context, record, field, record->values[f], &when);
    }
}

void times_of_records(const struct records *records, const struct names *bases, time_visit *visit,
                      void *context) {
    for (size_t i = 0; i < kind_count; i++) {
        const struct record_list *all = records_of(records, kinds[i]);
        for (size_t r = 0; r < all->list.n; r++)
            if (workbench_basis_wanted(all->list.items[r], bases))
                times_of_record(all->list.items[r], visit, context);
    }
}

static int long_compare(const void *a, const void *b) {
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

static void days_sort(struct day_numbers *days) {
    size_t n = 0;
    if (!days->list.n)
        return;
    qsort(days->list.items, days->list.n, sizeof *days->list.items, long_compare);
    for (size_t i = 1; i < days->list.n; i++)
        if (days->list.items[i] != days->list.items[n])
            days->list.items[++n] = days->list.items[i];
    days->list.n = n + 1;
}

size_t when_days(const struct when *when, long days[3]) {
    size_t n = 0;
    if (when->first[0])
        days[n++] = day_number_of(when->first);
    if (when->last[0]) {
        days[n++] = day_number_of(when->last);
        days[n++] = day_number_of(when->last) + 1;
    }
    return n;
}

struct day_gatherer {
    struct arena *arena;
    struct day_numbers days;
};

static void days_gather(void *context, const struct record *record, const struct field *field,
                        const char *words, const struct when *when) {
    struct day_gatherer *gatherer = context;
    (void)record;
    (void)field;
    (void)words;
    long days[3];
    size_t n = when_days(when, days);
    for (size_t i = 0; i < n; i++)
        list_add(gatherer->arena, &gatherer->days.list, days[i]);
}

struct day_numbers times_days(struct arena *arena, const struct records *records,
                              const struct names *bases) {
    struct day_gatherer gatherer = {.arena = arena};
    times_of_records(records, bases, days_gather, &gatherer);
    days_sort(&gatherer.days);
    return gatherer.days;
}

struct day_numbers times_month_ends(struct arena *arena, long from, long to) {
    struct day_numbers out = {0};
    char day[DAY_SIZE];
    day_add("1970-01-01", from, day);
    for (long month = month_number_of(day) + 1;; month++) {
        month_first(month, day);
        if (day_number_of(day) - 1 > to)
            return out;
        list_add(arena, &out.list, day_number_of(day) - 1);
    }
}

struct day_numbers days_between(struct arena *arena, const struct day_numbers *days, long from,
                                long to) {
    struct day_numbers out = {0};
    for (size_t i = 0; i < days->list.n; i++)
        if (days->list.items[i] >= from && days->list.items[i] <= to)
            list_add(arena, &out.list, days->list.items[i]);
    return out;
}

struct day_numbers days_thin(struct arena *arena, const struct day_numbers *days, size_t most) {
    struct day_numbers out = {0};
    if (days->list.n <= most)
        return *days;
    for (size_t i = 0; i < most; i++)
        list_add(arena, &out.list,
                 days->list.items[most > 1 ? i * (days->list.n - 1) / (most - 1) : 0]);
    return out;
}

struct day_numbers days_join(struct arena *arena, const struct day_numbers *a,
                             const struct day_numbers *b) {
    struct day_numbers out = {0};
    for (size_t i = 0; i < a->list.n; i++)
        list_add(arena, &out.list, a->list.items[i]);
    for (size_t i = 0; i < b->list.n; i++)
        list_add(arena, &out.list, b->list.items[i]);
    days_sort(&out);
    return out;
}
