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
 * A rule can read these tables and nothing else: no writing, no attaching, no pragmas, a list of
 * functions, and limits on time, length and memory. */
#ifndef ITHACA_WORKBENCH_H
#define ITHACA_WORKBENCH_H

#include "base/date.h"
#include "diagnosis/rule.h"
#include "record/records.h"

struct workbench;

struct workbench_options {
    char today[DAY_SIZE];      /* the programme is read as of this day */
    const struct names *bases; /* only records of these bases, or NULL for all */
};

/* Fills a workbench. It stays valid as long as `records` and its arena; close it. */
struct workbench *workbench_open(const struct records *records,
                                 const struct workbench_options *options);
void workbench_close(struct workbench *workbench);

/* One row of a rule's SELECT. An empty cell is NULL. */
struct row {
    const char *const *names;
    const char **values;
    size_t n;
};

struct rows {
    LIST(struct row) list;
};

/* Runs a rule's SELECT; the rows belong to `arena`. */
enum err workbench_run(struct workbench *workbench, struct arena *arena, const struct rule *rule,
                       struct rows *out, struct problems *problems) MUST_CHECK;

/* The columns that a rule's SELECT gives, without running it. */
enum err workbench_columns(struct workbench *workbench, struct arena *arena,
                           const struct rule *rule, struct names *out,
                           struct problems *problems) MUST_CHECK;

/* The value in the row's column of that name, or NULL. */
const char *row_value(const struct row *row, const char *name);

#endif
