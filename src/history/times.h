/* The times that are written in the records, and the days that follow from them. */
#ifndef ITHACA_TIMES_H
#define ITHACA_TIMES_H

#include "base/date.h"
#include "diagnosis/query.h"
#include "record/records.h"

/* Days by number (day_number_of), in order, each once. */
struct day_numbers {
    LIST(long) list;
};

/* Is told every time in a record: the field, and what its words mean. */
typedef void time_visit(void *context, const struct record *record, const struct field *field,
                        const char *words, const struct when *when);

void times_of_record(const struct record *record, time_visit *visit, void *context);
/* Those of all records of these bases; NULL: of all records. */
void times_of_records(const struct records *records, const struct names *bases, time_visit *visit,
                      void *context);

/* The days on which something can change by this time: its first, its last, and the day after.
 * Gives how many. */
size_t when_days(const struct when *when, long days[3]);
/* Every day on which something begins, happens, falls due, or has ended. */
struct day_numbers times_days(struct arena *arena, const struct records *records,
                              const struct names *bases);
/* The last days of the months between two days. */
struct day_numbers times_month_ends(struct arena *arena, long from, long to);

/* Those between two days (both included). */
struct day_numbers days_between(struct arena *arena, const struct day_numbers *days, long from,
                                long to);
/* At most `most` of them, evenly spread; the first and the last stay. */
struct day_numbers days_thin(struct arena *arena, const struct day_numbers *days, size_t most);
/* Both together. */
struct day_numbers days_join(struct arena *arena, const struct day_numbers *a,
                             const struct day_numbers *b);

#endif
