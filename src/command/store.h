/* What the commands that work on a store have in common. */
#ifndef ITHACA_COMMAND_STORE_H
#define ITHACA_COMMAND_STORE_H

#include "command/command.h"
#include "db/db.h"

/* Opens the store at a URL, made ready for this version of the program; a new file (DB_CREATE) is
 * made so. */
enum err store_open(struct session *session, const char *url, enum db_open_mode mode,
                    struct db **out) MUST_CHECK;

/* Who works at this terminal, if nobody says it with --by. */
const char *author_otherwise(struct arena *arena, const char *author);

#endif
