#include "base/token.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_BYTES = 32, HASH_BYTES = 32 };

static void sodium_start(void) {
    if (sodium_init() < 0)
        abort();
}

void token_new(char out[TOKEN_SIZE]) {
    unsigned char bytes[TOKEN_BYTES];
    sodium_start();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, TOKEN_SIZE, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void token_hash(const char *purpose, const char *token, char out[TOKEN_HASH_SIZE]) {
    unsigned char hash[HASH_BYTES];
    crypto_generichash_state state;
    sodium_start();
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)token, strlen(token));
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(out, TOKEN_HASH_SIZE, hash, sizeof hash);
}

bool token_same(const char *a, const char *b) {
    size_t length = strlen(a);
    return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}
