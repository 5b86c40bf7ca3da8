#include "diagnosis/network_report.h"
#include <math.h>

const char *const network_role_names[NETWORK_ROLES] = {
    "coordinator", "consultant", "representative", "gatekeeper", "liaison", "any role",
};
const char *const network_role_meanings[NETWORK_ROLES] = {
    "How often somebody joins two people of one organisation and belongs to it too (Gould and "
    "Fernandez 1989).",
    "How often somebody from outside joins two people of one organisation.",
    "How often somebody is named by one of the same organisation and names one outside: speaks for "
    "it.",
    "How often somebody is named by one outside and names one of the same organisation: lets "
    "things in.",
    "How often somebody joins two people of two other organisations.",
    "All five together: how often a names b, b names c, and a does not name c. b brokers.",
};

static void line_add(struct arena *arena, struct network_report *report, struct network_line line) {
    list_add(arena, &report->lines, line);
}

/* A measure that is only a value. */
static void plain_add(struct arena *arena, struct network_report *report, const char *key,
                      const char *name, double value, const char *definition, const char *reading) {
    line_add(arena, report,
             (struct network_line){key, NULL, value, NAN, NAN, name, definition, reading});
}

static const char *count_of(struct arena *arena, unsigned n, const char *one, const char *many) {
    return arena_format(arena, "%u %s", n, n == 1 ? one : many);
}

static void size_add(struct arena *arena, struct network_report *report) {
    const struct network_measures *m = report->map->measures;
    unsigned cuts = 0;
    for (unsigned i = 0; i < m->people; i++)
        cuts += m->persons[i].is_cut;
    plain_add(arena, report, "people", "People", m->people,
              "Everybody written down under People who is there on the day, with ties or without.",
              m->isolates
                  ? arena_format(arena, "%u of them tied to nobody in the records.", m->isolates)
                  : "Everybody is tied to somebody.");
    plain_add(arena, report, "ties", "Tied pairs", m->ties,
              "Pairs of people with at least one tie, whichever way it runs.",
              m->people ? arena_format(arena, "On average, a person is tied to %.1f others.",
                                       2.0 * m->ties / m->people)
                        : "There is nobody.");
    plain_add(arena, report, "density", "Density", m->density,
              "Tied pairs of all the pairs that there could be.",
              isnan(m->density) ? "Not defined for fewer than two people."
                                : arena_format(arena, "Of 100 pairs of people, %.0f are tied.",
                                               m->density * 100));
    plain_add(arena, report, "components", "Pieces", m->components,
              "Sets of people with a way to each other, and none to anybody else. Whoever is tied "
              "to nobody is a piece alone.",
              arena_format(arena, "%s%s; %u in the largest.",
                           count_of(arena, m->components, "piece", "pieces"),
                           m->isolates ? arena_format(arena, ", %u of them with one person only",
                                                      m->isolates)
                                       : "",
                           m->largest));
    plain_add(arena, report, "cut_people", "People who alone join others", cuts,
              "People without whom somebody else of their piece would lose the way to the rest "
              "(articulation points).",
              cuts ? arena_format(arena, "If %s, others are cut off.",
                                  cuts == 1 ? "this person goes" : "one of these goes")
                   : "Nobody alone joins others to the rest.");
    plain_add(arena, report, "bridges", "Only ties", (double)m->bridges.n,
              "Tied pairs without whose tie their piece would fall apart (bridges).",
              m->bridges.n ? "Each of these ties is the only one between two parts."
                           : "No part hangs on a single tie.");
}

static void core_add(struct arena *arena, struct network_report *report) {
    const struct network_measures *m = report->map->measures;
    unsigned core = 0, in_it = 0;
    for (unsigned i = 0; i < m->people; i++)
        if (m->persons[i].core > core)
            core = m->persons[i].core;
    for (unsigned i = 0; i < m->people; i++)
        in_it += m->persons[i].core == core;
    plain_add(arena, report, "core", "Core", core,
              "The largest number k such that some people are each tied to at least k others among "
              "themselves (k-core, Seidman 1983).",
              core ? arena_format(arena, "%u people are each tied to at least %u of each other.",
                                  in_it, core)
                   : "There is no core.");
}

static const char *share_reading(struct arena *arena, double share, const char *low,
                                 const char *high) {
    if (isnan(share))
        return "Not defined here.";
    return arena_format(arena, "From 0 (%s) to 1 (%s).", low, high);
}

static void shape_add(struct arena *arena, struct network_report *report) {
    const struct network_measures *m = report->map->measures;
    core_add(arena, report);
    plain_add(arena, report, "degree_centralisation", "Centralisation by ties",
              m->degree_centralisation,
              "How far the person with most ties stands out, of the most that is possible "
              "(Freeman 1979).",
              share_reading(arena, m->degree_centralisation, "all have as many ties",
                            "one is tied to all, the others only to that one"));
    plain_add(arena, report, "betweenness_centralisation", "Centralisation by joining",
              m->betweenness_centralisation,
              "The same for how often people are on the shortest way between two others "
              "(betweenness, Freeman 1979).",
              share_reading(arena, m->betweenness_centralisation, "nobody is needed more",
                            "everything runs through one person"));
    plain_add(arena, report, "reciprocity", "Ties returned", m->reciprocity,
              "Of the ties counted by direction, the share that is returned. A tie written down as "
              "mutual, and a shared team, count as returned.",
              isnan(m->reciprocity)
                  ? "There are no ties."
                  : arena_format(arena, "Of 100 ties, %.0f run both ways.", m->reciprocity * 100));
}

/* What the E-I index says; chance is what shuffled groups give. */
static const char *ei_reading(struct arena *arena, const struct network_ei *ei,
                              enum grouping grouping, size_t groups) {
    const char *what = grouping_names[grouping];
    if (groups < 2)
        return arena_format(arena, "Nothing to compare: fewer than two groups by %s are known.",
                            what);
    if (isnan(ei->index))
        return "There are no ties between people of known groups.";
    const char *left_out =
        ei->unknown ? arena_format(arena, " %s left out, whose %s is not written down.",
                                   count_of(arena, ei->unknown, "person is", "people are"), what)
                    : "";
    const char *compared = ei->p >= 0.05              ? "about as often as chance would have it"
                           : ei->index < ei->expected ? "less often than by chance: people keep to "
                                                        "their own"
                                                      : "more often than by chance";
    return arena_format(arena, "%u ties cross, %u stay within: they cross %s.%s", ei->external,
                        ei->internal, compared, left_out);
}

static enum err ei_add(struct arena *arena, const struct partnership *partnership,
                       enum grouping grouping, struct network_report *report,
                       struct problems *problems) {
    struct names names = {0};
    struct network_ei ei;
    const int *groups = partnership_groups(arena, partnership, grouping, &names);
    enum err err = network_ei(&partnership->network, groups, NETWORK_PERMUTATIONS, &ei, problems);
    if (err)
        return err;
    line_add(arena, report,
             (struct network_line){
                 "ei", grouping_names[grouping], ei.index, ei.expected, ei.p,
                 arena_format(arena, "E-I index by %s", grouping_names[grouping]),
                 arena_format(arena,
                              "Ties across groups less ties within, of both (Krackhardt and Stern "
                              "1988): -1 if all stay within, 1 if all cross. p: the share of %u "
                              "random deals of the same groups at least as far from what is "
                              "expected.",
                              ei.permutations),
                 ei_reading(arena, &ei, grouping, names.list.n)});
    return OK;
}

static enum err brokerage_add(struct arena *arena, const struct partnership *partnership,
                              struct network_report *report, struct problems *problems) {
    struct names names = {0};
    const int *groups = partnership_groups(arena, partnership, BY_ORGANISATION, &names);
    enum err err =
        network_brokerage(arena, &partnership->network, groups, &report->brokerage, problems);
    for (int role = 0; role < NETWORK_ROLES && !err; role++) {
        const struct network_count *total = &report->brokerage.total[role];
        line_add(arena, report,
                 (struct network_line){
                     "brokerage", network_role_names[role], total->counted, total->expected, NAN,
                     arena_format(arena, "Brokerage, %s", network_role_names[role]),
                     network_role_meanings[role],
                     isnan(total->expected)
                         ? "Nothing to compare."
                         : arena_format(arena, "%.0f times; %.0f would be expected by chance.",
                                        total->counted, total->expected)});
    }
    return err;
}

enum err network_report_make(struct arena *arena, const struct partnership *partnership,
                             const struct map *map, struct network_report *out,
                             struct problems *problems) {
    *out = (struct network_report){.map = map};
    size_add(arena, out);
    shape_add(arena, out);
    enum err err = OK;
    for (int grouping = 0; grouping < GROUPINGS && !err; grouping++)
        err = ei_add(arena, partnership, (enum grouping)grouping, out, problems);
    return err ? err : brokerage_add(arena, partnership, out, problems);
}
