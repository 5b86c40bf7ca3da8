/* Several records of a programme corrected, added or taken out at once, whole or not at all, as one
 * revision; and such a revision undone, as one more. By the same checks, merging and saving as one
 * record (store/correct.h).
 *
 * To be called within db_write. Cost grows with the records of the programme; the memory for that
 * is given back, and what is told belongs to the arena. */
#ifndef ITHACA_CORRECT_MANY_H
#define ITHACA_CORRECT_MANY_H

#include "store/commit.h"

struct wanted {
    const struct kind *kind;
    const char *id;     /* of which record; NULL: a new one, whose key is among its cells */
    const char **cells; /* by field, as people write them; NULL: the record goes */
};

struct corrections {
    const struct programme *programme;
    LIST(struct wanted) records;
    int64_t base; /* the revision that was seen */
    bool only_look;
    const char *author, *reason, *token; /* as in struct draft */
};

struct corrected_change {
    enum change_kind what; /* CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED */
    const struct kind *kind;
    const char *key, *label;      /* as it is called afterwards; before, if it goes */
    const char **before, **after; /* by field; NULL: not there */
    const char **named;           /* by field of `after`: what a key stands for; NULL: itself */
};

struct corrected_many {
    bool is_known;               /* the token was saved before: nothing was done now */
    bool is_stale;               /* what was seen may hold what was erased since */
    int64_t revision;            /* in which it was saved; the newest, where nothing was */
    LIST(const char *) problems; /* whole sentences; nothing is saved if there are any */
    LIST(struct corrected_change) changes;
};

enum err correct_records(struct db *db, struct arena *arena, const struct corrections *wish,
                         struct corrected_many *out) MUST_CHECK;

/* What a commit changed, or would, or why it cannot be, in the same way; `records` as they are
 * then.
 */
void corrected_take(struct arena *arena, const struct records *records, const struct commit *commit,
                    struct corrected_many *out);

/* Puts back what a revision changed. Where somebody has changed one of its records since, or other
 * records need what would go, that is a problem, and nothing is done. */
struct undoing {
    const struct programme *programme;
    int64_t revision;
    bool only_look;
    const char *author, *reason, *token;
};
enum err correct_undo(struct db *db, struct arena *arena, const struct undoing *wish,
                      struct corrected_many *out) MUST_CHECK;

#endif
