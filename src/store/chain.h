/* The chain: what makes it seen when the history of a programme was cut or altered.
 *
 * Every version of a record has a commitment: a hash of what it says, with salt. Every revision has
 * a link: a hash of the link before it, of its number, its time, the commitment to its author and
 * reason, and the commitments of what began, ended or was erased in it. Whoever keeps a link
 * elsewhere (on paper, in minutes) can later tell that everything up to it is as it was.
 *
 * Content can be erased lawfully: its words and its salt go, the commitment stays, and nobody can
 * find the words again by guessing. The erasure itself is part of the chain.
 *
 * The hash is BLAKE2b, 32 bytes (RFC 7693; libsodium), written as 64 hexadecimal digits; parts are
 * hashed with their lengths, so that no two different things are the same bytes. */
#ifndef ITHACA_CHAIN_H
#define ITHACA_CHAIN_H

#include <sodium.h>
#include <stdint.h>

enum { CHAIN_HASH_SIZE = 64 + 1, CHAIN_SALT_SIZE = 32 + 1 };

/* Must be called once before anything else here. */
void chain_start(void);
/* 16 bytes of chance, in hexadecimal digits. */
void chain_salt_new(char out[CHAIN_SALT_SIZE]);

/* To what a version of a record says; to who saved a revision and why. NULL is not the same as "".
 */
void chain_commit_record(const char *salt, const char *kind, const char *key, const char *content,
                         char out[CHAIN_HASH_SIZE]);
void chain_commit_words(const char *salt, const char *author, const char *reason,
                        char out[CHAIN_HASH_SIZE]);

/* A link while it is made: begin, then every change in the order of record ids, then end. */
struct chain_link {
    crypto_generichash_state state;
};
enum chain_event { CHAIN_BEGAN = '+', CHAIN_ENDED = '-', CHAIN_ERASED = 'x' };

void chain_link_begin(struct chain_link *link, const char *before, int64_t number, const char *at,
                      const char *commitment);
/* `revision` is that of the version erased; 0 for the other events. */
void chain_link_add(struct chain_link *link, enum chain_event event, int64_t record_id,
                    int64_t revision, const char *commitment);
void chain_link_end(struct chain_link *link, char out[CHAIN_HASH_SIZE]);

#endif
