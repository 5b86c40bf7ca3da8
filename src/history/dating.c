#include "history/dating.h"
#include "base/text.h"
#include "history/times.h"
#include <assert.h>
#include <stdlib.h>

/* A time that gives the day. */
struct hit {
    const struct record *record; /* NULL: there is none */
    const struct field *field;
    const char *words;
    struct when when;
};

struct dated_hit {
    long day;
    size_t place; /* in the order in which the records are read */
    struct hit hit;
};

struct dating_index {
    struct arena *arena;
    LIST(struct dated_hit) list; /* by day, then by place */
};

struct search {
    long day;
    struct hit exact, told, rough; /* the day itself; on the sheet Coverage; a wider time */
};

/* The first of each sort counts. */
static void hit_sort(struct search *search, const struct hit *hit) {
    assert(hit->record);
    struct hit *best = !text_equal(hit->when.first, hit->when.last)      ? &search->rough
                       : text_equal(hit->record->kind->name, "coverage") ? &search->told
                                                                         : &search->exact;
    if (!best->record)
        *best = *hit;
}

static void time_compare(void *context, const struct record *record, const struct field *field,
                         const char *words, const struct when *when) {
    struct search *search = context;
    long days[3];
    size_t n = when_days(when, days);
    for (size_t i = 0; i < n; i++)
        if (days[i] == search->day)
            hit_sort(search, &(struct hit){record, field, words, *when});
}

static void time_add(void *context, const struct record *record, const struct field *field,
                     const char *words, const struct when *when) {
    struct dating_index *index = context;
    long days[3];
    size_t n = when_days(when, days);
    for (size_t i = 0; i < n; i++)
        list_add(index->arena, &index->list,
                 (struct dated_hit){days[i], index->list.n, {record, field, words, *when}});
}

static int dated_compare(const void *a, const void *b) {
    const struct dated_hit *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

struct dating_index *dating_index_make(struct arena *arena, const struct records *records,
                                       const struct names *bases) {
    struct dating_index *index = arena_alloc(arena, sizeof *index);
    index->arena = arena;
    times_of_records(records, bases, time_add, index);
    if (index->list.n)
        qsort(index->list.items, index->list.n, sizeof *index->list.items, dated_compare);
    return index;
}

/* Those of all records, of which the first on the day is looked up. */
static void index_search(const struct dating_index *index, struct search *search) {
    size_t low = 0, high = index->list.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->list.items[middle].day < search->day)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->list.n && index->list.items[low].day == search->day; low++)
        hit_sort(search, &index->list.items[low].hit);
}

static struct dating dating_of(enum dating_kind kind, const struct hit *hit, bool is_its_own) {
    struct dating dating = {.kind = kind, .words = hit->words};
    memcpy(dating.first, hit->when.first, DAY_SIZE);
    memcpy(dating.last, hit->when.last, DAY_SIZE);
    if (is_its_own || kind == DATED_ROUGHLY) {
        dating.record = hit->record;
        dating.field = hit->field;
    }
    return dating;
}

struct dating dating_find(const struct dating_index *index, const struct track *track,
                          const char *day) {
    struct search search = {.day = day_number_of(day)};
    for (size_t i = 0; i < track->records.list.n; i++)
        times_of_record(track->records.list.items[i], time_compare, &search);
    bool is_its_own = search.exact.record || search.rough.record || search.told.record;
    if (!is_its_own)
        index_search(index, &search);
    if (search.exact.record)
        return dating_of(DATED, &search.exact, is_its_own);
    if (search.rough.record)
        return dating_of(DATED_ROUGHLY, &search.rough, is_its_own);
    if (search.told.record)
        return dating_of(FIRST_TOLD, &search.told, is_its_own);
    return (struct dating){.kind = TIME_PASSED};
}
