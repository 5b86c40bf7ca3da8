/* Keys with which other programs read for somebody: a spreadsheet's query, a report, a board's own
 * system. A key reads what its owner may read, as long as they may, and writes nothing; it never
 * looks after the site. It is shown once; only what it hashes to is kept. It ends on its day, with
 * its account, with the part in the programme, and when its owner ends it.
 *
 * All of this is to be called within db_read or db_write, and belongs to the arena. */
#ifndef ITHACA_KEY_H
#define ITHACA_KEY_H

#include "accounts/visitor.h"
#include "base/date.h"

enum {
    KEYS_MOST = 20,      /* of one account */
    KEY_DAYS_MOST = 366, /* for which it holds */
    KEY_NAME_MOST = 100, /* bytes */
};

struct key_wish {
    int64_t account;
    int64_t programme; /* the only one it reads; 0: all in which its owner takes part */
    const char *name;  /* what its owner calls it */
    int days;          /* 1 to KEY_DAYS_MOST */
};
/* `is_made` is false, and nothing is done, where the account has KEYS_MOST already. */
enum err key_new(struct db *db, const struct key_wish *wish, char key[TOKEN_SIZE],
                 bool *is_made) MUST_CHECK;

struct key {
    const char *id;               /* its hash */
    const char *name, *programme; /* the programme's name; NULL: all */
    const char *made_at, *ends_at;
    const char *used_on; /* a day; NULL: never */
};
struct keys {
    LIST(struct key) list; /* those that have not ended, the newest first */
};
enum err keys_of(struct db *db, struct arena *arena, int64_t account, struct keys *out) MUST_CHECK;
enum err key_end(struct db *db, int64_t account, const char *id) MUST_CHECK;

/* What is kept of a key. */
void key_hash(const char *key, char out[TOKEN_HASH_SIZE]);
/* Notes the day on which it was used; not within db_read or db_write. */
enum err key_used(struct db *db, const char *key, const char *day) MUST_CHECK;

#endif
