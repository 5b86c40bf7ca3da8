#include "serve/config.h"
#include "base/names.h"
#include "base/text.h"
#include "content/files.h"
#include "serve/log.h"
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct setting {
    const char *name, *words, *example; /* of a text that nobody has said */
    size_t place;                       /* in struct config */
    enum { SETTING_TEXT, SETTING_PATH, SETTING_NUMBER, SETTING_LEVEL, SETTING_YES } type;
    int least, most;
};

#define PLACE(name) offsetof(struct config, name)

static const struct setting settings[] = {
    {"database",
     "Where the records are: write a file behind the \"=\", such as /var/lib/ithaca/team.db, or a "
     "database of PostgreSQL, such as postgresql://ithaca@/ithaca. The option --db goes before it.",
     NULL, PLACE(database), SETTING_PATH, 0, 0},
    {"database-password-file",
     "A file with nothing but the password of that database, readable by nobody else. It is read "
     "before the user is changed.",
     "/etc/ithaca/password", PLACE(password_file), SETTING_PATH, 0, 0},
    {"time-zone", "Whose midnight begins a new day. If nothing is said: that of the machine.",
     "Europe/London", PLACE(time_zone), SETTING_TEXT, 0, 0},
    {"rules", "A folder with your own rules, besides those built in.", "/etc/ithaca/rules",
     PLACE(rules_folder), SETTING_PATH, 0, 0},
    {"content",
     "A folder with your own pages of the library, besides those built in or in their place.",
     "/etc/ithaca/content", PLACE(content_folder), SETTING_PATH, 0, 0},
    {"user", "Started as root, it goes on as this user, who can do less.", "ithaca", PLACE(user),
     SETTING_TEXT, 0, 0},
    {"address",
     "On which of this machine's addresses pages are answered. As it is, only this machine itself "
     "can ask: let nginx or Caddy stand in front, with a certificate. 0.0.0.0 lets everybody ask.",
     "127.0.0.1", PLACE(address), SETTING_TEXT, 0, 0},
    {"port", "On which port.", NULL, PLACE(port), SETTING_NUMBER, 1, 65535},
    {"site",
     "How people reach it, where something stands in front. If it begins with https, the cookie "
     "goes nowhere else.",
     "https://ithaca.example.org", PLACE(site), SETTING_TEXT, 0, 0},
    {"contact",
     "Whom people ask for help, such as for a new link: an e-mail address, or a few words. "
     "Everybody "
     "can read it who opens the page on which people sign in.",
     "help@ithaca.example.org", PLACE(contact), SETTING_TEXT, 0, 0},
    {"proxy",
     "The address of what stands in front, if that is another machine. It is believed from which "
     "address somebody asks (X-Forwarded-For), and what is on this machine; nobody else is.",
     "192.0.2.10", PLACE(proxy), SETTING_TEXT, 0, 0},
    {"tls-certificate",
     "A file with the certificate (PEM), and behind it those that vouch for it: then pages are "
     "answered over https, without anything in front. With both, the cookie goes over https only.",
     "/etc/ithaca/certificate.pem", PLACE(tls_certificate), SETTING_PATH, 0, 0},
    {"tls-key",
     "The file with its key, readable by its owner or group only. Both are read before the user is "
     "changed, and again at a reload, by that user.",
     "/etc/ithaca/key.pem", PLACE(tls_key), SETTING_PATH, 0, 0},
    {"mail-server",
     "The server that sends mail on: smtp://HOST:587 (encrypted where the server can, always where "
     "there is a password) or smtps://HOST:465. If nothing is said, no mail is sent, and links are "
     "shown to be passed on.",
     "smtp://mail.example.org:587", PLACE(mail_server), SETTING_TEXT, 0, 0},
    {"mail-from", "From which address. Answers go there.", "ithaca@example.org", PLACE(mail_from),
     SETTING_TEXT, 0, 0},
    {"mail-user", "As whom that server knows Ithaca, if it asks.", "ithaca", PLACE(mail_user),
     SETTING_TEXT, 0, 0},
    {"mail-password-file",
     "A file with nothing but the password there, readable by its owner only. It is read before "
     "the "
     "user is changed, and again at a reload, by that user.",
     "/etc/ithaca/mail-password", PLACE(mail_password_file), SETTING_PATH, 0, 0},
    {"mail-ca",
     "A file with the certificate (PEM) of whoever vouches for that server, if this machine does "
     "not trust them already.",
     "/etc/ithaca/mail-ca.pem", PLACE(mail_ca), SETTING_PATH, 0, 0},
    {"mail-folder", "For trying out: every mail becomes a file in this folder, and none is sent.",
     "/tmp/ithaca-mail", PLACE(mail_folder), SETTING_PATH, 0, 0},
    {"mail-again-seconds",
     "How long to wait before a mail that was refused for now is tried again; then 5, 15, 60 and "
     "120 times as long, for two days.",
     NULL, PLACE(mail_again), SETTING_NUMBER, 1, 3600},
    {"mail-hour", "From which hour of the day people are reminded of what is due.", NULL,
     PLACE(mail_hour), SETTING_NUMBER, 0, 23},
    {"backups",
     "A folder, for the user as whom it runs, into which backups are written that whoever looks "
     "after the site asks for on its page. If nothing is said, that page makes none.",
     "/var/lib/ithaca/backup", PLACE(backups), SETTING_PATH, 0, 0},
    {"web-workers", "How many processes answer pages side by side; 0: no pages.", NULL,
     PLACE(web_workers), SETTING_NUMBER, 0, 64},
    {"job-workers", "How many processes look at programmes side by side.", NULL, PLACE(job_workers),
     SETTING_NUMBER, 1, 64},
    {"poll-seconds", "How often each of them asks whether there is something to do.", NULL,
     PLACE(poll_seconds), SETTING_NUMBER, 1, 3600},
    {"log-level", "What is written to standard error: error, info or debug.", NULL,
     PLACE(log_level), SETTING_LEVEL, 0, 0},
    {"log-requests",
     "yes: a line for each request, too, with its method, the kind of page, status, bytes of the "
     "answer, milliseconds and the worker's process. Never who asked, from where, or for what.",
     NULL, PLACE(log_requests), SETTING_YES, 0, 0},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

struct config config_defaults(void) {
    return (struct config){.address = "127.0.0.1",
                           .port = 8080,
                           .web_workers = 2,
                           .job_workers = 2,
                           .mail_again = 60,
                           .mail_hour = 7,
                           .poll_seconds = 5,
                           .log_level = LOG_INFO};
}

static const char **text_place(struct config *config, const struct setting *setting) {
    return (const char **)(void *)((char *)config + setting->place);
}

static int *number_place(struct config *config, const struct setting *setting) {
    return (int *)(void *)((char *)config + setting->place);
}

/* ---- reading ---- */

struct reading {
    struct arena *arena;
    struct config *out;
    struct problems *problems;
    struct place place;
    unsigned lines[SETTINGS]; /* where each stood; 0: nowhere yet */
};

/* An address goes as it is. */
static const char *path_from(struct arena *arena, const char *file, const char *path) {
    if (text_starts_with(path, "sqlite:"))
        path += strlen("sqlite:");
    if (*path == '/' || strstr(path, "://"))
        return path;
    return arena_format(arena, "%s/%s", dirname(arena_copy(arena, file)), path);
}

static void value_set(struct reading *reading, const struct setting *setting, const char *value) {
    char *end;
    int level = name_index(log_level_names, LOG_LEVELS, value);
    errno = 0;
    long number = strtol(value, &end, 10);
    if (setting->type == SETTING_TEXT)
        *text_place(reading->out, setting) = value;
    else if (setting->type == SETTING_PATH)
        *text_place(reading->out, setting) = path_from(reading->arena, reading->place.file, value);
    else if (setting->type == SETTING_LEVEL && level >= 0)
        *number_place(reading->out, setting) = level;
    else if (setting->type == SETTING_LEVEL)
        problem_add(reading->problems, reading->place,
                    "log-level is error, info or debug; not \"%s\".",
                    text_quote(reading->arena, value));
    else if (setting->type == SETTING_YES && (text_equal(value, "yes") || text_equal(value, "no")))
        *number_place(reading->out, setting) = text_equal(value, "yes");
    else if (setting->type == SETTING_YES)
        problem_add(reading->problems, reading->place, "%s is yes or no; not \"%s\".",
                    setting->name, text_quote(reading->arena, value));
    else if (errno || *end || number < setting->least || number > setting->most)
        problem_add(reading->problems, reading->place,
                    "%s is a whole number from %d to %d; not \"%s\".", setting->name,
                    setting->least, setting->most, text_quote(reading->arena, value));
    else
        *number_place(reading->out, setting) = (int)number;
}

static void unknown_report(struct reading *reading, const char *name) {
    const char *names[SETTINGS];
    for (size_t i = 0; i < SETTINGS; i++)
        names[i] = settings[i].name;
    const char *nearest = text_nearest(reading->arena, name, names, SETTINGS);
    problem_add(reading->problems, reading->place, "There is no setting \"%s\".%s",
                text_quote(reading->arena, name),
                nearest ? arena_format(reading->arena, " Did you mean \"%s\"?", nearest)
                        : " `ithaca serve --print-config` prints all there are.");
}

/* The one that may wait to be filled in: --db may say it. */
static bool setting_is_database(const struct setting *setting) {
    return setting->place == PLACE(database);
}

static void line_read(struct reading *reading, const char *line) {
    const char *equals = strchr(line, '=');
    if (!*line || *line == '#')
        return;
    if (!equals) {
        problem_add(reading->problems, reading->place,
                    "This is no setting. Write \"name = value\", or # in front of a comment.");
        return;
    }
    const char *name =
        text_trim(reading->arena, arena_copy_n(reading->arena, line, (size_t)(equals - line)));
    const char *value = text_trim(reading->arena, equals + 1);
    for (size_t i = 0; i < SETTINGS; i++) {
        if (!text_equal(settings[i].name, name))
            continue;
        if (!*value && setting_is_database(&settings[i]))
            reading->out->database_row = reading->place.row;
        else if (!*value)
            problem_add(reading->problems, reading->place, "%s has no value.", name);
        else if (reading->lines[i])
            problem_add(reading->problems, reading->place, "%s stands in line %u already.", name,
                        reading->lines[i]);
        else
            value_set(reading, &settings[i], value);
        reading->lines[i] = reading->place.row;
        return;
    }
    unknown_report(reading, name);
}

/* libpq passes over such a file of its own; here it is said, since it may be wanted so. */
static void openness_warn(const char *path, const char *why) {
    struct stat status;
    if (stat(path, &status) == 0 && (status.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)))
        log_write(LOG_ERROR,
                  "%s: %s, but others than its owner can read it or write to it. Say: chmod 600 %s",
                  path, why, path);
}

/* "postgresql://user:password@host/..." */
static bool has_password(const char *url) {
    const char *user = url ? strstr(url, "://") : NULL;
    size_t length = user ? strcspn(user + 3, "/?#") : 0;
    const char *at = user ? memchr(user + 3, '@', length) : NULL;
    return (at && memchr(user + 3, ':', (size_t)(at - user - 3))) ||
           (url && strstr(url, "password="));
}

enum err config_read(struct arena *arena, const char *path, struct config *out,
                     struct problems *problems) {
    struct files files = {0};
    struct reading reading = {
        .arena = arena, .out = out, .problems = problems, .place = {.file = path}};
    size_t told = problems->list.n;
    enum err err = files_add(arena, &files, path, problems);
    if (err)
        return err;
    const char *rest = files.list.items[0].text;
    for (const char *line; (line = text_next_piece(arena, &rest, '\n'));) {
        reading.place.row++;
        line_read(&reading, line);
    }
    if (has_password(out->database))
        openness_warn(path, "there is a password in its database's address");
    return problems->list.n > told ? ERR_INPUT : OK;
}

enum err config_password(struct arena *arena, const char *path, const char **out,
                         struct problems *problems) {
    struct files files = {0};
    enum err err = files_add(arena, &files, path, problems);
    if (err)
        return err;
    char *text = arena_copy(arena, files.list.items[0].text);
    text[strcspn(text, "\r\n")] = '\0';
    openness_warn(path, "there is a password in it");
    *out = text;
    if (*text)
        return OK;
    problem_add(problems, (struct place){.file = path}, "There is no password in it.");
    return ERR_INPUT;
}

/* ---- telling ---- */

struct config_lines config_list(struct arena *arena, const struct config *config) {
    struct config_lines out = {0};
    struct config copy = *config; /* number_place and text_place give places to write */
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *setting = &settings[i];
        const bool is_text = setting->type == SETTING_TEXT || setting->type == SETTING_PATH;
        const char *value = is_text ? *text_place(&copy, setting) : NULL;
        if (setting_is_database(setting))
            continue;
        if (setting->type == SETTING_LEVEL)
            value = log_level_names[*number_place(&copy, setting)];
        else if (setting->type == SETTING_YES)
            value = *number_place(&copy, setting) ? "yes" : "no";
        else if (!is_text)
            value = arena_format(arena, "%d", *number_place(&copy, setting));
        list_add(arena, &out.list, (struct config_line){setting->name, setting->words, value});
    }
    return out;
}

/* ---- printing ---- */

/* Comments of at most 80 columns. */
static void words_print(FILE *out, const char *words) {
    enum { WIDTH = 78 };
    while (*words) {
        size_t length = strlen(words);
        if (length > WIDTH)
            for (length = WIDTH; words[length] != ' '; length--)
                ;
        fprintf(out, "# %.*s\n", (int)length, words);
        words += length + (words[length] == ' ');
    }
}

void config_print(FILE *out) {
    struct config config = config_defaults();
    words_print(out, "Configuration of `ithaca serve --config FILE`. Fill in the line \"database "
                     "=\"; then it can be used. The others may stay as they are. What has a # in "
                     "front holds nothing yet: take it away to say something. A file or folder "
                     "without a / in front is looked for beside this file.");
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *setting = &settings[i];
        fputc('\n', out);
        words_print(out, setting->words);
        if (setting_is_database(setting))
            fprintf(out, "%s =\n", setting->name);
        else if (setting->example)
            fprintf(out, "#%s = %s\n", setting->name, setting->example);
        else if (setting->type == SETTING_LEVEL)
            fprintf(out, "%s = %s\n", setting->name,
                    log_level_names[*number_place(&config, setting)]);
        else if (setting->type == SETTING_YES)
            fprintf(out, "%s = %s\n", setting->name,
                    *number_place(&config, setting) ? "yes" : "no");
        else
            fprintf(out, "%s = %d\n", setting->name, *number_place(&config, setting));
    }
}
