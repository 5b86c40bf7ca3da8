/* Rule files: what is wrong with one is said with its line. */
#include "base/text.h"
#include "diagnosis/lines.h"
#include "diagnosis/rule_check.h"
#include "unit.h"
#include <string.h>

static const char good[] = "# A title\n"
                           "\n"
                           "id: X1\n"
                           "answers: A1\n"
                           "barriers: unclear-decision-maker\n"
                           "level: organisation\n"
                           "outcome: alignment\n"
                           "severity: high\n"
                           "effect: lacking\n"
                           "private: no\n"
                           "source: 004 Table 2\n"
                           "evidence: stated\n"
                           "step: s1\n"
                           "needs: decision\n"
                           "identity: decision\n"
                           "threshold months: 6 because it is half a year\n"
                           "finding: Look at “{{decision}}”\n"
                           "    after {{months}}.\n"
                           "in place: {{n}} of {{of}}: {{decision_list}}.\n"
                           "\n"
                           "## What it means\n"
                           "\n"
                           "This.\n"
                           "\n"
                           "## What to do\n"
                           "\n"
                           "That.\n"
                           "\n"
                           "```sql\n"
                           "select id as decision, :months as months, 'broken' as verdict\n"
                           "from decision\n"
                           "where :today > ''\n"
                           "```\n";

/* The good rule with the first `from` as `to`. */
static char *changed(struct arena *arena, const char *from, const char *to) {
    const char *at = strstr(good, from);
    assert_non_null(at);
    return arena_format(arena, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
}

static struct problems rule_problems(struct arena *arena, const char *text) {
    struct problems problems = problems_new(arena);
    struct content content;
    struct rule rule;
    struct rules rules = {0};
    assert_int_equal(content_load(arena, NULL, &content, &problems), OK);
    struct file file = {"X1.md", text};
    if (rule_parse(arena, &content, &file, &rule, &problems) == OK) {
        list_add(arena, &rules.list, &rule);
        enum err err = rules_check(arena, &rules, &problems);
        assert_int_equal(err == OK, problems.list.n == 0);
    }
    return problems;
}

static void assert_wrong(void **state, const char *from, const char *to, unsigned line,
                         const char *says) {
    struct problems problems = rule_problems(*state, changed(*state, from, to));
    for (size_t i = 1; i < problems.list.n; i++)
        print_error("also: %s\n", problems.list.items[i].message);
    assert_int_equal(problems.list.n, 1);
    if (!strstr(problems.list.items[0].message, says))
        print_error("says: %s\n", problems.list.items[0].message);
    assert_non_null(strstr(problems.list.items[0].message, says));
    assert_int_equal(problems.list.items[0].place.row, line);
    assert_string_equal(problems.list.items[0].place.file, "X1.md");
}

static void a_good_rule_is_taken(void **state) {
    assert_int_equal(rule_problems(*state, good).list.n, 0);
}

static void header_lines_are_checked(void **state) {
    assert_wrong(state, "level: organisation", "level: organization", 6, "no level");
    assert_wrong(state, "severity: high\n", "", 1, "\"severity:\" is missing");
    assert_wrong(state, "barriers: unclear-decision-maker", "barriers: unclear", 5, "not among");
    assert_wrong(state, "answers: A1", "answers: A99", 4, "not among");
    assert_wrong(state, "source: 004", "source: 009", 11, "number of a paper");
    assert_wrong(state, "step: s1", "step: s9", 13, "no step \"s9\"");
    assert_wrong(state, "needs: decision", "needs: decisions", 14, "no kind of record");
    assert_wrong(state, "because it is half a year", "", 16, "the reason for it");
    assert_wrong(state, "private: no", "privat: no\nprivate: no", 10, "Did you mean \"private\"?");
    assert_wrong(state, "private: no", "private: no\nwhat is this", 11, "not a header line");
    assert_wrong(state, "private: no", "private: no\nid: X2", 11, "there twice");
}

static void sentences_use_columns_only(void **state) {
    assert_wrong(state, "{{decision}}", "{{decison}}", 17, "Did you mean {{decision}}?");
    assert_wrong(state, "{{decision_list}}", "{{team_list}}", 19, "{{team_list}}");
    assert_wrong(state, "identity: decision", "identity: team", 1, "names \"team\"");
}

static void sentences_are_whole(void **state) {
    assert_wrong(state, "after {{months}}", "{{#months}}after", 17, "{{#months}} is not ended");
    assert_wrong(state, "after {{months}}", "after{{/months}}", 17, "ends what was not begun");
    assert_wrong(state, "after {{months}}", "after {{months", 17, "a {{ without }}");
}

static void a_rule_may_rest_on_ones_own_judgement(void **state) {
    struct arena *arena = *state;
    const char *own = changed(arena, "source: 004 Table 2\nevidence: stated",
                              "source: own because we saw it\nevidence: inferred");
    assert_int_equal(rule_problems(arena, own).list.n, 0);
    assert_wrong(state, "source: 004 Table 2", "source: own", 12, "not \"stated\" in a paper");
    assert_int_equal(rule_problems(arena, changed(arena, "answers: A1", "answers: none")).list.n,
                     0);
}

static void sections_and_block_are_needed(void **state) {
    assert_wrong(state, "## What to do", "## What to say", 1, "What to do");
    assert_wrong(state, "\n```sql", "\n```text", 1, "exactly one block");
    assert_wrong(state, "where :today > ''\n```\n", "", 29, "never closed");
}

static void the_select_is_checked(void **state) {
    assert_wrong(state, "from decision\n", "from decisio\n", 30, "no such table");
    assert_wrong(state, ":months as months", ":weeks as months", 30, "threshold weeks");
    assert_wrong(state, " as verdict", " as judged", 30, "no column \"verdict\"");
}

/* What a rule must not do: each is refused before it runs. */
static void a_rule_can_only_read_the_workbench(void **state) {
    static const char *const hostile[] = {
        "delete from decision",
        "drop table team_ever",
        "insert into team_ever(id) values ('x')",
        "attach 'x.db' as other",
        "pragma writable_schema = on",
        "create table x(y)",
        "select load_extension('x'), 'broken' as verdict, 1 as decision, 2 as months",
        "select readfile('/etc/passwd') as verdict, 1 as decision, 2 as months",
        "select name as verdict, 1 as decision, 2 as months from sqlite_master",
        "select randomblob(10) as verdict, 1 as decision, 2 as months",
        "select 'broken' as verdict, 1 as decision, 2 as months; select 1",
        "",
    };
    const char *block = "select id as decision, :months as months, 'broken' as verdict\n"
                        "from decision\nwhere :today > ''";
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct problems problems = rule_problems(*state, changed(*state, block, hostile[i]));
        if (problems.list.n != 1)
            print_error("accepted: %s\n", hostile[i]);
        assert_int_equal(problems.list.n, 1);
    }
}

/* Rules that would run for ever, or fill the memory, are stopped. */
static void a_rule_that_never_ends_is_stopped(void **state) {
    static const char *const endless[] = {
        "with recursive n(i) as (select 1 union all select i + 1 from n)\n"
        "select 'broken' as verdict, max(i) as decision from n",
        "with recursive n(i) as (select 1 union all select i + 1 from n)\n"
        "select 'broken' as verdict, i as decision from n",
        "select replace(printf('%1000d', 1), ' ', printf('%2000d', 1)) as verdict, 1 as decision",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)\n"
        "select 'broken' as verdict, printf('%.*c', 900000, 'x') as decision from n order by i",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)\n"
        "select 'broken' as verdict, printf('%.*c', 900000, 'x') as decision from n",
    };
    struct arena *arena = *state;
    struct records records = records_new(arena);
    struct workbench_options options = {.today = "2026-06-30"};
    struct workbench *workbench = workbench_open(arena);
    workbench_fill(workbench, &records, &options);
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        struct query *query = arena_alloc(arena, sizeof *query);
        *query = (struct query){.file = "X1.md", .sql = endless[i], .line = 1};
        struct problems problems = problems_new(arena);
        struct rows rows;
        assert_int_equal(workbench_run(workbench, arena, query, NULL, &rows, &problems), ERR_INPUT);
        assert_non_null(strstr(problems.list.items[0].message, "It was stopped"));
    }
    workbench_close(workbench);
}

/* ---- which lines have a rule ---- */

static const struct line *line_of(const struct lines *lines, const char *id) {
    for (size_t i = 0; i < lines->list.n; i++)
        if (text_equal(lines->list.items[i].id, id))
            return &lines->list.items[i];
    fail_msg("there is no line %s", id);
    return NULL;
}

/* The built-in rules without those that answer one line. */
static struct rules rules_without(struct arena *arena, const struct rules *all, const char *line) {
    struct rules rest = {0};
    for (size_t i = 0; i < all->list.n; i++)
        if (!names_contain(&all->list.items[i]->answers, line))
            list_add(arena, &rest.list, all->list.items[i]);
    return rest;
}

static void a_line_that_no_rule_answers_is_a_gap(void **state) {
    struct arena *arena = *state;
    struct problems problems = problems_new(arena);
    struct content content;
    struct rules rules;
    assert_int_equal(content_load(arena, NULL, &content, &problems), OK);
    assert_int_equal(rules_load(arena, &content, NULL, &rules, &problems), OK);
    struct lines lines = lines_find(arena, &content, &rules);
    assert_int_equal(lines.count[LINE_GAP], 0);
    assert_int_equal(line_of(&lines, "A1")->state, LINE_ANSWERED);
    assert_true(names_contain(&line_of(&lines, "A1")->rules, "A1"));
    assert_int_equal(line_of(&lines, "C16")->state, LINE_NEEDS_VOICES);
    assert_int_equal(line_of(&lines, "A9")->state, LINE_NEEDS_VOICES); /* "(v, p)" */
    assert_int_equal(line_of(&lines, "C9")->state, LINE_ANSWERED);     /* "(p)" alone */

    struct rules fewer = rules_without(arena, &rules, "A1");
    assert_true(fewer.list.n < rules.list.n);
    struct lines gap = lines_find(arena, &content, &fewer);
    assert_int_equal(gap.count[LINE_GAP], 1);
    assert_int_equal(line_of(&gap, "A1")->state, LINE_GAP);
    assert_int_equal(gap.count[LINE_ANSWERED], lines.count[LINE_ANSWERED] - 1);
    assert_int_equal(gap.count[LINE_NEEDS_VOICES], lines.count[LINE_NEEDS_VOICES]);

    struct rules none = {0};
    assert_int_equal(lines_find(arena, &content, &none).count[LINE_GAP],
                     lines.list.n - lines.count[LINE_NEEDS_VOICES]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_good_rule_is_taken),
        TEST(header_lines_are_checked),
        TEST(sentences_use_columns_only),
        TEST(sentences_are_whole),
        TEST(a_rule_may_rest_on_ones_own_judgement),
        TEST(sections_and_block_are_needed),
        TEST(the_select_is_checked),
        TEST(a_rule_can_only_read_the_workbench),
        TEST(a_rule_that_never_ends_is_stopped),
        TEST(a_line_that_no_rule_answers_is_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
