#include "base/index.h"
#include "base/text.h"
#include <stdint.h>

enum { SMALLEST = 16 }; /* room, always a power of two, at most half of it filled */

/* FNV-1a: short names, no adversary. (A file's keys cannot make it slow beyond its row cap.) */
static size_t hash_text(const char *text) {
    uint64_t hash = 14695981039346656037U;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)(hash ^ hash >> 32);
}

/* Where the name is, or the empty slot where it belongs. */
static struct index_slot *slot_find(const struct index *index, const char *name, size_t hash) {
    size_t at = hash & (index->room - 1);
    while (index->slots[at].name &&
           (index->slots[at].hash != hash || !text_equal(index->slots[at].name, name)))
        at = (at + 1) & (index->room - 1);
    return &index->slots[at];
}

static void index_grow(struct arena *arena, struct index *index, size_t room) {
    struct index grown = {.room = room, .n = index->n};
    grown.slots = arena_alloc_array(arena, grown.room, sizeof *grown.slots);
    for (size_t i = 0; i < index->room; i++) {
        if (!index->slots[i].name)
            continue;
        size_t at = index->slots[i].hash & (grown.room - 1);
        while (grown.slots[at].name)
            at = (at + 1) & (grown.room - 1);
        grown.slots[at] = index->slots[i];
    }
    *index = grown;
}

void index_reserve(struct arena *arena, struct index *index, size_t n) {
    size_t room = index->room ? index->room : SMALLEST;
    while (n * 2 > room)
        room *= 2;
    if (room > index->room)
        index_grow(arena, index, room);
}

bool index_add(struct arena *arena, struct index *index, const char *name, void *thing) {
    if (index->n * 2 >= index->room)
        index_grow(arena, index, index->room ? index->room * 2 : SMALLEST);
    size_t hash = hash_text(name);
    struct index_slot *slot = slot_find(index, name, hash);
    if (slot->name)
        return false;
    *slot = (struct index_slot){name, thing, hash};
    index->n++;
    return true;
}

void *index_find(const struct index *index, const char *name) {
    return index->room ? slot_find(index, name, hash_text(name))->thing : NULL;
}
