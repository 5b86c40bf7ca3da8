/* A worker that looks at what is due (look.h), one programme after the other. */
#ifndef ITHACA_FINDINGS_WORKER_H
#define ITHACA_FINDINGS_WORKER_H

#include "findings/look.h"
#include "jobs/workers.h"

struct looker;

/* Works until nothing is due, or the store fails; `held` if others are at something, `stop` if the
 * worker is to end. */
typedef enum err looker_round(const struct looker *looker, struct db *db, const struct look *look,
                              bool *held, bool *stop);

struct looker {
    const char *url, *rules_folder, *content_folder;
    const char *day, *programme; /* as in struct look */
    double pause;                /* seconds between looks for work; 0: ends when there is none */
    /* Told in the worker's process: what came of each look, and what the store says when it
     * fails. */
    void (*looked)(const struct looked *looked);
    void (*failed)(const struct problems *problems);
    looker_round *round; /* other work than looking at programmes; or NULL */
};

/* The work of struct worker_kind; `context` is a struct looker. */
enum worker_end looker_work(void *context);

#endif
