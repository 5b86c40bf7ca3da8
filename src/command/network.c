/* ithaca network: the measures of who is tied to whom, in numbers, each with its definition. */
#include "base/text.h"
#include "command/ties.h"
#include "diagnosis/network_report.h"

extern const struct command network_command;

static const char *const formats[] = {"text", "json", "csv"};

static enum err answer_print(struct session *session, const struct ties *ties) {
    struct network_report report;
    struct output output;
    if (network_report_make(session->arena, &ties->partnership, &ties->map, &report,
                            &session->problems) != OK)
        return ERR_INPUT;
    output_open(&output, ties->output);
    struct printer printer = printer_new(output.file);
    if (text_equal(ties->format, "json"))
        network_report_json(output.file, &report);
    else if (text_equal(ties->format, "csv"))
        network_report_csv(output.file, session->arena, &report);
    else
        network_report_text(&printer, session->arena, &report);
    return output_close(session, &output, OK);
}

static int run(int argc, char **argv) {
    return ties_run(&network_command, argc, argv, formats, sizeof formats / sizeof *formats,
                    answer_print);
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
            "A programme in a database instead of a workbook: --db, --programme, --revision, as\n"
            "for check.\n"
            "\n"
            "Exit code: 0 done, 2 the workbook cannot be used.\n",
    .run = run,
};
