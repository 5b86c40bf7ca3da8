/* Finding things by a text: a hash table in an arena. The texts and the things stay whose they
 * are. */
#ifndef ITHACA_INDEX_H
#define ITHACA_INDEX_H

#include "base/arena.h"
#include <stdbool.h>

struct index_slot {
    const char *name;
    void *thing;
    size_t hash; /* of the name: names lie far apart in memory, and most need not be looked at */
};

/* An empty index is all zero. */
struct index {
    struct index_slot *slots;
    size_t n, room;
};

/* Adds a thing; false, and nothing is changed, if the name is there already. */
bool index_add(struct arena *arena, struct index *index, const char *name, void *thing);
/* Room for so many in all, so that they can be added without moving. */
void index_reserve(struct arena *arena, struct index *index, size_t n);
/* The thing of that name, or NULL. */
void *index_find(const struct index *index, const char *name);

#endif
