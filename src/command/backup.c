/* ithaca backup: a whole database into one file. */
#include "backups/backups.h"
#include "command/options.h"
#include "command/store.h"
#include "command/verdict.h"

extern const struct command backup_command;

struct backup_wish {
    const char *url, *path;
    bool is_noted; /* in the database, so that the site's page tells of it */
};

static bool arguments_read(struct arena *arena, int argc, char **argv, struct backup_wish *wish) {
    const struct option options[] = {
        {"--db", .text = &wish->url}, {"--note", .flag = &wish->is_noted}, {0}};
    if (!options_read_with(&backup_command, arena, options, NULL, argc, argv, &wish->path))
        return false;
    if (!wish->path)
        usage_refuse(&backup_command, "say into which file.");
    return wish->path && store_named(&backup_command, wish->url);
}

static int backup(struct session *session, const struct backup_wish *wish) {
    const char *url = wish->url, *path = wish->path;
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
    if (wish->is_noted && !contents.is_older && !backup_note(session->arena, url, path, &contents))
        fputs("The database could not be written to: the site's page does not tell of it.\n",
              stderr);
    verdicts_tell(&printer, session->arena, &contents);
    int code = verdicts_exit(&contents);
    session_close(session);
    return code;
}

static int run(int argc, char **argv) {
    struct session session;
    struct backup_wish wish = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, argc, argv, &wish)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return backup(&session, &wish);
}

const struct command backup_command = {
    .name = "backup",
    .summary = "copy a whole database into one file",
    .help = "ithaca backup --db DATABASE [--note] FILE\n"
            "\n"
            "Copies everything (all programmes with their whole history) as of one moment\n"
            "into a new file, while others go on working. Then it looks through the copy.\n"
            "The file is there whole, or not at all; nothing is written over. It holds what\n"
            "you wrote about people: keep it as carefully as the database.\n"
            "\n"
            "The database is only read. With --note it is written down there afterwards that\n"
            "the backup was made: then the site's page of backups tells of it.\n"
            "\n"
            "`ithaca restore --verify FILE` checks it later; `ithaca restore` brings it back.\n"
            "\n"
            "Exit code: 0 written; 1 written, but the history in it was altered (the output\n"
            "says where); 2 no backup was made.\n",
    .run = run,
};
