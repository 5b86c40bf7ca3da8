/* ithaca migrate: makes a database ready for this version of the program. */
#include "db/migrate.h"
#include "command/options.h"
#include "command/store.h"
#include "store/open_actions.h"

extern const struct command migrate_command;

static int migrate(struct session *session, const char *url) {
    struct db *db = NULL;
    struct db_schema before = {0};
    enum err err = db_open(session->arena, &session->problems, url, DB_CREATE, &db);
    if (!err)
        err = db_schema_look(db, &before);
    if (!err) /* what failed later would say that nothing was changed */
        err = db_migrate(db);
    if (err) {
        db_close(db);
        return session_refuse(session, "Nothing was changed.");
    }
    if (before.state != DB_SCHEMA_EMPTY && open_actions_fill(db, session->arena) != OK) {
        db_close(db);
        return session_refuse(session, "The tables are ready. The list of open actions is not, for "
                                       "the reason below, which speaks of that list alone. Say "
                                       "`ithaca migrate` once more.");
    }
    if (before.state == DB_SCHEMA_EMPTY)
        printf("%s is ready for programmes.\n", db_name(db));
    else if (before.state == DB_SCHEMA_CURRENT)
        printf("%s is up to date. Nothing was changed.\n", db_name(db));
    else
        printf("%s was brought from version %lld of the tables to version %lld.\n", db_name(db),
               (long long)before.version, (long long)db_schema_newest());
    db_close(db);
    session_close(session);
    return EXIT_IN_ORDER;
}

static int run(int argc, char **argv) {
    struct session session;
    const char *url = NULL;
    struct names words;
    const struct option options[] = {{"--db", .text = &url}, {0}};
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!options_read_words(&migrate_command, session.arena, options, argc, argv, &words, 0) ||
        !store_named(&migrate_command, url)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    return migrate(&session, url);
}

const struct command migrate_command = {
    .name = "migrate",
    .summary = "make a database ready for this version of Ithaca",
    .help = "ithaca migrate --db DATABASE\n"
            "\n"
            "Prepares a new, empty database (a file is made if it is not there yet), or\n"
            "brings one that an older Ithaca made up to date. Make a backup first. Nothing\n"
            "that you wrote down is changed. Other commands tell you when this is needed.\n"
            "\n"
            "Exit code: 0 ready; 2 nothing was changed.\n",
    .run = run,
};
