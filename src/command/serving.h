/* What `ithaca serve` needs before it can work: its configuration, the port, the user, the
 * database; and the same again when the configuration is to be read anew. */
#ifndef ITHACA_SERVING_H
#define ITHACA_SERVING_H

#include "command/command.h"
#include "mail/smtp.h"
#include "serve/config.h"
#include "web/server.h"

/* On the command line; NULL: nothing. */
struct serving_asked {
    const char *path, *url;
};

/* It must stay where it is: workers are given its parts. */
struct serving {
    struct serving_asked asked;
    struct session session; /* what is below belongs to its arena */
    struct config config;
    struct web web;
    struct mail_settings mail;
    struct rules rules;
    struct config_lines settings;
    const char *database; /* its name, without secrets */
};

/* `asked` is filled in. What is wrong is in the session's problems. */
enum err serving_begin(struct serving *serving) MUST_CHECK;

/* Reads the configuration again. What cannot be changed while it runs stays, and the log says so.
 * If it cannot be used, the reason is in the log, and nothing is left of `fresh`. */
enum err serving_renew(const struct serving *before, struct serving *fresh) MUST_CHECK;

#endif
