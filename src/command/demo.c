/* ithaca demo: the diagnosis of the sample that is built in. */
#include "base/text.h"
#include "command/command.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct command check_command, demo_command;

static const char sample[] = "samples/oxfordshire/";
static const char sample_day[] = "2017-12-31";

static enum err file_write(struct session *session, const char *path, const char *text) {
    FILE *out = fopen(path, "wb");
    bool good = out && fputs(text, out) >= 0;
    if (out && fclose(out) != 0)
        good = false;
    if (good)
        return OK;
    problem_add(&session->problems, (struct place){.file = path}, "This could not be written: %s.",
                strerror(errno));
    return ERR_IO;
}

/* Unpacks the sample into `folder`, adding what it wrote to `written`. */
static enum err sample_unpack(struct session *session, const char *folder, struct names *written) {
    struct files files = {0};
    enum err err = OK;
    files_add_builtin(session->arena, &files, sample, ".csv");
    for (size_t i = 0; i < files.list.n && !err; i++) {
        const char *path = arena_format(session->arena, "%s/%s", folder,
                                        files.list.items[i].path + strlen(sample));
        err = file_write(session, path, files.list.items[i].text);
        list_add(session->arena, &written->list, path);
    }
    return err;
}

static int run(int argc, char **argv) {
    struct session session;
    struct names written = {0};
    if (argc > 1)
        return usage_refuse(&demo_command, "\"%s\" is not understood here.", argv[1]);
    enum err err = session_open(&session);
    const char *temporary = getenv("TMPDIR");
    char *folder =
        arena_format(session.arena, "%s/ithaca-demo-XXXXXX", temporary ? temporary : "/tmp");
    if (!err && !mkdtemp(folder)) {
        problem_add(&session.problems, (struct place){.file = folder},
                    "This folder could not be made: %s.", strerror(errno));
        err = ERR_IO;
    }
    if (!err)
        err = sample_unpack(&session, folder, &written);
    if (err)
        return session_refuse(&session, "The demonstration could not be set up.");
    printf("A real programme from a published case study, as it stood on %s. Names are\n"
           "roles; every record says where in the paper it comes from.\n\n",
           day_long(session.arena, sample_day));
    fflush(stdout);
    char *arguments[] = {"check", "--as-of", (char[]){"2017-12-31"}, "--basis", "stated,inferred",
                         folder,  NULL};
    int code = check_command.run(6, arguments);
    for (size_t i = 0; i < written.list.n; i++)
        unlink(written.list.items[i]);
    rmdir(folder);
    session_close(&session);
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
