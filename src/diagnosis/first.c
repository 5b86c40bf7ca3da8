#include "diagnosis/first.h"
#include "base/text.h"
#include <string.h>

const char *first_matter(struct arena *arena, const char *kind, const char *key) {
    static const char *const wide[] = {"organisation", "team", "person", "coverage", "programme"};
    if (name_index(wide, sizeof wide / sizeof *wide, kind) >= 0)
        return NULL;
    return arena_format(arena, "%s/%s", kind, key);
}

struct choosing {
    const struct first_candidates *candidates;
    struct first_things first;
};

static bool have_rule(const struct choosing *choosing, const char *rule) {
    for (size_t i = 0; i < choosing->first.n; i++)
        if (text_equal(choosing->first.items[i]->rule, rule))
            return true;
    return false;
}

static bool have_step(const struct choosing *choosing, const char *step) {
    for (size_t i = 0; i < choosing->first.n; i++)
        if (choosing->first.items[i]->step && text_equal(choosing->first.items[i]->step, step))
            return true;
    return false;
}

static bool share_matter(const struct first_candidate *one, const struct first_candidate *other) {
    for (size_t i = 0; i < one->matters.list.n; i++)
        if (names_contain(&other->matters, one->matters.list.items[i]))
            return true;
    return false;
}

enum { STEP_IS_NEW, HAS_STEP, NO_STEP, SAME_MATTER, READINESS_COUNT = 2 * SAME_MATTER };

/* How ready a finding is to be one of the first things: best if it adds a step that is not among
 * them yet, then if the papers have a step at all; worse by far if it is about the same matter as
 * one that is there. */
static int readiness_of(const struct choosing *choosing, const struct first_candidate *candidate) {
    int readiness = !candidate->step                       ? NO_STEP
                    : have_step(choosing, candidate->step) ? HAS_STEP
                                                           : STEP_IS_NEW;
    for (size_t i = 0; i < choosing->first.n; i++)
        if (share_matter(choosing->first.items[i], candidate))
            return readiness + SAME_MATTER;
    return readiness;
}

/* Of the candidates of a severity that are so ready, the one with the earliest step, or NULL. */
static const struct first_candidate *next_find(const struct choosing *choosing, int severity,
                                               int readiness) {
    const struct first_candidate *best = NULL;
    for (size_t i = 0; i < choosing->candidates->list.n; i++) {
        const struct first_candidate *candidate = &choosing->candidates->list.items[i];
        if ((int)candidate->severity == severity && !have_rule(choosing, candidate->rule) &&
            readiness_of(choosing, candidate) == readiness &&
            (!best || (candidate->step && strcmp(candidate->step, best->step) < 0)))
            best = candidate;
    }
    return best;
}

struct first_things first_things_choose(const struct first_candidates *candidates) {
    struct choosing choosing = {.candidates = candidates};
    for (int severity = HIGH; severity >= LOW; severity--)
        for (int readiness = 0; readiness < READINESS_COUNT; readiness++) {
            const struct first_candidate *next;
            while (choosing.first.n < FIRST_THINGS &&
                   (next = next_find(&choosing, severity, readiness)))
                choosing.first.items[choosing.first.n++] = next;
        }
    return choosing.first;
}
