/* The door to SQLite and PostgreSQL: the same on both. */
#include "db_fixture.h"

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

/* ---- what is expected ---- */

/* Reads the amounts of the things from `from` on, all of them or the first only. */
static enum err amounts_read(struct db *db, int from, bool only_first, int64_t *sum) {
    struct db_rows rows;
    *sum = 0;
    enum err err =
        db_query(db, db_statement_add(db, "select amount from thing where id >= $1 order by id"),
                 DB_VALUES(db_integer(from)), &rows);
    while (!err && db_next(&rows)) {
        *sum += db_row_integer(&rows, 0);
        if (only_first)
            break;
    }
    return db_rows_end(&rows, err);
}

static void amounts_expect(struct db *db, int from) {
    db_expect(db, db_statement_add(db, "select amount from thing where id >= $1 order by id"),
              DB_VALUES(db_integer(from)));
}

/* In another order, with others between them, with other values, some of them never asked for. */
static enum err expected_read(struct db *db, void *context) {
    int64_t sum;
    (void)context;
    for (int from = 1; from <= 3; from++)
        amounts_expect(db, from);
    assert_int_equal(number(db, "select count(*) from thing"), 4);
    assert_int_equal(amounts_read(db, 3, false, &sum), OK);
    assert_int_equal(sum, 12);
    assert_int_equal(amounts_read(db, 4, false, &sum), OK);
    assert_int_equal(sum, 8);
    amounts_expect(db, 2);
    assert_int_equal(amounts_read(db, 2, true, &sum), OK);
    assert_int_equal(sum, 2);
    assert_int_equal(amounts_read(db, 2, false, &sum), OK);
    assert_int_equal(sum, 14);
    assert_int_equal(amounts_read(db, 2, false, &sum), OK);
    assert_int_equal(sum, 14);
    for (int from = 1; from <= 40; from++) /* more than are kept */
        amounts_expect(db, 5 + from);
    assert_int_equal(amounts_read(db, 45, false, &sum), OK);
    assert_int_equal(sum, 0);
    return OK;
}

static enum err expected_wrongly(struct db *db, void *context) {
    int64_t sum;
    (void)context;
    amounts_expect(db, 1);
    db_expect(db, db_statement_add(db, "select 1 / (amount - amount) from thing"), DB_NO_VALUES);
    return amounts_read(db, 1, false, &sum);
}

static enum err expected_while_writing(struct db *db, void *context) {
    int64_t sum;
    (void)context;
    amounts_expect(db, 4);
    enum err err = run(db, "update thing set amount = 80 where id = 4", DB_NO_VALUES);
    assert_int_equal(amounts_read(db, 4, false, &sum), OK);
    assert_int_equal(sum, 80);
    return err;
}

static void test_what_is_expected_is_the_same(void **state) {
    struct fixture *fixture = *state;
    must(fixture->db, "insert into thing (id, amount) values (1, 1), (2, 2), (3, 4), (4, 8)");
    assert_int_equal(db_read(fixture->db, expected_read, NULL), OK);
    assert_int_equal(db_read(fixture->db, expected_read, NULL), OK);
    assert_int_equal(fixture->problems.list.n, 0);
    if (db_engine_of(fixture->db) == DB_POSTGRES) { /* SQLite does not look at it */
        assert_int_equal(db_read(fixture->db, expected_wrongly, NULL), ERR_IO);
        assert_told(fixture, "division by zero");
    }
    assert_int_equal(db_read(fixture->db, expected_read, NULL), OK);
    assert_int_equal(db_write(fixture->db, expected_while_writing, NULL), OK);
}

/* ---- several at once ---- */

enum { ROUNDS = 25 };

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

int main(void) {
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
        ON_BOTH(test_what_is_expected_is_the_same),
        ON_BOTH(test_conflicts),
        ON_BOTH(test_busy),
        cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
