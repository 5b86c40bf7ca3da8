/* How many records of each kind a programme has, and how many were taken out, kept by every save:
 * a list says how long it is without being counted. */
#ifndef ITHACA_COUNTS_H
#define ITHACA_COUNTS_H

#include "store/commit.h"

struct kind_counts {
    size_t now, gone; /* gone: taken out, and not written down again under the same key */
};

/* Brings them up to date with changes that were just written; within db_write. */
enum err counts_keep(struct db *db, struct arena *arena, const struct commit *commit) MUST_CHECK;

/* Of every kind: `out` has room for kind_count. Within db_read. */
enum err counts_read(struct db *db, const struct programme *programme,
                     struct kind_counts *out) MUST_CHECK;

#endif
