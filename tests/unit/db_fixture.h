/* For the tests of the door to SQLite and PostgreSQL: a database of its own for each test, a file
 * or a schema, with two tables.
 *
 * PostgreSQL is the server whose URL stands in ITHACA_TEST_POSTGRES; tests/postgres starts one:
 *
 *     tests/postgres build-sanitize/tests/unit/test_db */
#ifndef ITHACA_DB_FIXTURE_H
#define ITHACA_DB_FIXTURE_H

#include "unit.h"

#include "base/text.h"
#include "db/engine.h"
#include "db/migrate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A database of its own for each test: a file, or a schema. */
struct fixture {
    struct arena *arena;
    struct problems problems;
    char folder[64];
    const char *url;
    struct db *db;
};

static const struct db_migration fixture_steps[] = {
    {"first",
     {"create table schema_version (version integer primary key, at text not null) strict;"
      "create table thing (id integer primary key, name text unique, amount integer) strict;",
      "create table schema_version (version bigint primary key, at text not null);"
      "create table thing (id bigint primary key, name text unique, amount bigint);"}},
    {"second",
     {"create table part (thing_id integer not null references thing (id),"
      " number integer not null, note text, primary key (thing_id, number)) strict;",
      "create table part (thing_id bigint not null references thing (id),"
      " number bigint not null, note text, primary key (thing_id, number));"}},
};

static inline const char *told(const struct problems *problems) {
    return problems->list.n ? problems->list.items[problems->list.n - 1].message : "";
}

#define assert_told(fixture, part)                                                                 \
    do {                                                                                           \
        if (!strstr(told(&(fixture)->problems), part))                                             \
            fail_msg("told \"%s\"", told(&(fixture)->problems));                                   \
    } while (0)

static inline struct db *connect_as(struct fixture *fixture, const char *url,
                                    enum db_open_mode mode) {
    struct db *db = NULL;
    enum err err = db_open(fixture->arena, &fixture->problems, url, mode, &db);
    if (err)
        fail_msg("%s", told(&fixture->problems));
    return db;
}

static inline void disconnect(struct fixture *fixture) {
    db_close(fixture->db);
    fixture->db = NULL;
}

/* One statement in a transaction of its own, or in the one that is open. */
static inline enum err run(struct db *db, const char *sql, const struct db_value *values,
                           size_t n) {
    return db_run(db, db_statement_add(db, sql), values, n);
}

static inline void must(struct db *db, const char *sql) {
    if (run(db, sql, DB_NO_VALUES))
        fail_msg("%s", told(db_problems(db)));
}

static inline int64_t number(struct db *db, const char *sql) {
    struct db_rows rows;
    int64_t result = -1;
    enum err err = db_query(db, db_statement_add(db, sql), DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        result = db_row_integer(&rows, 0);
    if (db_rows_end(&rows, err))
        fail_msg("%s", told(db_problems(db)));
    return result;
}

static inline const char *schema_make(struct fixture *fixture, const char *server) {
    static unsigned schemas;
    const char *name = arena_format(fixture->arena, "test_%ld_%u", (long)getpid(), ++schemas);
    struct db *db = connect_as(fixture, server, DB_EXISTING);
    must(db, arena_format(fixture->arena, "create schema %s", name));
    db_close(db);
    return arena_format(fixture->arena, "%s%coptions=-csearch_path%%3D%s", server,
                        strchr(server, '?') ? '&' : '?', name);
}

static inline struct fixture *fixture_make(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new((size_t)512 * 1024 * 1024);
    fixture->problems = problems_new(fixture->arena);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/ithaca-test-db-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? fixture : NULL;
}

static inline const char *path_of(struct fixture *fixture, const char *name) {
    return arena_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static inline void tables_make(struct fixture *fixture) {
    fixture->db = connect_as(fixture, fixture->url, DB_CREATE);
    if (db_migrate_by(fixture->db, fixture_steps, 2))
        fail_msg("%s", told(&fixture->problems));
}

static inline int sqlite_setup(void **state) {
    struct fixture *fixture = fixture_make(state);
    fixture->url = arena_format(fixture->arena, "sqlite:%s", path_of(fixture, "store"));
    tables_make(fixture);
    return 0;
}

static inline int postgres_setup(void **state) {
    struct fixture *fixture = fixture_make(state);
    const char *server = getenv("ITHACA_TEST_POSTGRES");
    if (!server) {
        print_error("There is no server: run tests/postgres build-sanitize/tests/unit/test_db\n");
        return -1;
    }
    fixture->url = schema_make(fixture, server);
    tables_make(fixture);
    return 0;
}

/* Files alone, nothing opened. */
static inline int folder_setup(void **state) {
    return fixture_make(state) ? 0 : -1;
}

static inline int teardown(void **state) {
    struct fixture *fixture = *state;
    disconnect(fixture);
    int result = system(arena_format(fixture->arena, "chmod -R u+w '%s'; rm -rf '%s'",
                                     fixture->folder, fixture->folder));
    arena_free(fixture->arena);
    free(fixture);
    return result;
}

enum { CHILDREN = 4 }; /* at once */

static inline void children_wait(int n) {
    for (int i = 0; i < n; i++) {
        int status = -1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
}

/* A piece of work that writes, runs `sql` if there is one, and gives `result`. */
struct failing {
    const char *sql;
    enum err result;
    unsigned calls;
};

static inline enum err fail_late(struct db *db, void *context) {
    struct failing *failing = context;
    failing->calls++;
    problem_add(db_problems(db), (struct place){0}, "attempt %u", failing->calls);
    must(db, "insert into thing (id, amount) values (1, 1)");
    if (failing->sql && !run(db, failing->sql, DB_NO_VALUES))
        (void)run(db, "select count(*) from thing", DB_NO_VALUES);
    return failing->result;
}

/* Three thousand things, for db_write. */
static inline enum err many_write(struct db *db, void *context) {
    (void)context;
    enum err err = OK;
    for (int i = 0; !err && i < 3000; i++)
        err = run(db, "insert into thing (id, amount) values ($1, $1)", DB_VALUES(db_integer(i)));
    return err;
}

#define ON_SQLITE(function)                                                                        \
    { #function " (SQLite)", function, sqlite_setup, teardown, NULL }
#define ON_POSTGRES(function)                                                                      \
    { #function " (PostgreSQL)", function, postgres_setup, teardown, NULL }
#define ON_BOTH(function) ON_SQLITE(function), ON_POSTGRES(function)

#endif
