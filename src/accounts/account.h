/* An account, seen by whoever signs in with it: its password, and the browsers in which it is
 * signed in.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_ACCOUNT_H
#define ITHACA_ACCOUNT_H

#include "base/list.h"
#include "db/db.h"

struct sign_in_account {
    int64_t id;                   /* 0: there is none */
    const char *login, *password; /* what it hashes to; NULL: none was chosen yet */
    const char *name, *email;     /* of the person */
};

/* By its login, or by the email address of a person who has one account alone. */
enum err account_find(struct db *db, struct arena *arena, const char *who,
                      struct sign_in_account *out) MUST_CHECK;
enum err account_read(struct db *db, struct arena *arena, int64_t id,
                      struct sign_in_account *out) MUST_CHECK;

/* A new password: whoever is signed in elsewhere, or has a link, must come in by it. `token` is
 * that of the session that stays. */
enum err account_password_set(struct db *db, int64_t account, const char *hash,
                              const char *token) MUST_CHECK;

/* A browser in which somebody is signed in. */
struct signed_in {
    const char *id; /* what its token hashes to */
    const char *since, *agent;
    bool is_this, by_link;
};
struct signed_in_list {
    LIST(struct signed_in) list;
};
/* The one that asks, which has this token, first; then the newest. */
enum err account_sessions(struct db *db, struct arena *arena, int64_t account, const char *token,
                          struct signed_in_list *out) MUST_CHECK;
/* Ends one, if it is of this account. */
enum err account_session_end(struct db *db, int64_t account, const char *id) MUST_CHECK;
enum err account_sessions_end_others(struct db *db, int64_t account, const char *token) MUST_CHECK;

#endif
