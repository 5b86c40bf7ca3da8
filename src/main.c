/* Ithaca: where the leadership arrangements of an integrated-care programme are broken, where they
 * are in order, on what evidence, and what to do next. This file finds the command and runs it. */
#include "base/text.h"
#include "command/command.h"
#include <locale.h>
#include <signal.h>
#include <sqlite3.h>

static const struct command *command_find(const char *name) {
    for (size_t i = 0; i < command_count; i++)
        if (text_equal(commands[i]->name, name))
            return commands[i];
    return NULL;
}

static int refuse_unknown(const char *name) {
    struct arena *arena = arena_new(1024 * 1024);
    const char **names = arena_alloc_array(arena, command_count, sizeof *names);
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i]->name;
    const char *nearest = text_nearest(arena, name, names, command_count);
    fprintf(stderr, "ithaca: there is no command \"%s\".", name);
    if (nearest)
        fprintf(stderr, " Did you mean \"%s\"?", nearest);
    fputs("\n`ithaca help` lists the commands.\n", stderr);
    arena_free(arena);
    return EXIT_UNUSABLE;
}

/* The exit code, unless what was printed did not arrive: half a diagnosis is no diagnosis. */
static int finish(int code) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fputs("ithaca: the output could not be written; is the disk full?\n", stderr);
    return EXIT_UNUSABLE;
}

int main(int argc, char **argv) {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* each process has one: no locks are needed */
    setlocale(LC_CTYPE, "");
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow further is an error with a message */
    const char *name = argc > 1 ? argv[1] : "help";
    if (text_equal(name, "--help") || text_equal(name, "-h"))
        name = "help";
    if (text_equal(name, "--version"))
        name = "version";
    const struct command *command = command_find(name);
    if (!command)
        return refuse_unknown(name);
    if (argc > 2 && (text_equal(argv[2], "--help") || text_equal(argv[2], "-h"))) {
        fputs(command->help, stdout);
        return finish(EXIT_IN_ORDER);
    }
    return finish(command->run(argc > 1 ? argc - 1 : argc, argc > 1 ? argv + 1 : argv));
}
