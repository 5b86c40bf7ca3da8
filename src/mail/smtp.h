/* Hands a mail to the server that sends it on (libcurl). What the server says decides what becomes
 * of the mail: taken, refused for now, refused for good; or nothing is said of the mail, since the
 * server itself is in trouble. */
#ifndef ITHACA_SMTP_H
#define ITHACA_SMTP_H

#include "base/arena.h"

/* Of the site, from its configuration; texts may be NULL where nothing is said. */
struct mail_settings {
    const char *server;          /* "smtp://mail.example.org:587" or "smtps://..." */
    const char *user, *password; /* where the server asks who we are */
    const char *ca;              /* a file with certificates to trust, instead of the system's */
    const char *from;            /* an address */
    const char *folder;          /* for trying out: mails become files here, and none is sent */
    const char *site;            /* how people reach the pages: "https://..." */
    int again; /* seconds, before what was refused for now is tried again; grows */
    int hour;  /* of the day, from which people are reminded */
};

enum smtp_result {
    SMTP_TAKEN,
    SMTP_LATER,     /* not now: this mail is to be tried again */
    SMTP_NEVER,     /* this mail will not be taken */
    SMTP_UNREACHED, /* the server could not be reached, or does not know us */
};

struct smtp; /* keeps its connection from one mail to the next */

struct smtp *smtp_new(const struct mail_settings *settings); /* ends with smtp_free */
void smtp_free(struct smtp *smtp);

/* Takes up to a minute. `said` is what went wrong, in the server's words where it had any; in the
 * arena. */
enum smtp_result smtp_send(struct smtp *smtp, struct arena *arena, const char *to,
                           const char *message, size_t length, const char **said);

#endif
