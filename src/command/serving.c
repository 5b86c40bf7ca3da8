#include "command/serving.h"
#include "accounts/first.h"
#include "accounts/invite.h"
#include "base/text.h"
#include "command/pages.h"
#include "command/store.h"
#include "reminders/worker.h"
#include "serve/log.h"
#include <errno.h>
#include <grp.h>
#include <libgen.h>
#include <microhttpd.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

/* How people reach the pages. */
static const char *site_address(struct session *session, const struct config *config) {
    return config->site ? config->site
                        : pages_address(session->arena, config->tls_key ? "https" : "http",
                                        config->address, config->port);
}

static enum err mail_problem(struct session *session, const char *words) {
    problem_add(&session->problems, (struct place){0}, "%s", words);
    return ERR_INPUT;
}

/* What would keep every mail from being sent is said now. */
static enum err mail_use(struct serving *serving) {
    struct session *session = &serving->session;
    const struct config *config = &serving->config;
    const char *password = NULL, *server = config->mail_server;
    enum err err = config->mail_password_file
                       ? config_password(session->arena, config->mail_password_file, &password,
                                         &session->problems)
                       : OK;
    if (err)
        return err;
    if (server && !text_starts_with(server, "smtp://") && !text_starts_with(server, "smtps://"))
        return mail_problem(session, "mail-server begins with smtp:// or smtps://.");
    if (server && config->mail_folder)
        return mail_problem(session, "Say mail-server or mail-folder, not both: with mail-folder "
                                     "no mail is sent.");
    if ((server || config->mail_folder) && (!config->mail_from || !email_valid(config->mail_from)))
        return mail_problem(session, "Mail needs the address it comes from: write \"mail-from = "
                                     "ithaca@example.org\".");
    serving->mail = (struct mail_settings){.server = server,
                                           .user = config->mail_user,
                                           .password = password,
                                           .ca = config->mail_ca,
                                           .from = config->mail_from,
                                           .folder = config->mail_folder,
                                           .site = site_address(session, config),
                                           .again = config->mail_again,
                                           .hour = config->mail_hour};
    return OK;
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

static enum err database_demand(struct session *session, const struct serving_asked *asked,
                                const struct config *config) {
    if (config->database)
        return OK;
    const struct place place = {.file = asked->path, .row = config->database_row};
    const char *examples = "\"database = /var/lib/ithaca/team.db\" (a file), or \"database = "
                           "postgresql://USER@HOST/DATABASE\"";
    if (asked->path)
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

/* Rather say now what would stop every worker. */
static enum err store_try(struct serving *serving, bool welcomes) {
    struct session *session = &serving->session;
    const struct config *config = &serving->config;
    struct db *db = NULL;
    enum err err = config->content_folder ? content_load(session->arena, config->content_folder,
                                                         &session->content, &session->problems)
                                          : OK;
    if (!err)
        err = session_rules(session, config->rules_folder, &serving->rules);
    if (!err)
        err = files_demand(session, config->database);
    if (!err)
        err = store_open(session, config->database, DB_EXISTING, &db);
    if (!err) {
        char *whole = realpath(db_name(db), NULL);
        serving->database = arena_copy(session->arena, whole ? whole : db_name(db));
        free(whole);
        err = welcomes ? administrator_welcome(session, config, db) : OK;
    }
    db_close(db);
    return err;
}

/* Before the user is changed: a key is often root's. */
static enum err tls_read(struct serving *serving) {
    const struct config *config = &serving->config;
    struct problems *problems = &serving->session.problems;
    if (config->tls_key && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES) {
        problem_add(
            problems, (struct place){0},
            "This machine's libmicrohttpd cannot do TLS. Let nginx or Caddy stand in front.");
        return ERR_INPUT;
    }
    return certificate_read(serving->session.arena, config->tls_certificate, config->tls_key,
                            &serving->web.certificate, problems);
}

static enum err settings_read(struct serving *serving) {
    const struct serving_asked *asked = &serving->asked;
    struct config *config = &serving->config;
    *config = config_defaults();
    enum err err = session_open(&serving->session);
    if (!err && asked->path)
        err = config_read(serving->session.arena, asked->path, config, &serving->session.problems);
    if (asked->url)
        config->database = asked->url;
    return err ? err : database_demand(&serving->session, asked, config);
}

static void web_tell(struct serving *serving) {
    const struct config *config = &serving->config;
    serving->settings = config_list(serving->session.arena, config);
    serving->web.failed = log_problems;
    serving->web.database = config->database;
    serving->web.site = (struct site){
        .start = pages_start(serving->session.arena),
        .is_secure = config->tls_key || (config->site && text_starts_with(config->site, "https:")),
        .proxy = config->proxy,
        .contact = config->contact,
        .sends_mail = mail_is_on(&serving->mail),
        .mail_from = serving->mail.from,
        .address = site_address(&serving->session, config),
        .content = &serving->session.content,
        .rules = &serving->rules,
        .settings = &serving->settings,
        .backups = config->backups,
        .settings_file = serving->asked.path,
        .database = serving->database};
}

static void log_tell(const struct config *config) {
    log_choose((enum log_level)config->log_level);
    log_requests_choose(config->log_requests);
}

enum err serving_begin(struct serving *serving) {
    struct session *session = &serving->session;
    struct config *config = &serving->config;
    enum err err = settings_read(serving);
    log_tell(config);
    if (!err)
        err = time_zone_use(session, config->time_zone);
    if (!err)
        err = password_use(session, config->password_file);
    if (!err)
        err = mail_use(serving);
    if (!err)
        err = tls_read(serving);
    if (!err && config->web_workers) /* before the user is changed: ports below 1024 are root's */
        err =
            web_listen(config->address, &config->port, &serving->web.listener, &session->problems);
    if (!err)
        err = user_use(session, config->user);
    if (!err)
        err = store_try(serving, true);
    web_tell(serving);
    return err;
}

/* ---- reading it again ---- */

static void text_keep(const char *name, const char *old, const char **fresh) {
    const char *now = *fresh ? *fresh : "", *before = old ? old : "";
    if (!text_equal(now, before))
        log_write(LOG_ERROR, "%s stays as it is until Ithaca is started anew.", name);
    *fresh = old;
}

/* What is settled when it starts: what is open already, and what only root could have. */
static void settled_keep(struct arena *arena, const struct config *old, struct config *fresh) {
    const struct {
        const char *name, *old, **fresh;
    } texts[] = {
        {"database", old->database, &fresh->database},
        {"database-password-file", old->password_file, &fresh->password_file},
        {"user", old->user, &fresh->user},
        {"address", old->address, &fresh->address},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_keep(texts[i].name, texts[i].old ? arena_copy(arena, texts[i].old) : NULL,
                  texts[i].fresh);
    bool stays = old->port == fresh->port && !old->web_workers == !fresh->web_workers;
    if (!stays)
        log_write(LOG_ERROR, "%s stays as it is until Ithaca is started anew.",
                  old->port == fresh->port ? "web-workers" : "port");
    fresh->port = old->port;
    if (!old->web_workers != !fresh->web_workers)
        fresh->web_workers = old->web_workers;
}

enum err serving_renew(const struct serving *before, struct serving *fresh) {
    fresh->asked = before->asked;
    fresh->web = (struct web){.listener = before->web.listener};
    enum err err = settings_read(fresh);
    if (!err)
        settled_keep(fresh->session.arena, &before->config, &fresh->config);
    if (!err)
        err = mail_use(fresh);
    if (!err)
        err = tls_read(fresh);
    if (!err)
        err = store_try(fresh, false);
    if (!err)
        err = time_zone_use(&fresh->session, fresh->config.time_zone);
    if (err) {
        log_problems(&fresh->session.problems);
        log_write(LOG_ERROR,
                  "The configuration cannot be used as it is now. Ithaca goes on as before.");
        session_close(&fresh->session);
        return err;
    }
    web_tell(fresh);
    log_tell(&fresh->config);
    return OK;
}
