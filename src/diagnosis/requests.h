/* "Cannot tell yet", made useful: of all that the records do not say, the at most three things to
 * write down that would answer most. */
#ifndef ITHACA_REQUESTS_H
#define ITHACA_REQUESTS_H

#include "diagnosis/diagnosis.h"

/* Fills diagnosis->requests from diagnosis->doubts. */
void requests_make(struct arena *arena, struct diagnosis *diagnosis);

#endif
