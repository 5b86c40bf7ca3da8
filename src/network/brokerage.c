#include "network/graph.h"
#include "network/groups.h"
#include <math.h>

/* The role of a broker b between a and c, by their groups. */
static enum network_role role_of(int a, int b, int c) {
    if (a == b)
        return b == c ? NETWORK_COORDINATOR : NETWORK_REPRESENTATIVE;
    if (b == c)
        return NETWORK_GATEKEEPER;
    return a == c ? NETWORK_CONSULTANT : NETWORK_LIAISON;
}

/* Counts every a -> b -> c without a -> c. Returns the ties among people of known group. */
static size_t brokers_count(struct arena *arena, const struct graph *graph,
                            const struct groups *groups, struct network_brokerage *out) {
    const struct rows *names = &graph->out;
    const int *of = groups->of;
    unsigned *mark = arena_alloc_array(arena, graph->n, sizeof *mark);
    size_t ties = 0;
    for (unsigned a = 0; a < graph->n; a++) {
        if (of[a] == GROUP_UNKNOWN)
            continue;
        mark[a] = a + 1; /* nobody brokers between a and a */
        for (size_t i = names->start[a]; i < names->start[a + 1]; i++)
            mark[names->to[i]] = a + 1;
        for (size_t i = names->start[a]; i < names->start[a + 1]; i++) {
            unsigned b = names->to[i];
            if (of[b] == GROUP_UNKNOWN)
                continue;
            ties++;
            for (size_t j = names->start[b]; j < names->start[b + 1]; j++) {
                unsigned c = names->to[j];
                if (of[c] != GROUP_UNKNOWN && mark[c] != a + 1)
                    out->persons[b][role_of(of[a], of[b], of[c])].counted++;
            }
        }
    }
    return ties;
}

/* For each role of a person: how many ordered pairs (a, c) could be brokered between, and how many
 * ordered pairs of those pairs share one end. */
struct chances {
    double pairs[NETWORK_ROLES], sharing[NETWORK_ROLES];
};

/* Sums over all groups of their size, its square, its cube. */
struct powers {
    double first, second, third;
};

static struct chances chances_of(double n, struct powers all) {
    double total = all.first;
    struct powers other = {total - n, all.second - n * n, all.third - n * n * n};
    double rest = other.first, own = n - 1;
    struct chances chances = {0};
    double *pairs = chances.pairs, *sharing = chances.sharing;
    pairs[NETWORK_COORDINATOR] = own * (own - 1);
    sharing[NETWORK_COORDINATOR] = 2 * own * (own - 1) * (own - 2);
    pairs[NETWORK_CONSULTANT] = other.second - rest;
    sharing[NETWORK_CONSULTANT] = 2 * (other.third - 3 * other.second + 2 * rest);
    pairs[NETWORK_REPRESENTATIVE] = own * rest;
    sharing[NETWORK_REPRESENTATIVE] = own * rest * (rest - 1) + rest * own * (own - 1);
    pairs[NETWORK_GATEKEEPER] = pairs[NETWORK_REPRESENTATIVE];
    sharing[NETWORK_GATEKEEPER] = sharing[NETWORK_REPRESENTATIVE];
    /* For an end in a group of size m, the other end is one of rest - m. */
    pairs[NETWORK_LIAISON] = rest * rest - other.second;
    sharing[NETWORK_LIAISON] =
        2 * ((rest * rest - rest) * rest - (2 * rest - 1) * other.second + other.third);
    pairs[NETWORK_BROKER] = (total - 1) * (total - 2);
    sharing[NETWORK_BROKER] = 2 * (total - 1) * (total - 2) * (total - 3);
    return chances;
}

/* Expectation and deviation where each tie is there with probability d, by itself. A pair is
 * brokered between with probability e = d d (1 - d); two pairs that share an end have the
 * covariance (d (1 - d))^3, others none. */
static void count_judge(struct network_count *count, double pairs, double sharing, double d) {
    double e = d * d * (1 - d), covariance = pow(d * (1 - d), 3);
    count->expected = e * pairs;
    count->deviation = sqrt(fmax(count->expected * (1 - e) + covariance * sharing, 0));
    count->z = count->deviation > 0 ? (count->counted - count->expected) / count->deviation : NAN;
}

static void person_judge(struct network_brokerage *out, unsigned person,
                         const struct chances *chances, double d) {
    struct network_count *counts = out->persons[person];
    for (unsigned role = 0; role < NETWORK_BROKER; role++)
        counts[NETWORK_BROKER].counted += counts[role].counted;
    for (unsigned role = 0; role < NETWORK_ROLES; role++) {
        count_judge(&counts[role], chances->pairs[role], chances->sharing[role], d);
        out->total[role].counted += counts[role].counted;
        out->total[role].expected += counts[role].expected;
    }
}

static void person_leave_out(struct network_count *counts) {
    for (unsigned role = 0; role < NETWORK_ROLES; role++)
        counts[role] = (struct network_count){NAN, NAN, NAN, NAN};
}

enum err network_brokerage(struct arena *arena, const struct network *network, const int *group,
                           struct network_brokerage *out, struct problems *problems) {
    struct arena *scratch = arena_new(GRAPH_MEMORY);
    struct graph graph;
    *out = (struct network_brokerage){0};
    enum err err = graph_make(scratch, network, &graph, problems);
    if (err)
        goto done;
    struct groups groups = groups_make(scratch, group, network->people);
    out->people = groups.known;
    out->unknown = groups.unknown;
    out->persons = arena_alloc_array(arena, network->people, sizeof *out->persons);
    double n = groups.known, ties = (double)brokers_count(scratch, &graph, &groups, out);
    double d = n > 1 ? ties / (n * (n - 1)) : 0;
    struct powers powers = {0};
    for (unsigned g = 0; g < groups.count; g++) {
        double size = groups.size[g];
        powers.first += size;
        powers.second += size * size;
        powers.third += size * size * size;
    }
    for (unsigned i = 0; i < network->people; i++) {
        if (groups.of[i] == GROUP_UNKNOWN) {
            person_leave_out(out->persons[i]);
            continue;
        }
        struct chances chances = chances_of(groups.size[groups.of[i]], powers);
        person_judge(out, i, &chances, d);
    }
    for (unsigned role = 0; role < NETWORK_ROLES; role++)
        out->total[role].deviation = out->total[role].z = NAN;
done:
    arena_free(scratch);
    return err;
}
