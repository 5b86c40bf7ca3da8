/* ithaca history: the diagnosis over time. */
#include "history/history.h"
#include "base/text.h"
#include "command/command.h"
#include "diagnosis/rule_check.h"
#include "history/render.h"
#include <string.h>
#include <unistd.h>

extern const struct command history_command;

enum format { FORMAT_TEXT, FORMAT_SVG, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "svg", "json", "csv"};

struct arguments {
    const char *path, *rules_folder, *output;
    enum format format;
    char from[DAY_SIZE], to[DAY_SIZE];
    struct names bases;
    struct audience audience;
};

/* Reads argv[*i]; false if it cannot be used, which has been said then. */
static bool argument_read(struct arena *arena, struct arguments *out, int argc, char **argv,
                          int *i) {
    const char *value;
    if ((value = option_value(argc, argv, i, "--format"))) {
        int choice =
            choice_option(&history_command, arena, "--format", value, format_names, FORMAT_COUNT);
        out->format = (enum format)choice;
        return choice >= 0;
    }
    if ((value = option_value(argc, argv, i, "--from")))
        return day_option(&history_command, "--from", value, out->from);
    if ((value = option_value(argc, argv, i, "--to")))
        return day_option(&history_command, "--to", value, out->to);
    if ((value = option_value(argc, argv, i, "--as-of")))
        return day_option(&history_command, "--as-of", value, out->to);
    if ((value = option_value(argc, argv, i, "--basis")))
        return bases_option(&history_command, arena, value, &out->bases);
    if ((value = option_value(argc, argv, i, "--audience")))
        return audience_option(&history_command, arena, value, argc, argv, i, &out->audience);
    if ((value = option_value(argc, argv, i, "--rules"))) {
        out->rules_folder = value;
    } else if ((value = option_value(argc, argv, i, "--output"))) {
        out->output = value;
    } else if (argv[*i][0] == '-' || out->path) {
        usage_refuse(&history_command, "\"%s\" is not understood here.", argv[*i]);
        return false;
    } else {
        out->path = argv[*i];
    }
    return true;
}

static bool arguments_read(struct session *session, struct arguments *out, int argc, char **argv) {
    day_today(out->to);
    for (int i = 1; i < argc; i++)
        if (!argument_read(session->arena, out, argc, argv, &i))
            return false;
    if (!out->path)
        usage_refuse(&history_command, "say which workbook to look at.");
    else if (out->output && (out->format != FORMAT_SVG || !*out->output))
        usage_refuse(&history_command, "--output names the file for the chart: write --format svg "
                                       "--output FILE.");
    else
        return true;
    return false;
}

/* ---- progress ---- */

static const char progress_form[] = "\rLooking at the records, day %zu ...";

static void progress_show(size_t days) {
    enum { EVERY = 10 }; /* days: some tenths of a second */
    if (days % EVERY == 0)
        fprintf(stderr, progress_form, days);
}

static void progress_clear(void) {
    fprintf(stderr, "\r%*s\r", (int)sizeof progress_form + 8, "");
}

/* ---- output ---- */

/* The chart goes into a new file, the tables beside it on the screen. */
static enum err chart_write(struct session *session, const struct history *history,
                            const char *path) {
    struct output output;
    output_open(&output, path);
    history_write_svg(output.file, history);
    return output_close(session, &output, OK);
}

static int history_show(struct session *session, const struct arguments *arguments,
                        const struct history *history) {
    struct printer printer = printer_new(stdout);
    int code = history->tracks.n ? EXIT_FINDINGS : EXIT_IN_ORDER;
    if (arguments->output) {
        if (chart_write(session, history, arguments->output) != OK)
            return session_refuse(session, NULL);
        history_print(&printer, history, false);
        printf("\nThe chart is in %s.\n", arguments->output);
    } else if (arguments->format == FORMAT_SVG) {
        history_write_svg(stdout, history);
    } else if (arguments->format == FORMAT_JSON) {
        history_write_json(stdout, history);
    } else if (arguments->format == FORMAT_CSV) {
        history_write_csv(stdout, history);
    } else {
        history_print(&printer, history, true);
    }
    session_close(session);
    return code;
}

static int history(struct session *session, const struct arguments *arguments) {
    struct records records;
    struct rules rules;
    struct history made;
    struct problems *problems = &session->problems;
    bool watched = isatty(STDERR_FILENO);
    struct history_options options = {
        .diagnosis = {.audience = arguments->audience},
        .from = *arguments->from ? arguments->from : NULL,
        .to = arguments->to,
        .progress = watched ? progress_show : NULL,
    };
    if (arguments->bases.list.n)
        options.diagnosis.workbench.bases = &arguments->bases;
    if (session_read(session, arguments->path, &records) != OK)
        return session_refuse(session, "This workbook cannot be used yet. Nothing was done with "
                                       "it.");
    enum err err = audience_check(session, &records, &arguments->audience);
    if (!err)
        err = rules_load(session->arena, &session->content, arguments->rules_folder, &rules,
                         problems);
    if (!err && arguments->rules_folder)
        err = rules_check(session->arena, &rules, problems);
    if (!err)
        err = history_make(session->arena, &records, &session->content, &rules, &options, &made,
                           problems);
    if (watched)
        progress_clear();
    return err ? session_refuse(session, NULL) : history_show(session, arguments, &made);
}

static int run(int argc, char **argv) {
    struct session session;
    struct arguments arguments = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(&session, &arguments, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return history(&session, &arguments);
}

const struct command history_command = {
    .name = "history",
    .summary = "the diagnosis over time: what broke, what closed, and when",
    .help = "ithaca history WORKBOOK [options]\n"
            "\n"
            "Reads a programme's records as of one day after the other and says what opened,\n"
            "what closed, and how long it stayed broken: a small picture, the days of change,\n"
            "and each finding from when to when. It reads the workbook as it is now; what it\n"
            "said on an earlier day is not known.\n"
            "\n"
            "  --from DAY             the first day; otherwise the day the programme began, or\n"
            "                         the first day in the records if that is not written down\n"
            "  --to DAY, --as-of DAY  the last day; otherwise today\n"
            "  --audience WHO         for whose eyes: lead, team, sponsor or person KEY, as for\n"
            "                         check\n"
            "  --basis WORDS          only records that are stated, inferred, illustrative or\n"
            "                         own record; several with commas between them\n"
            "  --format FORMAT        text (for people), svg (a chart), json or csv\n"
            "  --output FILE          the chart into a new file, and the text to the screen\n"
            "  --rules FOLDER         your own rules besides the built-in ones\n"
            "\n"
            "Exit code: 0 nothing was broken in that time, 1 something was, 2 the workbook\n"
            "cannot be used.\n",
    .run = run,
};
