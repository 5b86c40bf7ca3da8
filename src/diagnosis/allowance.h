/* What the rules that do not come with the program may use, all of them together: a diagnosis is
 * soon there, whatever a rule does. A query has limits of its own (workbench_run.c), and messages
 * that say which of them it met. This is the wall behind them, for all that is done with a rule:
 * past it the program says which rule it is, and stops with exit code 2. Nothing has been printed
 * by then.
 *
 * Time is the process's, so one allowance can be in use at a time. Built-in rules are not held to
 * it. */
#ifndef ITHACA_ALLOWANCE_H
#define ITHACA_ALLOWANCE_H

#include "diagnosis/query.h"

struct allowance {
    double seconds; /* of processor time; what is left */
    double began;
    size_t bytes; /* of the arena; what is left */
    size_t findings, records;
};

/* For running rules, and for preparing them only. */
struct allowance allowance_to_run(void);
struct allowance allowance_to_prepare(void);

/* Between these two, work on the query's rule counts. */
void allowance_begin(struct allowance *allowance, struct arena *arena, const struct query *query);
void allowance_end(struct allowance *allowance, struct arena *arena, const struct query *query);

/* Processor seconds that the program has taken so far. */
double allowance_clock(void);

/* Takes one finding that names so many records from the allowance; false if it is used up. */
bool allowance_take(struct allowance *allowance, const struct query *query, size_t records);

#endif
