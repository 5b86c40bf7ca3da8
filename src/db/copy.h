/* Copying all records from one database into another: for backups (always a file of SQLite) and for
 * restoring them.
 *
 * What there is to copy is read from the catalogue of the one that is SQLite: every table, in the
 * order in which they were made, so that what is referred to is there first. Rows of a table that
 * refer to other rows of the same table need that reference to be "deferrable" (PostgreSQL). */
#ifndef ITHACA_COPY_H
#define ITHACA_COPY_H

#include "db/db.h"

/* Called now and then, and at the end of each table. */
struct db_copy_progress {
    const char *table;           /* until the call ends */
    size_t table_number, tables; /* the first is 1 */
    uint64_t rows;               /* of all tables so far */
};
typedef void db_copy_tell(void *context, const struct db_copy_progress *progress);

/* Copies everything as of one moment, all of it or nothing. Both must have the same version of the
 * schema, `to` no rows but those of schema_version, and one of them must be SQLite. `tell` may be
 * NULL; when others are in the way it begins again at the first table. */
enum err db_copy(struct db *from, struct db *to, db_copy_tell *tell, void *context) MUST_CHECK;

/* Marks a database in SQLite as unfinished: db_sound refuses it until it was settled, so that what
 * is left of a copy that was interrupted is not taken for a whole one. */
enum err db_unsettle(struct db *db) MUST_CHECK;

/* Takes that mark away, and makes of a database in SQLite one file again, which can be moved
 * without those beside it (-wal, -shm). Nobody else may have it open. For the end of a backup; it
 * must be closed next. */
enum err db_settle(struct db *db) MUST_CHECK;

#endif
