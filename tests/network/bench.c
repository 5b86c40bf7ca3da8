/* Measures a network from standard input, one tie "from to" a line, and prints how long each part
 * took in milliseconds (the best of `rounds`); for tests/bench and for comparing the estimate of
 * betweenness with the exact figure.
 *
 *     network-bench PEOPLE ROUNDS            times
 *     network-bench PEOPLE SOURCES estimate  how far the estimate is from the exact figure */
#include "network/network.h"
#include "network/parts.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const size_t MEMORY = (size_t)1024 * 1024 * 1024;

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void check(enum err err, const struct problems *problems) {
    if (!err)
        return;
    problems_print(stderr, problems, 3);
    exit(2);
}

static void print_time(const char *name, double start, double *best) {
    double took = now_ms() - start;
    if (*best < 0 || took < *best)
        *best = took;
    (void)name;
}

enum { PLAIN_TIME, BETWEENNESS_TIME, HOLES_TIME, ALL_TIME, EI_TIME, BROKERAGE_TIME, TIMES };

static void times_print(const struct network *network, long rounds) {
    static const char *const names[TIMES] = {"plain", "betweenness", "holes",
                                             "all",   "ei",          "brokerage"};
    double best[TIMES] = {-1, -1, -1, -1, -1, -1};
    for (long round = 0; round < rounds; round++) {
        struct arena *arena = arena_new(MEMORY);
        struct problems problems = problems_new(arena);
        int *group = arena_alloc_array(arena, network->people, sizeof *group);
        for (unsigned i = 0; i < network->people; i++)
            group[i] = (int)(i * 20 / network->people);
        struct network_measures measures;
        struct network_ei ei;
        struct network_brokerage brokerage;
        static const enum network_parts parts[] = {NETWORK_PLAIN, NETWORK_BETWEENNESS,
                                                   NETWORK_HOLES, NETWORK_ALL};
        for (int part = PLAIN_TIME; part <= ALL_TIME; part++) {
            double start = now_ms();
            check(network_measure(arena, network, parts[part], &measures, &problems), &problems);
            print_time(names[part], start, &best[part]);
        }
        double start = now_ms();
        check(network_ei(network, group, NETWORK_PERMUTATIONS, &ei, &problems), &problems);
        print_time(names[EI_TIME], start, &best[EI_TIME]);
        start = now_ms();
        check(network_brokerage(arena, network, group, &brokerage, &problems), &problems);
        print_time(names[BROKERAGE_TIME], start, &best[BROKERAGE_TIME]);
        arena_free(arena);
    }
    for (int time = 0; time < TIMES; time++)
        printf("%s %.4f\n", names[time], best[time]);
}
int main(int argc, char **argv) {
    struct arena *a = arena_new(MEMORY);
    struct network n = {.people = (unsigned)strtoul(argv[1], NULL, 10)};
    unsigned x, y;
    while (scanf("%u %u", &x, &y) == 2)
        list_add(a, &n.ties, (struct network_tie){x, y, false});
    times_print(&n, argc > 2 ? strtol(argv[2], NULL, 10) : 1);
    arena_free(a);
}
