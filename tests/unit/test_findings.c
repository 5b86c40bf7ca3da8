/* What was found, kept: never of a state that the programme has left. */
#include "database.h"

#include "findings/findings.h"
#include "findings/keep.h"
#include "findings/shown_text.h"
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

/* ---- the diagnosis as pages read it ---- */

static const char printed[] =
    "{\"findings\": [{\"id\": \"A1/x\", \"rule\": \"A1\", \"title\": \"Nobody\\u001fdecides\","
    " \"about\": \"\", \"severity\": \"high\", \"private\": false, \"step\": \"s1\","
    " \"records\": [{\"kind\": \"decision\", \"key\": \"x\", \"label\": \"{X} “é”\", \"row\": 2,"
    " \"standing\": \"open\"}, {\"label\": \"Y\", \"standing\": \"\"}],"
    " \"barriers\": [\"b1\", \"b2\"], \"mechanisms\": [], \"competences\": [\"c\"]},"
    " {\"id\": \"C10/y\", \"private\": true}],"
    " \"in_place\": [{\"level\": \"team\", \"sentence\": \"It meets.\", \"records\": [{}]}],"
    " \"grid\": [{\"level\": \"transformation team\", \"outcome\": \"alignment\", \"reading\": "
    "\"mixed\","
    " \"for\": 12, \"against\": 3}],"
    " \"requests\": [{\"sentence\": \"Write down who meets.\"}],"
    " \"overall\": \"Something is broken.\"}";

static void shown_as_printed(const struct shown *shown) {
    const struct shown_finding *first = &shown->findings.items[0];
    const struct shown_cell *cell =
        &shown->grid[name_index(level_names, LEVEL_COUNT, "transformation team")]
                    [name_index(outcome_names, OUTCOME_COUNT, "alignment")];
    assert_int_equal(shown->findings.n, 2);
    assert_string_equal(first->id, "A1/x");
    assert_string_equal(first->title, "Nobody decides"); /* what nobody can see ends a piece */
    assert_string_equal(first->about, "");
    assert_string_equal(first->step, "s1");
    assert_false(first->is_private);
    assert_int_equal(first->records.n, 2);
    assert_string_equal(first->records.items[0].standing, "open");
    assert_null(first->records.items[1].standing);
    assert_string_equal(first->records.items[0].label, "{X} “é”");
    assert_null(first->records.items[0].said);
    assert_int_equal(first->barriers.list.n, 2);
    assert_string_equal(first->barriers.list.items[1], "b2");
    assert_int_equal(first->mechanisms.list.n, 0);
    assert_string_equal(first->competences.list.items[0], "c");
    assert_true(shown->findings.items[1].is_private);
    assert_null(shown->findings.items[1].step);
    assert_int_equal(shown->in_order.n, 1);
    assert_string_equal(shown->in_order.items[0].sentence, "It meets.");
    assert_null(shown->in_order.items[0].since);
    assert_string_equal(cell->reading, "mixed");
    assert_int_equal(cell->in_order, 12);
    assert_int_equal(cell->findings, 3);
    assert_string_equal(shown->requests.list.items[0], "Write down who meets.");
    assert_string_equal(shown->overall, "Something is broken.");
}

static void a_diagnosis_is_shown_as_it_was_printed(void **state) {
    struct arena *arena = ((struct database *)*state)->arena;
    struct shown shown = {0}, before = {0};
    json_t *root = json_loads(printed, 0, NULL);
    assert_non_null(root);
    assert_true(shown_text_read(arena, arena_copy(arena, shown_text_of(arena, root)), &shown));
    json_decref(root);
    shown_as_printed(&shown);
    assert_true(shown_text_read(arena, arena_copy(arena, printed), &before));
    shown_as_printed(&before);
}

static void a_damaged_diagnosis_is_not_shown(void **state) {
    struct arena *arena = ((struct database *)*state)->arena;
    json_t *root = json_loads(printed, 0, NULL);
    const char *whole = shown_text_of(arena, root);
    json_decref(root);
    for (size_t length = 1; length < strlen(whole); length++) {
        struct shown shown = {0};
        bool is_read = shown_text_read(arena, arena_copy_n(arena, whole, length), &shown);
        assert_true(is_read || !shown.findings.n);
        assert_true(!is_read || whole[length - 1] == '\x1F'); /* at least it ends with a thing */
    }
    assert_false(shown_text_read(arena, arena_copy(arena, "B\x1F"), &(struct shown){0}));
    assert_false(shown_text_read(arena, arena_copy(arena, "{"), &(struct shown){0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(a_diagnosis_is_shown_as_it_was_printed),
        STORE_TEST(a_damaged_diagnosis_is_not_shown),
        STORE_TEST(what_was_overtaken_is_not_kept),
        STORE_TEST(who_was_erased_meanwhile_gets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
