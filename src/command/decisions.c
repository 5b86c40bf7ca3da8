/* ithaca decisions: for each decision, the path from the team to everyone who decides. */
#include "decisions/decisions.h"
#include "base/text.h"
#include "command/source.h"
#include <stdint.h>
#include <string.h>

extern const struct command decisions_command;

enum format { FORMAT_TEXT, FORMAT_SVG, FORMAT_CSV, FORMAT_JSON, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"text", "svg", "csv", "json"};

struct decisions_options {
    struct source source;
    const char *decision, *output;
    bool scheme;
    int format; /* enum format */
    struct diagnosis_options diagnosis;
};

/* False if they cannot be used, which has been said then. */
static bool arguments_read(struct arena *arena, struct decisions_options *out, int argc,
                           char **argv) {
    const struct option options[] = {
        {"--format", .choice = &out->format, .choices = format_names, .choice_count = FORMAT_COUNT},
        {"--as-of", .day = out->diagnosis.workbench.today},
        {"--decision", .text = &out->decision},
        {"--output", .text = &out->output},
        {"--scheme", .flag = &out->scheme},
        {0},
    };
    day_today(out->diagnosis.workbench.today);
    return source_options_read(&decisions_command, arena, options, argc, argv, &out->source);
}

/* Of several, those that are open; what is settled needs no path. */
static enum err picture_choose(const struct decisions_options *options, struct decisions *decisions,
                               struct problems *problems) {
    struct decisions open = decisions_open(decisions, SIZE_MAX);
    if (decisions->unraised) {
        problem_add(problems, (struct place){0}, "As of %s: %s Ask for a later day with --as-of.",
                    day_long(decisions->arena, decisions->as_of),
                    decisions_unraised_say(decisions));
        return ERR_INPUT;
    }
    if (options->decision)
        return OK;
    *decisions = open;
    if (open.list.n && open.list.n <= DECISIONS_PER_MAP_MAX)
        return OK;
    if (open.list.n)
        problem_add(problems, (struct place){0},
                    "%zu open decisions make too large a picture. Ask for one: --decision KEY, "
                    "with a key from the sheet Decisions.",
                    open.list.n);
    else
        problem_add(problems, (struct place){0},
                    "There is no open decision to draw. Write one that you wait for on the sheet "
                    "Decisions, or ask for one that was taken: --decision KEY.");
    return ERR_INPUT;
}

static enum err svg_print(FILE *out, const struct decisions_options *options,
                          const struct decisions *decisions, struct problems *problems) {
    struct decisions drawn = *decisions;
    char *svg;
    enum err err = picture_choose(options, &drawn, problems);
    if (!err)
        err = decisions_render_svg(&drawn, &svg, problems);
    if (!err)
        fputs(svg, out);
    return err;
}

static enum err print(FILE *out, const struct decisions_options *options,
                      const struct decisions *decisions, struct problems *problems) {
    struct printer printer = printer_new(out);
    switch (options->format) {
    case FORMAT_SVG:
        return svg_print(out, options, decisions, problems);
    case FORMAT_CSV:
        decisions_render_csv(out, decisions);
        return OK;
    case FORMAT_JSON:
        decisions_render_json(out, decisions);
        return OK;
    default:
        break;
    }
    if (options->scheme) {
        decisions_render_scheme(&printer, decisions);
        return OK;
    }
    decisions_render_text(&printer, decisions);
    decisions_render_key(&printer, decisions);
    return OK;
}

static enum err answer_print(struct session *session, const struct decisions_options *options,
                             const struct decisions *decisions) {
    struct output output;
    output_open(&output, options->output);
    enum err err = print(output.file, options, decisions, &session->problems);
    return output_close(session, &output, err);
}

static int run(int argc, char **argv) {
    struct session session;
    struct records records;
    struct decisions decisions;
    struct decisions_options options = {.format = FORMAT_TEXT};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &options, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (source_read(&session, &options.source, &records) != OK)
        return session_refuse(&session, "This workbook cannot be used yet. Nothing was done with "
                                        "it.");
    if (options.decision &&
        record_needed(&session, &records, kind_find("decision"), options.decision) != OK)
        return session_refuse(&session, NULL);
    struct workbench *workbench = workbench_open(session.arena);
    enum err err = decisions_read(workbench, session.arena, &records, &session.content,
                                  &options.diagnosis, &decisions, &session.problems);
    workbench_close(workbench);
    if (err)
        return session_refuse(&session, "There is something wrong with a rule.");
    if (options.decision)
        decisions = decisions_only(&decisions, options.decision);
    if (answer_print(&session, &options, &decisions) != OK)
        return session_refuse(&session, NULL);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command decisions_command = {
    .name = "decisions",
    .summary = "who decides what, who tells them, and what is broken on the way",
    .help = "ithaca decisions WORKBOOK [options]\n"
            "\n"
            "For each open decision: who decides, who must agree, and how the team's messages\n"
            "reach them. Broken links are named, with the rule that finds them and the next\n"
            "step. What was decided already follows in short.\n"
            "\n"
            "  --as-of DAY      as things stood on that day; otherwise today\n"
            "  --decision KEY   one decision only, open or not\n"
            "  --scheme         the scheme of delegation instead: every right over every\n"
            "                   decision, who holds it, up to which sum, handed down by whom,\n"
            "                   since when, written in which document\n"
            "  --format FORMAT  text (for people), svg (a map of the open decisions), csv (the\n"
            "                   scheme of delegation for a spreadsheet) or json\n"
            "  --output FILE    into a new file instead of the screen\n"
            "\n"
            "A programme in a database instead of a workbook: --db, --programme, --revision, as\n"
            "for check.\n"
            "\n"
            "Exit code: 0 printed, whatever it says; 2 the workbook cannot be used.\n",
    .run = run,
};
