/* The six figures that an authenticator app shows: RFC 6238 with HMAC-SHA-1, 30 seconds and six
 * figures, which all apps know. */
#ifndef ITHACA_TOTP_H
#define ITHACA_TOTP_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TOTP_SECRET_SIZE = 32 + 1, /* 160 random bits as base32 (RFC 4648), as apps read it */
    TOTP_CODE_SIZE = 6 + 1,
    TOTP_SECONDS = 30,
    TOTP_SLACK = 1, /* steps that a clock may be wrong, either way */
};

void totp_secret_new(char out[TOTP_SECRET_SIZE]);
bool totp_secret_valid(const char *secret);
/* The figures of a step, which is the seconds since 1970 divided by TOTP_SECONDS. */
void totp_code(const char *secret, int64_t step, char out[TOTP_CODE_SIZE]);
/* The step whose figures these are, of those that may be meant now and come after `last`; -1: none
 * (`last` -1: none was used before). */
int64_t totp_step_of(const char *secret, const char *code, int64_t now_step, int64_t last);
int64_t totp_step_now(void);

#endif
