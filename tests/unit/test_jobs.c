/* Claims on work: one at a time, not too often, and not for ever. */
#include "database.h"

#include "jobs/jobs.h"

static enum err states_read(struct db *db, void *context) {
    struct job_states *states = context;
    return jobs_read(db, db_problems(db)->arena, "test", states);
}

static struct job_states states_of(struct database *database) {
    struct job_states states;
    must(database, db_read(database->db, states_read, &states));
    return states;
}

static bool claim(struct database *database, const char *work) {
    const struct job job = {1, "test", work};
    struct job_states states = states_of(database);
    bool claimed;
    must(database, job_claim(database->db, &job, &states, &claimed));
    return claimed;
}

static const struct job_state *state_of(struct database *database, const char *work) {
    struct job_states *states = arena_alloc(database->arena, sizeof *states);
    *states = states_of(database);
    return jobs_find(states, &(struct job){1, "test", work});
}

struct ending {
    const char *work;
    bool held;
};

static enum err end(struct db *db, void *context) {
    struct ending *ending = context;
    return job_done(db, &(struct job){1, "test", ending->work}, &ending->held);
}

static bool done(struct database *database, const char *work) {
    struct ending ending = {.work = work};
    must(database, db_write(database->db, end, &ending));
    return ending.held;
}

static void somebody_else(struct database *database) {
    database_do(database, "update job set claimed_by = 'elsewhere 1'");
}

static void programme_make(struct database *database) {
    database_do(database, "insert into programme (id, key, name, created_at, revision, link) "
                          "values (1, 'p', 'P', 'now', 0, '')");
}

static void a_claim_keeps_others_away(void **state) {
    struct database *database = *state;
    programme_make(database);
    assert_null(state_of(database, "a"));
    assert_true(claim(database, "a"));
    assert_int_equal(state_of(database, "a")->attempts, 1);
    somebody_else(database);
    assert_false(claim(database, "a"));
    assert_false(claim(database, "b")); /* nor is other work of the kind begun beside it */
    assert_false(done(database, "a"));  /* and what is no longer ours is not written */
    database_do(database, "update job set claimed_until = '2001-01-01T00:00:00.000Z'");
    assert_true(claim(database, "a"));
    assert_int_equal(state_of(database, "a")->attempts, 2);
    assert_true(done(database, "a"));
    assert_null(state_of(database, "a"));
}

static void what_fails_is_retired(void **state) {
    struct database *database = *state;
    const struct job job = {1, "test", "a"};
    programme_make(database);
    for (int attempt = 1; attempt <= JOB_TRIES; attempt++) {
        assert_true(claim(database, "a"));
        must(database, job_failed(database->db, &job, "it is broken"));
        assert_int_equal(job_is_retired(state_of(database, "a")), attempt == JOB_TRIES);
    }
    assert_string_equal(state_of(database, "a")->error, "it is broken");
    assert_false(claim(database, "a"));
    assert_true(claim(database, "b")); /* other work begins anew */
    assert_int_equal(state_of(database, "b")->attempts, 1);
    assert_null(state_of(database, "b")->error);
}

static void what_was_put_off_was_no_try(void **state) {
    struct database *database = *state;
    const struct job job = {1, "test", "a"};
    programme_make(database);
    for (int attempt = 0; attempt <= JOB_TRIES; attempt++) {
        assert_true(claim(database, "a"));
        must(database, job_put_off(database->db, &job));
        assert_null(state_of(database, "a"));
    }
    assert_true(claim(database, "a"));
    must(database, job_failed(database->db, &job, "it is broken"));
    assert_true(claim(database, "a"));
    must(database, job_put_off(database->db, &job));
    assert_int_equal(state_of(database, "a")->attempts, 1);
    assert_null(state_of(database, "a")->claimed_by);
    assert_string_equal(state_of(database, "a")->error, "it is broken");
    somebody_else(database);
    must(database, job_put_off(database->db, &job));
    assert_int_equal(state_of(database, "a")->attempts, 1); /* what is another's is left */
}

static void the_last_try_is_a_try(void **state) {
    struct database *database = *state;
    programme_make(database);
    assert_true(claim(database, "a"));
    database_do(database, "update job set attempts = 3");
    somebody_else(database);
    assert_false(job_is_retired(state_of(database, "a"))); /* somebody is at it still */
    database_do(database, "update job set claimed_until = '2001-01-01T00:00:00.000Z'");
    assert_true(job_is_retired(state_of(database, "a")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_claim_keeps_others_away),
        STORE_TEST(what_fails_is_retired),
        STORE_TEST(what_was_put_off_was_no_try),
        STORE_TEST(the_last_try_is_a_try),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
