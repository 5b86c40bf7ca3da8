/* Who is looking at a page: the account behind the cookie, and the part its person takes in the
 * programme that the page is of.
 *
 * All of this is to be called within db_read or db_write, and belongs to the arena. */
#ifndef ITHACA_VISITOR_H
#define ITHACA_VISITOR_H

#include "accounts/role.h"
#include "base/names.h"
#include "base/token.h"
#include "store/programme.h"

struct visitor {
    int64_t account; /* 0: nobody is signed in */
    int64_t person;
    const char *login, *name;
    bool is_administrator;
    const char *token;     /* of the session; NULL: another program reads for them */
    int64_t key_programme; /* the only one which that program may read; 0: all of theirs */
    bool key_use_is_due;   /* that it reads is to be noted */
    enum role role;        /* ROLE_NONE where they take no part in the programme */
    const char *was_here;  /* when they were last in the programme, before this visit; or NULL */
    bool visit_is_due;     /* this visit is to be noted */
    struct programme programme; /* id 0 where they take no part */
    int64_t touched;            /* how far it has come besides its revision: programme_touch */
    int64_t looks;              /* the number of the newest look, 0 before the first */
};

/* Whose session has this token; `programme` is a key, or NULL. */
enum err visitor_read(struct db *db, struct arena *arena, const char *token, const char *programme,
                      struct visitor *out) MUST_CHECK;
/* For whom another program reads with this key (accounts/key.h); `today` is the day. */
enum err visitor_read_key(struct db *db, struct arena *arena, const char *key,
                          const char *programme, const char *today, struct visitor *out) MUST_CHECK;
/* What a form must bring, so that it comes from a page of theirs. */
void visitor_form_token(const struct visitor *visitor, char out[TOKEN_HASH_SIZE]);
/* The keys by which they stand on the programme's sheet People. */
enum err visitor_records(struct db *db, struct arena *arena, const struct visitor *visitor,
                         struct names *out) MUST_CHECK;

struct part_taken {
    struct programme programme;
    enum role role;
};
struct parts_taken {
    LIST(struct part_taken) list;
};
enum err visitor_programmes(struct db *db, struct arena *arena, const struct visitor *visitor,
                            struct parts_taken *out) MUST_CHECK;

/* Begins a session for an account; gives the token for its cookie. One that waits lets nobody in:
 * it only remembers, for some minutes, who is about to show their second factor. */
enum { SESSION_HOURS = 12, SESSION_WAIT_MINUTES = 10 };
enum session_way { BY_PASSWORD, BY_LINK };
struct session_wish {
    int64_t account;
    enum session_way way;
    bool waits;
    const char *agent; /* or NULL */
};
enum err session_begin(struct db *db, struct arena *arena, const struct session_wish *wish,
                       const char **token) MUST_CHECK;
/* Of one that waits; the account is 0 if there is none. */
enum err session_waiting(struct db *db, struct arena *arena, const char *token,
                         struct session_wish *out, const char **login) MUST_CHECK;
/* What is kept of a session's token. */
void session_hash(const char *token, char out[TOKEN_HASH_SIZE]);
enum err session_end(struct db *db, const char *token) MUST_CHECK;
/* Notes that they have been in the programme; in a transaction of its own, so not within db_read or
 * db_write. */
enum err visit_write(struct db *db, struct visitor *visitor) MUST_CHECK;

/* Links that let somebody in once, within so many hours. */
enum { LINK_HOURS = 48 };
enum err sign_in_link_new(struct db *db, struct arena *arena, int64_t account,
                          const char **token) MUST_CHECK;
/* Who would be let in; `name` is NULL where it cannot be used. */
enum err sign_in_link_look(struct db *db, struct arena *arena, const char *token,
                           const char **name) MUST_CHECK;
/* Uses it; `account` is 0 where it could not be. */
enum err sign_in_link_spend(struct db *db, const char *token, int64_t *account) MUST_CHECK;

#endif
