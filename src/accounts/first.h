/* The first account: whoever looks after a new site. */
#ifndef ITHACA_FIRST_H
#define ITHACA_FIRST_H

#include "db/db.h"

#define ADMINISTRATOR "administrator" /* the login */

/* Makes an administrator where there is none. */
enum err administrator_make(struct db *db, struct arena *arena, bool *made) MUST_CHECK;

#endif
