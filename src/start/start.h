/* The first records of a programme, from lines as people type them: one record each line. Somebody
 * who is there already, by name, is left as they are, so that sending the same lines again makes no
 * twins. */
#ifndef ITHACA_START_H
#define ITHACA_START_H

#include "store/around.h"
#include "store/correct_many.h"

struct start_step {
    const char *name; /* in the address */
    const char *kind; /* of what its lines become */
    const char *title, *why, *how;
};

enum { START_STEPS = 3 };
extern const struct start_step start_steps[START_STEPS];

/* NULL if there is none of that name. */
const struct start_step *start_step_find(const char *name);

/* Adds to `out` the records that the lines stand for. `there` is what there is of the step's kind;
 * `organisations`, all of the programme's. What is wrong goes into `problems`, with the number of
 * its line, counted from 1. */
struct start_problems {
    LIST(const char *) list;
};
void start_lines_read(struct arena *arena, const struct start_step *step, const char *lines,
                      const struct around_list *there, const struct around_list *organisations,
                      struct corrections *out, struct start_problems *problems);

#endif
