/* ithaca history: the diagnosis over time. */
#include "history/history.h"
#include "base/text.h"
#include "command/source.h"
#include "history/render.h"
#include <string.h>
#include <unistd.h>

extern const struct command history_command;

enum format { FORMAT_TEXT, FORMAT_SVG, FORMAT_JSON, FORMAT_CSV, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "svg", "json", "csv"};

struct arguments {
    struct source source;
    const char *rules_folder, *output;
    int format; /* enum format */
    char from[DAY_SIZE], to[DAY_SIZE];
    struct names bases;
    struct audience audience;
};

/* False if they cannot be used, which has been said then. */
static bool arguments_read(struct arena *arena, struct arguments *out, int argc, char **argv) {
    const struct option options[] = {
        {"--format", .choice = &out->format, .choices = format_names, .choice_count = FORMAT_COUNT},
        {"--from", .day = out->from},
        {"--to", .day = out->to},
        {"--as-of", .day = out->to},
        {"--basis", .bases = &out->bases},
        {"--audience", .audience = &out->audience},
        {"--rules", .text = &out->rules_folder},
        {"--output", .text = &out->output},
        {0},
    };
    day_today(out->to);
    if (!source_options_read(&history_command, arena, options, argc, argv, &out->source))
        return false;
    if (out->output && out->format != FORMAT_SVG) {
        usage_refuse(&history_command, "--output names the file for the chart: write --format svg "
                                       "--output FILE.");
        return false;
    }
    return true;
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
    if (source_read(session, &arguments->source, &records) != OK)
        return session_refuse(session, "This workbook cannot be used yet. Nothing was done with "
                                       "it.");
    enum err err = audience_check(session, &records, &arguments->audience);
    if (!err)
        err = source_rules(session, &arguments->source, arguments->rules_folder, &rules);
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
    if (!arguments_read(session.arena, &arguments, argc, argv)) {
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
            "A programme in a database instead of a workbook: --db, --programme, --revision, as\n"
            "for check.\n"
            "\n"
            "Exit code: 0 nothing was broken in that time, 1 something was, 2 the workbook\n"
            "cannot be used.\n",
    .run = run,
};
