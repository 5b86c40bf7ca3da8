/* The three things to look at first: "First of all" of `ithaca check`, "What matters most" at home.
 */
#ifndef ITHACA_FIRST_H
#define ITHACA_FIRST_H

#include "diagnosis/rule.h"

enum { FIRST_THINGS = 3 };

/* A finding that may be one of them. */
struct first_candidate {
    const char *rule, *step; /* ids; the step may be NULL */
    enum severity severity;
    struct names matters; /* what it is about: first_matter of its records */
    const void *finding;  /* the caller's */
};
struct first_candidates {
    LIST(struct first_candidate) list;
};

/* Some of the candidates. */
struct first_things {
    const struct first_candidate *items[FIRST_THINGS];
    size_t n;
};

/* A record as a matter that two findings may share: a decision, a post, an action, ...; NULL for an
 * organisation, team or person, or how fully a sheet is kept: that two speak of the same of these
 * does not make it one matter. */
const char *first_matter(struct arena *arena, const char *kind, const char *key);

/* Gravest first; of equally grave ones those that different steps answer, in the order of the
 * steps, so that a person can act, and is not told the same thing thrice. */
struct first_things first_things_choose(const struct first_candidates *candidates);

#endif
