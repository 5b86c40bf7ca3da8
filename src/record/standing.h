/* How a record stands on a day: whether it holds still, and its telling facts in a phrase made from
 * the kind's description: "left 11 September 2026", "vacant, since 1 May 2026", "open, due 20
 * October 2026". Nothing that is personal (PERSONAL in kind.h) is in it. */
#ifndef ITHACA_STANDING_H
#define ITHACA_STANDING_H

#include "record/records.h"

/* Whether it holds on the day, as far as its own last day tells; what has none holds. One that has
 * ended at a time that nobody knows does not. */
bool record_in_force(const struct record *record, const char *day);
/* Its state where that is not the usual one, and its period or when it is due; "" if there is
 * nothing to tell. */
const char *record_standing(struct arena *arena, const struct record *record, const char *day);
/* The likelier it is that a mistake in it makes a finding, the smaller: 0 what has ended, 1 what is
 * not in its usual state, 2 everything else. */
int record_suspicion(const struct record *record, const char *day);

#endif
