/* ithaca convert: the same records in the other form. */
#include "command/command.h"
#include "workbook/workbook.h"

extern const struct command convert_command;

static int run(int argc, char **argv) {
    if (argc != 3 || argv[1][0] == '-' || argv[2][0] == '-')
        return usage_refuse(&convert_command, "say what to read and what to write.");
    struct session session;
    struct records records;
    const char *to = argv[2];
    enum err err = session_open(&session);
    if (!err)
        err = session_read(&session, argv[1], &records);
    if (err)
        return session_refuse(&session, "This workbook cannot be used yet. Nothing was written.");
    err = workbook_write_as(&records, to, &session.problems);
    if (err)
        return session_refuse(&session, "Nothing was written.");
    printf("Wrote %s: %zu records.\n", to, records_count(&records));
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command convert_command = {
    .name = "convert",
    .summary = "turn a workbook into a folder of CSV files, or back",
    .help = "ithaca convert FROM TO\n"
            "\n"
            "FROM is an .xlsx workbook or a folder of CSV files. TO is written as an .xlsx\n"
            "workbook if its name ends so, as a folder of CSV files otherwise. Nothing is lost\n"
            "either way. What is there already is left alone.\n",
    .run = run,
};
