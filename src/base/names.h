/* Lists of short texts: columns, keys, barriers. A list belongs to the arena it was made in, and so
 * do its names, unless they are constants. */
#ifndef ITHACA_NAMES_H
#define ITHACA_NAMES_H

#include "base/list.h"
#include <stdbool.h>

struct names {
    LIST(const char *) list;
};

/* The index of `name` in `names`, or -1. */
int name_index(const char *const *names, int n, const char *name);
bool names_contain(const struct names *names, const char *name);
/* The names in a text with commas between them. */
struct names names_split(struct arena *arena, const char *text);
/* The paragraphs of a text, with empty lines between them; none of NULL. */
struct names names_paragraphs(struct arena *arena, const char *text);

#endif
