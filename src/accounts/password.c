#include "accounts/password.h"
#include "base/text.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 2 };
static const size_t memory = (size_t)19 * 1024 * 1024;

_Static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "as libsodium writes it");

const char password_of_nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                                  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const char *password_fault(struct arena *arena, const char *password, const char *const *own,
                           size_t n) {
    const char *folded = text_fold(arena, password);
    if (text_width(password) < PASSWORD_LEAST)
        return arena_format(arena, "Your password must have at least %d characters",
                            PASSWORD_LEAST);
    if (strlen(password) > PASSWORD_MOST)
        return "Your password is too long to be kept";
    for (size_t i = 0; i < n; i++)
        if (own[i] && (text_equal(password, own[i]) ||
                       (*folded && text_equal(folded, text_fold(arena, own[i])))))
            return "Your password must not be your name, your login or your email address";
    return NULL;
}

static void sodium_start(void) {
    if (sodium_init() < 0)
        abort();
}

bool password_hash(const char *password, char out[PASSWORD_HASH_SIZE]) {
    sodium_start();
    return crypto_pwhash_str_alg(out, password, strlen(password), PASSES, memory,
                                 crypto_pwhash_ALG_ARGON2ID13) == 0;
}

bool password_is(const char *password, const char *hash) {
    sodium_start();
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}
