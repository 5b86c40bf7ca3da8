/* What was done to a programme's records, by whom and when; and whether that history is whole.
 *
 * Read everything within db_read, so that nothing moves meanwhile. All of a programme's versions
 * are held in memory at once. */
#ifndef ITHACA_AUDIT_H
#define ITHACA_AUDIT_H

#include "store/chain.h"
#include "store/commit.h"

/* One revision: somebody saved. */
struct revision {
    int64_t number;
    const char *at;              /* UTC */
    const char *author, *reason; /* NULL: nobody said, or erased */
    const char *salt, *commitment, *link;
    size_t erased; /* versions, and words of revisions, from which somebody was erased in it; only
                    * audit_read counts them */
};

/* What was done to one record in it; texts as in struct change. */
struct audit_change {
    const struct revision *revision;
    enum change_kind what;
    const char *kind, *key, *before, *after;
};

struct audit {
    LIST(struct revision) revisions;
    LIST(struct audit_change) changes; /* oldest first; within a revision by record */
};

/* The revisions from `from` to `to`, and what was done in them. */
enum err audit_read(struct db *db, struct arena *arena, const struct programme *programme,
                    int64_t from, int64_t to, struct audit *out) MUST_CHECK;

struct audit_fault {
    int64_t revision;    /* where it was seen */
    const char *message; /* a whole sentence */
};

struct audit_verdict {
    size_t revisions, versions, erased; /* looked at */
    LIST(struct audit_fault) faults;    /* none: the history is whole */
};

/* Works out the whole chain again. What was cut off at the end together with the programme's own
 * note of its newest link cannot be seen here, only by a link that was kept (store/kept.h). */
enum err audit_verify(struct db *db, struct arena *arena, const struct programme *programme,
                      struct audit_verdict *out) MUST_CHECK;

#endif
