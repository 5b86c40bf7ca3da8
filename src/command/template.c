/* ithaca template: an empty workbook that explains itself. */
#include "command/command.h"
#include "workbook/workbook.h"

extern const struct command template_command;

static int run(int argc, char **argv) {
    if (argc != 2 || argv[1][0] == '-')
        return usage_refuse(&template_command,
                            "say which file to write: ithaca template FILE.xlsx");
    struct session session;
    enum err err = session_open(&session);
    struct records records = records_new(session.arena);
    if (!err)
        err = xlsx_write(&records, argv[1], &session.problems);
    if (err)
        return session_refuse(&session, "The workbook was not written.");
    printf("Wrote %s. Its first sheet tells how to fill it in.\n"
           "Then: ithaca check %s\n",
           argv[1], argv[1]);
    session_close(&session);
    return EXIT_IN_ORDER;
}

const struct command template_command = {
    .name = "template",
    .summary = "write an empty workbook (.xlsx) to fill in",
    .help = "ithaca template FILE.xlsx\n"
            "\n"
            "Writes an empty workbook. Its first sheet explains it in a page; the sheets to begin\n"
            "with come first, the others can stay empty. Headings carry hints, cells drop-down\n"
            "lists. An existing file is left alone.\n",
    .run = run,
};
