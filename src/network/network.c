#include "network/network.h"
#include "network/parts.h"
#include <math.h>

static void directions_count(const struct graph *graph, struct network_measures *measures) {
    for (unsigned i = 0; i < graph->n; i++) {
        measures->persons[i].degree = (unsigned)rows_length(&graph->near, i);
        measures->persons[i].out = (unsigned)rows_length(&graph->out, i);
        measures->isolates += measures->persons[i].degree == 0;
    }
    size_t arcs = graph->out.start[graph->n], ties = graph->near.start[graph->n] / 2;
    for (size_t a = 0; a < arcs; a++)
        measures->persons[graph->out.to[a]].in++;
    double n = graph->n;
    measures->ties = (unsigned)ties;
    measures->density = n > 1 ? (double)ties / (n * (n - 1) / 2) : NAN;
    /* A pair has one directed tie, or two: then both are returned. */
    measures->reciprocity = arcs ? 2 * (double)(arcs - ties) / (double)arcs : NAN;
}

static double degree_of(const struct network_person *person) {
    return person->degree;
}

static double betweenness_of(const struct network_person *person) {
    return person->betweenness;
}

static double centralisation(const struct network_measures *measures,
                             double (*value)(const struct network_person *), double most) {
    if (measures->people < 3)
        return NAN;
    double highest = 0, sum = 0;
    for (unsigned i = 0; i < measures->people; i++) {
        highest = fmax(highest, value(&measures->persons[i]));
        sum += value(&measures->persons[i]);
    }
    return (measures->people * highest - sum) / most;
}

enum err network_measure(struct arena *arena, const struct network *network,
                         enum network_parts parts, struct network_measures *out,
                         struct problems *problems) {
    struct arena *scratch = arena_new(GRAPH_MEMORY);
    struct graph graph;
    unsigned people = network->people;
    *out = (struct network_measures){.people = people, .betweenness_centralisation = NAN};
    enum err err = graph_make(scratch, network, &graph, problems);
    if (err)
        goto done;
    out->persons = arena_alloc_array(arena, people, sizeof *out->persons);
    for (unsigned i = 0; i < people; i++)
        out->persons[i] = (struct network_person){
            .betweenness = NAN, .betweenness_error = NAN, .constraint = NAN, .effective_size = NAN};
    directions_count(&graph, out);
    err = cohesion_measure(scratch, arena, &graph, out, problems);
    if (err)
        goto done;
    double n = people;
    out->degree_centralisation = centralisation(out, degree_of, (n - 1) * (n - 2));
    if (parts & NETWORK_BETWEENNESS) {
        betweenness_measure(scratch, &graph, NETWORK_EXACT_MAX, NETWORK_SOURCES, out);
        out->betweenness_centralisation =
            centralisation(out, betweenness_of, (n - 1) * (n - 1) * (n - 2) / 2);
    }
    if (parts & NETWORK_HOLES)
        holes_measure(scratch, &graph, out);
done:
    arena_free(scratch);
    return err;
}
