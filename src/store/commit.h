/* Saving a programme's records: what was added, changed and removed, whole or not at all.
 *
 * Several people write the same programme. What somebody brings was made from some revision (its
 * base); others may have saved since. Each record is compared in three ways, field by field: as it
 * was at the base, as it is now, as it is brought. What only one side changed is taken; where both
 * changed the same field in different ways, or one removed what the other changed, nothing is
 * saved, and all versions are told. Nothing is ever overwritten: the old version stays in the
 * history.
 *
 * All of it happens in one transaction, under the programme's lock, and the records that result are
 * checked as a whole before they are written. Cost grows with the records of the programme. */
#ifndef ITHACA_COMMIT_H
#define ITHACA_COMMIT_H

#include "store/programme.h"

/* What is done where both changed the same record. */
enum conflict_manner { CONFLICT_REFUSE, CONFLICT_TAKE_MINE, CONFLICT_TAKE_THEIRS };

typedef void save_progress(size_t done, size_t of);

/* What is brought. */
struct draft {
    const char *programme;         /* its key; made if there is none of it yet */
    const struct records *records; /* checked */
    const bool *kinds; /* by kind: whether it is brought at all; others stay as they are */
    bool others_fresh; /* `records` has the others as they are now: read in this transaction */
    int64_t base;      /* the revision it was made from; 0: the programme was not there yet */
    bool may_remove;   /* what is not brought any more is removed; otherwise it stays */
    enum conflict_manner conflicts;
    bool only_look;     /* tell what would change, and write nothing */
    const char *author; /* who saves, and why; NULL if nobody says */
    const char *reason;
    const char *token;       /* the same token saved twice is saved once; NULL: one is made up */
    save_progress *progress; /* told now and then how many records are written; may be NULL */
};

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED, CHANGE_KINDS };

/* One record: its content before and after as JSON (store/stored.h), NULL where it is not there. */
struct change {
    enum change_kind what;
    const struct kind *kind;
    const char *key;
    const char *before, *after;
    /* Private to the writing of it. */
    int64_t id, old_revision, position;
};

/* The same record changed by two; NULL: removed, or not there. */
struct conflict {
    const struct kind *kind;
    const char *key;
    const char *base, *now, *mine;
    int64_t revision;   /* in which it was last changed by somebody else */
    const char *author; /* by whom; NULL if not known */
    const char *at;     /* when; NULL if not known */
};

struct commit {
    struct programme programme;  /* as it is afterwards */
    bool is_new;                 /* it was not there before */
    bool known;                  /* the token was saved before: nothing was done now */
    LIST(struct change) changes; /* in the order of the sheets and their rows; removed last */
    LIST(struct conflict) conflicts;
    size_t kept;   /* records that are not brought and stay (see may_remove) */
    size_t theirs; /* records that others have changed since the base, and you have not */
};

/* ERR_INPUT with conflicts and no problem where there are conflicts to be refused. */
enum err commit_draft(struct db *db, struct arena *arena, const struct draft *draft,
                      struct commit *out) MUST_CHECK;
/* The same within db_write; nothing of it was done, and the transaction may go on, after ERR_INPUT.
 */
enum err commit_draft_within(struct db *db, struct arena *arena, const struct draft *draft,
                             struct commit *out) MUST_CHECK;

#endif
