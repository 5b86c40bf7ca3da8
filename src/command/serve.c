/* ithaca serve: answers pages, and keeps what is found in every programme up to date, until it is
 * told to end. */
#include "backups/backups.h"
#include "command/options.h"
#include "command/serving.h"
#include "findings/worker.h"
#include "jobs/workers.h"
#include "prepare/prepare.h"
#include "reminders/worker.h"
#include "serve/log.h"
#include "serve/notify.h"
#include <unistd.h>

extern const struct command serve_command;

static bool arguments_read(struct arena *arena, struct serving_asked *out, bool *print, int argc,
                           char **argv) {
    const char *nothing;
    const struct option options[] = {
        {"--config", .text = &out->path},
        {"--db", .text = &out->url},
        {"--print-config", .flag = print},
        {0},
    };
    if (!options_read_with(&serve_command, arena, options, NULL, argc, argv, &nothing))
        return false;
    if (nothing)
        usage_refuse(&serve_command, "\"%s\" is not understood here.", nothing);
    return !nothing;
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

static void posted_log(const struct posted *posted) {
    const char *said = posted->said ? posted->said : "";
    if (posted->what == POST_SENT)
        log_write(LOG_INFO, "The mail %lld was sent.", (long long)posted->id);
    else if (posted->what == POST_LATER)
        log_write(LOG_INFO, "The mail %lld was refused for now: %s", (long long)posted->id, said);
    else if (posted->what == POST_GIVEN_UP)
        log_write(LOG_ERROR, "The mail %lld was given up: %s", (long long)posted->id, said);
    else
        log_write(LOG_ERROR, "The mail server is in trouble; mails wait: %s", said);
}

static void backup_log(const char *place, const char *why) {
    if (place)
        log_write(LOG_INFO, "A backup was made: %s", place);
    else
        log_write(LOG_ERROR, "No backup was made: %s", why);
}

static void death_log(void *context, long process, const char *what, double seconds) {
    (void)context;
    log_write(LOG_ERROR, "The worker %ld ended %s. Another takes its place in %.1f seconds.",
              process, what, seconds);
}

enum { BACKUP_PAUSE = 2 }; /* seconds: somebody waits for it */

/* What the workers are told, as it is now. */
struct site_at_work {
    struct serving servings[2]; /* the one that holds, and room for the next */
    struct serving *serving;
    struct looker looker, preparer;
    struct mailer mailer;
    struct backup_maker backup_maker;
    struct worker_kind workers[5];
};

static void workers_tell(struct site_at_work *site) {
    const struct config *config = &site->serving->config;
    site->looker = (struct looker){.url = config->database,
                                   .rules_folder = config->rules_folder,
                                   .content_folder = config->content_folder,
                                   .pause = config->poll_seconds,
                                   .looked = looked_log,
                                   .failed = log_problems};
    site->preparer = site->looker;
    site->preparer.pause = PREPARE_PAUSE;
    site->preparer.round = prepare_round;
    site->workers[0] = (struct worker_kind){"pages", (unsigned)config->web_workers, web_work,
                                            &site->serving->web, death_log};
    site->workers[1] = (struct worker_kind){"diagnosis", (unsigned)config->job_workers, looker_work,
                                            &site->looker, death_log};
    site->workers[2] =
        (struct worker_kind){"preparing", 1, looker_work, &site->preparer, death_log};
    site->mailer = (struct mailer){.url = config->database,
                                   .settings = site->serving->mail,
                                   .pause = config->poll_seconds,
                                   .failed = log_problems,
                                   .posted = posted_log};
    site->workers[3] = (struct worker_kind){"mail", mail_is_on(&site->serving->mail), mailer_work,
                                            &site->mailer, death_log};
    site->backup_maker = (struct backup_maker){.url = config->database,
                                               .folder = config->backups,
                                               .pause = BACKUP_PAUSE,
                                               .failed = log_problems,
                                               .told = backup_log};
    site->workers[4] = (struct worker_kind){"backups", config->backups != NULL, backup_maker_work,
                                            &site->backup_maker, death_log};
}

static bool renew(void *context, size_t ending) {
    enum { ENDING_MAX = 200 }; /* each holds memory and a connection to the database */
    struct site_at_work *site = context;
    if (ending > ENDING_MAX) {
        log_write(LOG_ERROR, "Too many old workers are still at work: nothing was read again.");
        return false;
    }
    struct serving *old = site->serving, *fresh = &site->servings[old == site->servings];
    if (serving_renew(old, fresh) != OK)
        return false;
    site->serving = fresh;
    session_close(&old->session);
    workers_tell(site);
    log_write(LOG_INFO, "The configuration was read again. Fresh workers take over.");
    return true;
}

static int work(struct site_at_work *site) {
    const struct config *config = &site->serving->config;
    const struct worker_renewal renewal = {renew, site};
    workers_tell(site);
    log_write(LOG_INFO, "Ithaca " ITHACA_VERSION " has started with the database %s.",
              site->serving->database);
    if (config->web_workers)
        log_write(LOG_INFO, "Pages are answered on %s, port %d.", config->address, config->port);
    if (geteuid() == 0)
        log_write(LOG_INFO, "It runs as root. Name a user in the configuration who can do less.");
    notify("READY=1"); /* who asks from now on waits at most until a worker has begun */
    bool whole =
        workers_run(site->workers, sizeof site->workers / sizeof *site->workers, true, &renewal);
    notify("STOPPING=1");
    log_write(LOG_INFO, "Ithaca has ended.");
    session_close(&site->serving->session);
    return whole ? EXIT_IN_ORDER : EXIT_UNUSABLE;
}

static int run(int argc, char **argv) {
    enum { ARGUMENTS_MEMORY = 1024 * 1024 };
    struct site_at_work site = {.serving = site.servings};
    struct arena *arena = arena_new(ARGUMENTS_MEMORY); /* they are needed to the end */
    bool print = false;
    int code = EXIT_UNUSABLE;
    if (!arguments_read(arena, &site.serving->asked, &print, argc, argv) || print) {
        if (print)
            config_print(stdout);
        code = print ? EXIT_IN_ORDER : EXIT_UNUSABLE;
    } else if (serving_begin(site.serving) != OK) {
        code = session_refuse(&site.serving->session, "It was not started.");
    } else {
        code = work(&site);
    }
    arena_free(arena);
    return code;
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
            "whatever is killed in the middle is done again by the next. SIGHUP has it read its\n"
            "configuration again; fresh workers take over, and no request is lost.\n"
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
