/* What was found, kept: never of a state that the programme has left. */
#include "database.h"

#include "findings/findings.h"
#include "findings/keep.h"
#include "jobs/jobs.h"

static void programme_make(struct database *database) {
    database_do(database, "insert into programme (id, key, name, created_at, revision, link) "
                          "values (1, 'p', 'P', 'now', 1, '')");
    database_do(database, "insert into revision (programme_id, number, at, salt, commitment, link) "
                          "values (1, 1, 'now', '', '', '')");
}

static const struct due due = {{1, LOOK_KIND, "work"}, "p", 1, "2026-06-30"};

static void claim(struct database *database) {
    struct job_states nobody = {0};
    bool claimed;
    must(database, job_claim(database->db, &due.job, &nobody, &claimed));
    assert_true(claimed);
}

static struct looked keep_nothing_found(struct database *database) {
    const struct look look = {.fingerprint = "these rules"};
    const struct look_texts texts = {"{\"findings\": []}", "{\"findings\": []}"};
    const struct diagnosis diagnosis = {0};
    struct looked looked = {0};
    must(database,
         keep_diagnosis(database->db, database->arena, &due, &look, &diagnosis, &texts, &looked));
    return looked;
}

static void what_was_overtaken_is_not_kept(void **state) {
    struct database *database = *state;
    programme_make(database);
    claim(database);
    database_do(database, "update programme set revision = 2");
    assert_true(keep_nothing_found(database).overtaken);
    assert_int_equal(database_number(database, "select count(*) from diagnosis"), 0);
    assert_int_equal(database_number(database, "select count(*) from job"),
                     0); /* it is due again */
    database_do(database, "update programme set revision = 1");
    claim(database);
    assert_false(keep_nothing_found(database).overtaken);
    assert_int_equal(database_number(database, "select count(*) from diagnosis"), 1);
}

static enum err assign(struct database *database, const char *to) {
    const struct finding_decision decision = {.what = DECIDED_ASSIGNED, .assigned_to = to};
    return finding_decide(database->db, database->arena, "p", "A1/x", &decision);
}

static void who_was_erased_meanwhile_gets_nothing(void **state) {
    struct database *database = *state;
    programme_make(database);
    database_do(database,
                "insert into record (programme_id, id, revision, kind, key, position, content, "
                "salt, commitment) values (1, 7, 1, 'person', 'person-1', 0, '{}', '', '')");
    database_do(database, "insert into finding (programme_id, id, identity, private, content) "
                          "values (1, 5, 'A1/x', 0, '{}')");
    assert_int_equal(assign(database, "anna"), ERR_INPUT);
    assert_non_null(strstr(told(database), "There is no \"anna\" on the sheet People"));
    assert_int_equal(database_number(database, "select count(*) from finding_decision"), 0);
    must(database, assign(database, "person-1"));
    database_do(database, "insert into revision (programme_id, number, at, salt, commitment, link) "
                          "values (1, 2, 'now', '', '', '')");
    database_do(database, "update record set until = 2"); /* removed */
    assert_int_equal(assign(database, "person-1"), ERR_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(what_was_overtaken_is_not_kept),
        STORE_TEST(who_was_erased_meanwhile_gets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
