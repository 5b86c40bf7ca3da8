/* ithaca rules: what the diagnosis looks for. */
#include "base/text.h"
#include "command/command.h"
#include "content/json.h"
#include "diagnosis/lines.h"
#include "diagnosis/rule_check.h"
#include <string.h>
#include <sys/stat.h>

extern const struct command rules_command;

/* ---- list ---- */

static void list_json(const struct rules *rules) {
    json_t *array = json_array();
    for (size_t i = 0; i < rules->list.n; i++) {
        const struct rule *rule = rules->list.items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s}", "id", rule->id,
                                        "title", rule->title, "level", level_names[rule->level],
                                        "outcome", outcome_names[rule->outcome], "severity",
                                        severity_names[rule->severity], "step", rule->step, "file",
                                        rule->query.file));
    }
    json_print(stdout, array);
}

static bool wants_json(int argc, char **argv) {
    return argc == 3 && text_equal(argv[1], "--format") && text_equal(argv[2], "json");
}

static int list(struct session *session, const struct rules *rules, int argc, char **argv) {
    bool json = wants_json(argc, argv);
    if (argc > 1 && !json) {
        session_close(session);
        return usage_refuse(&rules_command, "\"%s\" is not understood here.", argv[1]);
    }
    struct printer printer = printer_new(stdout);
    if (json)
        list_json(rules);
    for (size_t i = 0; i < rules->list.n && !json; i++) {
        const struct rule *rule = rules->list.items[i];
        print_wrapped(&printer, arena_format(session->arena, "%-15s ", rule->id), NULL,
                      arena_format(session->arena, "%s (%s, %s)", rule->title,
                                   level_names[rule->level], outcome_names[rule->outcome]));
    }
    session_close(session);
    return EXIT_IN_ORDER;
}

/* ---- show ---- */

static const char *names_or_none(struct arena *arena, const struct names *names) {
    return names->list.n ? text_enumerate(arena, names->list.items, names->list.n, 20) : "none";
}

static void needs_print(struct session *session, struct printer *printer, const struct rule *rule) {
    const char **sheets = arena_alloc_array(session->arena, rule->needs.list.n + 1, sizeof *sheets);
    for (size_t i = 0; i < rule->needs.list.n; i++)
        sheets[i] = kind_find(rule->needs.list.items[i])->sheet;
    if (rule->needs.list.n)
        print_wrapped(printer, "", NULL,
                      arena_format(session->arena,
                                   "Where something is not written down, it speaks only if the "
                                   "sheets %s are kept completely.",
                                   text_enumerate(session->arena, sheets, rule->needs.list.n, 9)));
}

static int show(struct session *session, const struct rules *rules, int argc, char **argv) {
    const struct rule *rule = argc > 1 ? rules_find(rules, argv[1]) : NULL;
    if (!rule) {
        problem_add(&session->problems, (struct place){0},
                    "There is no rule \"%s\". `ithaca rules list` lists them.",
                    argc > 1 ? argv[1] : "");
        return session_refuse(session, NULL);
    }
    struct arena *arena = session->arena;
    struct printer printer = printer_new(stdout);
    print_styled(&printer, BOLD, arena_format(arena, "%s: %s\n", rule->id, rule->title));
    print_wrapped(&printer, "", NULL,
                  arena_format(arena, "%s %s at the level %s; severity %s.",
                               rule->strains ? "Strains" : "Harms", outcome_names[rule->outcome],
                               level_names[rule->level], severity_names[rule->severity]));
    needs_print(session, &printer, rule);
    print_heading(&printer, "What it means");
    print_wrapped(&printer, "", NULL, rule->meaning);
    print_heading(&printer, "What to do");
    print_wrapped(&printer, "", NULL, rule->what_to_do);
    print_heading(&printer, "Where this comes from");
    print_wrapped(&printer, "", NULL, rule_source(arena, &session->content, rule));
    print_wrapped(&printer, "Barriers: ", NULL, names_or_none(arena, &rule->barriers));
    print_wrapped(&printer, "Mechanisms: ", NULL, names_or_none(arena, &rule->mechanisms));
    print_wrapped(&printer, "Competences: ", NULL, names_or_none(arena, &rule->competences));
    print_wrapped(&printer, "Step: ", NULL, rule->step ? rule->step : "none in the papers");
    for (size_t i = 0; i < rule->query.thresholds.n; i++)
        print_wrapped(&printer, "Limit: ", NULL,
                      arena_format(arena, "%s = %g %s", rule->query.thresholds.items[i].name,
                                   rule->query.thresholds.items[i].value,
                                   rule->query.thresholds.items[i].reason));
    if (argc > 2 && text_equal(argv[2], "--sql")) {
        print_heading(&printer, "What it asks the records");
        fputs(rule->query.sql, stdout);
    }
    session_close(session);
    return EXIT_IN_ORDER;
}

/* ---- coverage ---- */

static void line_print(struct session *session, const struct line *line) {
    static const char *const states[] = {"answered", "needs voices", "not yet"};
    struct arena *arena = session->arena;
    const struct names *rules = &line->rules;
    struct printer printer = printer_new(stdout);
    print_wrapped(&printer, arena_format(arena, "%-4s %-12s ", line->id, states[line->state]), NULL,
                  rules->list.n
                      ? arena_format(arena, "%s: %s", line->text,
                                     text_enumerate(arena, rules->list.items, rules->list.n, 9))
                      : line->text);
}

/* The lines in this state, if any, told after `what`. */
static void lines_print(struct session *session, const struct lines *lines, enum line_state state,
                        const char *what) {
    struct names ids = {0};
    struct printer printer = printer_new(stdout);
    for (size_t i = 0; i < lines->list.n; i++)
        if (lines->list.items[i].state == state)
            list_add(session->arena, &ids.list, lines->list.items[i].id);
    if (ids.list.n)
        print_wrapped(
            &printer, "", NULL,
            arena_format(session->arena, "%s: %s.", what,
                         text_enumerate(session->arena, ids.list.items, ids.list.n, ids.list.n)));
}

static int coverage(struct session *session, const struct rules *rules) {
    struct lines lines = lines_find(session->arena, &session->content, rules);
    for (size_t i = 0; i < lines.list.n; i++)
        line_print(session, &lines.list.items[i]);
    printf("\n%zu lines: %zu answered by a rule, %zu need what people say, %zu not yet.\n",
           lines.list.n, lines.count[LINE_ANSWERED], lines.count[LINE_NEEDS_VOICES],
           lines.count[LINE_GAP]);
    lines_print(session, &lines, LINE_NEEDS_VOICES, "Waiting for what people say");
    lines_print(session, &lines, LINE_GAP, "A gap: records could answer these, and no rule does");
    session_close(session);
    return lines.count[LINE_GAP] ? EXIT_FINDINGS : EXIT_IN_ORDER;
}

/* ---- kinds ---- */

static const char *field_describe(struct arena *arena, const struct field *field) {
    switch (field->type) {
    case FIELD_REF:
        return arena_format(arena, "one %s", field->refers_to);
    case FIELD_REFS:
        return arena_format(arena, "several: %s", field->refers_to);
    case FIELD_WHEN:
        return arena_format(arena, "a time; also %s_first, %s_last", field->name, field->name);
    case FIELD_CLOCK:
        return "a time of day, 14:30";
    case FIELD_NUMBER:
        return "a number";
    case FIELD_YES_NO:
        return "yes or no";
    case FIELD_CHOICE: {
        const char *values[64];
        size_t n = choice_count(field->choices);
        for (size_t i = 0; i < n && i < 64; i++)
            values[i] = field->choices[i].value;
        return text_enumerate(arena, values, n, 64);
    }
    case FIELD_COVERAGE:
        return "a sheet or a level";
    case FIELD_KEY:
    case FIELD_TEXT:
        return "text";
    }
    return "";
}

static json_t *field_json(const struct field *field) {
    static const char *const types[] = {
        [FIELD_KEY] = "key",          [FIELD_TEXT] = "text",       [FIELD_NUMBER] = "number",
        [FIELD_YES_NO] = "yes or no", [FIELD_CHOICE] = "choice",   [FIELD_WHEN] = "time",
        [FIELD_REF] = "reference",    [FIELD_REFS] = "references", [FIELD_COVERAGE] = "coverage",
        [FIELD_CLOCK] = "time of day"};
    json_t *choices = json_array();
    for (size_t i = 0; field->choices && field->choices[i].value; i++)
        json_array_append_new(choices, json_string(field->choices[i].value));
    return json_pack("{s:s, s:s, s:b, s:s?, s:o, s:s}", "name", field->name, "type",
                     types[field->type], "required", (field->flags & REQUIRED) != 0, "refers_to",
                     field->refers_to, "choices", choices, "hint", field->hint);
}

static int kinds_json(struct session *session) {
    json_t *array = json_array();
    for (size_t k = 0; k < kind_count; k++) {
        json_t *fields = json_array();
        for (const struct field *field = kinds[k]->fields; field->name; field++)
            json_array_append_new(fields, field_json(field));
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:b, s:o}", "name", kinds[k]->name,
                                               "sheet", kinds[k]->sheet, "what", kinds[k]->what,
                                               "beginner", kinds[k]->beginner, "fields", fields));
    }
    json_print(stdout, array);
    session_close(session);
    return EXIT_IN_ORDER;
}

static void kind_print(struct session *session, const struct kind *kind, bool with_fields) {
    struct printer printer = printer_new(stdout);
    print_wrapped(&printer, arena_format(session->arena, "%-20s ", kind->name), NULL,
                  arena_format(session->arena, "%s (sheet %s)", kind->what, kind->sheet));
    for (const struct field *field = kind->fields; field->name && with_fields; field++)
        print_wrapped(&printer, arena_format(session->arena, "    %-16s ", field->name), NULL,
                      field_describe(session->arena, field));
}

static int kinds_print(struct session *session, int argc, char **argv) {
    const struct kind *only = argc > 1 ? kind_of_sheet(argv[1]) : NULL;
    if (argc > 1 && !only) {
        session_close(session);
        return usage_refuse(&rules_command, "there is no kind of record \"%s\".", argv[1]);
    }
    for (size_t k = 0; k < kind_count && !only; k++)
        kind_print(session, kinds[k], false);
    if (only)
        kind_print(session, only, true);
    else
        puts("\n`ithaca rules kinds NAME` lists the columns of one kind.");
    session_close(session);
    return EXIT_IN_ORDER;
}

/* ---- test ---- */

static int test(struct session *session, int argc, char **argv) {
    struct files files = {0};
    struct tally tally = {0};
    enum err err = OK;
    for (int i = 1; i < argc && err != ERR_IO; i++) {
        struct stat status;
        bool folder = stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode);
        err = folder ? files_add_folder(session->arena, &files, argv[i], ".md", &session->problems)
                     : files_add(session->arena, &files, argv[i], &session->problems);
    }
    if (argc < 2)
        problem_add(&session->problems, (struct place){0},
                    "Say which rule to test: ithaca rules test FILE.md");
    for (size_t i = 0; i < files.list.n && err != ERR_IO; i++)
        err = rule_test(session->arena, &session->content, files.list.items[i].path, stdout, &tally,
                        &session->problems);
    if (session->problems.list.n)
        return session_refuse(session, NULL);
    printf("%u passed, %u failed\n", tally.passed, tally.failed);
    session_close(session);
    return tally.failed ? EXIT_FINDINGS : EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    struct rules rules;
    const char *what = argc > 1 ? argv[1] : "list";
    enum err err = session_open(&session);
    if (!err && text_equal(what, "test")) /* on its own: no other rule can be in its way */
        return test(&session, argc - 1, argv + 1);
    if (!err)
        err = rules_load(session.arena, &session.content, NULL, &rules, &session.problems);
    if (err)
        return session_refuse(&session, "Something is wrong with a built-in rule.");
    int count = argc > 1 ? argc - 1 : 1;
    char **rest = argc > 1 ? argv + 1 : argv;
    if (text_equal(what, "list"))
        return list(&session, &rules, count, rest);
    if (text_equal(what, "show"))
        return show(&session, &rules, count, rest);
    if (text_equal(what, "--coverage"))
        return coverage(&session, &rules);
    if (text_equal(what, "kinds") && wants_json(count, rest))
        return kinds_json(&session);
    if (text_equal(what, "kinds"))
        return kinds_print(&session, count, rest);
    session_close(&session);
    return usage_refuse(&rules_command, "\"%s\" is not understood here.", what);
}

const struct command rules_command = {
    .name = "rules",
    .summary = "what the diagnosis looks for; testing your own rules",
    .help =
        "ithaca rules [list [--format json]]  all rules, a line each\n"
        "ithaca rules show ID [--sql]         one rule: meaning, advice, source; and its SELECT\n"
        "ithaca rules --coverage              which rule answers which line of what the\n"
        "                                     diagnosis must be able to find; exit code 1 if\n"
        "                                     a line that records can answer has none\n"
        "ithaca rules kinds [NAME]            the tables and columns a rule can read (all of\n"
        "                                     them as JSON: kinds --format json)\n"
        "ithaca rules test FILE.md|FOLDER...  try your own rules on the fixtures beside them\n"
        "\n"
        "docs/rules.md tells how to write a rule. `ithaca check --rules FOLDER` uses yours.\n",
    .run = run,
};
