#include "accounts/totp.h"
#include "base/token.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECRET_BYTES = 20, LETTER_BITS = 5, BYTE_BITS = 8, HMAC_BYTES = 20, FIGURES = 1000000 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_secret_new(char out[TOTP_SECRET_SIZE]) {
    if (sodium_init() < 0)
        abort();
    for (size_t i = 0; i + 1 < TOTP_SECRET_SIZE; i++)
        out[i] = letters[randombytes_uniform(sizeof letters - 1)];
    out[TOTP_SECRET_SIZE - 1] = '\0';
}

bool totp_secret_valid(const char *secret) {
    return strlen(secret) == TOTP_SECRET_SIZE - 1 &&
           strspn(secret, letters) == TOTP_SECRET_SIZE - 1;
}

/* Of a valid secret. */
static void secret_decode(const char *secret, unsigned char out[SECRET_BYTES]) {
    unsigned bits = 0;
    int held = 0;
    for (size_t n = 0; *secret; secret++) {
        bits = bits << LETTER_BITS | (unsigned)(strchr(letters, *secret) - letters);
        held += LETTER_BITS;
        if (held >= BYTE_BITS) {
            held -= BYTE_BITS;
            out[n++] = (unsigned char)(bits >> held & 0xff);
        }
    }
}

void totp_code(const char *secret, int64_t step, char out[TOTP_CODE_SIZE]) {
    unsigned char key[SECRET_BYTES], counter[BYTE_BITS], mac[HMAC_BYTES];
    unsigned size = 0;
    secret_decode(secret, key);
    for (int i = 0; i < BYTE_BITS; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (BYTE_BITS * (BYTE_BITS - 1 - i)) & 0xff);
    if (!HMAC(EVP_sha1(), key, sizeof key, counter, sizeof counter, mac, &size) ||
        size != HMAC_BYTES)
        abort();
    /* RFC 4226, 5.3: the last four bits say where the number stands, without its sign */
    const unsigned char *at = mac + (mac[HMAC_BYTES - 1] & 0xf);
    unsigned number = (at[0] & 0x7fU) << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
    snprintf(out, TOTP_CODE_SIZE, "%06u", number % FIGURES);
    sodium_memzero(key, sizeof key);
}

int64_t totp_step_of(const char *secret, const char *code, int64_t now_step, int64_t last) {
    int64_t found = -1;
    for (int64_t step = now_step - TOTP_SLACK; step <= now_step + TOTP_SLACK; step++) {
        char right[TOTP_CODE_SIZE];
        totp_code(secret, step, right);
        if (token_same(code, right) && step > last)
            found = step;
    }
    return found;
}

int64_t totp_step_now(void) {
    return (int64_t)time(NULL) / TOTP_SECONDS;
}
