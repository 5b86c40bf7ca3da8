/* The schema of the store: bringing a database to it, step by step, and looking whether it is
 * there.
 *
 * The steps are the files of schema/, built into the program. Which were taken is written down in
 * the table schema_version, which the first step makes. What is wrong is told in the problems that
 * were handed to db_open. */
#ifndef ITHACA_MIGRATE_H
#define ITHACA_MIGRATE_H

#include "db/db.h"

struct db_migration;

enum db_schema_state {
    DB_SCHEMA_CURRENT,
    DB_SCHEMA_EMPTY, /* no tables at all */
    DB_SCHEMA_OLDER,
    DB_SCHEMA_NEWER,   /* made by a newer Ithaca */
    DB_SCHEMA_FOREIGN, /* somebody else's tables */
};

struct db_schema {
    enum db_schema_state state;
    int64_t version; /* the last step that was taken; 0 if none */
};

/* The version to which db_migrate brings a database. */
int64_t db_schema_newest(void);

/* Brings an empty or an older database to the newest version, all steps in one transaction: whoever
 * is killed leaves it as it was. Several may do so at once. One that is newer or foreign is
 * refused, and left alone. */
enum err db_migrate(struct db *db) MUST_CHECK;

/* Brings an empty database to an earlier version, for what was kept by an older program. */
enum err db_migrate_to(struct db *db, int64_t version) MUST_CHECK;

/* Finds out how it stands with the tables. */
enum err db_schema_look(struct db *db, struct db_schema *out) MUST_CHECK;

/* OK if the tables are this program's; otherwise the problems say what to do. */
enum err db_schema_check(struct db *db) MUST_CHECK;

/* The same with other steps than the program's own: for tests. */
enum err db_migrate_by(struct db *db, const struct db_migration *steps, size_t n) MUST_CHECK;
enum err db_schema_look_by(struct db *db, size_t n, struct db_schema *out) MUST_CHECK;

#endif
