#include "store/chain.h"
#include "base/chance.h"
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = (CHAIN_HASH_SIZE - 1) / 2, SALT_BYTES = (CHAIN_SALT_SIZE - 1) / 2 };

void chain_start(void) {
    if (sodium_init() < 0)
        abort(); /* no source of chance: nothing could be kept honestly */
}

void chain_salt_new(char out[CHAIN_SALT_SIZE]) {
    unsigned char bytes[SALT_BYTES];
    chance_take(bytes, sizeof bytes);
    sodium_bin2hex(out, CHAIN_SALT_SIZE, bytes, sizeof bytes);
}

static void hash_number(crypto_generichash_state *state, int64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

/* With its length in front; a text that is not there has a length no text has. */
static void hash_text(crypto_generichash_state *state, const char *text) {
    size_t length = text ? strlen(text) : 0;
    hash_number(state, text ? (int64_t)length : -1);
    if (text)
        crypto_generichash_update(state, (const unsigned char *)text, length);
}

static void hash_begin(crypto_generichash_state *state, const char *purpose) {
    crypto_generichash_init(state, NULL, 0, HASH_BYTES);
    hash_text(state, purpose);
}

static void hash_end(crypto_generichash_state *state, char out[CHAIN_HASH_SIZE]) {
    unsigned char bytes[HASH_BYTES];
    crypto_generichash_final(state, bytes, sizeof bytes);
    sodium_bin2hex(out, CHAIN_HASH_SIZE, bytes, sizeof bytes);
}

void chain_commit_record(const char *salt, const char *kind, const char *key, const char *content,
                         char out[CHAIN_HASH_SIZE]) {
    crypto_generichash_state state;
    hash_begin(&state, "record");
    hash_text(&state, salt);
    hash_text(&state, kind);
    hash_text(&state, key);
    hash_text(&state, content);
    hash_end(&state, out);
}

void chain_commit_words(const char *salt, const char *author, const char *reason,
                        char out[CHAIN_HASH_SIZE]) {
    crypto_generichash_state state;
    hash_begin(&state, "words");
    hash_text(&state, salt);
    hash_text(&state, author);
    hash_text(&state, reason);
    hash_end(&state, out);
}

void chain_link_begin(struct chain_link *link, const char *before, int64_t number, const char *at,
                      const char *commitment) {
    hash_begin(&link->state, "link");
    hash_text(&link->state, before);
    hash_number(&link->state, number);
    hash_text(&link->state, at);
    hash_text(&link->state, commitment);
}

void chain_link_add(struct chain_link *link, enum chain_event event, int64_t record_id,
                    int64_t revision, const char *commitment) {
    hash_number(&link->state, (int64_t)event);
    hash_number(&link->state, record_id);
    hash_number(&link->state, revision);
    hash_text(&link->state, commitment);
}

void chain_link_end(struct chain_link *link, char out[CHAIN_HASH_SIZE]) {
    hash_end(&link->state, out);
}
