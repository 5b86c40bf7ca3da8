/* Mails that wait to be sent. A mail is written in the transaction of what causes it, so there is
 * neither one without the other; sending it is a worker's (mail/post.h).
 *
 * Nothing confidential may stand in one: mail can be read on its way, and by whoever reads the
 * mailbox. MAIL_LINK in its words becomes, when it is sent, the address of a link that lets the
 * account in once; MAIL_SITE becomes the address of the site. Both are control characters, which no
 * name that anybody wrote can hold.
 *
 * To be called within db_read or db_write; what is given belongs to the arena. */
#ifndef ITHACA_MAIL_H
#define ITHACA_MAIL_H

#include "base/list.h"
#include "db/db.h"
#include <stdbool.h>

#define MAIL_LINK "\x01"
#define MAIL_SITE "\x02"

/* An invitation is one to Ithaca; to a meeting it is MAIL_MEETING. */
enum mail_kind { MAIL_INVITATION, MAIL_RESET, MAIL_REMINDER, MAIL_MEETING, MAIL_KINDS };
extern const char *const mail_kind_names[MAIL_KINDS];

struct mail {
    int64_t account;
    enum mail_kind kind;
    const char *what; /* tells it from others of its kind; NULL: one in a minute is enough */
    const char *subject, *words;
    /* For the receiver's calendar (calendar/ical.h), and the method that stands in it; or NULL. */
    const char *calendar, *calendar_method;
};

/* Once, however often it is written. */
enum err mail_add(struct db *db, const struct mail *mail) MUST_CHECK;

/* How many of a kind were written for an account within the last hour. */
enum err mail_count_lately(struct db *db, int64_t account, enum mail_kind kind,
                           size_t *out) MUST_CHECK;

/* For whoever looks after the site. */
struct mail_given_up {
    int64_t id;
    const char *name, *kind, *at, *said; /* to whom; `at` in UTC */
};
struct mail_state {
    int64_t waiting, sent; /* `sent` of those that are still kept */
    const char *oldest;    /* since when the oldest waits, UTC; or NULL */
    const char *said;      /* what went wrong with one that waits, the last time; or NULL */
    LIST(struct mail_given_up) given_up; /* the newest first, at most 100 */
};
enum err mail_state_read(struct db *db, struct arena *arena, struct mail_state *out) MUST_CHECK;
/* One that was given up waits again. */
enum err mail_try_again(struct db *db, int64_t id) MUST_CHECK;

/* How often somebody wants to be reminded. */
enum mail_choice { MAIL_NEVER, MAIL_WEEKLY, MAIL_DAILY, MAIL_CHOICES };
extern const char *const mail_choice_names[MAIL_CHOICES];
enum err mail_choice_read(struct db *db, int64_t account, enum mail_choice *out) MUST_CHECK;
enum err mail_choice_write(struct db *db, int64_t account, enum mail_choice choice) MUST_CHECK;
/* Whether meetings may be sent into their calendar. */
enum err mail_meetings_read(struct db *db, int64_t account, bool *out) MUST_CHECK;
enum err mail_meetings_write(struct db *db, int64_t account, bool wanted) MUST_CHECK;

extern const char mail_stop_purpose[]; /* of base/token.h */
/* By the token in a mail, without signing in: whose mails end there, and of which kind. The account
 * is 0 if it is not known, or was too long ago. */
enum err mail_stop_find(struct db *db, const char *token, int64_t *account,
                        enum mail_kind *kind) MUST_CHECK;

#endif
