#include "diagnosis/rule_check.h"
#include "base/text.h"
#include "diagnosis/allowance.h"
#include "diagnosis/sentence.h"
#include "diagnosis/speak.h"
#include "workbook/workbook.h"
#include <glob.h>
#include <string.h>

/* ---- do its words fit its SELECT ---- */

struct checker {
    struct arena *arena;
    struct workbench *workbench;
    struct problems *problems;
    const struct rule *rule;
    struct names columns;
};

static bool name_known(struct checker *checker, const char *name, bool of_many) {
    if (of_many && (text_equal(name, "n") || text_equal(name, "of")))
        return true;
    bool is_list;
    const struct kind *kind = speak_column_kind(checker->arena, name, &is_list);
    if (of_many && kind && is_list && names_contain(&checker->columns, kind->name))
        return true;
    return names_contain(&checker->columns, name);
}

static void sentence_check(struct checker *checker, const char *sentence, unsigned line,
                           bool of_many) {
    struct sentence_names names = {0};
    sentence_list_names(checker->arena, sentence, &names);
    for (size_t i = 0; i < names.list.n; i++) {
        const char *name = names.list.items[i];
        if (name_known(checker, name, of_many))
            continue;
        const char *nearest = text_nearest(checker->arena, name, checker->columns.list.items,
                                           checker->columns.list.n);
        problem_add(checker->problems,
                    (struct place){.file = checker->rule->query.file, .row = line},
                    "The sentence uses {{%s}}, but the SELECT has no column of that name.%s", name,
                    nearest ? arena_format(checker->arena, " Did you mean {{%s}}?", nearest) : "");
    }
}

/* A private rule says whom it is about (column `person`), and names no person to anybody else. */
static void private_check(struct checker *checker) {
    const struct rule *rule = checker->rule;
    const struct kind *person = kind_find("person");
    struct sentence_names names = {0};
    bool is_list;
    if (!names_contain(&checker->columns, "person"))
        problem_add(checker->problems,
                    (struct place){.file = rule->query.file, .row = rule->query.line},
                    "A private rule's SELECT needs a column \"person\": whom the finding is about, "
                    "or empty.");
    sentence_check(checker, rule->for_lead, rule->for_lead_line, false);
    sentence_list_names(checker->arena, rule->for_lead, &names);
    sentence_list_names(checker->arena, rule->in_place, &names);
    for (size_t i = 0; i < rule->about.list.n; i++) {
        const struct kind *kind =
            speak_column_kind(checker->arena, rule->about.list.items[i], &is_list);
        if (kind && kind_names_person(kind))
            problem_add(checker->problems, (struct place){.file = rule->query.file, .row = 1},
                        "What a private rule's finding is about must name no person, but \"%s\" "
                        "does. Write another column behind \"about\".",
                        rule->about.list.items[i]);
    }
    for (size_t i = 0; i < names.list.n; i++)
        if (speak_column_kind(checker->arena, names.list.items[i], &is_list) == person)
            problem_add(checker->problems,
                        (struct place){.file = rule->query.file, .row = rule->for_lead_line},
                        "A private rule names the person only in its line \"finding\", not as "
                        "{{%s}} to the lead or in what is in place.",
                        names.list.items[i]);
}

static void header_check(struct checker *checker, const char *header, const struct names *names) {
    for (size_t i = 0; i < names->list.n; i++)
        if (!names_contain(&checker->columns, names->list.items[i]))
            problem_add(checker->problems,
                        (struct place){.file = checker->rule->query.file, .row = 1},
                        "The header line \"%s\" names \"%s\", but the SELECT has no such column.",
                        header, names->list.items[i]);
}

static enum err rule_check(struct checker *checker) {
    const struct rule *rule = checker->rule;
    checker->columns = (struct names){0};
    enum err err = workbench_columns(checker->workbench, checker->arena, &rule->query,
                                     &checker->columns, checker->problems);
    if (err)
        return err;
    if (!names_contain(&checker->columns, "verdict"))
        problem_add(checker->problems,
                    (struct place){.file = rule->query.file, .row = rule->query.line},
                    "The SELECT has no column \"verdict\". It must say of each row: broken, "
                    "missing, in place, clear or unsaid.");
    sentence_check(checker, rule->finding, rule->finding_line, false);
    sentence_check(checker, rule->in_place, rule->in_place_line, true);
    if (rule->is_private)
        private_check(checker);
    header_check(checker, "identity", &rule->identity);
    if (rule->about.list.items != rule->identity.list.items)
        header_check(checker, "about", &rule->about);
    return OK;
}

enum err rules_check(struct arena *arena, const struct rules *rules, struct problems *problems) {
    size_t problems_before = problems->list.n;
    struct checker checker = {
        .arena = arena, .workbench = workbench_open(arena), .problems = problems};
    struct allowance allowance = allowance_to_prepare();
    for (size_t i = 0; i < rules->list.n; i++) {
        checker.rule = rules->list.items[i];
        allowance_begin(&allowance, arena, &checker.rule->query);
        enum err err = rule_check(&checker);
        allowance_end(&allowance, arena, &checker.rule->query);
        if (err)
            continue; /* its problem is told; the next rule may have another */
    }
    workbench_close(checker.workbench);
    return problems->list.n == problems_before ? OK : ERR_INPUT;
}

/* ---- does it do what its fixtures expect ---- */

struct expectations {
    char as_of[DAY_SIZE];
    struct names lines;   /* "finding A1/x", "in place 2", "cannot tell decision_right" */
    struct names details; /* of findings with more to say: "A1/x at system, barriers: none" */
};

/* Takes the sheet [expect] out of the sheets. */
static void expectations_take(struct arena *arena, struct sheets *sheets,
                              struct expectations *out) {
    for (size_t i = 0; i < sheets->list.n; i++) {
        struct sheet *sheet = &sheets->list.items[i];
        if (!text_equal(sheet->name, "expect"))
            continue;
        for (size_t r = 0; r < sheet->rows.n; r++) {
            const struct sheet_row *row = &sheet->rows.items[r];
            const char *first = row->n > 0 && row->cells[0] ? row->cells[0] : "";
            const char *second = row->n > 1 && row->cells[1] ? row->cells[1] : "";
            if (text_equal(first, "as of") && strlen(second) < DAY_SIZE)
                memcpy(out->as_of, second, strlen(second) + 1);
            else
                list_add(arena, &out->lines.list, arena_format(arena, "%s %s", first, second));
            if (row->n > 2 && row->cells[2])
                list_add(arena, &out->details.list,
                         arena_format(arena, "%s at %s, barriers: %s", second, row->cells[2],
                                      row->n > 3 && row->cells[3] ? row->cells[3] : "none"));
        }
        sheet->rows.n = 0;
        sheet->name = "_expect"; /* passed over by records_read */
    }
}

static struct names diagnosis_lines(struct arena *arena, const struct diagnosis *diagnosis) {
    struct names lines = {0};
    size_t in_place = 0;
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        list_add(arena, &lines.list,
                 arena_format(arena, "finding %s", diagnosis->findings.items[i]->id));
    for (size_t i = 0; i < diagnosis->evidence.n; i++)
        in_place += diagnosis->evidence.items[i]->n;
    if (in_place)
        list_add(arena, &lines.list, arena_format(arena, "in place %zu", in_place));
    for (size_t i = 0; i < diagnosis->doubts.n; i++)
        for (size_t j = 0; j < diagnosis->doubts.items[i]->wants.list.n; j++)
            list_add(arena, &lines.list,
                     arena_format(arena, "cannot tell %s",
                                  diagnosis->doubts.items[i]->wants.list.items[j]));
    return lines;
}

static struct names diagnosis_details(struct arena *arena, const struct diagnosis *diagnosis) {
    struct names details = {0};
    for (size_t i = 0; i < diagnosis->findings.n; i++) {
        const struct finding *finding = diagnosis->findings.items[i];
        const struct names *barriers = &finding->barriers;
        list_add(arena, &details.list,
                 arena_format(arena, "%s at %s, barriers: %s", finding->id,
                              level_names[finding->level],
                              barriers->list.n
                                  ? text_enumerate(arena, barriers->list.items, barriers->list.n, 9)
                                  : "none"));
    }
    return details;
}

/* Prints what is in one list and not in the other; returns how many. */
static unsigned differences_print(FILE *out, const char *what, const struct names *some,
                                  const struct names *others) {
    unsigned n = 0;
    for (size_t i = 0; i < some->list.n; i++)
        if (!names_contain(others, some->list.items[i])) {
            fprintf(out, "    %s: %s\n", what, some->list.items[i]);
            n++;
        }
    return n;
}

static enum err fixture_test(struct arena *arena, const struct content *content,
                             const struct rules *rules, const char *path, FILE *out,
                             struct tally *tally, struct problems *problems) {
    struct sheets sheets = {0};
    struct records records = records_new(arena);
    struct expectations expected = {0};
    struct diagnosis diagnosis;
    enum err err = workbook_read(arena, path, &sheets, problems);
    if (!err) {
        expectations_take(arena, &sheets, &expected);
        err = records_read(&sheets, &records, problems);
    }
    if (!err && problems->remarks.n) { /* real files may have what nobody reads; fixtures not */
        const struct problem *remark = &problems->remarks.items[0];
        problem_add(problems, remark->place, "A fixture says only what is read. %s",
                    remark->message);
        err = ERR_INPUT;
    }
    if (!err && !day_valid(expected.as_of)) {
        problem_add(problems, (struct place){.file = path},
                    "A fixture needs a sheet [expect] with a line such as \"as of,2026-06-30\".");
        err = ERR_INPUT;
    }
    struct diagnosis_options options = {0};
    memcpy(options.workbench.today, expected.as_of, DAY_SIZE);
    if (err)
        return err;
    struct workbench *workbench = workbench_open(arena);
    err =
        diagnosis_make(workbench, arena, &records, content, rules, &options, &diagnosis, problems);
    workbench_close(workbench);
    if (err)
        return err;
    struct names got = diagnosis_lines(arena, &diagnosis);
    struct names details = diagnosis_details(arena, &diagnosis);
    unsigned wrong = differences_print(out, "expected, but not found", &expected.lines, &got) +
                     differences_print(out, "found, but not expected", &got, &expected.lines) +
                     differences_print(out, "expected, but not so", &expected.details, &details);
    fprintf(out, "%s rule fixture %s\n", wrong ? "FAILED" : "ok", path);
    tally->passed += wrong == 0;
    tally->failed += wrong != 0;
    return OK;
}

enum err rule_test(struct arena *arena, const struct content *content, const char *path, FILE *out,
                   struct tally *tally, struct problems *problems) {
    struct files files = {0};
    struct rules rules = {0};
    struct rule *rule = arena_alloc(arena, sizeof *rule);
    enum err err = files_add(arena, &files, path, problems);
    if (!err)
        err = rule_parse(arena, content, &files.list.items[0], rule, problems);
    list_add(arena, &rules.list, rule);
    if (!err)
        err = rules_check(arena, &rules, problems);
    if (err)
        return err;
    size_t stem = strlen(path) - strlen(".md");
    glob_t fixtures = {0};
    glob(arena_format(arena, "%.*s.*.sheets", (int)stem, path), 0, NULL, &fixtures);
    for (size_t i = 0; i < fixtures.gl_pathc && !err; i++)
        err = fixture_test(arena, content, &rules, fixtures.gl_pathv[i], out, tally, problems);
    if (!err && !fixtures.gl_pathc) {
        fprintf(
            out,
            "FAILED rule %s runs, but there are no fixtures (%.*s.*.sheets) to show what it does\n",
            path, (int)stem, path);
        tally->failed++;
    }
    globfree(&fixtures);
    return err;
}
