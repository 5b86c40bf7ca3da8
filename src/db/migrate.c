#include "db/migrate.h"
#include "db/engine.h"

/* ---- how it stands ---- */

static const char *const tables_sql[] = {
    [DB_SQLITE] = "select count(*), count(case when name = 'schema_version' then 1 end)"
                  " from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' "
                  "escape '\\'",
    [DB_POSTGRES] = "select count(*), count(case when table_name = 'schema_version' then 1 end)"
                    " from information_schema.tables where table_schema = current_schema()",
};

struct looking {
    int64_t newest;
    struct db_schema schema;
};

/* The first row's numbers. */
static enum err numbers_read(struct db *db, enum statement statement, int64_t *first,
                             int64_t *second) {
    struct db_rows rows;
    enum err err = db_query(db, statement, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        *first = db_row_integer(&rows, 0);
        if (second)
            *second = db_row_integer(&rows, 1);
    }
    return db_rows_end(&rows, err);
}

static enum err look(struct db *db, void *context) {
    struct looking *looking = context;
    struct db_schema *schema = &looking->schema;
    int64_t tables = 0, ours = 0;
    *schema = (struct db_schema){.state = DB_SCHEMA_EMPTY};
    enum err err =
        numbers_read(db, db_statement_add(db, tables_sql[db_engine_of(db)]), &tables, &ours);
    if (err || !tables)
        return err;
    schema->state = DB_SCHEMA_FOREIGN;
    if (!ours)
        return OK;
    err = numbers_read(db, SQL_schema_version_last, &schema->version, NULL);
    schema->state = schema->version < 0                 ? DB_SCHEMA_FOREIGN
                    : schema->version < looking->newest ? DB_SCHEMA_OLDER
                    : schema->version > looking->newest ? DB_SCHEMA_NEWER
                                                        : DB_SCHEMA_CURRENT;
    return err;
}

enum err db_schema_look_by(struct db *db, size_t n, struct db_schema *out) {
    struct looking looking = {.newest = (int64_t)n};
    enum err err = db_read(db, look, &looking);
    *out = looking.schema;
    return err;
}

enum err db_schema_look(struct db *db, struct db_schema *out) {
    return db_schema_look_by(db, db_migration_count, out);
}

static enum err refuse(struct db *db, enum db_schema_state state) {
    static const char *const messages[] = {
        [DB_SCHEMA_EMPTY] = "This database is empty. Run \"ithaca migrate\" to prepare it.",
        [DB_SCHEMA_OLDER] = "This database was made by an older Ithaca. Make a backup, then run "
                            "\"ithaca migrate\" to bring it up to date.",
        [DB_SCHEMA_NEWER] = "This database was made by a newer Ithaca than this one. Use that one, "
                            "so that nothing is lost.",
        [DB_SCHEMA_FOREIGN] = "This database holds tables that are not Ithaca's. Nothing was "
                              "changed. Give Ithaca a database of its own.",
    };
    problem_add(db->problems, (struct place){.file = db->name}, "%s", messages[state]);
    return ERR_INPUT;
}

enum err db_schema_check(struct db *db) {
    struct db_schema schema;
    enum err err = db_schema_look(db, &schema);
    if (err || schema.state == DB_SCHEMA_CURRENT)
        return err;
    return refuse(db, schema.state);
}

/* ---- steps ---- */

struct migrating {
    const struct db_migration *steps;
    size_t n;
};

/* Holds off others who do the same, and gives big tables the time they need. A write to SQLite has
 * the file to itself anyway. The number is Ithaca's own, by chance. */
static enum err alone(struct db *db) {
    if (db_engine_of(db) == DB_SQLITE)
        return OK;
    enum err err = db_unhurried(db);
    return err ? err
               : db_run(db, db_statement_add(db, "select pg_advisory_xact_lock(4936410812260461)"),
                        DB_NO_VALUES);
}

static enum err step_take(struct db *db, const struct migrating *migrating, int64_t version) {
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = db->functions->script(db, migrating->steps[version - 1].text[db_engine_of(db)]);
    return err ? err
               : db_run(db, SQL_schema_version_add, DB_VALUES(db_integer(version), db_text(now)));
}

static enum err steps_take(struct db *db, void *context) {
    const struct migrating *migrating = context;
    struct looking looking = {.newest = (int64_t)migrating->n};
    enum err err = alone(db);
    if (!err)
        err = look(db, &looking);
    if (err)
        return err;
    enum db_schema_state state = looking.schema.state;
    if (state == DB_SCHEMA_NEWER || state == DB_SCHEMA_FOREIGN)
        return refuse(db, state);
    for (int64_t version = looking.schema.version + 1; !err && version <= looking.newest; version++)
        err = step_take(db, migrating, version);
    return err;
}

enum err db_migrate_by(struct db *db, const struct db_migration *steps, size_t n) {
    struct migrating migrating = {.steps = steps, .n = n};
    return db_write(db, steps_take, &migrating);
}

int64_t db_schema_newest(void) {
    return (int64_t)db_migration_count;
}

enum err db_migrate(struct db *db) {
    return db_migrate_by(db, db_migrations, db_migration_count);
}

enum err db_migrate_to(struct db *db, int64_t version) {
    return db_migrate_by(db, db_migrations, (size_t)version);
}
