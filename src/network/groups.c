#include "network/groups.h"
#include <stdlib.h>

static int int_compare(const void *a, const void *b) {
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

struct groups groups_make(struct arena *arena, const int *group, unsigned people) {
    struct groups groups = {.of = arena_alloc_array(arena, people, sizeof *groups.of)};
    int *names = arena_alloc_array(arena, people, sizeof *names);
    for (unsigned i = 0; i < people; i++)
        if (group[i] >= 0)
            names[groups.known++] = group[i];
    groups.unknown = people - groups.known;
    qsort(names, groups.known, sizeof *names, int_compare);
    for (unsigned i = 0; i < groups.known; i++)
        if (groups.count == 0 || names[groups.count - 1] != names[i])
            names[groups.count++] = names[i];
    groups.size = arena_alloc_array(arena, groups.count, sizeof *groups.size);
    for (unsigned i = 0; i < people; i++) {
        groups.of[i] = GROUP_UNKNOWN;
        if (group[i] < 0)
            continue;
        const int *name = bsearch(&group[i], names, groups.count, sizeof *names, int_compare);
        groups.of[i] = (int)(name - names);
        groups.size[groups.of[i]]++;
    }
    return groups;
}
