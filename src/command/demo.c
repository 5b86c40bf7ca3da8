/* ithaca demo: the sample that is built in, written into a folder, and what the other commands say
 * of it. It runs them as a person would, and shows how they are called; then it serves the pages.
 */
#include "base/text.h"
#include "command/demo_site.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command demo_command;

static const char sample[] = "samples/oxfordshire/";
#define FOLDER "ithaca-demo"
#define WORKBOOK "ithaca-demo/oxfordshire"
#define MAP "ithaca-demo/map.svg"
#define DECISIONS "ithaca-demo/decisions.svg"
#define DATABASE "ithaca-demo/demo.db"
#define DAY "2017-12-31"

struct step {
    const char *say;         /* what it is for */
    const char *output;      /* the file it writes, or NULL */
    const char *const *argv; /* ends with NULL */
};

#define STEP(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct step steps[] = {
    {"The diagnosis", NULL, STEP("check", WORKBOOK, "--as-of", DAY)},
    {"What if the commissioner who hosts the team leaves?", NULL,
     STEP("whatif", WORKBOOK, "--without", "commissioner-host-3", "--on", DAY)},
    {"Who is tied to whom, as a picture", MAP,
     STEP("map", WORKBOOK, "--as-of", DAY, "--format", "svg", "--output", MAP)},
    {"How decisions are reached, as a picture", DECISIONS,
     STEP("decisions", WORKBOOK, "--as-of", DAY, "--format", "svg", "--output", DECISIONS)},
};

/* Writes one file of the sample anew; what was there of an earlier demo goes. */
static enum err sample_file_write(struct session *session, const struct file *file) {
    const char *path = arena_format(session->arena, "%s/%s", WORKBOOK, file->path + strlen(sample));
    unlink(path);
    return session_write(session, path, file->text, strlen(file->text));
}

static enum err folder_make(struct session *session, const char *path) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return OK;
    problem_add(&session->problems, (struct place){.file = path},
                "This folder cannot be made: %s. Change to a folder that you may write in.",
                strerror(errno));
    return ERR_IO;
}

static enum err sample_write(struct session *session) {
    struct files files = {0};
    enum err err = folder_make(session, FOLDER);
    if (!err)
        err = folder_make(session, WORKBOOK);
    files_add_builtin(session->arena, &files, sample, ".csv");
    for (size_t i = 0; i < files.list.n && !err; i++)
        err = sample_file_write(session, &files.list.items[i]);
    return err;
}

static const struct command *command_named(const char *name) {
    for (size_t i = 0; i < command_count; i++)
        if (text_equal(commands[i]->name, name))
            return commands[i];
    return NULL;
}

static int step_run(const struct step *step) {
    enum { ARGUMENTS_MAX = 16 };
    char *argv[ARGUMENTS_MAX];
    int argc = 0;
    struct printer printer = printer_new(stdout);
    print_heading(&printer, step->say);
    fputs("$ ithaca", stdout);
    while (step->argv[argc]) {
        argv[argc] = (char *)step->argv[argc];
        printf(" %s", argv[argc++]);
    }
    argv[argc] = NULL;
    fputs("\n\n", stdout);
    fflush(stdout);
    if (step->output)
        unlink(step->output);
    int code = command_named(argv[0])->run(argc, argv);
    if (step->output && code != EXIT_UNUSABLE)
        printf("Written to %s; a browser shows it.\n", step->output);
    return code;
}

static int run(int argc, char **argv) {
    struct session session;
    int code = EXIT_IN_ORDER;
    if (argc > 1)
        return usage_refuse(&demo_command, "\"%s\" is not understood here.", argv[1]);
    enum err err = session_open(&session);
    if (!err)
        err = sample_write(&session);
    if (err)
        return session_refuse(&session, "The demo cannot be shown.");
    puts("A real programme from a published case study, as it stood on 31 December 2017.\n"
         "Names are roles; every record says where in the paper it comes from. Its sheets\n"
         "are in " WORKBOOK ".");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (step_run(&steps[i]) == EXIT_UNUSABLE)
            code = EXIT_UNUSABLE;
    if (demo_site(&session, WORKBOOK, DATABASE, DAY, !isatty(STDOUT_FILENO)) != OK)
        return session_refuse(&session, "The pages cannot be shown.");
    session_close(&session);
    return code;
}

const struct command demo_command = {
    .name = "demo",
    .summary = "a sample programme: diagnosis, what if, pictures, pages",
    .help = "ithaca demo\n"
            "\n"
            "Writes the records of the integrated diabetes programme of a published case study\n"
            "into the folder ithaca-demo, and shows what the other commands make of them: the\n"
            "diagnosis, what would be lost if somebody left, and two pictures. Then, on a\n"
            "terminal, it answers pages on http://127.0.0.1:8080 (or another port, if that is\n"
            "taken) and prints an address that lets you in; Ctrl-C ends it. Without a terminal\n"
            "it sees whether the pages answer, and ends.\n",
    .run = run,
};
