/* Passwords: what may be one, and what is kept of it (argon2id, as libsodium writes it).
 *
 * Hashing and checking take some 30 ms and 19 MiB on purpose, so that whoever gets hold of the
 * database cannot try many: never in a web worker, but in its helper (web/helper.h). */
#ifndef ITHACA_PASSWORD_H
#define ITHACA_PASSWORD_H

#include "base/arena.h"
#include <stdbool.h>

enum {
    PASSWORD_LEAST = 10,      /* characters */
    PASSWORD_MOST = 512,      /* bytes */
    PASSWORD_HASH_SIZE = 128, /* with the NUL */
};

/* What keeps a text from being a password, as one sentence to whoever chose it; NULL if nothing.
 * `own` are words that everybody who knows them would try first: name, login, email; any may be
 * NULL. */
const char *password_fault(struct arena *arena, const char *password, const char *const *own,
                           size_t n);

/* False if there is no memory. */
bool password_hash(const char *password, char out[PASSWORD_HASH_SIZE]);
bool password_is(const char *password, const char *hash);

/* What no password hashes to; checking against it takes as long as against any other. */
extern const char password_of_nobody[];

#endif
