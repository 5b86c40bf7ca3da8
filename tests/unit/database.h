/* What the tests of the store share: an empty store for each test, once in a file (SQLite), once in
 * a schema of the server in ITHACA_TEST_POSTGRES, which tests/postgres starts. */
#ifndef ITHACA_TEST_DATABASE_H
#define ITHACA_TEST_DATABASE_H

#include "base/text.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "store/programme.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct database {
    struct arena *arena;
    struct problems problems;
    char folder[64];
    const char *url;
    struct db *db;
};

static inline const char *told(const struct database *database) {
    size_t n = database->problems.list.n;
    return n ? database->problems.list.items[n - 1].message : "";
}

static inline void must(const struct database *database, enum err err) {
    if (err)
        fail_msg("%s", told(database));
}

static inline struct db *database_connect(struct database *database, const char *url,
                                          enum db_open_mode mode) {
    struct db *db = NULL;
    must(database, db_open(database->arena, &database->problems, url, mode, &db));
    return db;
}

/* One statement in a transaction of its own. */
static inline void database_do(struct database *database, const char *sql) {
    must(database, db_run(database->db, db_statement_add(database->db, sql), DB_NO_VALUES));
}

/* What a SELECT gives first: a whole number; -1 if it has no row. */
static inline int64_t database_number(struct database *database, const char *sql) {
    struct db_rows rows;
    int64_t result = -1;
    must(database,
         db_query(database->db, db_statement_add(database->db, sql), DB_NO_VALUES, &rows));
    if (db_next(&rows))
        result = db_row_integer(&rows, 0);
    must(database, db_rows_end(&rows, OK));
    return result;
}

static inline struct database *database_new(void **state) {
    struct database *database = calloc(1, sizeof *database);
    database->arena = arena_new((size_t)1024 * 1024 * 1024);
    database->problems = problems_new(database->arena);
    snprintf(database->folder, sizeof database->folder, "/tmp/ithaca-test-store-XXXXXX");
    assert_non_null(mkdtemp(database->folder));
    *state = database;
    return database;
}

static inline int sqlite_open(void **state) {
    struct database *database = database_new(state);
    database->url = arena_format(database->arena, "sqlite:%s/store.db", database->folder);
    database->db = database_connect(database, database->url, DB_CREATE);
    must(database, db_migrate(database->db));
    return 0;
}

static inline int postgres_open(void **state) {
    static unsigned schemas;
    const char *server = getenv("ITHACA_TEST_POSTGRES");
    struct database *database = database_new(state);
    if (!server) {
        print_error("there is no PostgreSQL: run it so: tests/postgres THIS_TEST\n");
        return -1;
    }
    const char *schema = arena_format(database->arena, "store_%ld_%u", (long)getpid(), ++schemas);
    database->db = database_connect(database, server, DB_EXISTING);
    database_do(database, arena_format(database->arena, "create schema %s", schema));
    db_close(database->db);
    database->url = arena_format(database->arena, "%s%coptions=-csearch_path%%3D%s", server,
                                 strchr(server, '?') ? '&' : '?', schema);
    database->db = database_connect(database, database->url, DB_EXISTING);
    must(database, db_migrate(database->db));
    return 0;
}

static inline int database_close(void **state) {
    struct database *database = *state;
    db_close(database->db);
    int result = system(arena_format(database->arena, "rm -rf '%s'", database->folder));
    arena_free(database->arena);
    free(database);
    return result;
}

/* Makes sheets a copy of a programme, as export does. */
static inline void origin_attach(struct database *database, struct sheets *sheets,
                                 const struct programme *of) {
    const char *rows[ORIGIN_ROWS][2];
    struct sheet sheet = {.file = "test", .name = ORIGIN_SHEET};
    origin_rows(database->arena, &(struct origin){of->key, of->revision, of->link}, rows);
    for (unsigned i = 0; i < ORIGIN_ROWS; i++) {
        const char **cells = arena_alloc_array(database->arena, 2, sizeof *cells);
        memcpy(cells, rows[i], sizeof rows[i]);
        list_add(database->arena, &sheet.rows, (struct sheet_row){i + 1, cells, 2});
    }
    list_add(database->arena, &sheets->list, sheet);
}

/* The same test on both. */
#define STORE_TEST(function)                                                                       \
    {"sqlite: " #function, function, sqlite_open, database_close, NULL}, {                         \
        "postgresql: " #function, function, postgres_open, database_close, NULL                    \
    }

#endif
