/* What the commands that work on a store have in common. */
#ifndef ITHACA_COMMAND_STORE_H
#define ITHACA_COMMAND_STORE_H

#include "command/command.h"
#include "store/backup.h"

/* Opens the store at a URL, whose tables must be those of this version of the program. Where it is
 * empty, or is a file that is not there yet, DB_CREATE prepares it; DB_REHEARSE too, which is never
 * there. */
enum err store_open(struct session *session, const char *url, enum db_open_mode mode,
                    struct db **out) MUST_CHECK;

/* The same to be read as of one moment, and closed again. */
enum err store_read(struct session *session, const char *url, db_work *work,
                    void *context) MUST_CHECK;

/* False after saying so if no database was named. */
bool store_named(const struct command *command, const char *url);

/* Who works at this terminal, if nobody says it with --by. */
const char *author_otherwise(struct arena *arena, const char *author);

/* "30 June 2026, 12:00 UTC" of "2026-06-30T12:00:00.000Z". */
char *time_long(struct arena *arena, const char *at);

/* Tells on standard error how far copying has come, if somebody watches there. */
struct backup_watch store_watch(void);
/* Wipes that away. */
void store_watch_end(const struct backup_watch *watch);

#endif
