/* Processes that work side by side, and the one that looks after them.
 *
 * The master only starts workers, replaces what dies, after a pause that grows with every quick
 * death, and ends them when it is told to (SIGTERM, SIGINT). Where they can be renewed, it has
 * fresh ones take their places when it is told to (SIGHUP), and lets the old ones end in their own
 * time. A worker is told to end by the same signals: at once, or, by SIGHUP, once nobody needs it.
 * A worker has one thread and opens its own database. If the master dies its workers end too. */
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

/* For workers that can be renewed: reads anew what they are told, and may change their kinds'
 * counts and contexts; `ending` old ones are still there. False: it goes on with those that are
 * there. */
struct worker_renewal {
    bool (*renew)(void *context, size_t ending);
    void *context;
};

/* Returns when all workers have ended: false if one gave up, or died again and again at once where
 * `patient` is not set. `renewal` is NULL where they cannot be renewed. */
bool workers_run(const struct worker_kind *kinds, size_t n, bool patient,
                 const struct worker_renewal *renewal);

/* For workers: waits so long, or until it is to end; true then. 0 only looks. */
bool worker_pause(double seconds);

#endif
