/* What network_measure is put together from. Each fills its fields of `measures`, whose persons are
 * there already; working memory comes from `arena`. */
#ifndef ITHACA_PARTS_H
#define ITHACA_PARTS_H

#include "network/graph.h"

/* Components, k-cores, articulation points, who is cut off, bridges, with igraph. Bridges belong to
 * `results`, all else to `arena`. */
enum err cohesion_measure(struct arena *arena, struct arena *results, const struct graph *graph,
                          struct network_measures *measures, struct problems *problems) MUST_CHECK;

/* Betweenness, by the loop of Brandes 2001; sampled if more than `exact_max` people have ties. */
void betweenness_measure(struct arena *arena, const struct graph *graph, unsigned exact_max,
                         unsigned sources, struct network_measures *measures);

/* Constraint and effective size. Time grows with the number of ways of length two. */
void holes_measure(struct arena *arena, const struct graph *graph,
                   struct network_measures *measures);

#endif
