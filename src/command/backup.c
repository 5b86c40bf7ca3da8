/* ithaca backup: a whole database into one file. */
#include "backups/backups.h"
#include "command/options.h"
#include "command/store.h"
#include "command/verdict.h"

extern const struct command backup_command;

static bool arguments_read(struct arena *arena, int argc, char **argv, const char **url,
                           const char **path) {
    const struct option options[] = {{"--db", .text = url}, {0}};
    if (!options_read_with(&backup_command, arena, options, NULL, argc, argv, path))
        return false;
    if (!*path)
        usage_refuse(&backup_command, "say into which file.");
    return *path && store_named(&backup_command, *url);
}

static int backup(struct session *session, const char *url, const char *path) {
    struct contents contents;
    struct printer printer = printer_new(stdout);
    const struct backup_watch watch = store_watch();
    enum err err = backup_make(session->arena, &session->problems, url, path, &watch, &contents);
    store_watch_end(&watch);
    if (err)
        return session_refuse(session, "No backup was made.");
    if (contents.is_older)
        printf("Wrote %s, as an older Ithaca made it.\n", path);
    else
        printf("Wrote %s: %zu %s.\n", path, contents.programmes.n,
               contents.programmes.n == 1 ? "programme" : "programmes");
    if (!contents.is_older && !backup_note(session->arena, url, path, &contents))
        fputs("The database could not be written to: the site's page does not tell of it.\n",
              stderr);
    verdicts_tell(&printer, session->arena, &contents);
    int code = verdicts_exit(&contents);
    session_close(session);
    return code;
}

static int run(int argc, char **argv) {
    struct session session;
    const char *url = NULL, *path = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, argc, argv, &url, &path)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return backup(&session, url, path);
}

const struct command backup_command = {
    .name = "backup",
    .summary = "copy a whole database into one file",
    .help = "ithaca backup --db DATABASE FILE\n"
            "\n"
            "Copies everything (all programmes with their whole history) as of one moment\n"
            "into a new file, while others go on working. Then it looks through the copy.\n"
            "The file is there whole, or not at all; nothing is written over. It holds what\n"
            "you wrote about people: keep it as carefully as the database.\n"
            "\n"
            "`ithaca restore --verify FILE` checks it later; `ithaca restore` brings it back.\n"
            "\n"
            "Exit code: 0 written; 1 written, but the history in it was altered (the output\n"
            "says where); 2 no backup was made.\n",
    .run = run,
};
