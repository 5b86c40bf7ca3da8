/* ithaca whatif: what changes if somebody leaves, or something is added, before it happens. */
#include "base/text.h"
#include "command/source.h"
#include "whatif/render.h"
#include "workbook/workbook.h"
#include <string.h>
#include <unistd.h>

extern const struct command whatif_command;

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "json", "csv"};

struct whatif_options {
    struct source source;
    const char *with, *rules_folder;
    struct names without;
    int format; /* enum format */
    bool sweep;
    struct diagnosis_options diagnosis;
};

/* What the options ask for must make sense together. */
static const char *options_fault(const struct whatif_options *options) {
    if (options->sweep && (options->without.list.n || options->with))
        return "--sweep takes everybody away in turn; leave --without and --with out.";
    if (options->sweep && options->diagnosis.audience.reader != READER_LEAD)
        return "--sweep says of each person what hangs on them: it is for the lead alone.";
    if (!options->sweep && !options->without.list.n && !options->with)
        return "say who or what would go (--without KEY), or come (--with FILE), or --sweep.";
    if (options->format == FORMAT_CSV && !options->sweep)
        return "--format csv goes with --sweep; otherwise text or json.";
    return NULL;
}

/* False if they cannot be used, which has been said then. */
static bool arguments_read(struct arena *arena, struct whatif_options *out, int argc, char **argv) {
    const struct option options[] = {
        {"--without", .texts = &out->without},
        {"--with", .text = &out->with},
        {"--on", .day = out->diagnosis.workbench.today},
        {"--format", .choice = &out->format, .choices = format_names, .choice_count = FORMAT_COUNT},
        {"--rules", .text = &out->rules_folder},
        {"--audience", .audience = &out->diagnosis.audience},
        {"--sweep", .flag = &out->sweep},
        {0},
    };
    day_today(out->diagnosis.workbench.today);
    if (!source_options_read(&whatif_command, arena, options, argc, argv, &out->source))
        return false;
    const char *fault = options_fault(out);
    if (fault)
        usage_refuse(&whatif_command, "%s", fault);
    return !fault;
}

/* The person of that key, else the post, else the organisation; "post:chair" says which. */
static const struct record *record_without(struct session *session, const struct records *records,
                                           const char *key) {
    static const char *const kind_names[] = {"person", "post", "organisation"};
    const char *colon = strchr(key, ':');
    const char *named = colon ? arena_copy_n(session->arena, key, (size_t)(colon - key)) : NULL;
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        const struct kind *kind = kind_find(kind_names[i]);
        if (colon && text_equal(named, kind->name))
            return record_needed(session, records, kind, colon + 1) == OK
                       ? records_find(records, kind, colon + 1)
                       : NULL;
        if (!colon && records_find(records, kind, key))
            return records_find(records, kind, key);
    }
    enum err err = record_needed(session, records, kind_find("person"), key); /* says the nearest */
    return err ? NULL : records_find(records, kind_find("person"), key);
}

/* Somebody who is not there any more cannot leave: what went with them is to be seen at an earlier
 * day. */
static enum err still_there_check(struct session *session, const struct record *record,
                                  const char *day) {
    const char *until = record_value(record, "until");
    struct when when;
    if (!until || !when_parse(until, &when) || (when.last[0] && strcmp(when.last, day) >= 0))
        return OK;
    problem_add(&session->problems,
                (struct place){.file = record->file, .sheet = record->sheet, .row = record->row},
                "\"%s\" is not there any more on %s: the last day was %s. To see what went with "
                "that, ask for an earlier day: --on %s. What is still open from then, `ithaca "
                "check` tells.",
                record->id, day_long(session->arena, day),
                when.last[0] ? day_long(session->arena, when.last) : "long ago",
                when.last[0] ? when.last : "YYYY-MM-DD");
    return ERR_INPUT;
}

/* Nobody can go twice. */
static bool goes_already(const struct whatif_question *question, const struct record *record) {
    for (size_t i = 0; i < question->without.list.n; i++)
        if (question->without.list.items[i] == record)
            return true;
    return false;
}

static enum err question_fill(struct session *session, const struct whatif_options *options,
                              const struct records *now, const struct records *with,
                              struct whatif_question *question) {
    size_t problems_before = session->problems.list.n;
    *question = (struct whatif_question){
        .now = now, .with = with, .diagnosis = options->diagnosis, .content = &session->content};
    for (size_t i = 0; i < options->without.list.n; i++) {
        const struct record *record = record_without(session, now, options->without.list.items[i]);
        if (record && !goes_already(question, record) &&
            still_there_check(session, record, options->diagnosis.workbench.today) == OK)
            list_add(session->arena, &question->without.list, record);
    }
    return session->problems.list.n == problems_before ? OK : ERR_INPUT;
}

static bool progress_show(void *context, size_t done, size_t of) {
    (void)context;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, done < of ? "\r%zu of %zu people" : "\r                        \r", done,
                of);
    return true;
}

static enum err answer_print(struct session *session, const struct whatif_options *options,
                             const struct whatif_question *question) {
    struct printer printer = printer_new(stdout);
    struct workbench *workbench = workbench_open(session->arena);
    struct whatif whatif;
    struct sweep sweep;
    enum err err = options->sweep ? sweep_make(workbench, session->arena, question, progress_show,
                                               NULL, &sweep, &session->problems)
                                  : whatif_make(workbench, session->arena, question, &whatif,
                                                &session->problems);
    workbench_close(workbench);
    if (err)
        return err;
    if (options->sweep && options->format == FORMAT_JSON)
        sweep_render_json(stdout, question, &sweep);
    else if (options->sweep && options->format == FORMAT_CSV)
        sweep_render_csv(stdout, question, &sweep);
    else if (options->sweep)
        sweep_render_text(&printer, question, &sweep);
    else if (options->format == FORMAT_JSON)
        whatif_render_json(stdout, &whatif);
    else
        whatif_render_text(&printer, &whatif);
    return OK;
}

/* The workbook, and the workbook with what the other file adds. */
static enum err records_both(struct session *session, const struct whatif_options *options,
                             struct records *now, struct records *with) {
    struct sheets base = {0}, more = {0};
    struct problems *problems = &session->problems;
    *now = records_new(session->arena);
    *with = records_new(session->arena);
    if (source_sheets(session, &options->source, &base) != OK ||
        records_read(&base, now, problems) != OK)
        return ERR_INPUT;
    if (!options->with) {
        session_remark(session);
        return OK;
    }
    if (workbook_read(session->arena, options->with, &more, problems) != OK)
        return ERR_INPUT;
    records_add(&base, with, problems);
    records_add(&more, with, problems);
    enum err err = records_finish(with, problems);
    if (!err)
        session_remark(session);
    return err;
}

static int run(int argc, char **argv) {
    struct session session;
    struct whatif_options options = {0};
    struct records now, with;
    struct rules rules;
    struct whatif_question question;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (records_both(&session, &options, &now, &with) != OK)
        return session_refuse(&session, "This cannot be used yet. Nothing was done with it.");
    if (audience_check(&session, &now, &options.diagnosis.audience) != OK ||
        question_fill(&session, &options, &now, options.with ? &with : &now, &question) != OK ||
        source_rules(&session, &options.source, options.rules_folder, &rules) != OK)
        return session_refuse(&session, NULL);
    question.rules = &rules;
    if (answer_print(&session, &options, &question) != OK)
        return session_refuse(&session, "There is something wrong with a rule.");
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command whatif_command = {
    .name = "whatif",
    .summary = "what changes if somebody leaves or comes; a handover sheet",
    .help = "ithaca whatif WORKBOOK --without KEY [--without KEY ...] [options]\n"
            "ithaca whatif WORKBOOK --with FILE [options]\n"
            "ithaca whatif WORKBOOK --sweep [options]\n"
            "\n"
            "Says what would change before it happens: decisions, messages and promises that\n"
            "nobody would carry, partners and people cut off, findings that would appear, and\n"
            "a handover sheet for whoever would go. The workbook stays as it is.\n"
            "\n"
            "  --without KEY      the person, post or organisation that would go; where\n"
            "                     several have the key, the person, unless you write\n"
            "                     post:KEY or organisation:KEY\n"
            "  --with FILE        rows that would come: a workbook, in any form, with only\n"
            "                     these rows\n"
            "  --sweep            everybody in turn, ordered by what would be lost\n"
            "  --on DAY           from that day; otherwise today\n"
            "  --audience WHO     lead, team, sponsor or person KEY (`ithaca help check`)\n"
            "  --format FORMAT    text, json; with --sweep also csv\n"
            "  --rules FOLDER     your own rules besides the built-in ones\n"
            "\n"
            "A programme in a database instead of a workbook: --db, --programme, --revision, as\n"
            "for check.\n"
            "\n"
            "Exit code: 0 answered, 2 the workbook or the question cannot be used.\n",
    .run = run,
};
