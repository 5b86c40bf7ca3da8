/* One revision of a programme while it is written. Private to store/; call within db_write.
 *
 * The revision is written first, since its versions refer to it; its link, which stands for all of
 * them, is known at the end. */
#ifndef ITHACA_REVISION_H
#define ITHACA_REVISION_H

#include "store/chain.h"
#include "store/programme.h"

struct new_revision {
    const char *author, *reason, *token; /* any may be NULL */
    int64_t number;
    struct chain_link link; /* to which what happens in it is added */
};

/* Fills in `number` and `link`. */
enum err revision_begin(struct db *db, const struct programme *programme,
                        struct new_revision *revision) MUST_CHECK;
/* The programme's newest revision is then this one. */
enum err revision_end(struct db *db, struct arena *arena, struct new_revision *revision,
                      struct programme *programme) MUST_CHECK;

#endif
