/* Words that people use for the same thing (content/alike/), so that "my boss" finds the page on
 * managers. Everything belongs to the arena. */
#ifndef ITHACA_ALIKE_H
#define ITHACA_ALIKE_H

#include "base/index.h"
#include "base/list.h"
#include "base/text.h"

struct alike_group {
    LIST(const char *) stems;
    const void *last; /* the page that got them last: each gets them once */
};
struct alike {
    struct index by_stem; /* of its group; a word is in one group only */
};

struct alike alike_load(struct arena *arena);
/* Adds to `out` what else people say for the words of a page (library_stems). `page` is any address
 * that no other page has. */
void alike_add(struct arena *arena, const struct alike *alike, const char *stems, const void *page,
               struct text *out);

#endif
