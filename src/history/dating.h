/* Why a finding opened or closed on a day: which time in the records gives it. */
#ifndef ITHACA_DATING_H
#define ITHACA_DATING_H

#include "history/history.h"

/* The times in all records of these bases, by the days on which they can change something. */
struct dating_index *dating_index_make(struct arena *arena, const struct records *records,
                                       const struct names *bases);

/* What in the records makes for a change of the track on `day`, the first day on which it is
 * different. The records that the finding rests on are asked first, then all others. */
struct dating dating_find(const struct dating_index *index, const struct track *track,
                          const char *day);

#endif
