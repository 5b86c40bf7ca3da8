/* Processes that work side by side, and the one that looks after them.
 *
 * The master only starts workers, replaces what dies, after a pause that grows with every quick
 * death, and ends them when it is told to (SIGTERM, SIGINT). A worker has one thread and opens its
 * own database. If the master dies its workers end too. */
#ifndef ITHACA_WORKERS_H
#define ITHACA_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

/* How a worker ends by itself; whatever else it ends with, another takes its place. */
enum worker_end {
    WORKER_FINISHED = 0, /* there is nothing left to do, or it was told to end */
    WORKER_GAVE_UP = 3,  /* another could not do better; it has said why */
    WORKER_BROKEN = 4,   /* another may do better, later; it has said why */
};

struct worker_kind {
    const char *name;
    unsigned count;
    enum worker_end (*work)(void *context); /* in the worker's process */
    void *context;
    /* A worker has died; `what` is how: "by signal 9". NULL: nobody wants to know. */
    void (*died)(void *context, long process, const char *what, double seconds);
};

/* Returns when all workers have ended: false if one gave up, or died again and again at once where
 * `patient` is not set. */
bool workers_run(const struct worker_kind *kinds, size_t n, bool patient);

/* For workers: waits so long, or until it is to end; true then. 0 only looks. */
bool worker_pause(double seconds);

#endif
