/* Keeping what a look at a programme found. Private to findings/. */
#ifndef ITHACA_KEEP_H
#define ITHACA_KEEP_H

#include "findings/look.h"
#include "jobs/jobs.h"

/* A programme that is due. */
struct due {
    struct job job;
    const char *programme; /* its key */
    int64_t revision;
    char day[DAY_SIZE];
};

/* The diagnosis as `ithaca check --format json` prints it: for the lead, and for everybody. */
struct look_texts {
    const char *lead, *shared;
};

/* Writes what was found (`diagnosis`, made for the lead) into the store, in one transaction, and
 * the job off. Keeps nothing (`out->overtaken`) if the job is no longer ours, or the programme has
 * moved on: what was read then may hold names that were erased since. */
enum err keep_diagnosis(struct db *db, struct arena *arena, const struct due *due,
                        const struct look *look, const struct diagnosis *diagnosis,
                        const struct look_texts *texts, struct looked *out) MUST_CHECK;

/* What is said of a look that failed every time. */
const char *look_failure(const struct job_state *state);

#endif
