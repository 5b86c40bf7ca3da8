/* Which backups were made: those that whoever looks after the site asks for on its page, made by a
 * worker in the folder that the settings name; and those that `ithaca backup` made.
 *
 * To be called within db_read or db_write, unless said otherwise; everything belongs to the arena.
 */
#ifndef ITHACA_BACKUPS_H
#define ITHACA_BACKUPS_H

#include "base/list.h"
#include "db/db.h"
#include "jobs/workers.h"
#include "store/backup.h"

enum backup_state { BACKUP_ASKED, BACKUP_WORKING, BACKUP_MADE, BACKUP_FAILED, BACKUP_STATES };

struct backup_line {
    enum backup_state state;
    bool is_of_command;                         /* otherwise of the page */
    const char *by;                             /* NULL: nobody's name is kept, or any more */
    const char *asked_at, *begun_at, *ended_at; /* as the database keeps times, or NULL */
    const char *place;                          /* the file; NULL: there is none */
    int64_t bytes;
    bool is_whole;     /* it was read back, and the history in it is whole */
    const char *words; /* why there is none; or NULL */
};
struct backup_lines {
    LIST(struct backup_line) list; /* the newest first, 50 at most */
};
enum err backups_read(struct db *db, struct arena *arena, struct backup_lines *out) MUST_CHECK;

/* Asks for one, unless it was asked for already and is not made yet; sent twice it is one. */
enum err backup_ask(struct db *db, int64_t account, const char *token) MUST_CHECK;

/* That `ithaca backup` made one: on its own, not within a transaction. False if that cannot be
 * written down, as in a database that may only be read. */
bool backup_note(struct arena *arena, const char *url, const char *path,
                 const struct contents *contents);

/* What keeps backups from being made in that folder, in words, or NULL. */
const char *backups_obstacle(struct arena *arena, const char *folder);

/* The worker that makes what was asked for; `context` is a struct backup_maker. It is a process of
 * its own, since reading a backup back may take long. */
struct backup_maker {
    const char *url, *folder;
    double pause; /* seconds between looks */
    void (*failed)(const struct problems *problems);
    void (*told)(const char *place, const char *why); /* one of them is NULL */
};
enum worker_end backup_maker_work(void *context);

#endif
