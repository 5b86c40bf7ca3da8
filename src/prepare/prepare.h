/* Makes ready what pages show and cannot work out themselves, because it needs the workbench,
 * igraph or Graphviz: the decisions and the map of each look (findings/parts.h), and the answers to
 * what leads ask (whatif/asked.h).
 *
 * What is due follows from what is there and what is not; it is done once, by whoever gets to it,
 * and given up after JOB_TRIES failures, so that it keeps nobody from the rest. */
#ifndef ITHACA_PREPARE_H
#define ITHACA_PREPARE_H

#include "findings/worker.h"

struct prepared {
    bool worked;           /* something was made, or failed */
    bool is_answer;        /* to a question; otherwise the parts of a look */
    const char *programme; /* its key */
    const char *error;     /* NULL, or why it failed */
    bool retired;          /* it will not be tried again */
    size_t held;           /* others are at these */
};

/* Makes one thing that is due, if there is any: first what people wait for. Not OK if the store
 * itself fails. */
enum err prepare_next(struct db *db, struct arena *arena, const struct look *look,
                      struct prepared *out) MUST_CHECK;

/* All that is due; for struct looker, with this pause. */
enum { PREPARE_PAUSE = 1 }; /* seconds: somebody waits for it */
looker_round prepare_round;

#endif
