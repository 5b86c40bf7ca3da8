/* What was learned, as a file that one site gives to another: JSON, described by
 * docs/learned.schema.json, signed with the site's own key (Ed25519, libsodium).
 *
 * The signature is over the file's members but "signature", as jansson writes them with sorted keys
 * and no white space (UTF-8 as it is). It shows that nothing was changed since it was signed, and
 * that two files come from the same site; who that is, it cannot show.
 *
 * Everything belongs to the arena. */
#ifndef ITHACA_PARCEL_H
#define ITHACA_PARCEL_H

#include "base/problem.h"
#include "learned/learned.h"

enum {
    PARCEL_ITEMS_MOST = 20, /* given at once */
    PARCEL_BYTES_MOST = 1024 * 1024,
    PARCEL_FROM_MOST = 100,   /* bytes */
    PARCEL_KEY_SIZE = 64 + 1, /* hexadecimal */
};

struct parcel {
    const char *from;    /* what the site calls itself: no name is needed */
    const char *made_on; /* a day */
    char key[PARCEL_KEY_SIZE];
    /* Their `origin` tells them from all others: whose key, and which number there. */
    struct learned_list items;
};

/* Kinds that are given, and fields: no findings, no records. */
bool parcel_takes(const struct learned_kind *kind);
bool parcel_takes_field(const struct learned_field *field);

/* Within db_write: the site's key is made where there is none. */
enum err parcel_write(struct db *db, struct arena *arena, const struct parcel *parcel,
                      const char **file) MUST_CHECK;
/* ERR_INPUT, and why for people, if it is no such file, too large, or not as it was signed. */
enum err parcel_read(struct arena *arena, const char *bytes, size_t length, struct parcel *out,
                     const char **fault) MUST_CHECK;

/* "1a2b 3c4d 5e6f 7a8b": the beginning of a key, to compare over the telephone. */
const char *parcel_key_words(struct arena *arena, const char *key);

#endif
