/* Lists of other people's making (tests/bring): what each column is taken for, and that every
 * doubtful cell is shown. */
#include "base/text.h"
#include "bring/bring.h"
#include "unit.h"
#include "workbook/workbook.h"
#include <glob.h>
#include <jansson.h>
#include <stdlib.h>

#define FOLDER "tests/bring/"

struct tried {
    struct arena *arena;
    struct problems problems;
    struct word_lists lists;
    struct records records;
    struct sheets sheets;
    struct plan plan;
};

static void programme_read_in(struct tried *tried, struct arena *arena) {
    struct sheets sheets = {0};
    *tried = (struct tried){.arena = arena, .problems = problems_new(arena)};
    tried->records = records_new(arena);
    assert_int_equal(words_load(arena, &tried->lists, &tried->problems), OK);
    assert_int_equal(workbook_read(arena, FOLDER "programme.sheets", &sheets, &tried->problems),
                     OK);
    assert_int_equal(records_read(&sheets, &tried->records, &tried->problems), OK);
}

static void plan_bytes(struct tried *tried, const char *name, const char *bytes, size_t length,
                       const struct answers *answers) {
    const struct plan_wish wish = {&tried->lists, &tried->sheets, &tried->records, answers};
    assert_int_equal(
        bring_read(tried->arena, name, bytes, length, &tried->sheets, &tried->problems), OK);
    tried->plan = plan_make(tried->arena, &wish);
}

static void plan_text(struct tried *tried, struct arena *arena, const char *text,
                      const struct answers *answers) {
    programme_read_in(tried, arena);
    plan_bytes(tried, "list.csv", text, strlen(text), answers);
}

static const struct bring_doubt *doubt_of(const struct plan *plan, const char *name) {
    for (size_t i = 0; i < plan->doubts.n; i++)
        if (text_equal(plan->doubts.items[i]->name, name))
            return plan->doubts.items[i];
    return NULL;
}

/* ---- the ten lists ---- */

static bool is_shown(const struct plan *plan, const char *place) {
    for (size_t i = 0; i < plan->doubts.n; i++)
        for (size_t p = 0; p < plan->doubts.items[i]->places.n; p++)
            if (text_equal(plan->doubts.items[i]->places.items[p], place))
                return true;
    return false;
}

struct score {
    size_t columns, right;
};

static void columns_score(const struct tried *tried, json_t *told, struct score *score) {
    const char *letter;
    json_t *value;
    json_object_foreach(json_object_get(told, "columns"), letter, value) {
        const char *expected = json_string_value(value), *found = "?";
        for (size_t i = 0; i < tried->plan.layout.columns.n; i++) {
            const struct layout_column *column = &tried->plan.layout.columns.items[i];
            if (text_equal(column_letter(tried->arena, column->at), letter) && column->target)
                found = column->target->name;
        }
        score->columns++;
        score->right += text_equal(found, expected) && !text_equal(found, "?");
        /* What is not known is asked; what is known is right. */
        if (!text_equal(found, "?"))
            assert_string_equal(found, expected);
    }
}

static void file_try(struct arena *arena, const char *path, struct score *score) {
    struct tried tried;
    struct answers answers = {0};
    char *bytes;
    size_t length, index;
    json_t *told = json_load_file(path, 0, NULL), *cell;
    assert_non_null(told);
    char *list = arena_format(arena, "%.*s.xlsx", (int)(strlen(path) - strlen(".json")), path);
    struct problems problems = problems_new(arena);
    if (file_bytes_read(&problems, list, &bytes, &length) != OK) {
        list = arena_format(arena, "%.*s.csv", (int)(strlen(path) - strlen(".json")), path);
        assert_int_equal(file_bytes_read(&problems, list, &bytes, &length), OK);
    }
    programme_read_in(&tried, arena);
    plan_bytes(&tried, strrchr(list, '/') + 1, bytes, length, &answers);
    assert_non_null(tried.plan.layout.list);
    assert_string_equal(tried.plan.layout.list->name,
                        json_string_value(json_object_get(told, "list")));
    columns_score(&tried, told, score);
    json_array_foreach(json_object_get(told, "doubtful"), index, cell) {
        if (!is_shown(&tried.plan, json_string_value(cell)))
            fail_msg("%s: %s is not shown", list, json_string_value(cell));
    }
    assert_int_equal(tried.plan.rows, json_integer_value(json_object_get(told, "rows")));
    free(bytes);
    json_decref(told);
}

static void test_ten_lists(void **state) {
    struct score score = {0};
    glob_t files;
    assert_int_equal(glob(FOLDER "*.json", 0, NULL, &files), 0);
    assert_int_equal(files.gl_pathc, 10);
    for (size_t i = 0; i < files.gl_pathc; i++)
        file_try(*state, files.gl_pathv[i], &score);
    globfree(&files);
    if (score.right * 100 < score.columns * 95)
        fail_msg("%zu of %zu columns", score.right, score.columns);
}

/* ---- single questions ---- */

static const struct planned *planned_of(const struct plan *plan, const char *kind, size_t at) {
    for (size_t i = 0; i < plan->records.n; i++)
        if (text_equal(plan->records.items[i].kind->name, kind) && at-- == 0)
            return &plan->records.items[i];
    return NULL;
}

static const char *cell_of(const struct planned *planned, const char *field) {
    assert_non_null(planned);
    return planned->cells[kind_field_index(planned->kind, field)];
}

static void test_known_rows_change(void **state) {
    struct tried tried;
    struct answers none = {0};
    plan_text(&tried, *state,
              "Action,Owner,Status\n"
              "Write the falls pathway,,done\n"
              "Something new,Florence Nightingale,open\n",
              &none);
    assert_int_equal(tried.plan.asked, 0);
    const struct planned *known = planned_of(&tried.plan, "action", 0);
    assert_string_equal(known->id, "falls");
    assert_string_equal(cell_of(known, "state"), "done");
    assert_string_equal(cell_of(known, "owner"), "nightingale"); /* what is empty stays */
    const struct planned *added = planned_of(&tried.plan, "action", 1);
    assert_null(added->id);
    assert_string_equal(cell_of(added, "owner"), "nightingale");
}

static void test_same_number_is_asked(void **state) {
    static const char text[] = "Ref,Action\nA1,Something quite different\n";
    struct tried tried;
    struct answers answers = {0};
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 1);
    assert_int_equal(tried.plan.records.n, 0);
    list_add(*state, &answers.list, (struct answer_line){tried.plan.doubts.items[0]->name, "new"});
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 0);
    assert_string_not_equal(planned_of(&tried.plan, "action", 0)->key, "A1");
}

static void test_dates_are_not_guessed(void **state) {
    static const char text[] = "Action,Due\nOne thing,03/04/2027\nAnother,05/06/2027\n";
    struct tried tried;
    struct answers answers = {0};
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 1); /* once for the column */
    assert_null(tried.plan.doubts.items[0]->suggested);
    list_add(*state, &answers.list, (struct answer_line){"dates:column:action:due", "month"});
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 0);
    assert_string_equal(cell_of(planned_of(&tried.plan, "action", 0), "due"), "2027-03-04");
}

static void test_no_date_of_what_is_done(void **state) {
    struct tried tried;
    struct answers none = {0};
    plan_text(&tried, *state, "Action,Due,Completed on\nOne thing,TBC,TBC\n", &none);
    const struct planned *action = planned_of(&tried.plan, "action", 0);
    assert_string_equal(cell_of(action, "due"), "unknown");
    assert_null(cell_of(action, "done"));
    assert_true(doubt_of(&tried.plan, "value:done:TBC") != NULL);
}

static void test_one_new_person_of_two_rows(void **state) {
    static const char text[] = "Action,Owner\nOne thing,Elsie Inglis\nAnother,\"Inglis, Elsie\"\n";
    struct tried tried;
    struct answers answers = {0};
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 2);
    for (size_t i = 0; i < 2; i++)
        list_add(*state, &answers.list,
                 (struct answer_line){tried.plan.doubts.items[i]->name,
                                      tried.plan.doubts.items[i]->suggested});
    plan_text(&tried, *state, text, &answers);
    assert_int_equal(tried.plan.asked, 0);
    assert_string_equal(cell_of(planned_of(&tried.plan, "person", 0), "name"), "Elsie Inglis");
    assert_null(planned_of(&tried.plan, "person", 1));
}

static void test_numbers(void **state) {
    struct tried tried;
    struct answers none = {0};
    plan_text(&tried, *state,
              "Decision;Delegated to;Limit\n"
              "Start the pilot in two practices;Chief Executive;50.000\n"
              "Start the pilot in two practices;Director of Finance;1,500,000\n"
              "Start the pilot in two practices;Finance Committee;250\n",
              &none);
    assert_int_equal(tried.plan.asked, 1); /* fifty, or fifty thousand */
    assert_non_null(doubt_of(&tried.plan, "value:up_to:50.000"));
    assert_string_equal(cell_of(planned_of(&tried.plan, "decision_right", 1), "up_to"), "1500000");
    assert_string_equal(cell_of(planned_of(&tried.plan, "decision_right", 2), "team"),
                        "finance-committee");
}

static void test_other_columns_are_not_known(void **state) {
    struct tried tried;
    struct answers none = {0};
    plan_text(&tried, *state, "Colour,Size\nred,4\nblue,7\n", &none);
    assert_null(tried.plan.layout.list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_ten_lists),
        TEST(test_known_rows_change),
        TEST(test_same_number_is_asked),
        TEST(test_dates_are_not_guessed),
        TEST(test_no_date_of_what_is_done),
        TEST(test_one_new_person_of_two_rows),
        TEST(test_numbers),
        TEST(test_other_columns_are_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
