/* The second factor of an account: figures from an authenticator app, or a recovery code for when
 * the app is lost. Recovery codes are kept only as what they hash to; the app's secret must be kept
 * as it is, since figures are reckoned from it.
 *
 * To be called within db_read or db_write. */
#ifndef ITHACA_SECOND_FACTOR_H
#define ITHACA_SECOND_FACTOR_H

#include "accounts/totp.h"
#include "base/arena.h"
#include "db/db.h"

enum {
    RECOVERY_CODES = 8,
    RECOVERY_CODE_SIZE = sizeof "abcd-efgh-ijkl-mnop", /* 80 random bits */
};

struct second_factor {
    const char *secret;   /* NULL: there is none */
    int64_t used_step;    /* the last whose figures were used; -1: none */
    int64_t codes_left;   /* for recovery */
    const char *taken_at; /* when it was taken off, and they were not told yet; or NULL */
};

enum err second_factor_read(struct db *db, struct arena *arena, int64_t account,
                            struct second_factor *out) MUST_CHECK;
/* Sets it up, `step` being that of the figures that proved it works; gives new recovery codes. */
enum err second_factor_set(struct db *db, struct arena *arena, int64_t account, const char *secret,
                           int64_t step, char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE]) MUST_CHECK;
enum err second_factor_remove(struct db *db, int64_t account) MUST_CHECK;
/* Takes it off for somebody who has lost both, and ends their sessions; they are told of it, until
 * they say that they know, or set up another. */
enum err second_factor_take(struct db *db, int64_t account) MUST_CHECK;
enum err second_factor_told(struct db *db, int64_t account) MUST_CHECK;
/* Uses figures or a recovery code, as somebody typed it; each can be used once. */
enum err second_factor_use(struct db *db, struct arena *arena, int64_t account, const char *typed,
                           bool *is_right) MUST_CHECK;
/* The same with words for whoever typed it: NULL where it was right. Wrong tries are counted for
 * the account, wherever they come from, since whoever makes them has its password already;
 * `is_tried` is false where there were too many. */
enum err second_factor_try(struct db *db, struct arena *arena, int64_t account, const char *typed,
                           const char **error, bool *is_tried) MUST_CHECK;
/* What was typed, without the spaces and dashes that people put in. */
char *second_factor_trim(struct arena *arena, const char *typed);

#endif
