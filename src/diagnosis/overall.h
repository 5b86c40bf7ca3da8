/* How far the whole arrangement is in order, in two sentences for whoever has to tell a board: what
 * holds, what does not and at which levels, and what cannot be judged. Worked out from the grid and
 * the questions that stayed open; it counts, and makes up no score. */
#ifndef ITHACA_OVERALL_H
#define ITHACA_OVERALL_H

#include "diagnosis/diagnosis.h"

/* Belongs to the diagnosis's arena. */
const char *overall_say(const struct diagnosis *diagnosis);

#endif
