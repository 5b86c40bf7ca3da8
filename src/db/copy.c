#include "db/copy.h"
#include "base/text.h"
#include "db/engine.h"
#include <stdlib.h>

enum { ROWS_BETWEEN_TELLING = 1000 };

struct column {
    const char *name;
    bool is_integer;
    int64_t key; /* its place in the primary key, from 1; 0 if it is none of it */
};

struct table {
    const char *name;
    LIST(struct column) columns;
};

struct copying {
    struct arena *arena;
    struct db *from, *to;
    LIST(struct table) tables;
    db_copy_tell *tell;
    void *context;
    struct db_copy_progress progress;
};

/* ---- the catalogue ---- */

static enum err columns_read(struct copying *copying, struct db *db, struct table *table) {
    struct db_rows rows;
    enum err err =
        db_query(db,
                 db_statement_add(db, "select name, lower(type), pk from pragma_table_info($1) "
                                      "order by cid"),
                 DB_VALUES(db_text(table->name)), &rows);
    while (!err && db_next(&rows)) {
        struct column column = {.name = arena_copy(copying->arena, db_row_text(&rows, 0)),
                                .is_integer = text_starts_with(db_row_text(&rows, 1), "int"),
                                .key = db_row_integer(&rows, 2)};
        if (!column.is_integer && !text_equal(db_row_text(&rows, 1), "text"))
            err = db_fail(db, DB_OTHER, ERR_IO,
                          "The column %s of the table %s can neither hold whole numbers nor texts. "
                          "Nothing was copied.",
                          column.name, table->name);
        list_add(copying->arena, &table->columns, column);
    }
    err = db_rows_end(&rows, err);
    if (!err && table->columns.n > DB_PARAMETERS_MAX)
        err = db_fail(db, DB_OTHER, ERR_IO, "The table %s has more than %d columns.", table->name,
                      DB_PARAMETERS_MAX);
    return err;
}

static enum err catalogue_read(struct db *db, void *context) {
    struct copying *copying = context;
    struct db_rows rows;
    enum err err =
        db_query(db,
                 db_statement_add(
                     db, "select name from sqlite_schema where type = 'table' and name not like "
                         "'sqlite\\_%' escape '\\' and name not like 'fulltext\\_%' escape '\\' "
                         "and name <> 'schema_version' order by rowid"),
                 DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        list_add(copying->arena, &copying->tables,
                 (struct table){.name = arena_copy(copying->arena, db_row_text(&rows, 0))});
    err = db_rows_end(&rows, err);
    for (size_t i = 0; !err && i < copying->tables.n; i++)
        err = columns_read(copying, db, &copying->tables.items[i]);
    return err;
}

/* ---- what is asked ---- */

static void name_add(struct text *text, const char *name) {
    text_add_char(text, '"');
    for (; *name; name++) { /* a file that somebody hands us may have any names in it */
        text_add(text, *name == '"' ? "\"" : "");
        text_add_char(text, *name);
    }
    text_add_char(text, '"');
}

static void columns_add(struct text *text, const struct table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        text_add(text, i ? ", " : "");
        name_add(text, table->columns.items[i].name);
    }
}

/* In the order of the primary key, so that the same records give the same file. */
static void order_add(struct text *text, const struct table *table) {
    bool first = true;
    for (int64_t place = 1; place <= (int64_t)table->columns.n; place++)
        for (size_t i = 0; i < table->columns.n; i++)
            if (table->columns.items[i].key == place) {
                text_add(text, first ? " order by " : ", ");
                name_add(text, table->columns.items[i].name);
                first = false;
            }
}

static enum statement select_make(struct copying *copying, const struct table *table) {
    struct text text = text_new(copying->arena);
    text_add(&text, "select ");
    columns_add(&text, table);
    text_add(&text, " from ");
    name_add(&text, table->name);
    order_add(&text, table);
    return db_statement_add(copying->from, text.bytes);
}

static enum statement insert_make(struct copying *copying, const struct table *table) {
    struct text text = text_new(copying->arena);
    text_add(&text, "insert into ");
    name_add(&text, table->name);
    text_add(&text, " (");
    columns_add(&text, table);
    text_add(&text, ") values (");
    for (size_t i = 0; i < table->columns.n; i++)
        text_add_format(&text, "%s$%zu", i ? ", " : "", i + 1);
    text_add(&text, ")");
    return db_statement_add(copying->to, text.bytes);
}

/* ---- copying ---- */

static void tell(struct copying *copying) {
    if (copying->tell)
        copying->tell(copying->context, &copying->progress);
}

static enum err row_copy(struct copying *copying, const struct table *table,
                         const struct db_rows *rows, enum statement insert) {
    struct db_value values[DB_PARAMETERS_MAX];
    for (size_t i = 0; i < table->columns.n; i++) {
        int column = (int)i;
        values[i] = db_row_null(rows, column)            ? db_text(NULL)
                    : table->columns.items[i].is_integer ? db_integer(db_row_integer(rows, column))
                                                         : db_text(db_row_text(rows, column));
    }
    enum err err = db_run(copying->to, insert, values, table->columns.n);
    if (++copying->progress.rows % ROWS_BETWEEN_TELLING == 0)
        tell(copying);
    return err;
}

static enum err table_copy(struct copying *copying, const struct table *table) {
    enum statement insert = insert_make(copying, table);
    struct db_rows rows;
    enum err err = db_query(copying->from, select_make(copying, table), DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        err = row_copy(copying, table, &rows, insert);
    err = db_rows_end(&rows, err);
    tell(copying);
    return err;
}

static enum err empty_check(struct copying *copying, const struct table *table) {
    struct text text = text_new(copying->arena);
    text_add(&text, "select 1 from ");
    name_add(&text, table->name);
    text_add(&text, " limit 1");
    struct db_rows rows;
    enum err err =
        db_query(copying->to, db_statement_add(copying->to, text.bytes), DB_NO_VALUES, &rows);
    if (!err && db_next(&rows))
        err = db_fail(copying->to, DB_OTHER, ERR_INPUT,
                      "There are records in this database already, in the table %s. Nothing was "
                      "copied. Copy into a new one.",
                      table->name);
    return db_rows_end(&rows, err);
}

static enum err version_read(struct db *db, int64_t *version) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_schema_version_last, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        *version = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

static enum err versions_check(struct copying *copying) {
    int64_t from = 0, to = 0;
    enum err err = version_read(copying->from, &from);
    if (!err)
        err = version_read(copying->to, &to);
    if (err || from == to)
        return err;
    return db_fail(copying->to, DB_OTHER, ERR_INPUT,
                   "This database has version %lld of the tables, %s has version %lld. Nothing was "
                   "copied. Run \"ithaca migrate\" on both.",
                   (long long)to, db_name(copying->from), (long long)from);
}

/* References are looked at when all is there, where that can be asked for. */
static enum err references_wait(struct db *to) {
    const char *sql = db_engine_of(to) == DB_SQLITE ? "pragma defer_foreign_keys = on"
                                                    : "set constraints all deferred";
    return db_run(to, db_statement_add(to, sql), DB_NO_VALUES);
}

static enum err tables_write(struct db *to, void *context) {
    struct copying *copying = context;
    copying->progress = (struct db_copy_progress){.tables = copying->tables.n};
    enum err err = versions_check(copying);
    for (size_t i = 0; !err && i < copying->tables.n; i++)
        err = empty_check(copying, &copying->tables.items[i]);
    if (!err)
        err = references_wait(to);
    for (size_t i = 0; !err && i < copying->tables.n; i++) {
        copying->progress.table = copying->tables.items[i].name;
        copying->progress.table_number = i + 1;
        err = table_copy(copying, &copying->tables.items[i]);
    }
    return err;
}

static enum err all_read(struct db *from, void *context) {
    struct copying *copying = context;
    enum err err = db_unhurried(from);
    return err ? err : db_write(copying->to, tables_write, copying);
}

enum err db_copy(struct db *from, struct db *to, db_copy_tell *told, void *context) {
    struct db *file = db_engine_of(from) == DB_SQLITE ? from : to;
    if (db_engine_of(file) != DB_SQLITE)
        abort(); /* who calls says so */
    struct copying copying = {.arena = arena_new((size_t)16 * 1024 * 1024),
                              .from = from,
                              .to = to,
                              .tell = told,
                              .context = context};
    enum err err = db_read(file, catalogue_read, &copying);
    if (!err)
        err = db_read(from, all_read, &copying);
    arena_free(copying.arena);
    return err;
}

enum err db_unsettle(struct db *db) {
    if (db_engine_of(db) != DB_SQLITE)
        return OK;
    const char *sql = arena_format(db->arena, "pragma application_id = %d", DB_UNFINISHED);
    return db_run(db, db_statement_add(db, sql), DB_NO_VALUES);
}

enum err db_settle(struct db *db) {
    if (db_engine_of(db) != DB_SQLITE)
        return OK;
    enum err err = db_run(db, db_statement_add(db, "pragma application_id = 0"), DB_NO_VALUES);
    return err ? err
               : db_run(db, db_statement_add(db, "pragma journal_mode = delete"), DB_NO_VALUES);
}
