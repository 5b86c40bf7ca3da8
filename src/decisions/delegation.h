/* The scheme of delegation as of two days, and what differs: which rights were added, ended, or
 * changed. Told from the records as they are in one revision, by the times that stand in them; so
 * it needs no workbench. Everything belongs to the arena. */
#ifndef ITHACA_DELEGATION_H
#define ITHACA_DELEGATION_H

#include "base/date.h"
#include "store/programme.h"

/* Somebody's right over a decision. */
struct delegation {
    const char *decision; /* its title */
    const char *who;      /* "Director of finance, Council" */
    const char *words;    /* "Decides, up to 5,000, delegated by the board" */
    const char *holding;  /* what tells one holder's rights over one decision from another's */
    struct when since, until;
    bool has_ended; /* `until` is said, and perhaps unknown */
};

struct delegations {
    LIST(struct delegation) list; /* in the order of the sheet */
};

/* Within db_read: all rights that are written down in a revision, past ones and those to come too.
 */
enum err delegations_read(struct db *db, struct arena *arena, const struct programme *programme,
                          int64_t revision, struct delegations *out) MUST_CHECK;

/* What somebody may do about a decision on the one day and on the other. */
struct delegation_change {
    const char *decision, *who;
    const char *before, *after; /* NULL: no right on that day */
};

struct delegation_changes {
    LIST(struct delegation_change) added, ended, changed;
    size_t same; /* how many hold the same rights on both days */
};

struct delegation_changes delegations_compare(struct arena *arena, const struct delegations *all,
                                              const char *from, const char *to);

#endif
