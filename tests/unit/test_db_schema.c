/* Making the tables, bringing them up to date, and copying what is in them. */
#include "db_fixture.h"

#include "db/copy.h"

/* ---- the schema ---- */

static void test_migrate(void **state) {
    struct fixture *fixture = *state;
    struct db_schema schema;
    assert_int_equal(db_schema_look_by(fixture->db, 2, &schema), OK);
    assert_int_equal(schema.state, DB_SCHEMA_CURRENT);
    assert_int_equal(db_migrate_by(fixture->db, fixture_steps, 2), OK);
    assert_int_equal(number(fixture->db, "select count(*) from schema_version"), 2);
    assert_int_equal(db_schema_look_by(fixture->db, 3, &schema), OK);
    assert_int_equal(schema.state, DB_SCHEMA_OLDER);
    assert_int_equal(schema.version, 2);
    assert_int_equal(db_migrate_by(fixture->db, fixture_steps, 1), ERR_INPUT);
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
    const struct db_migration more[] = {
        fixture_steps[0], fixture_steps[1], {"third", {half, half}}};
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
                err = db_migrate_by(db, fixture_steps, 2);
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
    assert_int_equal(db_migrate_by(db, fixture_steps, version), OK);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_migrate),    ON_BOTH(test_migrate_fails), ON_BOTH(test_migrate_at_once),
        ON_BOTH(test_registry),   ON_BOTH(test_copy),          ON_BOTH(test_copy_refused),
        ON_BOTH(test_copy_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
