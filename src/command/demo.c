/* ithaca demo: the diagnosis of the sample that is built in. */
#include "base/text.h"
#include "command/command.h"
#include "workbook/workbook.h"
#include <string.h>

extern const struct command demo_command;

static const char sample[] = "samples/oxfordshire/";
static const char sample_day[] = "2017-12-31";

static enum err sample_read(struct session *session, struct sheets *out) {
    struct files files = {0};
    enum err err = OK;
    files_add_builtin(session->arena, &files, sample, ".csv");
    out->path = sample;
    for (size_t i = 0; i < files.list.n && !err; i++) {
        const struct file *file = &files.list.items[i];
        const char *name = file->path + strlen(sample);
        name = arena_copy_n(session->arena, name, strlen(name) - strlen(".csv"));
        err = csv_read_text(session->arena, file->path, name, file->text, out, &session->problems);
    }
    return err;
}

static int run(int argc, char **argv) {
    struct session session;
    struct sheets sheets = {0};
    if (argc > 1)
        return usage_refuse(&demo_command, "\"%s\" is not understood here.", argv[1]);
    enum err err = session_open(&session);
    if (!err)
        err = sample_read(&session, &sheets);
    if (err)
        return session_refuse(&session, "Something is wrong with the program itself.");
    printf("A real programme from a published case study, as it stood on %s. Names are\n"
           "roles; every record says where in the paper it comes from.\n\n",
           day_long(session.arena, sample_day));
    int code = check_sheets(&session, &sheets, sample_day);
    return code == EXIT_UNUSABLE ? EXIT_UNUSABLE : EXIT_IN_ORDER;
}

const struct command demo_command = {
    .name = "demo",
    .summary = "the diagnosis of a sample programme",
    .help =
        "ithaca demo\n"
        "\n"
        "Prints the diagnosis of the integrated diabetes programme of a published case study.\n",
    .run = run,
};
