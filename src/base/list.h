/* A growing array in an arena: LIST(struct thing) things; list_add(arena, &things, thing). */
#ifndef ITHACA_LIST_H
#define ITHACA_LIST_H

#include "base/arena.h"
#include <string.h>

#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t n, room;                                                                            \
    }

/* Adds `...` (an expression of the list's type) at the end. */
#define list_add(arena, list, ...)                                                                 \
    do {                                                                                           \
        if ((list)->n == (list)->room)                                                             \
            (list)->items = list_grow(arena, (list)->items, &(list)->room, sizeof *(list)->items); \
        (list)->items[(list)->n++] = (__VA_ARGS__);                                                \
    } while (0)

/* The same items with room for twice as many. */
static inline void *list_grow(struct arena *arena, const void *items, size_t *room,
                              size_t item_size) {
    size_t new_room = *room ? *room * 2 : 8;
    void *grown = arena_alloc_array(arena, new_room, item_size);
    if (items)
        memcpy(grown, items, *room * item_size);
    *room = new_room;
    return grown;
}

#endif
