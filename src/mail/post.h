/* Sends what waits (mail/mail.h), one after the other.
 *
 * None is lost: a mail waits until the server has said that it took it. None goes twice but in one
 * case that SMTP leaves open: if a worker, its machine or the connection dies after the server has
 * taken a mail and before that is written down, the mail goes once more. It has the same Message-ID
 * then, by which a mailbox can tell.
 *
 * What is refused for now is tried again after a while that grows, for two days; what is refused
 * for good is given up, and whoever looks after the site sees why. While the server itself is in
 * trouble nothing is given up. */
#ifndef ITHACA_POST_H
#define ITHACA_POST_H

#include "db/db.h"
#include "mail/smtp.h"

struct post {
    const struct mail_settings *settings;
    struct smtp *smtp;
    /* Makes a link that lets an account in once; within db_write. */
    enum err (*link)(struct db *db, struct arena *arena, int64_t account, const char **address);
};

struct posted {
    enum { POST_NOTHING, POST_SENT, POST_LATER, POST_GIVEN_UP, POST_UNREACHED } what;
    int64_t id;
    const char *said; /* what went wrong; or NULL */
};

/* The next that is due. Not to be called within a transaction. */
enum err post_next(struct db *db, struct arena *arena, const struct post *post,
                   struct posted *out) MUST_CHECK;

#endif
