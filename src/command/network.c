/* ithaca network: the measures of who is tied to whom, in numbers, each with its definition. */
#include "base/text.h"
#include "command/ties.h"
#include "diagnosis/network_report.h"

extern const struct command network_command;

static const char *const formats[] = {"text", "json", "csv"};

static enum err answer_print(struct session *session, const struct ties_options *options,
                             const struct network_report *report) {
    struct output output;
    output_open(&output, options->output);
    struct printer printer = printer_new(output.file);
    if (text_equal(options->format, "json"))
        network_report_json(output.file, report);
    else if (text_equal(options->format, "csv"))
        network_report_csv(output.file, session->arena, report);
    else
        network_report_text(&printer, session->arena, report);
    return output_close(session, &output, OK);
}

static int run(int argc, char **argv) {
    struct session session;
    struct ties_options options;
    struct partnership partnership;
    struct map map;
    struct network_report report;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!ties_arguments(&network_command, session.arena, argc, argv, formats,
                        sizeof formats / sizeof *formats, &options)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (ties_read(&session, &options, &partnership, &map) != OK)
        return session_refuse(&session, "This workbook cannot be used yet. Nothing was done with "
                                        "it.");
    if (network_report_make(session.arena, &partnership, &map, &report, &session.problems) != OK ||
        answer_print(&session, &options, &report) != OK)
        return session_refuse(&session, NULL);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command network_command = {
    .name = "network",
    .summary = "who is tied to whom, in numbers, each with how it is counted",
    .help = "ithaca network WORKBOOK [options]\n"
            "\n"
            "Measures the ties between people: how dense, in how many pieces, how far on one\n"
            "person, whether they cross organisations, sectors and professions more or less\n"
            "than by chance, who brokers between whom. Each measure says what it means here\n"
            "and how it is counted. `ithaca map` shows the same people by name.\n"
            "\n"
            "  --as-of DAY        as things stood on that day; otherwise today\n"
            "  --ties KINDS       only these kinds of tie: shared team, message route,\n"
            "                     relationship, line management; several with commas\n"
            "                     between them\n"
            "  --format FORMAT    text, json (with everybody's figures) or csv\n"
            "  --output FILE      into a new file; otherwise to the screen\n"
            "\n"
            "Exit code: 0 done, 2 the workbook cannot be used.\n",
    .run = run,
};
