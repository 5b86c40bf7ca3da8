/* ithaca restore: a backup into an empty database, or only a look whether that would work. */
#include "command/options.h"
#include "command/store.h"
#include "command/verdict.h"

extern const struct command restore_command;

struct restore_options {
    const char *path, *url;
    bool only_verify;
};

static const char *fault_of(const struct restore_options *options) {
    if (!options->path)
        return "say which backup.";
    if (options->only_verify && options->url)
        return "--verify only looks at the backup; leave --db out.";
    return NULL;
}

static bool arguments_read(struct arena *arena, int argc, char **argv,
                           struct restore_options *out) {
    const struct option options[] = {
        {"--db", .text = &out->url}, {"--verify", .flag = &out->only_verify}, {0}};
    if (!options_read_with(&restore_command, arena, options, NULL, argc, argv, &out->path))
        return false;
    const char *fault = fault_of(out);
    if (fault)
        usage_refuse(&restore_command, "%s", fault);
    return !fault && (out->only_verify || store_named(&restore_command, out->url));
}

static void outcome_print(const struct restore_options *options, const struct contents *contents) {
    const char *programmes = contents->programmes.n == 1 ? "programme" : "programmes";
    if (!options->only_verify)
        printf("Restored from %s: %zu %s, %zu %s.\n", options->path, contents->programmes.n,
               programmes, contents->revisions,
               contents->revisions == 1 ? "revision" : "revisions");
    else if (contents->is_older)
        printf("%s can be restored. An older Ithaca made it: its history is looked\n"
               "through when it is restored, which also brings it up to date.\n",
               options->path);
    else
        printf("%s can be restored: %zu %s, %zu %s.\n", options->path, contents->programmes.n,
               programmes, contents->revisions,
               contents->revisions == 1 ? "revision" : "revisions");
}

static int restore(struct session *session, const struct restore_options *options) {
    struct contents contents;
    struct printer printer = printer_new(stdout);
    enum err err;
    if (options->only_verify)
        err = backup_verify(session->arena, &session->problems, options->path, &contents);
    else {
        const struct backup_watch watch = store_watch();
        err = backup_restore(session->arena, &session->problems, options->path, options->url,
                             &watch, &contents);
        store_watch_end(&watch);
    }
    if (err)
        return session_refuse(session, options->only_verify ? "This backup cannot be restored."
                                       : contents.is_copied ? "It was restored, and not looked at."
                                                            : "Nothing was restored.");
    outcome_print(options, &contents);
    verdicts_tell(&printer, session->arena, &contents);
    int code = verdicts_exit(&contents);
    session_close(session);
    return code;
}

static int run(int argc, char **argv) {
    struct session session;
    struct restore_options options = {0};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, argc, argv, &options)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return restore(&session, &options);
}

const struct command restore_command = {
    .name = "restore",
    .summary = "bring a backup back into an empty database",
    .help = "ithaca restore FILE --db DATABASE\n"
            "ithaca restore --verify FILE\n"
            "\n"
            "Brings everything in a backup into an empty database, a file (made if it is not\n"
            "there yet) or postgresql://...: all of it, or nothing. A backup can come from\n"
            "either and go to either. Then the history is looked through.\n"
            "\n"
            "  --verify               only look: whether the backup could be restored, what\n"
            "                         is in it, and whether its history is whole\n"
            "\n"
            "Exit code: 0 restored, or it could be; 1 the same, but the history in it was\n"
            "altered (the output says where); 2 nothing was restored.\n",
    .run = run,
};
