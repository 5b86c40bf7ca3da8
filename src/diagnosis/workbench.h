/* The workbench: one programme, as of one day, in a private in-memory SQLite database on which
 * rules run as SELECTs.
 *
 * Every kind of record is a table with a column per field and the record's `id`. A time x also
 * gives x_first and x_last, the first and last day it can mean. Kinds with a period show in `team`
 * what holds on the day, and in `team_ever` all that had begun by then. A FIELD_REFS field gives a
 * table of its own: decision_concerns(id, ref). What had not happened yet by the day is not there.
 * rules/facts.sql adds facts: tables worked out from these. docs/rules.md tells rule writers all
 * this.
 *
 * It is opened once and filled as often as wanted: with other records, or as of another day. What
 * has been prepared is kept, only what reads otherwise is put in anew, and what rests on nothing
 * else than before (a fact, the rows of a query) is not worked out again: so looking again (what
 * if? how was it in May?) is cheap.
 *
 * A query can read these tables and nothing else: no writing, no attaching, no pragmas, a list of
 * functions, and limits on time, length and memory, which are narrower for queries that do not come
 * with the program. It writes no file, however much there is to sort. */
#ifndef ITHACA_WORKBENCH_H
#define ITHACA_WORKBENCH_H

#include "base/date.h"
#include "diagnosis/query.h"
#include "record/records.h"

struct workbench;

struct workbench_options {
    char today[DAY_SIZE];      /* the programme is read as of this day */
    const struct names *bases; /* only records of these bases, or NULL for all */
};

/* An empty workbench, in the arena; close it. One shows one day at a time, and so do all that are
 * open: fill another one only when done with the first. From the first one on the whole process
 * keeps memory that it has freed, up to a cap, for the next query (mallopt). */
struct workbench *workbench_open(struct arena *arena);
void workbench_close(struct workbench *workbench);

/* Whether a record is among those of these bases (NULL: all). */
bool workbench_basis_wanted(const struct record *record, const struct names *bases);

/* Puts the records in, in place of those that were there; `options->bases` must stay valid until
 * the next time. */
void workbench_fill(struct workbench *workbench, const struct records *records,
                    const struct workbench_options *options);

/* A value of a fact that the program works out itself: a text, or else a number; NAN is NULL. */
struct fact_value {
    const char *text;
    double number;
};

/* Empties a fact that the program works out itself from the answers to these queries; `variant`
 * says in which way, where there are several. False, and the fact is left as it is, where none of
 * the answers can be another than when it was last worked out in this way. */
bool workbench_fact_renew(struct workbench *workbench, const char *name, unsigned variant,
                          const struct query *const *queries, size_t n);

/* Adds a row to a fact of rules/facts.sql by one of our own statements, which stays where it is. */
void workbench_fact_add(struct workbench *workbench, const char *insert,
                        const struct fact_value *values, size_t n);

/* One row of a query. An empty cell is NULL. */
struct row {
    const char *const *names;
    const char **values;
    size_t n;
};

struct rows {
    LIST(struct row) list;
};

/* Runs a query; the rows belong to `arena`. `subject` is what its parameter :subject stands for;
 * NULL if it has none. The query is kept prepared: it must stay where it is until the workbench is
 * closed. */
enum err workbench_run(struct workbench *workbench, struct arena *arena, const struct query *query,
                       const char *subject, struct rows *out, struct problems *problems) MUST_CHECK;

/* Prepares a query without running it, so that what it reads is known. */
enum err workbench_prepare(struct workbench *workbench, const struct query *query,
                           struct problems *problems) MUST_CHECK;

/* Whether a query prepared so far reads this column of the fact network_person. */
bool workbench_reads_measure(const struct workbench *workbench, const char *column);

/* The columns that a query gives, without running it. */
enum err workbench_columns(struct workbench *workbench, struct arena *arena,
                           const struct query *query, struct names *out,
                           struct problems *problems) MUST_CHECK;

/* The value in the row's column of that name, or NULL. */
const char *row_value(const struct row *row, const char *name);

#endif
