/* Three versions of every record into one: as it was when somebody took a copy, as it is now, as it
 * is brought. Private to store/. */
#ifndef ITHACA_MERGE_H
#define ITHACA_MERGE_H

#include "base/text.h"
#include "store/commit.h"

/* A record as it is in the store. */
struct stored {
    int64_t id, revision, position;
    const struct kind *kind;
    const char *key, *content;
    bool brought;
};

/* Those of one kind. */
struct stored_list {
    LIST(struct stored *) list; /* in the order of the sheet */
    struct index by_key;
};

struct merge {
    struct arena *arena;
    const struct draft *draft;
    struct stored_list *now;  /* one per kind; those not brought are not there if they are fresh */
    struct stored_list *base; /* one per kind: what was otherwise at the base, or is gone since */
    int64_t base_revision;
    struct text line; /* room for writing a record */
    bool differs;     /* what results is not what is brought: others have had their say, too */
};

/* Fills in `out->changes`, `out->conflicts` and `out->kept`, and `differs`. */
void merge_make(struct merge *merge, struct commit *out);

/* The programme's sheets as they will be: what is now, with the changes. They are made in `arena`,
 * and stand on texts of the merge. */
enum err merge_sheets(const struct merge *merge, struct arena *arena, const struct commit *commit,
                      const char *file, struct sheets *out) MUST_CHECK;

#endif
