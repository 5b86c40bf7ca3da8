/* Measures a network from standard input, one tie "FROM TO" a line, for tests/bench-network.
 *
 *     network-bench PEOPLE times ROUNDS     milliseconds for each part, the best of some rounds
 *     network-bench PEOPLE error SOURCES    how far betweenness estimated from so many sources is
 *                                           from the exact figures */
#include "base/text.h"
#include "network/network.h"
#include "network/parts.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const size_t MEMORY = (size_t)1024 * 1024 * 1024;
enum { GROUPS = 20, MOST_CENTRAL = 100 };

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void stop_if(enum err err, const struct problems *problems) {
    if (!err)
        return;
    problems_print(stderr, problems, 3);
    exit(2);
}

/* What is timed: network_measure with parts, or one of the others. */
enum what { PLAIN, BETWEENNESS, HOLES, ALL, EI, BROKERAGE, WHATS };

static double time_one(enum what what, const struct network *network) {
    static const enum network_parts parts[] = {NETWORK_PLAIN, NETWORK_BETWEENNESS, NETWORK_HOLES,
                                               NETWORK_ALL};
    struct arena *arena = arena_new(MEMORY);
    struct problems problems = problems_new(arena);
    struct network_measures measures;
    struct network_ei ei;
    struct network_brokerage brokerage;
    int *group = arena_alloc_array(arena, network->people, sizeof *group);
    for (unsigned i = 0; i < network->people; i++)
        group[i] = (int)(i * GROUPS / network->people);
    double start = now_ms();
    enum err err = what == EI ? network_ei(network, group, NETWORK_PERMUTATIONS, &ei, &problems)
                   : what == BROKERAGE
                       ? network_brokerage(arena, network, group, &brokerage, &problems)
                       : network_measure(arena, network, parts[what], &measures, &problems);
    double took = now_ms() - start;
    stop_if(err, &problems);
    arena_free(arena);
    return took;
}

static void times_print(const struct network *network, unsigned long rounds) {
    static const char *const names[WHATS] = {"plain", "betweenness", "holes",
                                             "all",   "ei",          "brokerage"};
    for (enum what what = PLAIN; what < WHATS; what++) {
        double best = time_one(what, network);
        for (unsigned long round = 1; round < rounds; round++)
            best = fmin(best, time_one(what, network));
        printf("%s %.4f\n", names[what], best);
    }
}

static int more_central(const void *a, const void *b) {
    const struct network_person *const *left = a, *const *right = b;
    return ((*left)->betweenness < (*right)->betweenness) -
           ((*left)->betweenness > (*right)->betweenness);
}

/* The most central first. */
static const struct network_person **ranked(struct arena *arena, const struct network_measures *m) {
    const struct network_person **persons = arena_alloc_array(arena, m->people, sizeof *persons);
    for (unsigned i = 0; i < m->people; i++)
        persons[i] = &m->persons[i];
    qsort(persons, m->people, sizeof *persons, more_central);
    return persons;
}

static void errors_print(struct arena *arena, const struct network *network, unsigned sources) {
    struct problems problems = problems_new(arena);
    struct network_measures exact, estimate;
    struct graph graph;
    stop_if(network_measure(arena, network, NETWORK_PLAIN, &exact, &problems), &problems);
    stop_if(network_measure(arena, network, NETWORK_PLAIN, &estimate, &problems), &problems);
    stop_if(graph_make(arena, network, &graph, &problems), &problems);
    betweenness_measure(arena, &graph, network->people, network->people, &exact);
    betweenness_measure(arena, &graph, 0, sources, &estimate);
    const struct network_person **first = ranked(arena, &exact), **guess = ranked(arena, &estimate);
    unsigned central = network->people < MOST_CENTRAL ? network->people : MOST_CENTRAL;
    unsigned within = 0, found = 0;
    double squares = 0, relative = 0;
    for (unsigned i = 0; i < network->people; i++) {
        double off = fabs(estimate.persons[i].betweenness - exact.persons[i].betweenness);
        squares += off * off;
        within += off <= 2 * estimate.persons[i].betweenness_error;
    }
    for (unsigned i = 0; i < central; i++) {
        double truth = first[i]->betweenness;
        size_t person = (size_t)(first[i] - exact.persons);
        relative += fabs(estimate.persons[person].betweenness - truth) / truth / central;
        for (unsigned j = 0; j < central; j++)
            found += guess[j] - estimate.persons == first[i] - exact.persons;
    }
    printf("error %.4f\nsaid %.4f\nwithin_two %.4f\nrelative_of_central %.4f\ncentral_found %u\n",
           sqrt(squares / network->people), estimate.betweenness_error,
           (double)within / network->people, relative, found);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fputs("use: network-bench PEOPLE times|error NUMBER < TIES\n", stderr);
        return 2;
    }
    struct arena *arena = arena_new(MEMORY);
    struct network network = {.people = (unsigned)strtoul(arguments[1], NULL, 10)};
    unsigned long number = strtoul(arguments[3], NULL, 10);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        char *end;
        unsigned from = (unsigned)strtoul(line, &end, 10), to = (unsigned)strtoul(end, NULL, 10);
        list_add(arena, &network.ties, (struct network_tie){from, to, false});
    }
    if (text_equal(arguments[2], "times"))
        times_print(&network, number);
    else
        errors_print(arena, &network, (unsigned)number);
    arena_free(arena);
    return 0;
}
