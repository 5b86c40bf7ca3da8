#include "network/parts.h"
#include <igraph/igraph.h>
#include <stdlib.h>
#include <string.h>

/* igraph's own memory; all is let go at the end of cohesion_measure. */
struct library {
    igraph_t graph;
    bool has_graph;
    igraph_vector_int_t edges, membership, sizes, cores, cuts;
    igraph_vector_int_list_t blocks, block_edges;
};

static igraph_error_t library_measure(struct library *library, const struct graph *graph) {
    igraph_vector_int_t *vectors[] = {&library->edges, &library->membership, &library->sizes,
                                      &library->cores, &library->cuts};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        IGRAPH_CHECK(igraph_vector_int_init(vectors[i], 0));
    IGRAPH_CHECK(igraph_vector_int_list_init(&library->blocks, 0));
    IGRAPH_CHECK(igraph_vector_int_list_init(&library->block_edges, 0));
    for (unsigned i = 0; i < graph->n; i++)
        for (size_t a = graph->near.start[i]; a < graph->near.start[i + 1]; a++)
            if (graph->near.to[a] > i) {
                IGRAPH_CHECK(igraph_vector_int_push_back(&library->edges, i));
                IGRAPH_CHECK(igraph_vector_int_push_back(&library->edges, graph->near.to[a]));
            }
    IGRAPH_CHECK(igraph_create(&library->graph, &library->edges, graph->n, IGRAPH_UNDIRECTED));
    library->has_graph = true;
    IGRAPH_CHECK(igraph_connected_components(&library->graph, &library->membership, &library->sizes,
                                             NULL, IGRAPH_WEAK));
    IGRAPH_CHECK(igraph_coreness(&library->graph, &library->cores, IGRAPH_ALL));
    return igraph_biconnected_components(&library->graph, NULL, NULL, &library->block_edges,
                                         &library->blocks, &library->cuts);
}

/* Destroying what was never made is harmless: it is all zero. */
static void library_free(struct library *library) {
    if (library->has_graph)
        igraph_destroy(&library->graph);
    igraph_vector_int_t *vectors[] = {&library->edges, &library->membership, &library->sizes,
                                      &library->cores, &library->cuts};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        if (vectors[i]->stor_begin)
            igraph_vector_int_destroy(vectors[i]);
    if (library->blocks.stor_begin)
        igraph_vector_int_list_destroy(&library->blocks);
    if (library->block_edges.stor_begin)
        igraph_vector_int_list_destroy(&library->block_edges);
}

struct component {
    unsigned number, first, size; /* igraph's number; the first of its people */
};

static int component_compare(const void *a, const void *b) {
    const struct component *left = a, *right = b;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return left->first < right->first ? -1 : 1;
}

static void components_fill(struct arena *arena, const struct library *library,
                            struct network_measures *measures) {
    unsigned count = (unsigned)igraph_vector_int_size(&library->sizes);
    struct component *components = arena_alloc_array(arena, count, sizeof *components);
    for (unsigned i = measures->people; i-- > 0;) {
        unsigned number = (unsigned)VECTOR(library->membership)[i];
        components[number] =
            (struct component){number, i, (unsigned)VECTOR(library->sizes)[number]};
    }
    if (count)
        qsort(components, count, sizeof *components, component_compare);
    unsigned *rank = arena_alloc_array(arena, count, sizeof *rank);
    for (unsigned i = 0; i < count; i++)
        rank[components[i].number] = i;
    for (unsigned i = 0; i < measures->people; i++)
        measures->persons[i].component = rank[VECTOR(library->membership)[i]];
    measures->components = count;
    measures->largest = count ? components[0].size : 0;
}

/* The tree of people and blocks: a block (a largest set of people whom no one person can part) is
 * tied to each of its people. People keep their numbers, blocks follow. */
static struct rows tree_make(struct arena *arena, const struct library *library, unsigned people) {
    size_t blocks = (size_t)igraph_vector_int_list_size(&library->blocks), count = 0;
    for (size_t b = 0; b < blocks; b++)
        count += 2 * (size_t)igraph_vector_int_size(
                         igraph_vector_int_list_get_ptr(&library->blocks, (igraph_integer_t)b));
    struct arc *arcs = arena_alloc_array(arena, count, sizeof *arcs);
    count = 0;
    for (unsigned b = 0; b < blocks; b++) {
        const igraph_vector_int_t *block = igraph_vector_int_list_get_ptr(&library->blocks, b);
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(block); i++) {
            unsigned person = (unsigned)VECTOR(*block)[i];
            arcs[count++] = (struct arc){person, people + b};
            arcs[count++] = (struct arc){people + b, person};
        }
    }
    return rows_make(arena, people + blocks, arcs, count);
}

/* Walks the tree from `root`, which is a person; `order` gets the nodes, parents before children,
 * `parent` the node from which each was reached. Returns how many nodes there are. */
static size_t tree_walk(const struct rows *tree, unsigned root, unsigned *order, unsigned *parent) {
    size_t found = 0;
    order[found++] = root;
    parent[root] = root;
    for (size_t place = 0; place < found; place++)
        for (size_t a = tree->start[order[place]]; a < tree->start[order[place] + 1]; a++)
            if (tree->to[a] != parent[order[place]]) {
                parent[tree->to[a]] = order[place];
                order[found++] = tree->to[a];
            }
    return found;
}

/* Without a person, what hangs on each of that person's blocks is a part of its own: the people
 * below the block in the tree or, for the block above, all the others. */
static void cut_off_fill(struct arena *arena, const struct library *library,
                         struct network_measures *measures) {
    unsigned people = measures->people;
    size_t nodes = people + (size_t)igraph_vector_int_list_size(&library->blocks);
    struct rows tree = tree_make(arena, library, people);
    unsigned *order = arena_alloc_array(arena, nodes, sizeof *order);
    unsigned *parent = arena_alloc_array(arena, nodes, sizeof *parent);
    unsigned *below = arena_alloc_array(arena, nodes, sizeof *below); /* people, itself included */
    unsigned *largest = arena_alloc_array(arena, nodes, sizeof *largest);
    for (unsigned root = 0; root < people; root++) {
        if (below[root])
            continue;
        size_t found = tree_walk(&tree, root, order, parent);
        for (size_t place = found; place-- > 0;) {
            unsigned node = order[place], above = parent[node];
            below[node] += node < people;
            if (place == 0)
                break;
            below[above] += below[node];
            if (below[node] > largest[above])
                largest[above] = below[node];
        }
        for (size_t place = 0; place < found; place++) {
            unsigned node = order[place], others = below[root] - 1;
            if (node >= people)
                continue;
            unsigned rest = below[root] - below[node];
            measures->persons[node].cut_off =
                others - (rest > largest[node] ? rest : largest[node]);
        }
    }
}

/* A block of a single tie is a bridge: without the tie its two people are apart. */
static void bridges_fill(struct arena *results, const struct library *library,
                         struct network_measures *measures) {
    igraph_integer_t count = igraph_vector_int_list_size(&library->block_edges);
    for (igraph_integer_t b = 0; b < count; b++) {
        const igraph_vector_int_t *edges = igraph_vector_int_list_get_ptr(&library->block_edges, b);
        if (igraph_vector_int_size(edges) != 1)
            continue;
        /* The edges were made from pairs whose first person has the lower number. */
        igraph_integer_t edge = VECTOR(*edges)[0];
        unsigned a = (unsigned)VECTOR(library->edges)[2 * edge],
                 other = (unsigned)VECTOR(library->edges)[2 * edge + 1];
        list_add(results, &measures->bridges, (struct network_pair){a, other});
    }
}

static int pair_compare(const void *a, const void *b) {
    const struct network_pair *left = a, *right = b;
    if (left->a != right->a)
        return left->a < right->a ? -1 : 1;
    return (left->b > right->b) - (left->b < right->b);
}

enum err cohesion_measure(struct arena *arena, struct arena *results, const struct graph *graph,
                          struct network_measures *measures, struct problems *problems) {
    /* igraph ends the program at the first error unless told to return instead. */
    igraph_error_handler_t *error_handler = igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_warning_handler_t *warning_handler =
        igraph_set_warning_handler(igraph_warning_handler_ignore);
    struct library library = {0};
    igraph_error_t failure = library_measure(&library, graph);
    if (failure) {
        problem_add(problems, (struct place){0}, "The network could not be measured: %s.",
                    igraph_strerror(failure));
    } else {
        components_fill(arena, &library, measures);
        cut_off_fill(arena, &library, measures);
        bridges_fill(results, &library, measures);
        if (measures->bridges.n)
            qsort(measures->bridges.items, measures->bridges.n, sizeof *measures->bridges.items,
                  pair_compare);
        for (unsigned i = 0; i < graph->n; i++)
            measures->persons[i].core = (unsigned)VECTOR(library.cores)[i];
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(&library.cuts); i++)
            measures->persons[VECTOR(library.cuts)[i]].is_cut = true;
    }
    library_free(&library);
    igraph_set_error_handler(error_handler);
    igraph_set_warning_handler(warning_handler);
    return failure ? ERR_INPUT : OK;
}
