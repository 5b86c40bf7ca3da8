/* The worker of mail: writes the day's reminders in the morning, and sends whatever waits. */
#ifndef ITHACA_REMINDERS_WORKER_H
#define ITHACA_REMINDERS_WORKER_H

#include "jobs/workers.h"
#include "mail/post.h"

struct mailer {
    const char *url;
    struct mail_settings settings;
    double pause; /* seconds between looks for work */
    void (*failed)(const struct problems *problems);
    /* What came of a mail that was tried; of a server in trouble only once. */
    void (*posted)(const struct posted *posted);
};

/* Whether the settings say how mail is sent. */
bool mail_is_on(const struct mail_settings *settings);

/* The work of struct worker_kind; `context` is a struct mailer, with mail on. */
enum worker_end mailer_work(void *context);

#endif
