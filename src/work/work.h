/* What the pages of resources, policies, agreements and visits read out of records. They keep
 * nothing of their own: what they show stands in the records, and is changed there.
 *
 * Everything belongs to the arena. */
#ifndef ITHACA_WORK_H
#define ITHACA_WORK_H

#include "store/around.h"

enum { WORK_MOST = 5000 /* records of a kind that are read */ };

/* The records of a kind that hold on the day, in the order of their sheet. */
enum err work_records(struct around *around, const char *kind, const char *day,
                      struct around_list *out) MUST_CHECK;

/* ---- sums ---- */

/* What a cell says; 0 if nothing. `is_there` may be NULL. */
double work_sum(const struct record *record, const char *field, bool *is_there);
/* "600,000" or "1,250.50" */
const char *work_sum_words(struct arena *arena, double sum);
/* What is missing of a resource, in words; NULL where nothing is. */
const char *work_gap(struct arena *arena, const struct record *resource);

/* ---- asking again (rule D7) ---- */

/* Whether the party agreed, or was asked again, on the day of the change or later. A time that
 * nobody knows is none. */
bool work_asked_since(const struct record *party, const struct record *change);

/* ---- policies (rule A15) ---- */

/* Whether what follows from a policy makes joint work easier. Freedom alone does not. */
bool work_provision_helps(const struct record *provision);

/* ---- visits (rule C13) ---- */

/* Whether an organisation takes part and gives care itself. */
bool work_is_provider(const struct record *organisation);
/* A visit to listen or to help, in person; not one to check. */
bool work_visit_listens(const struct record *visit);

#endif
