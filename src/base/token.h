/* Secrets that people carry: the cookie of a session, a link that lets them in once. Whoever reads
 * the database must not be able to use them, so only what they hash to is kept. */
#ifndef ITHACA_TOKEN_H
#define ITHACA_TOKEN_H

#include <stdbool.h>

enum {
    TOKEN_SIZE = 43 + 1,      /* 256 random bits in letters that an address may hold */
    TOKEN_HASH_SIZE = 64 + 1, /* hexadecimal */
};

void token_new(char out[TOKEN_SIZE]);
/* BLAKE2b, 256 bits. `purpose` keeps one use from standing for another. */
void token_hash(const char *purpose, const char *token, char out[TOKEN_HASH_SIZE]);
/* In a time that does not tell how much of it is right. */
bool token_same(const char *a, const char *b);

#endif
