/* A whole database into one file, and back.
 *
 * A backup is a file of SQLite, whichever engine the records are kept in, so that it can be looked
 * into everywhere and restored into either. It holds everything: all programmes with their history
 * and their chains. */
#ifndef ITHACA_BACKUP_H
#define ITHACA_BACKUP_H

#include "db/copy.h"
#include "store/audit.h"
#include "store/kept.h"

/* What is in a database: its programmes, and what looking through the chain of each has shown. */
struct programme_verdict {
    struct programme programme;
    struct audit_verdict verdict;
};
struct contents {
    LIST(struct programme_verdict) programmes; /* by key */
    size_t revisions, versions, faults;        /* of all */
    struct kept_verdicts kept;                 /* what became of links, where somebody gave any */
    bool is_older;  /* made by an older program, and not looked through */
    bool is_copied; /* into the new place */
};

/* Who is told how far it has come. */
struct backup_watch {
    db_copy_tell *tell; /* or NULL */
    void *context;
};

/* Looks through the chains of all programmes. To be called within db_read. */
enum err contents_verify(struct db *db, struct arena *arena, struct contents *out) MUST_CHECK;

/* Adds what became of links that were kept of these programmes. The same. */
enum err contents_verify_kept(struct db *db, struct arena *arena, const struct kept_links *kept,
                              struct contents *contents) MUST_CHECK;

/* Makes a backup in a new file: all of it as of one moment, or there is no file. What has the name
 * already is left alone. */
enum err backup_make(struct arena *arena, struct problems *problems, const char *url,
                     const char *path, const struct backup_watch *watch,
                     struct contents *out) MUST_CHECK;

/* Restores a backup into an empty database: all of it, or none. Faults in the history are told, not
 * refused: it is restored as it was kept. */
enum err backup_restore(struct arena *arena, struct problems *problems, const char *path,
                        const char *url, const struct backup_watch *watch,
                        struct contents *out) MUST_CHECK;

/* Whether a backup could be restored, and whether the history in it is whole. */
enum err backup_verify(struct arena *arena, struct problems *problems, const char *path,
                       struct contents *out) MUST_CHECK;

#endif
