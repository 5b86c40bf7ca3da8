/* The groups that people are in, renumbered 0, 1, 2 ..., as E-I index and brokerage want them. */
#ifndef ITHACA_GROUPS_H
#define ITHACA_GROUPS_H

#include "base/arena.h"

enum { GROUP_UNKNOWN = -1 };

struct groups {
    int *of;                 /* of each person; GROUP_UNKNOWN where it is not known */
    unsigned known, unknown; /* people */
    unsigned count;          /* groups */
    unsigned *size;          /* people in each */
};

/* In the arena; groups with higher numbers keep higher ones. */
struct groups groups_make(struct arena *arena, const int *group, unsigned people);

#endif
