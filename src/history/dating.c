#include "history/dating.h"
#include "base/text.h"
#include "history/times.h"

/* A time that gives the day. */
struct hit {
    const struct record *record; /* NULL: there is none */
    const struct field *field;
    const char *words;
    struct when when;
};

struct search {
    long day;
    struct hit exact, told, rough; /* the day itself; on the sheet Coverage; a wider time */
};

static void time_compare(void *context, const struct record *record, const struct field *field,
                         const char *words, const struct when *when) {
    struct search *search = context;
    bool begins = when->first[0] && day_number_of(when->first) == search->day;
    bool ends = when->last[0] && (day_number_of(when->last) == search->day ||
                                  day_number_of(when->last) + 1 == search->day);
    struct hit *hit = !text_equal(when->first, when->last)         ? &search->rough
                      : text_equal(record->kind->name, "coverage") ? &search->told
                                                                   : &search->exact;
    if ((begins || ends) && !hit->record)
        *hit = (struct hit){record, field, words, *when};
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

struct dating dating_find(const struct records *records, const struct names *bases,
                          const struct track *track, const char *day) {
    struct search search = {.day = day_number_of(day)};
    for (size_t i = 0; i < track->records.list.n; i++)
        times_of_record(track->records.list.items[i], time_compare, &search);
    bool is_its_own = search.exact.record || search.rough.record || search.told.record;
    if (!is_its_own)
        times_of_records(records, bases, time_compare, &search);
    if (search.exact.record)
        return dating_of(DATED, &search.exact, is_its_own);
    if (search.rough.record)
        return dating_of(DATED_ROUGHLY, &search.rough, is_its_own);
    if (search.told.record)
        return dating_of(FIRST_TOLD, &search.told, is_its_own);
    return (struct dating){.kind = TIME_PASSED};
}
