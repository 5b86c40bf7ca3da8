/* ithaca serve: answers pages, and keeps what is found in every programme up to date, until it is
 * told to end. */
#include "accounts/first.h"
#include "base/text.h"
#include "command/options.h"
#include "command/pages.h"
#include "command/store.h"
#include "findings/worker.h"
#include "jobs/workers.h"
#include "prepare/prepare.h"
#include "serve/config.h"
#include "serve/log.h"
#include <errno.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern const struct command serve_command;

struct arguments {
    const char *path, *url;
    bool print;
};

static bool arguments_read(struct arena *arena, struct arguments *out, int argc, char **argv) {
    const char *nothing;
    const struct option options[] = {
        {"--config", .text = &out->path},
        {"--db", .text = &out->url},
        {"--print-config", .flag = &out->print},
        {0},
    };
    if (!options_read_with(&serve_command, arena, options, NULL, argc, argv, &nothing))
        return false;
    if (nothing)
        usage_refuse(&serve_command, "\"%s\" is not understood here.", nothing);
    return !nothing;
}

/* ---- making ready ---- */

static enum err time_zone_use(struct session *session, const char *zone) {
    if (!zone)
        return OK;
    const char *path = arena_format(session->arena, "/usr/share/zoneinfo/%s", zone);
    if (strstr(zone, "..") || access(path, R_OK) != 0) {
        problem_add(&session->problems, (struct place){0},
                    "There is no time zone \"%s\" on this machine. Write one like Europe/London.",
                    text_quote(session->arena, zone));
        return ERR_INPUT;
    }
    setenv("TZ", zone, 1);
    tzset();
    return OK;
}

static enum err password_use(struct session *session, const char *path) {
    const char *password;
    if (!path)
        return OK;
    enum err err = config_password(session->arena, path, &password, &session->problems);
    if (!err)
        setenv("PGPASSWORD", password, 1); /* libpq reads it there */
    return err;
}

/* Becomes somebody who can do less. */
static enum err user_use(struct session *session, const char *name) {
    const struct passwd *user = name ? getpwnam(name) : NULL;
    if (!name)
        return OK;
    if (user && geteuid() == user->pw_uid)
        return OK;
    if (user && geteuid() == 0 && initgroups(name, user->pw_gid) == 0 &&
        setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0)
        return OK;
    problem_add(&session->problems, (struct place){0},
                user ? "It cannot become the user \"%s\": start it as root, or as that user."
                     : "There is no user \"%s\" on this machine.",
                text_quote(session->arena, name));
    return ERR_INPUT;
}

static enum err database_demand(struct session *session, const struct arguments *arguments,
                                const struct config *config) {
    if (config->database)
        return OK;
    const struct place place = {.file = arguments->path, .row = config->database_row};
    const char *examples = "\"database = /var/lib/ithaca/team.db\" (a file), or \"database = "
                           "postgresql://USER@HOST/DATABASE\"";
    if (arguments->path)
        problem_add(&session->problems, place,
                    "Say which database. Write %s; or start it with --db DATABASE.", examples);
    else
        problem_add(&session->problems, place,
                    "Say which database: --db DATABASE, or --config FILE, a file in which you "
                    "write %s.",
                    examples);
    return ERR_INPUT;
}

/* What whoever it runs as may not do with a file, in words that tell how to mend it. */
static enum err access_demand(struct session *session, const char *path, int mode,
                              const char *not_allowed) {
    const struct passwd *user = getpwuid(geteuid());
    const char *name = user ? user->pw_name : "this user";
    if (access(path, mode) == 0 || errno != EACCES)
        return OK; /* whatever else is wrong is told by whoever opens it */
    problem_add(&session->problems, (struct place){.file = path},
                "It runs as the user \"%s\", who may not %s. As root: chown %s %s", name,
                not_allowed, name, path);
    return ERR_INPUT;
}

/* SQLite tells that something cannot be opened, but not by whom, and what to do. */
static enum err files_demand(struct session *session, const char *database) {
    static const char *const beside[] = {"", "-wal", "-shm"};
    struct stat status;
    if (text_starts_with(database, "sqlite:"))
        database += strlen("sqlite:");
    if (strstr(database, "://"))
        return OK;
    if (stat(database, &status) == 0 && !(status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)))
        return OK; /* a backup: told elsewhere */
    enum err err =
        access_demand(session, dirname(arena_copy(session->arena, database)), R_OK | W_OK | X_OK,
                      "write in this folder; a database keeps two more files there while "
                      "it is open (-wal, -shm)");
    for (size_t i = 0; !err && i < sizeof beside / sizeof *beside; i++)
        err = access_demand(session, arena_format(session->arena, "%s%s", database, beside[i]),
                            R_OK | W_OK, "read and write this file");
    return err;
}

/* How people reach the pages. */
static const char *site_address(struct session *session, const struct config *config) {
    return config->site ? config->site
                        : pages_address(session->arena, config->address, config->port);
}

/* Where nobody looks after the site yet, whoever starts it does: a link that is printed, and not
 * logged, lets them in. */
static enum err administrator_welcome(struct session *session, const struct config *config,
                                      struct db *db) {
    bool made;
    const char *link, *site = site_address(session, config);
    enum err err = config->web_workers ? administrator_make(db, session->arena, &made) : OK;
    if (err || !config->web_workers || !made)
        return err;
    err = pages_link(session, db, ADMINISTRATOR, site, &link);
    if (!err) {
        printf(
            "Nobody looks after this site yet. This link lets you in as its administrator, once, "
            "within %d hours:\n%s\n",
            LINK_HOURS, link);
        fflush(stdout);
    }
    return err;
}

/* Rather say now what would stop every worker. Gives the database's name, without secrets. */
static enum err store_try(struct session *session, const struct config *config, struct rules *rules,
                          const char **name) {
    struct db *db = NULL;
    enum err err = session_rules(session, config->rules_folder, rules);
    if (!err)
        err = files_demand(session, config->database);
    if (!err)
        err = store_open(session, config->database, DB_EXISTING, &db);
    if (!err) {
        char *whole = realpath(db_name(db), NULL);
        *name = arena_copy(session->arena, whole ? whole : db_name(db));
        free(whole);
        err = administrator_welcome(session, config, db);
    }
    db_close(db);
    return err;
}

static enum err make_ready(struct session *session, const struct arguments *arguments,
                           struct config *config, struct web *web, struct rules *rules,
                           const char **name) {
    *config = config_defaults();
    enum err err = arguments->path
                       ? config_read(session->arena, arguments->path, config, &session->problems)
                       : OK;
    if (arguments->url)
        config->database = arguments->url;
    log_choose((enum log_level)config->log_level);
    log_requests_choose(config->log_requests);
    if (!err)
        err = database_demand(session, arguments, config);
    if (!err)
        err = time_zone_use(session, config->time_zone);
    if (!err)
        err = password_use(session, config->password_file);
    if (!err && config->web_workers) /* before the user is changed: ports below 1024 are root's */
        err = web_listen(config->address, &config->port, &web->listener, &session->problems);
    if (!err)
        err = user_use(session, config->user);
    return err ? err : store_try(session, config, rules, name);
}

/* ---- at work ---- */

static void looked_log(const struct looked *looked) {
    if (looked->error)
        log_write(LOG_ERROR, "%s, revision %lld, %s: it could not be looked at%s: %s",
                  looked->programme, (long long)looked->revision, looked->day,
                  looked->retired ? ", and is left alone until something changes" : "",
                  looked->error);
    else if (looked->overtaken)
        log_write(LOG_DEBUG, "%s, revision %lld, %s: somebody else was quicker; nothing was kept",
                  looked->programme, (long long)looked->revision, looked->day);
    else
        log_write(LOG_INFO, "%s, revision %lld, %s: %zu found; %zu new, %zu closed",
                  looked->programme, (long long)looked->revision, looked->day, looked->found,
                  looked->opened, looked->closed);
}

static void death_log(void *context, long process, const char *what, double seconds) {
    (void)context;
    log_write(LOG_ERROR, "The worker %ld ended %s. Another takes its place in %.1f seconds.",
              process, what, seconds);
}

static int run(int argc, char **argv) {
    struct session session;
    struct arguments arguments = {0};
    struct config config;
    struct web web = {.failed = log_problems};
    struct rules rules;
    const char *database = NULL;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &arguments, argc, argv) || arguments.print) {
        if (arguments.print)
            config_print(stdout);
        session_close(&session);
        return arguments.print ? EXIT_IN_ORDER : EXIT_UNUSABLE;
    }
    if (make_ready(&session, &arguments, &config, &web, &rules, &database) != OK)
        return session_refuse(&session, "It was not started.");
    struct looker looker = {.url = config.database,
                            .rules_folder = config.rules_folder,
                            .pause = config.poll_seconds,
                            .looked = looked_log,
                            .failed = log_problems};
    struct looker preparer = looker;
    preparer.pause = PREPARE_PAUSE;
    preparer.round = prepare_round;
    web.database = config.database;
    web.site = (struct site){.is_secure = config.site && text_starts_with(config.site, "https:"),
                             .proxy = config.proxy,
                             .address = site_address(&session, &config),
                             .content = &session.content,
                             .rules = &rules};
    const struct worker_kind workers[] = {
        {"pages", (unsigned)config.web_workers, web_work, &web, death_log},
        {"diagnosis", (unsigned)config.job_workers, looker_work, &looker, death_log},
        {"preparing", 1, looker_work, &preparer, death_log},
    };
    log_write(LOG_INFO, "Ithaca " ITHACA_VERSION " has started with the database %s.", database);
    if (config.web_workers)
        log_write(LOG_INFO, "Pages are answered on %s, port %d.", config.address, config.port);
    if (geteuid() == 0)
        log_write(LOG_INFO, "It runs as root. Name a user in the configuration who can do less.");
    bool whole = workers_run(workers, sizeof workers / sizeof *workers, true);
    log_write(LOG_INFO, "Ithaca has ended.");
    session_close(&session);
    return whole ? EXIT_IN_ORDER : EXIT_UNUSABLE;
}

const struct command serve_command = {
    .name = "serve",
    .summary = "the web application, and keeping what is found up to date",
    .help = "ithaca serve --db DATABASE\n"
            "ithaca serve --config FILE [--db DATABASE]\n"
            "ithaca serve --print-config\n"
            "\n"
            "Answers pages, on this machine's port 8080 if nothing else is said; and does what\n"
            "`ithaca diagnose` does whenever somebody has saved a programme, and for all of\n"
            "them after midnight. It goes on until it is told to end (SIGTERM, Ctrl-C);\n"
            "whatever is killed in the middle is done again by the next.\n"
            "\n"
            "The first time it prints a link that lets you in as the site's administrator.\n"
            "\n"
            "  --db DATABASE          a file or postgresql://...\n"
            "  --config FILE          settings, one \"name = value\" a line; paths in it are\n"
            "                         looked for from its folder\n"
            "  --print-config         prints such a file with every setting explained; fill\n"
            "                         in the line \"database =\" and it can be used\n"
            "\n"
            "Exit code: 0 it was told to end, 2 it could not start.\n",
    .run = run,
};
