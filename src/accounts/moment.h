/* Times as the database keeps them, reckoned from now. */
#ifndef ITHACA_MOMENT_H
#define ITHACA_MOMENT_H

#include "db/db.h"

enum { SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600 };

/* So many seconds from now, or ago if negative. */
void moment_in(long seconds, char out[DB_TIME_SIZE]);
/* How many seconds ago that was; negative if it is to come. */
long moment_since(const char *at);
/* "22 November 2026 at 14:05", by the machine's clock on the wall. */
char *moment_words(struct arena *arena, const char *at);

/* "joined to this account on 3 July 2026 by the lead": who said that somebody is a record. `by` may
 * be NULL. */
const char *joined_words(struct arena *arena, const char *at, const char *by);

#endif
