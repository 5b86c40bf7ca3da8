/* Slowing down whoever tries passwords, without locking out anybody else.
 *
 * Failures are counted for a name and an address together: the owner of the name can sign in from
 * elsewhere, and others at the same address as themselves. A try counts as a failure from its
 * beginning, so that many at once gain nothing, until it is taken back. (On PostgreSQL, where
 * writers do not wait for each other, those that begin within the same few milliseconds do not see
 * each other: at most one try more for each other web worker.) Neither names nor addresses
 * are kept, only what both hash to, and that for a quarter of an hour.
 *
 * To be called within db_write. */
#ifndef ITHACA_THROTTLE_H
#define ITHACA_THROTTLE_H

#include "base/token.h"
#include "db/db.h"

enum { THROTTLE_FAILURES = 5, THROTTLE_MINUTES = 15 };

struct attempt {
    int minutes; /* to wait: it may not be made, and is not counted; 0: go on */
    int64_t id;
    char hash[TOKEN_HASH_SIZE];
};

/* `who` is what was typed, known or not; `from` an address. */
enum err attempt_begin(struct db *db, struct arena *arena, const char *who, const char *from,
                       struct attempt *out) MUST_CHECK;
/* It succeeded: those before it are forgotten, too. */
enum err attempt_succeeded(struct db *db, const struct attempt *attempt) MUST_CHECK;
/* The same where there was no try: they have proved who they are in another way. */
enum err attempts_forget(struct db *db, struct arena *arena, const char *who,
                         const char *from) MUST_CHECK;
/* It was not made after all. */
enum err attempt_take_back(struct db *db, const struct attempt *attempt) MUST_CHECK;

#endif
