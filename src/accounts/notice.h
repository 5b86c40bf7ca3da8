/* What whoever looks after the site adds to the page "How your data are used": who is responsible,
 * on what ground, for how long. A version is never overwritten; the newest holds.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_NOTICE_H
#define ITHACA_NOTICE_H

#include "base/list.h"
#include "db/db.h"

enum { NOTICE_FIELDS = 6, NOTICE_MOST = 5000 /* bytes of one */ };

struct notice_field {
    const char *name, *heading, *hint;
};
extern const struct notice_field notice_fields[NOTICE_FIELDS];

struct notice {
    int64_t number;                    /* 0: nothing was ever added */
    const char *at, *author;           /* the author NULL: somebody whose account has gone */
    const char *values[NOTICE_FIELDS]; /* "" where nothing is said */
};
struct notices {
    LIST(struct notice) list; /* the newest first */
};
enum err notices_read(struct db *db, struct arena *arena, struct notices *out) MUST_CHECK;

enum notice_saved { NOTICE_SAVED, NOTICE_SAME, NOTICE_CONFLICT /* another was saved meanwhile */ };
/* `notice->number` is that of the version that its writer saw. Sent twice it is saved once. */
enum err notice_save(struct db *db, struct arena *arena, const struct notice *notice,
                     int64_t account, const char *token, enum notice_saved *out) MUST_CHECK;

#endif
