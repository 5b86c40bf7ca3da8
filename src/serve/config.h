/* The configuration file of `ithaca serve`: lines "name = value", comments behind "#" at the start
 * of a line. A name that is not known, a value that cannot be, a name that stands there twice: all
 * are refused with their line. A password never stands in it, only the name of a file that holds
 * it. Files and folders without a "/" in front are looked for from the folder it lies in, wherever
 * the program is started. */
#ifndef ITHACA_CONFIG_H
#define ITHACA_CONFIG_H

#include "base/list.h"
#include "base/problem.h"

/* A setting as it is in force, for people to read. */
struct config_line {
    const char *name, *words, *value; /* the value NULL: nothing was said */
};
struct config_lines {
    LIST(struct config_line) list;
};

struct config {
    const char *database;      /* NULL: not said */
    unsigned database_row;     /* the line that waits for it in the file; 0: none */
    const char *password_file; /* the others the same */
    const char *time_zone, *rules_folder, *content_folder, *user;
    const char *address; /* on which pages are answered */
    const char *site;    /* how people reach it: "https://..."; NULL: by the address itself */
    const char *contact; /* whom people ask who cannot sign in; or NULL */
    const char *proxy;   /* what stands in front, if that is another machine: its address */
    const char *tls_certificate, *tls_key; /* files; NULL: http */
    /* How mail is sent (mail/smtp.h); no server and no folder: it is not. */
    const char *mail_server, *mail_user, *mail_password_file, *mail_ca, *mail_from, *mail_folder;
    const char *backups; /* the folder for backups that are asked for on the site's page; or NULL */
    int mail_again, mail_hour;
    int port, web_workers; /* no workers: no pages */
    int job_workers, poll_seconds, log_level, log_requests;
};

/* What holds where nothing is said. */
struct config config_defaults(void);
/* Reads a file into `out`; ERR_INPUT or ERR_IO with all that is wrong in the problems. */
enum err config_read(struct arena *arena, const char *path, struct config *out,
                     struct problems *problems) MUST_CHECK;
/* The password in the file that holds it, without its line end. */
enum err config_password(struct arena *arena, const char *path, const char **out,
                         struct problems *problems) MUST_CHECK;
/* All settings but the database, whose name may hold a password. */
struct config_lines config_list(struct arena *arena, const struct config *config);
/* A file with every setting, explained, as it is where nothing is said. It lacks the database. */
void config_print(FILE *out);

#endif
