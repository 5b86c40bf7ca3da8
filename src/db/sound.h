/* Whether a database holds together: what a disk or another program may have broken. */
#ifndef ITHACA_SOUND_H
#define ITHACA_SOUND_H

#include "db/db.h"

/* Looks at every page and every reference of a database in SQLite, and whether it was settled
 * (db/copy.h); PostgreSQL sees to its own.
 * ERR_INPUT, with what was found in the problems, if something is broken. */
enum err db_sound(struct db *db) MUST_CHECK;

#endif
