/* What can be told by how it is written: addresses of e-mail and of the web, telephone numbers,
 * postcodes, numbers of patients and of insured people. Private to exchange/. */
#ifndef ITHACA_LEFTOVER_PATTERNS_H
#define ITHACA_LEFTOVER_PATTERNS_H

#include "exchange/leftover.h"

/* Adds them, in no order; none overlaps another. */
void leftover_patterns_find(struct arena *arena, const char *text, struct leftovers *out);

#endif
