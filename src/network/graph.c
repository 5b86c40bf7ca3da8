#include "network/graph.h"

/* The arcs sorted by one end, those with the same end in the order they came in. */
static struct arc *arcs_sort(struct arena *arena, size_t n, const struct arc *arcs, size_t count,
                             bool by_to) {
    size_t *next = arena_alloc_array(arena, n + 1, sizeof *next);
    for (size_t i = 0; i < count; i++)
        next[(by_to ? arcs[i].to : arcs[i].from) + 1]++;
    for (size_t i = 0; i < n; i++)
        next[i + 1] += next[i];
    struct arc *sorted = arena_alloc_array(arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[next[by_to ? arcs[i].to : arcs[i].from]++] = arcs[i];
    return sorted;
}

struct rows rows_make(struct arena *arena, size_t n, const struct arc *arcs, size_t count) {
    const struct arc *sorted = arcs_sort(arena, n, arcs, count, true);
    sorted = arcs_sort(arena, n, sorted, count, false);
    struct rows rows = {arena_alloc_array(arena, n + 1, sizeof *rows.start),
                        arena_alloc_array(arena, count, sizeof *rows.to)};
    size_t kept = 0, next = 0;
    for (unsigned i = 0; i < n; i++) {
        rows.start[i] = kept;
        for (; next < count && sorted[next].from == i; next++)
            if (kept == rows.start[i] || rows.to[kept - 1] != sorted[next].to)
                rows.to[kept++] = sorted[next].to;
    }
    rows.start[n] = kept;
    return rows;
}

enum err graph_make(struct arena *arena, const struct network *network, struct graph *out,
                    struct problems *problems) {
    struct arc *arcs = arena_alloc_array(arena, network->ties.n * 2, sizeof *arcs);
    struct arc *near = arena_alloc_array(arena, network->ties.n * 2, sizeof *near);
    size_t arc_count = 0, near_count = 0;
    for (size_t i = 0; i < network->ties.n; i++) {
        const struct network_tie *tie = &network->ties.items[i];
        if (tie->from >= network->people || tie->to >= network->people) {
            problem_add(problems, (struct place){0},
                        "A tie joins person %u and person %u, but the last of the %u people, "
                        "counted from 0, comes before that. Please report this.",
                        tie->from, tie->to, network->people);
            return ERR_INPUT;
        }
        if (tie->from == tie->to)
            continue;
        arcs[arc_count++] = (struct arc){tie->from, tie->to};
        if (tie->mutual)
            arcs[arc_count++] = (struct arc){tie->to, tie->from};
        near[near_count++] = (struct arc){tie->from, tie->to};
        near[near_count++] = (struct arc){tie->to, tie->from};
    }
    *out = (struct graph){network->people, rows_make(arena, network->people, arcs, arc_count),
                          rows_make(arena, network->people, near, near_count)};
    return OK;
}
