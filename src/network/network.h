/* Measures of who is tied to whom: who joins people who would otherwise be apart, who would be
 * missed, whether ties cross the boundaries between groups.
 *
 * How a network is read:
 * - People are numbered from 0. Whoever is not in the records is not a node: a measure says
 *   nothing about people or ties that nobody wrote down.
 * - Several ties between the same two people are one; a tie from a person to the same person is
 *   dropped. `mutual` means a tie in both directions.
 * - Reciprocity, in, out and brokerage look at directions. Everything else looks at pairs: two
 *   people are tied if either names the other.
 * - People without ties count as people.
 *
 * Every function may fail for want of memory or for a number that names nobody; the problems then
 * say so. Results belong to the arena handed in; working memory is given back before they return.
 * NAN is what the formula does not define: the share of nothing.
 *
 * Components, k-cores, articulation points and bridges are igraph's. Betweenness and constraint are
 * loops of our own: two to four times as fast as igraph's, the one can sample, the other finds
 * effective size, which igraph lacks, on the same walk. docs/network.md has the sources in full,
 * compares all figures with R's and tells how fast they come. */
#ifndef ITHACA_NETWORK_H
#define ITHACA_NETWORK_H

#include "base/error.h"
#include "base/list.h"
#include "base/problem.h"
#include <stdbool.h>

struct network_tie {
    unsigned from, to;
    bool mutual;
};

struct network {
    unsigned people;
    LIST(struct network_tie) ties;
};

enum {
    /* Above so many people with ties, betweenness is estimated, from so many of them. */
    NETWORK_EXACT_MAX = 3000,
    NETWORK_SOURCES = 2000,
};

/* What costs time and is measured only when asked for; what is left out is NAN. */
enum network_parts {
    NETWORK_PLAIN = 0,
    NETWORK_BETWEENNESS = 1, /* time grows with people times ties */
    NETWORK_HOLES = 2,       /* constraint and effective size */
    NETWORK_ALL = NETWORK_BETWEENNESS | NETWORK_HOLES,
};

struct network_person {
    unsigned degree;  /* people this person is tied to */
    unsigned in, out; /* people who name this person; people whom this person names */
    /* Pairs of others whose shortest way leads through this person, n(j,k,i) / n(j,k) summed over
     * unordered pairs j, k (Freeman 1979); n(j,k) counts shortest ways from j to k, n(j,k,i) those
     * through i. */
    double betweenness;
    /* 0 where it is exact. Where it is estimated from k of n people with ties, drawn evenly without
     * repeats (Brandes & Pich 2007; Geisberger et al. 2008): the standard error of the estimate,
     * n x s x sqrt((1 - k/n) / k), where s is the standard deviation of what the ways from each
     * person drawn contribute. Contributions are skewed: two errors on either side hold the exact
     * figure for about nine people in ten. */
    double betweenness_error;
    unsigned component; /* 0 is the largest; equally large ones in the order of their people */
    unsigned core;      /* the largest k such that this person is in a set of people who each have
                         * k ties within the set (Seidman 1983) */
    bool is_cut;        /* an articulation point: the component falls apart without this person */
    /* People of this person's component, without this person, who are then cut off from the
     * largest part that remains. */
    unsigned cut_off;
    /* How far this person's contacts are tied to each other (Burt 1992, p. 54f): the sum over j of
     * (p(i,j) + sum over q of p(i,q) p(q,j)) squared, j a contact, q another one, p(i,j) = 1 /
     * degree of i where i and j are tied. NAN without ties. */
    double constraint;
    /* Contacts less the average number of ties that each has to the others: degree - 2t / degree,
     * t the ties among the contacts (Burt 1992, p. 52; Borgatti 1997 for this form). NAN without
     * ties. */
    double effective_size;
};

struct network_pair {
    unsigned a, b; /* a < b */
};

struct network_measures {
    unsigned people, ties, isolates; /* ties: pairs of people */
    double density;                  /* tied pairs of all pairs; NAN below 2 people */
    unsigned components, largest;    /* parts not tied to each other; people in the largest */
    double reciprocity;              /* directed ties that are returned, of all; NAN if none */
    /* Freeman 1979: how far the most central person stands out, the sum of max - c(i) over people,
     * of the most it could be, (n-1)(n-2) for degree, (n-1)(n-1)(n-2) / 2 for betweenness: 0 where
     * all are alike, 1 for a star. NAN below 3 people. From an estimate it comes out too high,
     * because the maximum of uncertain figures does. */
    double degree_centralisation, betweenness_centralisation;
    struct network_person *persons; /* `people` of them */
    /* Ties without which a component falls apart. */
    LIST(struct network_pair) bridges;
    /* From how many people ways were followed, of how many with ties: the same number if
     * betweenness is exact; 0 if it was not asked for. */
    unsigned betweenness_sources, betweenness_of;
    /* The root of the mean of the squared standard errors of all people's betweenness. */
    double betweenness_error;
};

enum err network_measure(struct arena *arena, const struct network *network,
                         enum network_parts parts, struct network_measures *out,
                         struct problems *problems) MUST_CHECK;

/* Whether ties cross the boundaries between groups (Krackhardt & Stern 1988).
 *
 * `group` gives each person's group, any number from 0; below 0 is unknown: those people and their
 * ties are left out, and counted. */
struct network_ei {
    unsigned external, internal;         /* pairs tied across groups, and within one */
    unsigned people, unknown, ties_left; /* people counted, people and pairs left out */
    double index; /* (external - internal) / (external + internal); NAN without ties */
    /* What it would be on average if the same ties joined people without regard to group: 2q - 1,
     * where q is the share of all pairs of people who are of different groups. */
    double expected;
    /* How likely an index at least as far from `expected`, in either direction, would be by chance:
     * the groups are dealt out anew over the same people and ties, again and again; p = (1 + as
     * far) / (1 + permutations). Shuffled the same way each time: the same network gives the same
     * p. NAN without ties or permutations. */
    double p;
    unsigned permutations;
};

enum { NETWORK_PERMUTATIONS = 2000 };

enum err network_ei(const struct network *network, const int *group, unsigned permutations,
                    struct network_ei *out, struct problems *problems) MUST_CHECK;

/* Who brokers between whom (Gould & Fernandez 1989): b brokers where a names b, b names c and a
 * does not name c. */
enum network_role {
    NETWORK_COORDINATOR,    /* all three in one group */
    NETWORK_CONSULTANT,     /* a and c in one group, b in another: "itinerant" */
    NETWORK_REPRESENTATIVE, /* a and b in one group, c in another: speaks for the group */
    NETWORK_GATEKEEPER,     /* b and c in one group, a in another: lets things in */
    NETWORK_LIAISON,        /* three groups */
    NETWORK_BROKER,         /* any of these */
    NETWORK_ROLES
};

struct network_count {
    double counted;
    /* Expectation and standard deviation if every directed tie were there by chance alone, each
     * with the probability that the network has on the whole, and the sizes of the groups as they
     * are; z = (counted - expected) / deviation, NAN where the deviation is 0. */
    double expected, deviation, z;
};

struct network_brokerage {
    unsigned people,
        unknown; /* people counted; people of unknown group, left out with their ties */
    /* Of each person; all NAN for a person whose group is unknown. */
    struct network_count (*persons)[NETWORK_ROLES];
    /* Of the whole network; `deviation` and `z` are NAN, as they are not worked out. */
    struct network_count total[NETWORK_ROLES];
};

enum err network_brokerage(struct arena *arena, const struct network *network, const int *group,
                           struct network_brokerage *out, struct problems *problems) MUST_CHECK;

#endif
