/* What only one of the two engines can do, or can suffer. */
#include "db_fixture.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

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
    struct db *db = fixture->db,
              *other = connect_as(fixture, getenv("ITHACA_TEST_POSTGRES"), DB_EXISTING);
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
    const char *host = strstr(getenv("ITHACA_TEST_POSTGRES"), "host=");
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

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_POSTGRES(test_postgres_connection_lost),
        ON_POSTGRES(test_postgres_refusals),
        ON_POSTGRES(test_postgres_addresses),
        ON_SQLITE(test_sqlite_disk_full),
        ON_SQLITE(test_sqlite_damaged),
        ON_SQLITE(test_sqlite_read_only),
        {"test_sqlite_files", test_sqlite_files, folder_setup, teardown, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
