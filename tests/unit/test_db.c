/* The door to SQLite and PostgreSQL: the same on both.
 *
 * PostgreSQL is the server whose URL stands in ITHACA_TEST_POSTGRES; tests/postgres starts one:
 *
 *     tests/postgres build-sanitize/tests/unit/test_db */
#include "unit.h"

#include "base/text.h"
#include "db/copy.h"
#include "db/engine.h"
#include "db/migrate.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

static const char *postgres_url;
static unsigned schemas;

static const struct db_migration steps[] = {
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

static const char *told(const struct problems *problems) {
    return problems->list.n ? problems->list.items[problems->list.n - 1].message : "";
}

#define assert_told(fixture, part)                                                                 \
    do {                                                                                           \
        if (!strstr(told(&(fixture)->problems), part))                                             \
            fail_msg("told \"%s\"", told(&(fixture)->problems));                                   \
    } while (0)

static struct db *connect_as(struct fixture *fixture, const char *url, enum db_open_mode mode) {
    struct db *db = NULL;
    enum err err = db_open(fixture->arena, &fixture->problems, url, mode, &db);
    if (err)
        fail_msg("%s", told(&fixture->problems));
    return db;
}

static void disconnect(struct fixture *fixture) {
    db_close(fixture->db);
    fixture->db = NULL;
}

/* One statement in a transaction of its own, or in the one that is open. */
static enum err run(struct db *db, const char *sql, const struct db_value *values, size_t n) {
    return db_run(db, db_statement_add(db, sql), values, n);
}

static void must(struct db *db, const char *sql) {
    if (run(db, sql, DB_NO_VALUES))
        fail_msg("%s", told(db_problems(db)));
}

static int64_t number(struct db *db, const char *sql) {
    struct db_rows rows;
    int64_t result = -1;
    enum err err = db_query(db, db_statement_add(db, sql), DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        result = db_row_integer(&rows, 0);
    if (db_rows_end(&rows, err))
        fail_msg("%s", told(db_problems(db)));
    return result;
}

static const char *schema_make(struct fixture *fixture) {
    const char *name = arena_format(fixture->arena, "test_%ld_%u", (long)getpid(), ++schemas);
    struct db *db = connect_as(fixture, postgres_url, DB_EXISTING);
    must(db, arena_format(fixture->arena, "create schema %s", name));
    db_close(db);
    return arena_format(fixture->arena, "%s%coptions=-csearch_path%%3D%s", postgres_url,
                        strchr(postgres_url, '?') ? '&' : '?', name);
}

static struct fixture *fixture_make(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new((size_t)512 * 1024 * 1024);
    fixture->problems = problems_new(fixture->arena);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/ithaca-test-db-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? fixture : NULL;
}

static const char *path_of(struct fixture *fixture, const char *name) {
    return arena_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static void tables_make(struct fixture *fixture) {
    fixture->db = connect_as(fixture, fixture->url, DB_CREATE);
    if (db_migrate_by(fixture->db, steps, 2))
        fail_msg("%s", told(&fixture->problems));
}

static int sqlite_setup(void **state) {
    struct fixture *fixture = fixture_make(state);
    fixture->url = arena_format(fixture->arena, "sqlite:%s", path_of(fixture, "store"));
    tables_make(fixture);
    return 0;
}

static int postgres_setup(void **state) {
    struct fixture *fixture = fixture_make(state);
    if (!postgres_url) {
        print_error("There is no server: run tests/postgres build-sanitize/tests/unit/test_db\n");
        return -1;
    }
    fixture->url = schema_make(fixture);
    tables_make(fixture);
    return 0;
}

/* Files alone, nothing opened. */
static int folder_setup(void **state) {
    return fixture_make(state) ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    disconnect(fixture);
    int result = system(arena_format(fixture->arena, "chmod -R u+w '%s'; rm -rf '%s'",
                                     fixture->folder, fixture->folder));
    arena_free(fixture->arena);
    free(fixture);
    return result;
}

/* ---- values ---- */

static enum err values_write(struct db *db, void *context) {
    const char *big = context;
    enum err err = run(
        db, "insert into thing (id, name, amount) values ($1, $2, $3)",
        DB_VALUES(db_integer(INT64_MAX), db_text("Zoë 🙂 '\"\\ ; $1 ?"), db_integer(INT64_MIN)));
    if (!err) /* the same parameter twice, and not in their order */
        err =
            run(db, "insert into thing (name, id, amount) values ($3, $1, cast($2 as bigint) + $1)",
                DB_VALUES(db_integer(1), db_integer(0), db_text(NULL)));
    if (!err)
        err = run(db, "insert into thing (id, name) values ($1, $2)",
                  DB_VALUES(db_integer(2), db_text(big)));
    if (!err)
        err = run(db, "insert into thing (id, name) values ($1, $2)",
                  DB_VALUES(db_integer(3), db_text("")));
    return err;
}

static enum err values_read(struct db *db, void *context) {
    const char *big = context;
    struct db_rows rows;
    enum err err =
        db_query(db, db_statement_add(db, "select id, name, amount from thing order by id"),
                 DB_NO_VALUES, &rows);
    assert_true(!err && db_next(&rows));
    assert_int_equal(db_row_integer(&rows, 0), 1);
    assert_true(db_row_null(&rows, 1));
    assert_null(db_row_text(&rows, 1));
    assert_int_equal(db_row_integer(&rows, 2), 1);
    assert_true(db_next(&rows));
    assert_string_equal(db_row_text(&rows, 1), big);
    assert_true(db_row_null(&rows, 2));
    assert_int_equal(db_row_integer(&rows, 2), 0);
    assert_true(db_next(&rows));
    assert_false(db_row_null(&rows, 1));
    assert_string_equal(db_row_text(&rows, 1), "");
    assert_true(db_next(&rows));
    assert_true(db_row_integer(&rows, 0) == INT64_MAX);
    assert_true(db_row_integer(&rows, 2) == INT64_MIN);
    assert_string_equal(db_row_text(&rows, 0), "9223372036854775807");
    assert_string_equal(db_row_text(&rows, 1), "Zoë 🙂 '\"\\ ; $1 ?");
    assert_false(db_next(&rows));
    assert_false(db_next(&rows));
    return db_rows_end(&rows, OK);
}

static void test_values(void **state) {
    struct fixture *fixture = *state;
    enum { BIG = 2000 };
    char *big = arena_alloc(fixture->arena, BIG + 1);
    memset(big, 'x', BIG);
    if (db_write(fixture->db, values_write, big))
        fail_msg("%s", told(&fixture->problems));
    assert_int_equal(db_read(fixture->db, values_read, big), OK);
    assert_int_equal(fixture->problems.list.n, 0);
}

static enum err big_write(struct db *db, void *context) {
    for (int i = 0; i < 40; i++) {
        enum err err =
            run(db, "insert into thing (id, amount) values ($1, 0)", DB_VALUES(db_integer(i)));
        if (!err)
            err = run(db, "insert into part (thing_id, number, note) values ($1, 1, $2)",
                      DB_VALUES(db_integer(i), db_text(context)));
        if (err)
            return err;
    }
    return OK;
}

/* More than a socket's buffers hold, and a query that is not read to its end. */
static void test_big_rows(void **state) {
    struct fixture *fixture = *state;
    enum { BIG = 1000 * 1000 };
    char *big = arena_alloc(fixture->arena, BIG + 1);
    memset(big, 'y', BIG);
    assert_int_equal(db_write(fixture->db, big_write, big), OK);
    assert_int_equal(number(fixture->db, "select sum(length(note)) from part"), 40 * BIG);
    struct db_rows rows;
    assert_int_equal(db_query(fixture->db, db_statement_add(fixture->db, "select note from part"),
                              DB_NO_VALUES, &rows),
                     OK);
    assert_true(db_next(&rows));
    assert_int_equal(strlen(db_row_text(&rows, 0)), BIG);
    assert_int_equal(db_rows_end(&rows, OK), OK);
    assert_int_equal(number(fixture->db, "select count(*) from part"), 40);
}

static enum err many_write(struct db *db, void *context) {
    (void)context;
    enum err err = OK;
    for (int i = 0; !err && i < 3000; i++)
        err = run(db, "insert into thing (id, amount) values ($1, $1)", DB_VALUES(db_integer(i)));
    return err;
}

static void test_many(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(db_write(fixture->db, many_write, NULL), OK);
    assert_int_equal(number(fixture->db, "select sum(amount) from thing"), 3000 * 2999 / 2);
}

static void test_not_utf8(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(run(fixture->db, "insert into thing (id, name) values (1, $1)",
                         DB_VALUES(db_text("caf\xe9"))),
                     ERR_INPUT);
    assert_told(fixture, "not in UTF-8");
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
}

/* What writes and gives rows is done whole, even if nobody looks at them. */
static void test_returning(void **state) {
    struct fixture *fixture = *state;
    struct db_rows rows;
    enum statement statement = db_statement_add(
        fixture->db, "insert into thing (id, amount) values (1, 1), (2, 2) returning id");
    assert_int_equal(db_query(fixture->db, statement, DB_NO_VALUES, &rows), OK);
    assert_int_equal(db_rows_end(&rows, OK), OK);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 2);
}

/* ---- transactions ---- */

struct failing {
    const char *sql;
    enum err result;
    unsigned calls;
};

static enum err fail_late(struct db *db, void *context) {
    struct failing *failing = context;
    failing->calls++;
    problem_add(db_problems(db), (struct place){0}, "attempt %u", failing->calls);
    must(db, "insert into thing (id, amount) values (1, 1)");
    if (failing->sql && !run(db, failing->sql, DB_NO_VALUES))
        (void)run(db, "select count(*) from thing", DB_NO_VALUES);
    return failing->result;
}

static void test_rollback(void **state) {
    struct fixture *fixture = *state;
    struct failing failing = {.result = ERR_INPUT};
    assert_int_equal(db_write(fixture->db, fail_late, &failing), ERR_INPUT);
    assert_int_equal(failing.calls, 1);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
}

/* A failure counts even where the work passes it over, and is told with the statement. */
static void test_statement_errors(void **state) {
    struct fixture *fixture = *state;
    struct failing failing = {.sql = "insert into thing (id, amount) values (2, 'text')"};
    assert_int_equal(db_write(fixture->db, fail_late, &failing), ERR_IO);
    assert_told(fixture, "The database refuses the statement \"insert into thing");
    failing = (struct failing){.sql = "select wrong from nowhere"};
    assert_int_equal(db_write(fixture->db, fail_late, &failing), ERR_IO);
    assert_told(fixture, "nowhere");
    assert_int_equal(failing.calls, 1);
    failing = (struct failing){.sql = "insert into part (thing_id, number) values (77, 1)"};
    assert_int_equal(db_write(fixture->db, fail_late, &failing), ERR_IO);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
}

/* Five tries for what is there already; what the first four told is taken back. */
static void test_taken(void **state) {
    struct fixture *fixture = *state;
    struct failing failing = {.sql = "insert into thing (id, amount) values (1, 2)"};
    assert_int_equal(db_write(fixture->db, fail_late, &failing), ERR_IO);
    assert_int_equal(failing.calls, 5);
    assert_int_equal(fixture->problems.list.n, 2);
    assert_string_equal(fixture->problems.list.items[0].message, "attempt 5");
    assert_told(fixture, "is there already");
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
}

static enum err write_while_reading(struct db *db, void *context) {
    (void)context;
    return run(db, "insert into thing (id, amount) values (1, 1)", DB_NO_VALUES);
}

static void test_reading_does_not_write(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(db_read(fixture->db, write_while_reading, NULL), ERR_IO);
    assert_told(fixture, "only");
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
    disconnect(fixture);
    fixture->db = connect_as(fixture, fixture->url, DB_READ_ONLY);
    assert_int_equal(db_write(fixture->db, write_while_reading, NULL), ERR_IO);
    assert_told(fixture, "may only be read");
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
}

static enum err read_twice(struct db *db, void *context) {
    struct db *other = context;
    assert_int_equal(number(db, "select count(*) from thing"), 0);
    must(other, "insert into thing (id, amount) values (1, 1)");
    assert_int_equal(number(db, "select count(*) from thing"), 0);
    return OK;
}

static void test_read_is_of_one_moment(void **state) {
    struct fixture *fixture = *state;
    struct db *other = connect_as(fixture, fixture->url, DB_EXISTING);
    assert_int_equal(db_read(fixture->db, read_twice, other), OK);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 1);
    db_close(other);
}

/* ---- several at once ---- */

enum { CHILDREN = 4, ROUNDS = 25 };

/* Reads a sum and writes it plus one: lost if two do so at once. Half of them take the rows in the
 * other order, so that in PostgreSQL they lock each other out. */
static enum err count_up(struct db *db, void *context) {
    const char *const *order = context;
    for (int i = 0; i < 2; i++) {
        int64_t amount = -1;
        struct db_rows rows;
        enum err err =
            db_query(db,
                     db_statement_add(db, "update thing set amount = amount + 1 where name = $1 "
                                          "returning amount"),
                     DB_VALUES(db_text(order[i])), &rows);
        while (!err && db_next(&rows))
            amount = db_row_integer(&rows, 0);
        err = db_rows_end(&rows, err);
        if (err)
            return err;
        if (amount < 0)
            return ERR_INPUT;
        usleep(2000);
    }
    return OK;
}

static void child_run(struct fixture *fixture, int child) {
    const char *const there[] = {"a", "b"}, *const back[] = {"b", "a"};
    struct db *db = NULL;
    struct problems problems = problems_new(fixture->arena);
    enum err err = db_open(fixture->arena, &problems, fixture->url, DB_EXISTING, &db);
    for (int i = 0; !err && i < ROUNDS; i++)
        err = db_write(db, count_up, (void *)(uintptr_t)(child % 2 ? there : back));
    if (err)
        fprintf(stderr, "child %d: %s\n", child, told(&problems));
    db_close(db);
    _exit(err || problems.list.n ? 1 : 0);
}

static void children_wait(int n) {
    for (int i = 0; i < n; i++) {
        int status = -1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
}

static void test_conflicts(void **state) {
    struct fixture *fixture = *state;
    must(fixture->db, "insert into thing (id, name, amount) values (1, 'a', 0), (2, 'b', 0)");
    disconnect(fixture);
    for (int child = 0; child < CHILDREN; child++)
        if (fork() == 0)
            child_run(fixture, child);
    children_wait(CHILDREN);
    fixture->db = connect_as(fixture, fixture->url, DB_EXISTING);
    assert_int_equal(number(fixture->db, "select sum(amount) from thing"), 2 * CHILDREN * ROUNDS);
}

static enum err hold(struct db *db, void *context) {
    struct fixture *fixture = context;
    assert_int_equal(number(db, "update thing set amount = 1 returning id"), 5);
    struct db *other = connect_as(fixture, fixture->url, DB_EXISTING);
    assert_int_equal(db_patience_set(other, 100), OK);
    struct failing failing = {.sql = "update thing set amount = 2"};
    assert_int_equal(db_write(other, fail_late, &failing), ERR_IO);
    assert_told(fixture, "all the time");
    db_close(other);
    return OK;
}

static void test_busy(void **state) {
    struct fixture *fixture = *state;
    must(fixture->db, "insert into thing (id, amount) values (5, 0)");
    assert_int_equal(db_write(fixture->db, hold, fixture), OK);
    assert_int_equal(number(fixture->db, "select amount from thing where id = 5"), 1);
}

/* ---- the schema ---- */

static void test_migrate(void **state) {
    struct fixture *fixture = *state;
    struct db_schema schema;
    assert_int_equal(db_schema_look_by(fixture->db, 2, &schema), OK);
    assert_int_equal(schema.state, DB_SCHEMA_CURRENT);
    assert_int_equal(db_migrate_by(fixture->db, steps, 2), OK);
    assert_int_equal(number(fixture->db, "select count(*) from schema_version"), 2);
    assert_int_equal(db_schema_look_by(fixture->db, 3, &schema), OK);
    assert_int_equal(schema.state, DB_SCHEMA_OLDER);
    assert_int_equal(schema.version, 2);
    assert_int_equal(db_migrate_by(fixture->db, steps, 1), ERR_INPUT);
    assert_told(fixture, "newer Ithaca");
    must(fixture->db, "drop table schema_version");
    assert_int_equal(db_schema_check(fixture->db), ERR_INPUT);
    assert_told(fixture, "not Ithaca's");
    assert_int_equal(db_migrate(fixture->db), ERR_INPUT);
    must(fixture->db, "drop table part");
    must(fixture->db, "drop table thing");
    assert_int_equal(db_schema_check(fixture->db), ERR_INPUT);
    assert_told(fixture, "empty");
    assert_int_equal(db_migrate(fixture->db), OK);
    assert_int_equal(db_schema_check(fixture->db), OK);
}

/* A step that fails half-way leaves nothing behind. */
static void test_migrate_fails(void **state) {
    struct fixture *fixture = *state;
    const char *half = "create table half (id integer primary key); create table half (id text);";
    const struct db_migration more[] = {steps[0], steps[1], {"third", {half, half}}};
    assert_int_equal(db_migrate_by(fixture->db, more, 3), ERR_IO);
    assert_told(fixture, "half");
    struct db_schema schema;
    assert_int_equal(db_schema_look_by(fixture->db, 2, &schema), OK);
    assert_int_equal(schema.state, DB_SCHEMA_CURRENT);
    must(fixture->db, "create table half (id integer primary key)");
}

static void test_migrate_at_once(void **state) {
    struct fixture *fixture = *state;
    must(fixture->db, "drop table part");
    must(fixture->db, "drop table thing");
    must(fixture->db, "drop table schema_version");
    disconnect(fixture);
    for (int child = 0; child < CHILDREN; child++)
        if (fork() == 0) {
            struct db *db = NULL;
            enum err err =
                db_open(fixture->arena, &fixture->problems, fixture->url, DB_CREATE, &db);
            if (!err)
                err = db_migrate_by(db, steps, 2);
            if (err)
                fprintf(stderr, "child %d: %s\n", child, told(&fixture->problems));
            db_close(db);
            _exit(err != OK);
        }
    children_wait(CHILDREN);
    fixture->db = connect_as(fixture, fixture->url, DB_EXISTING);
    assert_int_equal(number(fixture->db, "select count(*) from schema_version"), 2);
}

/* Every statement that the program has, as the engine understands it. */
static enum err registry_prepare(struct db *db, void *context) {
    (void)context;
    enum err err = OK;
    for (int i = 0; !err && i < SQL_COUNT; i++)
        err = db->functions->prepare(db, (enum statement)i);
    return err;
}

static void test_registry(void **state) {
    struct fixture *fixture = *state;
    must(fixture->db, "drop table part");
    must(fixture->db, "drop table thing");
    must(fixture->db, "drop table schema_version");
    assert_int_equal(db_migrate(fixture->db), OK);
    assert_true(SQL_COUNT > 0);
    if (db_write(fixture->db, registry_prepare, NULL))
        fail_msg("%s", told(&fixture->problems));
}

/* ---- copying ---- */

static void told_add(void *context, const struct db_copy_progress *progress) {
    struct db_copy_progress *last = context;
    assert_true(progress->rows >= last->rows);
    *last = *progress;
    last->table = text_equal(progress->table, "part") ? "part" : "another";
}

static void must_copy(struct fixture *fixture, struct db *from, struct db *to, uint64_t rows) {
    struct db_copy_progress last = {0};
    if (db_copy(from, to, told_add, &last))
        fail_msg("%s", told(&fixture->problems));
    assert_string_equal(last.table, "part");
    assert_int_equal(last.table_number, 2);
    assert_int_equal(last.tables, 2);
    assert_int_equal(last.rows, rows);
}

static struct db *file_make(struct fixture *fixture, const char *name, size_t version) {
    struct db *db = connect_as(fixture, path_of(fixture, name), DB_CREATE);
    assert_int_equal(db_migrate_by(db, steps, version), OK);
    return db;
}

static const char sums[] =
    "select sum(amount) + count(*) + (select count(*) from part where note = 'ä''b') from thing "
    "where name is null";

/* Into a backup and from it into a new store of the same kind. */
static void test_copy(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(db_write(fixture->db, many_write, NULL), OK);
    must(fixture->db, "insert into thing (id, name) values (-5, 'a')");
    must(fixture->db, "insert into part (thing_id, number, note) values (7, 1, 'ä''b'), (7, 2, "
                      "null)");
    int64_t sum = number(fixture->db, sums);
    struct db *backup = file_make(fixture, "backup", 2);
    must_copy(fixture, fixture->db, backup, 3003);
    assert_int_equal(number(backup, sums), sum);
    assert_int_equal(db_settle(backup), OK);
    db_close(backup);
    assert_int_equal(access(path_of(fixture, "backup-wal"), F_OK), -1);

    backup = connect_as(fixture, path_of(fixture, "backup"), DB_READ_ONLY);
    assert_int_equal(db_copy(backup, fixture->db, NULL, NULL), ERR_INPUT);
    assert_told(fixture, "records in this database already");
    assert_int_equal(number(fixture->db, sums), sum);
    must(fixture->db, "delete from part");
    must(fixture->db, "delete from thing");
    must_copy(fixture, backup, fixture->db, 3003);
    assert_int_equal(number(fixture->db, sums), sum);
    db_close(backup);
}

static void test_copy_refused(void **state) {
    struct fixture *fixture = *state;
    struct db *older = file_make(fixture, "older", 1);
    assert_int_equal(db_copy(older, fixture->db, NULL, NULL), ERR_INPUT);
    assert_told(fixture, "has version 1");
    db_close(older);
}

/* What fails in the middle leaves nothing. */
static void test_copy_fails(void **state) {
    struct fixture *fixture = *state;
    struct db *wrong = file_make(fixture, "wrong", 2);
    must(wrong, "insert into thing (id, name) values (1, 'fine')");
    must(wrong, "pragma foreign_keys = off");
    must(wrong, "insert into part (thing_id, number) values (99, 1)");
    assert_int_equal(db_copy(wrong, fixture->db, NULL, NULL), ERR_IO);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 0);
    db_close(wrong);
}

/* ---- what only PostgreSQL can do ---- */

static void terminate(struct db *other, int64_t process) {
    assert_int_equal(run(other, "select pg_terminate_backend(cast($1 as integer))",
                         DB_VALUES(db_integer(process))),
                     OK);
    usleep(100000);
}

struct losing {
    struct db *other;
    unsigned calls, losses;
};

static enum err lose(struct db *db, void *context) {
    struct losing *losing = context;
    int64_t process = number(db, "select pg_backend_pid()");
    must(db, "insert into thing (id, amount) values (77, 1)");
    if (losing->calls++ < losing->losses)
        terminate(losing->other, process);
    return OK;
}

static enum err lose_late(struct db *db, void *context) {
    enum err err = lose(db, context);
    struct db_rows rows;
    if (!err)
        err = db_query(db, db_statement_add(db, "select id from thing"), DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        ;
    return db_rows_end(&rows, err);
}

/* The server hears us, but we hear no more of it. */
static enum err lose_hearing(struct db *db, void *context) {
    unsigned *calls = context;
    ++*calls;
    must(db, "insert into thing (id, amount) values (78, 1)");
    for (int file = 3; file < 64; file++) {
        struct stat status;
        if (fstat(file, &status) == 0 && S_ISSOCK(status.st_mode))
            assert_int_equal(shutdown(file, SHUT_RD), 0);
    }
    return OK;
}

/* Between two pieces of work it is connected to again; in the middle of one that is begun again,
 * once; while it is being saved nobody can tell. */
static void test_postgres_connection_lost(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db, *other = connect_as(fixture, postgres_url, DB_EXISTING);
    struct failing failing = {0};
    terminate(other, number(db, "select pg_backend_pid()"));
    assert_int_equal(db_write(db, fail_late, &failing), OK);
    assert_int_equal(failing.calls, 1);
    terminate(other, number(db, "select pg_backend_pid()"));
    assert_int_equal(number(db, "select count(*) from thing"), 1);
    fixture->problems.list.n = 0;

    struct losing losing = {.other = other, .losses = 1};
    assert_int_equal(db_write(db, lose_late, &losing), OK);
    assert_int_equal(losing.calls, 2);
    assert_int_equal(fixture->problems.list.n, 0);
    must(db, "delete from thing where id = 77");
    losing = (struct losing){.other = other, .losses = 9};
    assert_int_equal(db_write(db, lose_late, &losing), ERR_IO);
    assert_int_equal(losing.calls, 2);
    assert_told(fixture, "connection");
    db_close(other);
    unsigned calls = 0;
    assert_int_equal(db_write(db, lose_hearing, &calls), ERR_IO);
    assert_int_equal(calls, 1);
    assert_told(fixture, "we cannot tell");
    usleep(100000);
    assert_int_equal(number(db, "select count(*) from thing"), 2);
}

static void test_postgres_refusals(void **state) {
    struct fixture *fixture = *state;
    static const char *const told_of[][2] = {{"53100", "no more room"},
                                             {"53300", "Too many others"},
                                             {"57014", "took too long"},
                                             {"42501", "not allowed"},
                                             {"XX001", "damaged"}};
    for (size_t i = 0; i < sizeof told_of / sizeof *told_of; i++) {
        const char *sql = arena_format(fixture->arena,
                                       "do $body$ begin raise exception 'why' using errcode = "
                                       "'%s'; end $body$",
                                       told_of[i][0]);
        assert_int_equal(run(fixture->db, sql, DB_NO_VALUES), ERR_IO);
        assert_told(fixture, told_of[i][1]);
    }
}

static void refused(struct fixture *fixture, const char *url, const char *why) {
    struct db *db = NULL;
    assert_int_not_equal(db_open(fixture->arena, &fixture->problems, url, DB_EXISTING, &db), OK);
    assert_null(db);
    assert_told(fixture, why);
    for (size_t i = 0; i < fixture->problems.list.n; i++) {
        assert_null(strstr(fixture->problems.list.items[i].message, "geheim"));
        const char *file = fixture->problems.list.items[i].place.file;
        assert_true(!file || !strstr(file, "geheim"));
    }
}

static void test_postgres_addresses(void **state) {
    struct fixture *fixture = *state;
    const char *host = strstr(postgres_url, "host=");
    assert_non_null(host);
    (void)run(fixture->db, "create role careful login password 'richtig'", DB_NO_VALUES);
    refused(fixture, arena_format(fixture->arena, "postgresql://careful:geheim@/postgres?%s", host),
            "Check the user and the password");
    refused(fixture, arena_format(fixture->arena, "postgresql://careful@/postgres?%s", host),
            "wants a password");
    refused(fixture, arena_format(fixture->arena, "postgresql://ithaca:geheim@/nowhere?%s", host),
            "nowhere");
    refused(fixture, "postgresql://ithaca:geheim@/x?host=/nowhere", "server is running");
    refused(fixture, "postgresql://ithaca:sehr@geheim:port/x", "cannot be read");
    refused(fixture, "postgresql://ithaca:sehr@geheim@host/x", "cannot be read");
    refused(fixture, "mysql://ithaca:geheim@host/x", "neither");
    (void)run(fixture->db,
              "create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' "
              "template template0",
              DB_NO_VALUES);
    refused(fixture, arena_format(fixture->arena, "postgresql://ithaca@/latin?%s", host), "LATIN1");
    assert_null(strstr(db_name(fixture->db), "search_path"));
}

/* ---- what only files can do ---- */

static void file_write(struct fixture *fixture, const char *name, const char *bytes, size_t n) {
    FILE *file = fopen(path_of(fixture, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void test_sqlite_files(void **state) {
    struct fixture *fixture = *state;
    static const char words[] = "Dear all, this is no database, however long it may be. Really.";
    refused(fixture, path_of(fixture, "none"), "no such file");
    refused(fixture, fixture->folder, "a folder");
    refused(fixture, "sqlite:", "Say which file");
    file_write(fixture, "letter", words, sizeof words);
    refused(fixture, path_of(fixture, "letter"), "not a database");
    struct db *db = NULL;
    assert_int_equal(
        db_open(fixture->arena, &fixture->problems, path_of(fixture, "no/where"), DB_CREATE, &db),
        ERR_IO);
    assert_told(fixture, "cannot be made");
    db = connect_as(fixture, path_of(fixture, "new"), DB_CREATE);
    struct stat status;
    assert_int_equal(stat(path_of(fixture, "new"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    db_close(db);
}

static enum err fill(struct db *db, void *context) {
    enum err err = OK;
    for (int i = 100; !err && i < 400; i++)
        err = run(db, "insert into thing (id, name) values ($1, $2)",
                  DB_VALUES(db_integer(i),
                            db_text(arena_format(db->arena, "%d %s", i, (char *)context))));
    return err;
}

static void test_sqlite_disk_full(void **state) {
    struct fixture *fixture = *state;
    char *big = arena_alloc(fixture->arena, 4001);
    memset(big, 'z', 4000);
    must(fixture->db, "insert into thing (id, amount) values (1, 1)");
    must(fixture->db, "pragma max_page_count = 40");
    assert_int_equal(db_write(fixture->db, fill, big), ERR_IO);
    assert_told(fixture, "no more room");
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 1);
    must(fixture->db, "pragma max_page_count = 100000");
    assert_int_equal(db_write(fixture->db, fill, big), OK);
    assert_int_equal(number(fixture->db, "select count(*) from thing"), 301);
}

static void test_sqlite_damaged(void **state) {
    struct fixture *fixture = *state;
    char *big = arena_alloc(fixture->arena, 4001);
    memset(big, 'z', 4000);
    assert_int_equal(db_write(fixture->db, fill, big), OK);
    disconnect(fixture);
    FILE *file = fopen(path_of(fixture, "store"), "r+b");
    assert_non_null(file);
    for (long at = 4096; at < 400000; at += 16) {
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fwrite("nonsense", 1, 8, file), 8);
    }
    assert_int_equal(fclose(file), 0);
    struct db *db = connect_as(fixture, fixture->url, DB_EXISTING);
    assert_int_equal(run(db, "update thing set amount = 4", DB_NO_VALUES), ERR_IO);
    assert_told(fixture, "damaged");
    db_close(db);
}

/* Nobody in particular, whom files can refuse; root they cannot. */
static void test_sqlite_read_only(void **state) {
    struct fixture *fixture = *state;
    disconnect(fixture);
    assert_int_equal(chmod(path_of(fixture, "store"), 0644), 0);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && seteuid(65534) != 0)
            _exit(2);
        struct db *db = NULL;
        enum err err = db_open(fixture->arena, &fixture->problems, fixture->url, DB_EXISTING, &db);
        bool right = err == ERR_IO && strstr(told(&fixture->problems), "may only be read");
        if (!right)
            fprintf(stderr, "told: %s\n", told(&fixture->problems));
        _exit(right ? 0 : 1);
    }
    children_wait(1);
    assert_int_equal(chmod(fixture->folder, 0755), 0);
}

/* ---- ids and time ---- */

static void test_ids(void **state) {
    (void)state;
    int64_t last = 0;
    for (int i = 0; i < 10000; i++) {
        int64_t id = db_id_new();
        assert_true(id > last);
        last = id;
    }
    assert_true(db_id_random() > 0);
    assert_true(db_id_random() != db_id_random());
    int ends[2];
    int64_t child = 0;
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        child = db_id_new();
        _exit(write(ends[1], &child, sizeof child) == sizeof child ? 0 : 1);
    }
    int64_t own = db_id_new();
    assert_int_equal(read(ends[0], &child, sizeof child), sizeof child);
    assert_true(own != child);
    children_wait(1);
    close(ends[0]);
    close(ends[1]);
    char now[DB_TIME_SIZE];
    db_now(now);
    assert_int_equal(strlen(now), DB_TIME_SIZE - 1);
    assert_true(now[10] == 'T' && now[19] == '.' && now[23] == 'Z');
}

#define ON_SQLITE(function)                                                                        \
    { #function " (SQLite)", function, sqlite_setup, teardown, NULL }
#define ON_POSTGRES(function)                                                                      \
    { #function " (PostgreSQL)", function, postgres_setup, teardown, NULL }
#define ON_BOTH(function) ON_SQLITE(function), ON_POSTGRES(function)

int main(void) {
    postgres_url = getenv("ITHACA_TEST_POSTGRES");
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_values),
        ON_BOTH(test_big_rows),
        ON_BOTH(test_many),
        ON_BOTH(test_not_utf8),
        ON_BOTH(test_returning),
        ON_BOTH(test_rollback),
        ON_BOTH(test_statement_errors),
        ON_BOTH(test_taken),
        ON_BOTH(test_reading_does_not_write),
        ON_BOTH(test_read_is_of_one_moment),
        ON_BOTH(test_conflicts),
        ON_BOTH(test_busy),
        ON_BOTH(test_migrate),
        ON_BOTH(test_migrate_fails),
        ON_BOTH(test_migrate_at_once),
        ON_BOTH(test_registry),
        ON_BOTH(test_copy),
        ON_BOTH(test_copy_refused),
        ON_BOTH(test_copy_fails),
        ON_POSTGRES(test_postgres_connection_lost),
        ON_POSTGRES(test_postgres_refusals),
        ON_POSTGRES(test_postgres_addresses),
        ON_SQLITE(test_sqlite_disk_full),
        ON_SQLITE(test_sqlite_damaged),
        ON_SQLITE(test_sqlite_read_only),
        {"test_sqlite_files", test_sqlite_files, folder_setup, teardown, NULL},
        cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
