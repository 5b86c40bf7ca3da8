#include "base/random.h"
#include "network/parts.h"
#include <math.h>

/* One search from a source, and the accumulation back towards it. That `next` keeps the order of
 * the search, so that the way back reads memory in one line, and that there is one division for
 * each person instead of one for each tie, makes it faster than igraph's. */
struct search {
    unsigned *level;  /* steps from the source; UNSEEN before it is reached */
    unsigned *queue;  /* people in the order in which they are reached */
    size_t *next_end; /* of the person at each place of the queue: where its part of `next` ends */
    unsigned *next;   /* those one step farther to whom it is tied */
    double *ways;     /* shortest ways from the source; 0 before it is reached */
    double *weight;   /* the sum over those beyond of ways from here / (ways x level) */
};

static const unsigned UNSEEN = (unsigned)-1;
static const uint64_t SEED = 1; /* any other would do; the same gives the same estimate */

/* What is summed over the sources for each person. */
struct sums {
    double *of, *of_squares;
};

static struct search search_new(struct arena *arena, const struct graph *graph) {
    size_t n = graph->n;
    struct search search = {
        .level = arena_alloc_array(arena, n, sizeof *search.level),
        .queue = arena_alloc_array(arena, n, sizeof *search.queue),
        .next_end = arena_alloc_array(arena, n, sizeof *search.next_end),
        .next = arena_alloc_array(arena, graph->near.start[n] / 2 + 1, sizeof *search.next),
        .ways = arena_alloc_array(arena, n, sizeof *search.ways),
        .weight = arena_alloc_array(arena, n, sizeof *search.weight),
    };
    for (size_t i = 0; i < n; i++)
        search.level[i] = UNSEEN;
    return search;
}

/* Returns how many people are reached, the source included. */
static size_t search_out(struct search *search, const struct rows *near, unsigned source) {
    size_t reached = 0, next_count = 0;
    search->queue[reached++] = source;
    search->level[source] = 0;
    search->ways[source] = 1;
    for (size_t place = 0; place < reached; place++) {
        unsigned i = search->queue[place], farther = search->level[i] + 1;
        const double more[] = {0, search->ways[i]};
        for (size_t a = near->start[i]; a < near->start[i + 1]; a++) {
            unsigned j = near->to[a];
            if (search->level[j] == UNSEEN) {
                search->level[j] = farther;
                search->queue[reached++] = j;
            }
            /* Written always, kept if it counts: a branch would be guessed wrongly too often. */
            bool is_next = search->level[j] == farther;
            search->ways[j] += more[is_next];
            search->next[next_count] = j;
            next_count += is_next;
        }
        search->next_end[place] = next_count;
    }
    return reached;
}

/* Adds what each person contributes to the ways from this source, and forgets the search.
 *
 * Of each way, a person gets the part that lies between the source and that person: the rest comes
 * from the other end. Over all sources this gives what Brandes's whole ways, halved, give; over a
 * sample it errs far less, because the few people next to a source do not get everything that leads
 * away from it (Geisberger, Sanders and Schultes 2008, "linear scaling"). */
static void search_back(struct search *search, size_t reached, const struct sums *sums) {
    for (size_t place = reached; place-- > 0;) {
        unsigned i = search->queue[place];
        double ways = search->ways[i], level = search->level[i], beyond = 0;
        search->level[i] = UNSEEN;
        search->ways[i] = 0;
        if (place == 0)
            break;
        for (size_t a = search->next_end[place - 1]; a < search->next_end[place]; a++)
            beyond += search->weight[search->next[a]];
        search->weight[i] = 1 / (level * ways) + beyond;
        double part = level * ways * beyond;
        sums->of[i] += part;
        sums->of_squares[i] += part * part;
    }
}

/* From sums over k of n sources to betweenness and its standard error. */
static void results_scale(struct network_measures *measures, const struct sums *sums) {
    double k = measures->betweenness_sources, n = measures->betweenness_of, all = 0;
    for (unsigned i = 0; i < measures->people; i++) {
        struct network_person *person = &measures->persons[i];
        person->betweenness = k > 0 ? sums->of[i] * (n / k) : 0;
        person->betweenness_error = 0;
        if (k < n) {
            double variance = (sums->of_squares[i] - sums->of[i] * sums->of[i] / k) / (k - 1);
            person->betweenness_error = n * sqrt(fmax(variance, 0) * (1 - k / n) / k);
        }
        all += person->betweenness_error * person->betweenness_error;
    }
    measures->betweenness_error = measures->people ? sqrt(all / measures->people) : 0;
}

void betweenness_measure(struct arena *arena, const struct graph *graph, unsigned exact_max,
                         unsigned sources, struct network_measures *measures) {
    unsigned *tied = arena_alloc_array(arena, graph->n, sizeof *tied);
    unsigned n = 0;
    for (unsigned i = 0; i < graph->n; i++)
        if (rows_length(&graph->near, i) > 0)
            tied[n++] = i;
    unsigned k = n > exact_max && n > sources ? sources : n;
    if (k < n)
        random_draw(&(struct random){SEED}, tied, n, k);
    struct search search = search_new(arena, graph);
    struct sums sums = {arena_alloc_array(arena, graph->n, sizeof *sums.of),
                        arena_alloc_array(arena, graph->n, sizeof *sums.of_squares)};
    for (unsigned s = 0; s < k; s++)
        search_back(&search, search_out(&search, &graph->near, tied[s]), &sums);
    measures->betweenness_sources = k;
    measures->betweenness_of = n;
    results_scale(measures, &sums);
}
