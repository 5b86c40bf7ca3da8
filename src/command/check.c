/* ithaca check: the diagnosis, like a compiler's warnings. */
#include "base/text.h"
#include "command/check_all.h"
#include "command/source.h"
#include "command/store.h"
#include "findings/findings.h"
#include <string.h>

extern const struct command check_command;

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "json", "csv"};

struct check_options {
    struct source source;
    const char *why, *rules_folder;
    int format; /* enum format */
    bool all;
    struct names bases;
    struct diagnosis_options diagnosis;
    struct selection selection;
};

static const char *arguments_fault(const struct check_options *options) {
    const struct source *source = &options->source;
    if (options->why && options->format != FORMAT_TEXT)
        return "--why prints text only; leave --format out.";
    if (options->all && (!source->url || source->programme || source->revision || options->why))
        return "--all goes with --db, and without --programme, --revision and --why.";
    if (options->all && options->format == FORMAT_CSV)
        return "--all prints text or json.";
    if (options->all && options->diagnosis.audience.reader == READER_PERSON)
        return "--all is for nobody in particular: a person is in one programme.";
    return NULL;
}

/* False if they cannot be used, which has been said then. */
static bool arguments_read(struct arena *arena, struct check_options *out, int argc, char **argv) {
    struct selection *selection = &out->selection;
    int at_least = 0;
    const struct option options[] = {
        {"--format", .choice = &out->format, .choices = format_names, .choice_count = FORMAT_COUNT},
        {"--as-of", .day = out->diagnosis.workbench.today},
        {"--basis", .bases = &out->bases},
        {"--audience", .audience = &out->diagnosis.audience},
        {"--level", .choice = &selection->level, .choices = level_names,
         .choice_count = LEVEL_COUNT},
        {"--outcome", .choice = &selection->outcome, .choices = outcome_names,
         .choice_count = OUTCOME_COUNT},
        {"--min-severity", .choice = &at_least, .choices = severity_names,
         .choice_count = SEVERITY_COUNT},
        {"--in-order", .flag = &selection->all_in_order},
        {"--why", .text = &out->why},
        {"--all", .flag = &out->all},
        {"--rules", .text = &out->rules_folder},
        {0},
    };
    day_today(out->diagnosis.workbench.today);
    if (!source_options_read(&check_command, arena, options, argc, argv, &out->source))
        return false;
    selection->at_least = (enum severity)at_least;
    const char *fault = arguments_fault(out);
    if (fault)
        usage_refuse(&check_command, "%s", fault);
    return !fault;
}

/* Prints the finding of that name, or all findings of the rule of that name. */
static bool why_found_print(const struct diagnosis *diagnosis, const char *name) {
    struct printer printer = printer_new(stdout);
    bool found = false;
    for (size_t i = 0; i < diagnosis->findings.n; i++) {
        const struct finding *finding = diagnosis->findings.items[i];
        if (!text_equal(finding->id, name) && !text_equal(finding->rule->id, name))
            continue;
        fputs(found ? "\n\n" : "", stdout);
        render_why(&printer, diagnosis, finding);
        found = true;
    }
    return found;
}

static int why_print(struct session *session, const struct diagnosis *diagnosis, const char *name) {
    if (why_found_print(diagnosis, name)) {
        session_close(session);
        return EXIT_FINDINGS;
    }
    const char **ids = arena_alloc_array(session->arena, diagnosis->findings.n, sizeof *ids);
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        ids[i] = diagnosis->findings.items[i]->id;
    const char *nearest = text_nearest(session->arena, name, ids, diagnosis->findings.n);
    problem_add(&session->problems, (struct place){0}, "There is no finding \"%s\" here.%s", name,
                nearest ? arena_format(session->arena, " Did you mean \"%s\"?", nearest)
                        : " Write a rule's name (A1) or a finding's (--format csv lists them).");
    return session_refuse(session, NULL);
}

/* How many of the findings that are shown people have decided this about. */
static size_t decided_count(const struct check_options *options, const struct diagnosis *diagnosis,
                            const struct kept_findings *kept, enum decision decision) {
    size_t n = 0;
    struct index shown = {0};
    for (size_t i = 0; i < diagnosis->findings.n; i++) {
        struct finding *finding = diagnosis->findings.items[i];
        if (finding_selected(&options->selection, finding))
            index_add(diagnosis->records->arena, &shown, finding->id, finding);
    }
    for (size_t i = 0; i < kept->list.n; i++)
        n += index_find(&shown, kept->list.items[i].identity) &&
             kept_finding_is(&kept->list.items[i], decision);
    return n;
}

/* One line below the report on a database as it is now, if people decided anything about what is
 * found. */
static enum err decided_print(struct session *session, struct printer *printer,
                              const struct check_options *options,
                              const struct diagnosis *diagnosis) {
    static const enum decision told[] = {DECIDED_ACCEPTED, DECIDED_ASSIGNED, DECIDED_SET_ASIDE};
    enum { TOLD = sizeof told / sizeof *told };
    const struct source *source = &options->source;
    struct kept_findings kept;
    struct db *db = NULL;
    const char *parts[TOLD];
    size_t n = 0;
    if (!source->url || source->revision)
        return OK;
    enum err err = store_open(session, source->url, DB_READ_ONLY, &db);
    if (!err)
        err = findings_read(db, session->arena, source->programme,
                            options->diagnosis.workbench.today, &kept);
    db_close(db);
    if (err)
        return err;
    for (size_t i = 0; i < TOLD; i++) {
        size_t count = decided_count(options, diagnosis, &kept, told[i]);
        if (count)
            parts[n++] = arena_format(session->arena, "%zu %s", count, decision_names[told[i]]);
    }
    if (n)
        print_wrapped(printer, "\n", "",
                      arena_format(session->arena,
                                   "What people decided about these: %s. `ithaca findings` tells "
                                   "more.",
                                   text_enumerate(session->arena, parts, n, n)));
    return OK;
}

static int diagnosis_print(struct session *session, const struct check_options *options,
                           const struct diagnosis *diagnosis) {
    struct printer printer = printer_new(stdout);
    size_t selected = 0;
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        selected += finding_selected(&options->selection, diagnosis->findings.items[i]);
    if (options->why)
        return why_print(session, diagnosis, options->why);
    if (options->format == FORMAT_JSON)
        render_json(stdout, diagnosis, &options->selection);
    else if (options->format == FORMAT_CSV)
        render_csv(stdout, diagnosis, &options->selection);
    else {
        render_text(&printer, diagnosis, &options->selection);
        if (decided_print(session, &printer, options, diagnosis) != OK)
            return session_refuse(session, NULL);
    }
    session_close(session);
    return selected ? EXIT_FINDINGS : EXIT_IN_ORDER;
}

/* A workbook with nothing in it yet: not an error to list, but a person to help. */
static int empty_explain(struct session *session, const char *path) {
    struct printer printer = printer_new(stderr);
    print_wrapped(&printer, "", NULL,
                  arena_format(session->arena,
                               "There is nothing in %s yet. This is what to fill in first; half an "
                               "hour is enough for a first diagnosis.",
                               path));
    for (size_t i = 0, number = 1; i < kind_count; i++) {
        if (!kinds[i]->beginner)
            continue;
        fputc('\n', stderr);
        print_wrapped(&printer, arena_format(session->arena, "%2zu. %s", number++, kinds[i]->sheet),
                      "    ", "");
        print_wrapped(&printer, "    ", NULL, kinds[i]->ask);
    }
    fputc('\n', stderr);
    print_wrapped(&printer, "", NULL,
                  "The first two sheets must have something in them; every other may stay empty, "
                  "and what is empty is never held against you. Most telling for little work: "
                  "three decisions you wait for, and whether it is settled who takes them.");
    session_close(session);
    return EXIT_UNUSABLE;
}

static bool sheets_are_empty(const struct sheets *sheets) {
    for (size_t i = 0; i < sheets->list.n; i++)
        if (kind_of_sheet(sheets->list.items[i].name) && sheets->list.items[i].rows.n > 1)
            return false;
    return true;
}

static int check(struct session *session, const struct sheets *sheets,
                 struct check_options *options) {
    struct rules rules;
    struct records records = records_new(session->arena);
    struct diagnosis diagnosis;
    struct problems *problems = &session->problems;
    if (sheets_are_empty(sheets))
        return empty_explain(session, sheets->path);
    if (records_read(sheets, &records, problems) != OK)
        return session_refuse(session, "This workbook cannot be used yet. Nothing was done with "
                                       "it.");
    session_remark(session);
    if (audience_check(session, &records, &options->diagnosis.audience) != OK)
        return session_refuse(session, NULL);
    enum err err = source_rules(session, &options->source, options->rules_folder, &rules);
    struct workbench *workbench = workbench_open(session->arena);
    if (!err)
        err = diagnosis_make(workbench, session->arena, &records, &session->content, &rules,
                             &options->diagnosis, &diagnosis, problems);
    workbench_close(workbench);
    if (err)
        return session_refuse(session, "There is something wrong with a rule.");
    return diagnosis_print(session, options, &diagnosis);
}

static int run(int argc, char **argv) {
    struct session session;
    struct check_options options = {.selection = {.level = -1, .outcome = -1}};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (options.bases.list.n)
        options.diagnosis.workbench.bases = &options.bases;
    options.source.or_all = true;
    if (options.all) {
        const struct check_all all = {options.source.url, options.rules_folder,
                                      options.format == FORMAT_JSON, &options.diagnosis,
                                      &options.selection};
        return check_all(&session, &all);
    }
    struct sheets sheets = {0};
    if (source_sheets(&session, &options.source, &sheets) != OK)
        return session_refuse(
            &session, options.source.path ? "This file cannot be read as a workbook." : NULL);
    return check(&session, &sheets, &options);
}

const struct command check_command = {
    .name = "check",
    .summary = "the diagnosis: what is broken, in order, or cannot be told",
    .help = "ithaca check WORKBOOK [options]\n"
            "ithaca check --db DATABASE [--programme KEY] [options]\n"
            "ithaca check --db DATABASE --all [options]\n"
            "\n"
            "Reads a programme's records from an .xlsx workbook or a folder of CSV files and\n"
            "says where its leadership arrangements are broken, where they are in order, and\n"
            "what cannot be told yet.\n"
            "\n"
            "  --as-of DAY            as things stood on that day; otherwise today\n"
            "  --why FINDING          all that is behind a finding, or all of a rule (A1):\n"
            "                         records, evidence, advice\n"
            "  --level LEVEL          system, organisation, \"transformation team\",\n"
            "                         \"care team\" or individual\n"
            "  --outcome OUTCOME      direction, alignment or commitment\n"
            "  --min-severity WORD    low, medium or high\n"
            "  --audience WHO         for whose eyes: lead (if nothing is said), team, sponsor,\n"
            "                         or person KEY. Findings about a person are told to that\n"
            "                         person; the lead reads what to change about the role,\n"
            "                         team and sponsor nothing\n"
            "  --in-order             everything that is in order; beside findings the list\n"
            "                         is otherwise kept short\n"
            "  --basis WORDS          only records that are stated, inferred, illustrative or\n"
            "                         own record; several with commas between them\n"
            "  --format FORMAT        text (for people), json or csv\n"
            "  --rules FOLDER         your own rules besides the built-in ones\n" SOURCE_HELP
            "  --all                  every programme in it, a line each with what was found\n"
            "\n"
            "Exit code: 0 no finding, 1 findings, 2 the workbook cannot be used.\n",
    .run = run,
};
