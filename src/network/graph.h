/* The network as the measures read it: ties merged, each person's neighbours side by side in
 * memory. Everything belongs to the arena handed in. */
#ifndef ITHACA_GRAPH_H
#define ITHACA_GRAPH_H

#include "network/network.h"

/* Working memory of one measurement: some 100 bytes for each tie. */
enum { GRAPH_MEMORY = 1024 * 1024 * 1024 };

struct arc {
    unsigned from, to;
};

/* The neighbours of i are to[start[i]] to to[start[i + 1] - 1], ascending, each once. */
struct rows {
    size_t *start; /* n + 1 of them */
    unsigned *to;
};

struct graph {
    unsigned n;
    struct rows out;  /* whom each names */
    struct rows near; /* whom each is tied to, in either direction */
};

enum err graph_make(struct arena *arena, const struct network *network, struct graph *out,
                    struct problems *problems) MUST_CHECK;

/* The rows of arcs among the numbers below `n`. */
struct rows rows_make(struct arena *arena, size_t n, const struct arc *arcs, size_t count);

static inline size_t rows_length(const struct rows *rows, unsigned i) {
    return rows->start[i + 1] - rows->start[i];
}

#endif
