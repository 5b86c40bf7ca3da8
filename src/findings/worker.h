/* A worker that looks at what is due (look.h), one programme after the other. */
#ifndef ITHACA_FINDINGS_WORKER_H
#define ITHACA_FINDINGS_WORKER_H

#include "findings/look.h"
#include "jobs/workers.h"

struct looker {
    const char *url, *rules_folder;
    const char *day, *programme; /* as in struct look */
    double pause;                /* seconds between looks for work; 0: ends when there is none */
    /* Told in the worker's process: what came of each look, and what the store says when it
     * fails. */
    void (*looked)(const struct looked *looked);
    void (*failed)(const struct problems *problems);
};

/* The work of struct worker_kind; `context` is a struct looker. */
enum worker_end looker_work(void *context);

#endif
