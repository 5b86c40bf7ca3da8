#include "network/parts.h"

/* For one person i, over all ways i - q - j of length two that end at a contact j: the sum of
 * p(q,j) for each j into `indirect`, which is zero before; returns how many there are, which counts
 * each tie among the contacts twice. */
static size_t ways_follow(const struct rows *near, unsigned i, const unsigned *mark,
                          double *indirect) {
    size_t ways = 0;
    for (size_t a = near->start[i]; a < near->start[i + 1]; a++) {
        unsigned q = near->to[a];
        double share = 1.0 / (double)rows_length(near, q);
        for (size_t b = near->start[q]; b < near->start[q + 1]; b++) {
            unsigned j = near->to[b];
            if (mark[j] == i + 1) {
                indirect[j] += share;
                ways++;
            }
        }
    }
    return ways;
}

void holes_measure(struct arena *arena, const struct graph *graph,
                   struct network_measures *measures) {
    const struct rows *near = &graph->near;
    unsigned *mark = arena_alloc_array(arena, graph->n, sizeof *mark);
    double *indirect = arena_alloc_array(arena, graph->n, sizeof *indirect);
    for (unsigned i = 0; i < graph->n; i++) {
        size_t degree = rows_length(near, i);
        if (degree == 0)
            continue;
        const unsigned *contacts = near->to + near->start[i];
        for (size_t a = 0; a < degree; a++)
            mark[contacts[a]] = i + 1;
        size_t ways = ways_follow(near, i, mark, indirect);
        double constraint = 0, share = 1.0 / (double)degree;
        for (size_t a = 0; a < degree; a++) {
            double dependence = share + share * indirect[contacts[a]];
            constraint += dependence * dependence;
            indirect[contacts[a]] = 0;
        }
        measures->persons[i].constraint = constraint;
        measures->persons[i].effective_size = (double)degree - (double)ways * share;
    }
}
