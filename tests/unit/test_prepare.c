/* What is made ready for pages, and what leads ask: which is due, what is kept, what is given up.
 */
#include "database.h"

#include "findings/parts.h"
#include "whatif/asked.h"

/* A programme that was looked at three times; the first look is shared. */
static void programme_make(struct database *database) {
    database_do(database, "insert into programme (id, key, name, created_at, revision, link) "
                          "values (1, 'p', 'P', 'now', 1, '')");
    database_do(database, "insert into revision (programme_id, number, at, salt, commitment, link) "
                          "values (1, 1, 'now', '', '', '')");
    for (int look = 1; look <= 3; look++)
        database_do(database,
                    arena_format(database->arena,
                                 "insert into diagnosis (programme_id, number, revision, day, "
                                 "fingerprint, made_at, findings, content) values (1, %d, 1, "
                                 "'2026-06-0%d', '', 'now', 0, '{}')",
                                 look, look));
    database_do(database, "insert into shared_diagnosis (programme_id, number, at) "
                          "values (1, 1, 'now')");
}

static struct part_dues dues_of(struct database *database) {
    struct part_dues dues;
    must(database, parts_due(database->db, database->arena, &dues));
    return dues;
}

static void claim(struct database *database, const struct job *job) {
    struct job_states nobody = {0};
    bool claimed;
    must(database, job_claim(database->db, job, &nobody, &claimed));
    assert_true(claimed);
}

static bool keep(struct database *database, const struct part_due *due) {
    struct made_parts parts = {0};
    bool kept;
    list_add(database->arena, &parts.list, (struct made_part){PART_MAP, "{}"});
    list_add(database->arena, &parts.list, (struct made_part){PART_MAP_PICTURE, "<svg/>"});
    must(database, parts_keep(database->db, database->arena, due, &parts, &kept));
    return kept;
}

static void looks_that_somebody_sees_are_due(void **state) {
    struct database *database = *state;
    programme_make(database);
    const struct part_dues dues = dues_of(database);
    assert_int_equal(dues.list.n, 2);
    assert_int_equal(dues.list.items[0].number, 3); /* the newest, for the lead */
    assert_int_equal(dues.list.items[1].number, 1); /* the shared one */
    assert_string_equal(dues.list.items[1].day, "2026-06-01");
    for (int i = 0; i < 2; i++) {
        claim(database, &dues.list.items[i].job);
        assert_true(keep(database, &dues.list.items[i]));
    }
    assert_int_equal(dues_of(database).list.n, 0);
    assert_int_equal(database_number(database, "select count(*) from job"), 0);
}

static void what_nobody_sees_any_more_goes(void **state) {
    struct database *database = *state;
    programme_make(database);
    const struct part_dues dues = dues_of(database);
    for (int i = 0; i < 2; i++) {
        claim(database, &dues.list.items[i].job);
        assert_true(keep(database, &dues.list.items[i]));
    }
    database_do(database, "insert into shared_diagnosis (programme_id, number, at) "
                          "values (1, 3, 'now')");
    must(database, parts_trim(database->db, 1));
    assert_int_equal(database_number(database, "select count(*) from diagnosis_part"), 2);
    assert_int_equal(database_number(database, "select min(number) from diagnosis_part"), 3);
}

static void of_a_lost_claim_nothing_is_kept(void **state) {
    struct database *database = *state;
    programme_make(database);
    const struct part_dues dues = dues_of(database);
    claim(database, &dues.list.items[0].job);
    database_do(database, "delete from job"); /* as erasing somebody does */
    assert_false(keep(database, &dues.list.items[0]));
    assert_int_equal(database_number(database, "select count(*) from diagnosis_part"), 0);
}

static void what_is_given_up_says_why_and_is_due_no_more(void **state) {
    struct database *database = *state;
    struct part part;
    programme_make(database);
    const struct part_dues dues = dues_of(database);
    for (int twice = 0; twice < 2; twice++) /* two may find out at once */
        must(database, parts_give_up(database->db, &dues.list.items[0], "it is broken"));
    assert_int_equal(dues_of(database).list.n, 1);
    must(database, part_read(database->db, database->arena, 1, 3, PART_MAP, &part));
    assert_null(part.content);
    assert_string_equal(part.failed, "it is broken");
}

/* ---- questions ---- */

static int64_t ask(struct database *database, const char *token) {
    const struct asked question = {
        .person = "lead", .person_name = "the lead", .day = "2026-06-30"};
    int64_t id;
    must(database, asked_add(database->db, 1, token, &question, &id));
    return id;
}

static struct asked_dues waiting(struct database *database) {
    struct asked_dues dues;
    must(database, asked_waiting(database->db, database->arena, &dues));
    return dues;
}

static void a_question_is_answered_once(void **state) {
    struct database *database = *state;
    const struct answer answer = {.answer = "{}", .revision = 1};
    struct asked asked;
    programme_make(database);
    int64_t id = ask(database, "token");
    assert_true(ask(database, "token") == id); /* the form was sent twice */
    const struct asked_dues dues = waiting(database);
    assert_int_equal(dues.list.n, 1);
    assert_string_equal(dues.list.items[0].person, "lead");
    must(database, asked_answer(database->db, database->arena, &dues.list.items[0], &answer));
    assert_int_equal(waiting(database).list.n, 1); /* nobody had claimed it */
    claim(database, &dues.list.items[0].job);
    must(database, asked_answer(database->db, database->arena, &dues.list.items[0], &answer));
    assert_int_equal(waiting(database).list.n, 0);
    must(database, asked_find(database->db, database->arena, 1, id, &asked));
    assert_string_equal(asked.answer, "{}");
    assert_int_equal(asked.revision, 1);
}

static void a_question_that_was_withdrawn_stays_away(void **state) {
    struct database *database = *state;
    const struct answer answer = {.answer = "{}", .revision = 1};
    struct asked asked;
    programme_make(database);
    int64_t id = ask(database, "token");
    const struct asked_dues dues = waiting(database);
    claim(database, &dues.list.items[0].job);
    must(database, asked_remove(database->db, 1, id));
    must(database, asked_answer(database->db, database->arena, &dues.list.items[0], &answer));
    must(database, asked_find(database->db, database->arena, 1, id, &asked));
    assert_int_equal(asked.id, 0);
    assert_int_equal(database_number(database, "select count(*) from job"), 0);
}

static void a_question_that_cannot_be_answered_says_why(void **state) {
    struct database *database = *state;
    struct asked asked;
    programme_make(database);
    int64_t id = ask(database, "token");
    must(database, asked_give_up(database->db, &waiting(database).list.items[0], "it is broken"));
    assert_int_equal(waiting(database).list.n, 0);
    must(database, asked_find(database->db, database->arena, 1, id, &asked));
    assert_string_equal(asked.failed, "it is broken");
}

static void only_the_newest_questions_stay(void **state) {
    struct database *database = *state;
    struct all_asked all;
    int64_t last = 0;
    programme_make(database);
    for (int i = 0; i < ASKED_KEPT + 3; i++)
        last = ask(database, arena_format(database->arena, "token %d", i));
    must(database, asked_list(database->db, database->arena, 1, &all));
    assert_int_equal(all.list.n, ASKED_KEPT);
    assert_true(all.list.items[0].id == last);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(looks_that_somebody_sees_are_due),
        STORE_TEST(what_nobody_sees_any_more_goes),
        STORE_TEST(of_a_lost_claim_nothing_is_kept),
        STORE_TEST(what_is_given_up_says_why_and_is_due_no_more),
        STORE_TEST(a_question_is_answered_once),
        STORE_TEST(a_question_that_was_withdrawn_stays_away),
        STORE_TEST(a_question_that_cannot_be_answered_says_why),
        STORE_TEST(only_the_newest_questions_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
