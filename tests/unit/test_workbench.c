/* The workbench, filled day after day: it must show what one filled for that day alone shows.
 *
 *     test_workbench [FOLDER...]    the workbooks to look at, instead of the samples */
#include "base/text.h"
#include "content/content.h"
#include "diagnosis/network_facts.h"
#include "diagnosis/rule.h"
#include "diagnosis/workbench.h"
#include "history/times.h"
#include "record/ending.h"
#include "record/records.h"
#include "unit.h"
#include "workbook/workbook.h"
#include <stdlib.h>

static const char *samples[] = {"samples/harbour", "samples/harbour-broken", "samples/oxfordshire",
                                NULL};
static const char *const *folders = samples;

enum { MEMORY = 1024 * 1024 * 1024, DAYS = 40 };

struct looking {
    struct arena *arena;
    struct records records;
    struct rules rules;
    struct problems problems;
    LIST(const struct query *) queries; /* every table, and the SELECT of every rule */
};

static void table_add(struct looking *looking, const char *name) {
    struct query *query = arena_alloc(looking->arena, sizeof *query);
    *query = (struct query){.file = name,
                            .sql = arena_format(looking->arena, "select * from %s", name),
                            .is_builtin = true};
    list_add(looking->arena, &looking->queries, query);
}

static void queries_gather(struct looking *looking) {
    struct files facts = {0};
    for (size_t i = 0; i < kind_count; i++) {
        table_add(looking, kinds[i]->name);
        if (kind_has_period(kinds[i]))
            table_add(looking, arena_format(looking->arena, "%s_ever", kinds[i]->name));
        for (const struct field *field = kinds[i]->fields; field->name; field++)
            if (field->type == FIELD_REFS)
                table_add(looking,
                          arena_format(looking->arena, "%s_%s", kinds[i]->name, field->name));
    }
    files_add_builtin(looking->arena, &facts, "rules/facts.sql", ".sql");
    static const char create[] = "create table ";
    for (const char *at = facts.list.items[0].text; (at = strstr(at, create));) {
        at += sizeof create - 1;
        table_add(looking, arena_copy_n(looking->arena, at, strcspn(at, "(")));
    }
    for (size_t i = 0; i < looking->rules.list.n; i++)
        list_add(looking->arena, &looking->queries, &looking->rules.list.items[i]->query);
}

static void looking_open(struct looking *looking, const char *folder) {
    struct content content;
    struct sheets sheets = {0};
    *looking = (struct looking){.arena = arena_new(MEMORY)};
    looking->problems = problems_new(looking->arena);
    looking->records = records_new(looking->arena);
    assert_int_equal(content_load(looking->arena, NULL, &content, &looking->problems), OK);
    assert_int_equal(
        rules_load(looking->arena, &content, NULL, &looking->rules, &looking->problems), OK);
    assert_int_equal(workbook_read(looking->arena, folder, &sheets, &looking->problems), OK);
    assert_int_equal(records_read(&sheets, &looking->records, &looking->problems), OK);
    queries_gather(looking);
}

/* All that can be seen on a day: a text for each query. */
static const char **look(struct looking *looking, struct workbench *workbench, long day,
                         const struct names *bases) {
    struct workbench_options options = {.bases = bases};
    struct arena *arena = arena_new(MEMORY);
    const char **seen = arena_alloc_array(looking->arena, looking->queries.n, sizeof *seen);
    day_add("1970-01-01", day, options.today);
    workbench_fill(workbench, &looking->records, &options);
    assert_int_equal(network_facts_fill(workbench, arena, NETWORK_PLAIN, &looking->problems), OK);
    for (size_t q = 0; q < looking->queries.n; q++) {
        const struct query *query = looking->queries.items[q];
        struct text text = text_new(arena);
        struct rows rows;
        assert_int_equal(workbench_run(workbench, arena, query, NULL, &rows, &looking->problems),
                         OK);
        for (size_t r = 0; r < rows.list.n; r++)
            for (size_t c = 0; c < rows.list.items[r].n; c++) {
                const char *value = rows.list.items[r].values[c];
                text_add_format(&text, "%s %s=%s", c ? "," : "\n", rows.list.items[r].names[c],
                                value ? value : "NULL");
            }
        seen[q] = arena_copy(looking->arena, text.bytes ? text.bytes : "");
    }
    arena_free(arena);
    return seen;
}

static size_t looks_compare(const struct looking *looking, const char *const *seen,
                            const char *const *wanted, const char *const *before) {
    size_t changed = 0;
    for (size_t q = 0; q < looking->queries.n; q++) {
        if (!text_equal(seen[q], wanted[q]))
            print_error("%s\n", looking->queries.items[q]->file);
        assert_string_equal(seen[q], wanted[q]);
        changed += before && !text_equal(seen[q], before[q]);
    }
    return changed;
}

static void folder_test(const char *folder) {
    struct looking looking;
    looking_open(&looking, folder);
    struct day_numbers days = times_days(looking.arena, &looking.records, NULL);
    days = days_thin(looking.arena, &days, DAYS);
    assert_true(days.list.n > 2);
    const char ***alone = arena_alloc_array(looking.arena, days.list.n, sizeof *alone);
    for (size_t d = 0; d < days.list.n; d++) {
        struct workbench *fresh = workbench_open(looking.arena);
        alone[d] = look(&looking, fresh, days.list.items[d], NULL);
        workbench_close(fresh);
    }
    struct workbench *workbench = workbench_open(looking.arena);
    size_t changed = 0, last = days.list.n - 1;
    for (size_t d = 0; d <= last; d++)
        changed += looks_compare(&looking, look(&looking, workbench, days.list.items[d], NULL),
                                 alone[d], d ? alone[d - 1] : NULL);
    for (size_t d = days.list.n; d-- > 0;)
        looks_compare(&looking, look(&looking, workbench, days.list.items[d], NULL), alone[d],
                      NULL);
    for (size_t d = 0; d <= last; d += 7) /* far apart, to and fro */
        looks_compare(&looking,
                      look(&looking, workbench, days.list.items[d % 2 ? d : last - d], NULL),
                      alone[d % 2 ? d : last - d], NULL);
    struct names bases = {0};
    list_add(looking.arena, &bases.list, "stated");
    look(&looking, workbench, days.list.items[last], &bases);
    looks_compare(&looking, look(&looking, workbench, days.list.items[last], NULL), alone[last],
                  NULL);
    assert_true(changed > days.list.n); /* else the days were all alike, and it tells nothing */
    workbench_close(workbench);
    arena_free(looking.arena);
}

static void a_day_after_others_reads_as_it_does_alone(void **state) {
    (void)state;
    for (size_t i = 0; folders[i]; i++)
        folder_test(folders[i]);
}

/* What a sweep does: each person gone in turn, and everybody back. */
static void gone_test(const char *folder) {
    enum { PEOPLE = 8 };
    struct looking looking;
    looking_open(&looking, folder);
    const struct records all = looking.records;
    const struct record_list *people = records_of(&all, kind_find("person"));
    long day = day_number_of("2026-06-30");
    struct workbench *workbench = workbench_open(looking.arena);
    const char **before = look(&looking, workbench, day, NULL);
    size_t changed = 0;
    for (size_t i = 0; i < people->list.n && i < PEOPLE; i++) {
        struct record_set gone = {0};
        list_add(looking.arena, &gone.list, people->list.items[i]);
        looking.records = records_ending(looking.arena, &all, &gone, "2026-06-30");
        struct workbench *fresh = workbench_open(looking.arena);
        const char **alone = look(&looking, fresh, day, NULL);
        workbench_close(fresh);
        changed += looks_compare(&looking, look(&looking, workbench, day, NULL), alone, before);
    }
    looking.records = all;
    looks_compare(&looking, look(&looking, workbench, day, NULL), before, NULL);
    assert_true(changed > PEOPLE); /* else nobody was missed, and it tells nothing */
    workbench_close(workbench);
    arena_free(looking.arena);
}

static void one_gone_after_another_reads_as_it_does_alone(void **state) {
    (void)state;
    for (size_t i = 0; folders[i]; i++)
        gone_test(folders[i]);
}

/* A query that asks the clock, not the records, is asked again on another day. */
static void the_clock_is_read_anew_each_day(void **state) {
    static const struct query now = {
        .file = "now", .sql = "select date('now') as day", .is_builtin = true};
    static const char *const days[] = {"2025-01-01", "2025-01-01", "2025-01-02", "2024-12-31"};
    struct problems problems = problems_new(*state);
    struct records records = records_new(*state);
    struct workbench *workbench = workbench_open(*state);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct workbench_options options = {0};
        struct rows rows;
        memcpy(options.today, days[i], DAY_SIZE);
        workbench_fill(workbench, &records, &options);
        for (int again = 0; again < 3; again++) { /* the second answer is kept, the third is it */
            assert_int_equal(workbench_run(workbench, *state, &now, NULL, &rows, &problems), OK);
            assert_string_equal(row_value(&rows.list.items[0], "day"), days[i]);
        }
    }
    workbench_close(workbench);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {TEST(the_clock_is_read_anew_each_day),
                                       TEST(a_day_after_others_reads_as_it_does_alone),
                                       TEST(one_gone_after_another_reads_as_it_does_alone)};
    if (argc > 1)
        folders = (const char *const *)argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
