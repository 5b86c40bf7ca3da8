/* Our figures for published graphs against R's (tests/network/), and graphs that are odd or bad. */
#include "unit.h"

#include "base/index.h"
#include "base/random.h"
#include "base/text.h"
#include "network/network.h"
#include "network/parts.h"
#include <igraph/igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char GRAPHS[] = "tests/network/graphs", REFERENCE[] = "tests/network/reference";

/* Lines of a file without its comments; each a list of cells. */
typedef LIST(char *) cells;

static FILE *file_open(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("cannot read %s; run the tests from the top folder", path);
    return file;
}

static bool line_read(struct arena *arena, FILE *file, cells *out) {
    char line[512];
    do
        if (!fgets(line, sizeof line, file))
            return false;
    while (line[0] == '#');
    *out = (cells){0};
    const char *rest = line;
    for (char *cell; (cell = text_next_piece(arena, &rest, ','));)
        list_add(arena, out, cell);
    return true;
}

static unsigned number_of(const char *cell) {
    return (unsigned)strtoul(cell, NULL, 10);
}

/* The network in a file; returns its people's groups. */
static int *graph_read(struct arena *arena, const char *name, struct network *out) {
    FILE *file = file_open(GRAPHS, name);
    LIST(int) groups = {0};
    cells line;
    while (line_read(arena, file, &line))
        if (text_equal(line.items[0], "person"))
            list_add(arena, &groups, (int)strtol(line.items[2], NULL, 10));
        else
            list_add(arena, &out->ties,
                     (struct network_tie){number_of(line.items[1]), number_of(line.items[2]),
                                          text_equal(line.items[3], "1")});
    fclose(file);
    out->people = (unsigned)groups.n;
    return groups.items;
}

/* Figures by "measure,person". */
struct figures {
    struct arena *arena;
    struct index index;
};

static void figure_add(struct figures *figures, const char *measure, const char *person,
                       double value) {
    double *copy = arena_alloc(figures->arena, sizeof *copy);
    *copy = value;
    const char *name = arena_format(figures->arena, "%s,%s", measure, person);
    assert_true(index_add(figures->arena, &figures->index, name, copy));
}

static void person_figures(struct figures *figures, unsigned i,
                           const struct network_person *person) {
    const char *number = arena_format(figures->arena, "%u", i);
    const struct {
        const char *name;
        double value;
    } values[] = {{"degree", person->degree},
                  {"in", person->in},
                  {"out", person->out},
                  {"betweenness", person->betweenness},
                  {"component", person->component},
                  {"core", person->core},
                  {"is_cut", person->is_cut},
                  {"cut_off", person->cut_off},
                  {"constraint", person->constraint},
                  {"effective_size", person->effective_size}};
    for (size_t v = 0; v < sizeof values / sizeof *values; v++)
        figure_add(figures, values[v].name, number, values[v].value);
    assert_true(person->betweenness_error == 0);
}

static void measure_figures(struct figures *figures, const struct network *network,
                            struct problems *problems) {
    struct network_measures m;
    assert_int_equal(network_measure(figures->arena, network, NETWORK_ALL, &m, problems), OK);
    const struct {
        const char *name;
        double value;
    } values[] = {{"people", m.people},
                  {"ties", m.ties},
                  {"isolates", m.isolates},
                  {"density", m.density},
                  {"components", m.components},
                  {"largest", m.largest},
                  {"reciprocity", m.reciprocity},
                  {"degree_centralisation", m.degree_centralisation},
                  {"betweenness_centralisation", m.betweenness_centralisation},
                  {"bridges", (double)m.bridges.n}};
    for (size_t v = 0; v < sizeof values / sizeof *values; v++)
        figure_add(figures, values[v].name, "", values[v].value);
    for (unsigned i = 0; i < m.people; i++)
        person_figures(figures, i, &m.persons[i]);
    for (size_t b = 0; b < m.bridges.n; b++) {
        const char *ends =
            arena_format(figures->arena, "%u,%u", m.bridges.items[b].a, m.bridges.items[b].b);
        figure_add(figures, "bridge", ends, m.bridges.items[b].b);
    }
    assert_int_equal(m.betweenness_sources, m.betweenness_of);
}

static void ei_figures(struct figures *figures, const struct network *network, const int *group,
                       struct problems *problems) {
    struct network_ei ei;
    assert_int_equal(network_ei(network, group, NETWORK_PERMUTATIONS, &ei, problems), OK);
    figure_add(figures, "ei_external", "", ei.external);
    figure_add(figures, "ei_internal", "", ei.internal);
    figure_add(figures, "ei_index", "", ei.index);
    figure_add(figures, "ei_expected", "", ei.expected);
    figure_add(figures, "ei_p", "", ei.p);
}

static void brokerage_figures(struct figures *figures, const struct network *network,
                              const int *group, struct problems *problems) {
    static const char *const roles[NETWORK_ROLES] = {"coordinator", "consultant", "representative",
                                                     "gatekeeper",  "liaison",    "broker"};
    struct arena *arena = figures->arena;
    struct network_brokerage b;
    assert_int_equal(network_brokerage(arena, network, group, &b, problems), OK);
    for (unsigned role = 0; role < NETWORK_ROLES; role++) {
        const char *raw = arena_format(arena, "%s_raw", roles[role]),
                   *expected = arena_format(arena, "%s_exp", roles[role]),
                   *deviation = arena_format(arena, "%s_sd", roles[role]),
                   *z = arena_format(arena, "%s_z", roles[role]);
        figure_add(figures, raw, "", b.total[role].counted);
        figure_add(figures, expected, "", b.total[role].expected);
        for (unsigned i = 0; i < network->people; i++) {
            const char *number = arena_format(arena, "%u", i);
            figure_add(figures, raw, number, b.persons[i][role].counted);
            figure_add(figures, expected, number, b.persons[i][role].expected);
            figure_add(figures, deviation, number, b.persons[i][role].deviation);
            figure_add(figures, z, number, b.persons[i][role].z);
        }
    }
}

/* How far our figure may be from R's: 1e-9 of it, or of 1. For p, both sides drew at random, R ten
 * times as often: four standard errors of the difference. */
static double tolerance_of(const char *measure, double value) {
    if (!text_equal(measure, "ei_p"))
        return 1e-9 * fmax(1, fabs(value));
    double draws = NETWORK_PERMUTATIONS;
    return 4 * sqrt(value * (1 - value) * (1 / draws + 1 / (10 * draws))) + 1 / draws;
}

static void figures_compare(struct arena *arena, const struct figures *figures, const char *name) {
    const char *folder = getenv("NETWORK_REFERENCE");
    FILE *file = file_open(folder ? folder : REFERENCE, name);
    cells line;
    size_t compared = 0;
    assert_true(line_read(arena, file, &line)); /* the heading */
    for (; line_read(arena, file, &line); compared++) {
        const char *measure = line.items[0];
        double expected = strtod(line.items[2], NULL);
        const char *key = arena_format(arena, "%s,%s", measure, line.items[1]);
        if (text_equal(measure, "bridge"))
            key = arena_format(arena, "%s,%s", key, line.items[2]);
        const double *found = index_find(&figures->index, key);
        if (!found)
            fail_msg("%s: R has %s, we have not", name, key);
        if (isnan(expected) && isnan(*found))
            continue;
        if (!(fabs(*found - expected) <= tolerance_of(measure, expected)))
            fail_msg("%s: %s is %.17g here and %.17g in R", name, key, *found, expected);
    }
    fclose(file);
    assert_int_equal(compared, figures->index.n);
}

static void compare(struct arena *arena, const char *name) {
    struct problems problems = problems_new(arena);
    struct network network = {0};
    const int *group = graph_read(arena, name, &network);
    struct figures figures = {.arena = arena};
    measure_figures(&figures, &network, &problems);
    ei_figures(&figures, &network, group, &problems);
    brokerage_figures(&figures, &network, group, &problems);
    assert_int_equal(problems.list.n, 0);
    figures_compare(arena, &figures, name);
}

static void test_zachary_as_in_r(void **state) {
    compare(*state, "zachary");
}

static void test_krackhardt_kite_as_in_r(void **state) {
    compare(*state, "krackhardt-kite");
}

static void test_florence_as_in_r(void **state) {
    compare(*state, "florence");
}

static void test_coleman_as_in_r(void **state) {
    compare(*state, "coleman");
}

static void test_emon_texas_as_in_r(void **state) {
    compare(*state, "emon-texas");
}

static void test_emon_mtsthelens_as_in_r(void **state) {
    compare(*state, "emon-mtsthelens");
}

static void test_emon_wichita_as_in_r(void **state) {
    compare(*state, "emon-wichita");
}

/* A network of these ties. */
static struct network network_of(struct arena *arena, unsigned people,
                                 const struct network_tie *ties, size_t n) {
    struct network network = {.people = people};
    for (size_t i = 0; i < n; i++)
        list_add(arena, &network.ties, ties[i]);
    return network;
}

static struct network_measures measured(struct arena *arena, const struct network *network,
                                        enum network_parts parts) {
    struct problems problems = problems_new(arena);
    struct network_measures measures;
    assert_int_equal(network_measure(arena, network, parts, &measures, &problems), OK);
    return measures;
}

static void test_nobody(void **state) {
    struct problems problems = problems_new(*state);
    struct network network = {0};
    struct network_measures m = measured(*state, &network, NETWORK_ALL);
    assert_int_equal(m.people + m.ties + m.components + m.largest + m.isolates, 0);
    assert_true(isnan(m.density) && isnan(m.reciprocity) && isnan(m.degree_centralisation));
    struct network_ei ei;
    assert_int_equal(network_ei(&network, NULL, 10, &ei, &problems), OK);
    assert_true(isnan(ei.index) && isnan(ei.expected) && isnan(ei.p));
    struct network_brokerage b;
    assert_int_equal(network_brokerage(*state, &network, NULL, &b, &problems), OK);
    assert_true(b.people == 0 && b.total[NETWORK_BROKER].counted == 0);
}

static void test_one_person(void **state) {
    struct problems problems = problems_new(*state);
    struct network network = {.people = 1};
    struct network_measures m = measured(*state, &network, NETWORK_ALL);
    assert_int_equal(m.isolates, 1);
    assert_int_equal(m.components, 1);
    assert_int_equal(m.largest, 1);
    assert_true(isnan(m.density) && isnan(m.betweenness_centralisation));
    assert_true(m.persons[0].betweenness == 0 && m.persons[0].core == 0);
    assert_true(isnan(m.persons[0].constraint) && isnan(m.persons[0].effective_size));
    struct network_ei ei;
    assert_int_equal(network_ei(&network, (const int[]){4}, 10, &ei, &problems), OK);
    assert_true(ei.people == 1 && isnan(ei.expected));
    struct network_brokerage b;
    assert_int_equal(network_brokerage(*state, &network, (const int[]){4}, &b, &problems), OK);
    assert_true(b.persons[0][NETWORK_LIAISON].expected == 0);
    assert_true(isnan(b.persons[0][NETWORK_LIAISON].z));
}

static void test_all_isolates(void **state) {
    struct network network = {.people = 4};
    struct network_measures m = measured(*state, &network, NETWORK_ALL);
    assert_int_equal(m.isolates, 4);
    assert_int_equal(m.components, 4);
    assert_int_equal(m.largest, 1);
    assert_int_equal(m.persons[3].component, 3);
    assert_true(m.density == 0 && m.degree_centralisation == 0);
    assert_true(m.betweenness_centralisation == 0 && isnan(m.reciprocity));
    assert_true(m.betweenness_of == 0);
}

static void test_numbers_out_of_range(void **state) {
    static const struct network_tie ties[] = {{0, 1, false}, {1, 3, false}};
    struct network network = network_of(*state, 3, ties, 2);
    struct problems problems = problems_new(*state);
    struct network_measures m;
    struct network_ei ei;
    struct network_brokerage b;
    const int group[] = {0, 0, 1};
    assert_int_equal(network_measure(*state, &network, NETWORK_ALL, &m, &problems), ERR_INPUT);
    assert_int_equal(network_ei(&network, group, 10, &ei, &problems), ERR_INPUT);
    assert_int_equal(network_brokerage(*state, &network, group, &b, &problems), ERR_INPUT);
    assert_int_equal(problems.list.n, 3);
    assert_non_null(strstr(problems.list.items[0].message, "person 3"));
}

static igraph_error_t interrupt(void *data) {
    (void)data;
    IGRAPH_FINALLY_FREE();
    return IGRAPH_INTERRUPTED;
}

/* igraph ends the program at an error unless it is told not to. */
static void test_igraph_fails(void **state) {
    static const struct network_tie ties[] = {{0, 1, false}, {1, 2, false}};
    struct network network = network_of(*state, 3, ties, 2);
    struct problems problems = problems_new(*state);
    struct network_measures m;
    igraph_interruption_handler_t *before = igraph_set_interruption_handler(interrupt);
    enum err err = network_measure(*state, &network, NETWORK_ALL, &m, &problems);
    igraph_set_interruption_handler(before);
    assert_int_equal(err, ERR_INPUT);
    assert_int_equal(problems.list.n, 1);
    assert_non_null(strstr(problems.list.items[0].message, "could not be measured"));
    measured(*state, &network, NETWORK_ALL); /* and goes on working afterwards */
}

/* 0 and 1 name each other three times over, 2 names herself, 0 names 2. */
static void test_ties_are_merged(void **state) {
    static const struct network_tie ties[] = {
        {0, 1, true}, {1, 0, false}, {0, 1, false}, {2, 2, true}, {0, 2, false}};
    struct network network = network_of(*state, 3, ties, 5);
    struct network_measures m = measured(*state, &network, NETWORK_ALL);
    assert_int_equal(m.ties, 2);
    assert_int_equal(m.persons[0].degree, 2);
    assert_int_equal(m.persons[0].out, 2);
    assert_int_equal(m.persons[0].in, 1);
    assert_int_equal(m.persons[2].in, 1);
    assert_int_equal(m.persons[2].out, 0);
    assert_true(fabs(m.reciprocity - 2.0 / 3) < 1e-12);
    assert_true(m.degree_centralisation == 1 && m.betweenness_centralisation == 1);
    assert_true(m.persons[0].is_cut && m.persons[0].cut_off == 1);
    assert_int_equal(m.bridges.n, 2);
    assert_int_equal(m.bridges.items[1].b, 2);
}

/* A triangle 0 1 2 from which a chain 2 3 4 5 hangs; 6 and 7 apart. Without 2, of the other five
 * two remain together and three, so two are cut off; without 3, two; without 4, one. */
static void test_cut_off_and_components(void **state) {
    static const struct network_tie ties[] = {{6, 7, false}, {0, 1, false}, {1, 2, false},
                                              {2, 0, false}, {2, 3, false}, {3, 4, false},
                                              {4, 5, false}};
    struct network network = network_of(*state, 8, ties, 7);
    struct network_measures m = measured(*state, &network, NETWORK_PLAIN);
    const unsigned cut_off[] = {0, 0, 2, 2, 1, 0, 0, 0}, core[] = {2, 2, 2, 1, 1, 1, 1, 1};
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(m.persons[i].cut_off, cut_off[i]);
        assert_int_equal(m.persons[i].is_cut, cut_off[i] > 0);
        assert_int_equal(m.persons[i].core, core[i]);
        assert_int_equal(m.persons[i].component, i > 5);
        assert_true(isnan(m.persons[i].betweenness) && isnan(m.persons[i].constraint));
    }
    assert_int_equal(m.bridges.n, 4);
    assert_int_equal(m.largest, 6);
    assert_true(isnan(m.betweenness_centralisation) && m.betweenness_sources == 0);
}

/* Groups 7 and 2: 0 and 1 in the one, 2 and 3 in the other; nobody knows that of 4. The group's
 * numbers do not matter. Two ties within, one across, of 6 pairs 4 across: expected 1/3. Of the
 * three ways to split the four, one has all three ties across and is as far from the two that are
 * expected, one has two: p is 2/3. */
static void test_ei_with_unknown_groups(void **state) {
    static const struct network_tie ties[] = {
        {0, 1, true}, {2, 3, false}, {1, 2, false}, {3, 4, false}};
    struct network network = network_of(*state, 5, ties, 4);
    struct problems problems = problems_new(*state);
    struct network_ei ei, again;
    const int group[] = {7, 7, 2, 2, -1};
    assert_int_equal(network_ei(&network, group, 999, &ei, &problems), OK);
    assert_int_equal(ei.external, 1);
    assert_int_equal(ei.internal, 2);
    assert_int_equal(ei.people, 4);
    assert_int_equal(ei.unknown, 1);
    assert_int_equal(ei.ties_left, 1);
    assert_int_equal(ei.permutations, 999);
    assert_true(fabs(ei.index + 1.0 / 3) < 1e-12);
    assert_true(fabs(ei.expected - 1.0 / 3) < 1e-12);
    assert_true(fabs(ei.p - 2.0 / 3) < 0.05);
    assert_int_equal(network_ei(&network, group, 0, &again, &problems), OK);
    assert_true(isnan(again.p) && again.index == ei.index);
}

/* Two groups of ten, each a clique: of the 92,378 ways to split twenty people into two tens, only
 * the one and its mirror image are as far out. */
static void test_ei_of_two_cliques(void **state) {
    struct network network = {.people = 20};
    int group[20];
    for (unsigned i = 0; i < 20; i++) {
        group[i] = i < 10;
        for (unsigned j = 0; j < i; j++)
            if ((i < 10) == (j < 10))
                list_add((struct arena *)*state, &network.ties, (struct network_tie){i, j, false});
    }
    struct problems problems = problems_new(*state);
    struct network_ei ei, again;
    assert_int_equal(network_ei(&network, group, 1999, &ei, &problems), OK);
    assert_true(ei.index == -1 && ei.external == 0 && ei.internal == 90);
    assert_true(ei.p == 1.0 / 2000);
    assert_int_equal(network_ei(&network, group, 1999, &again, &problems), OK);
    assert_true(again.p == ei.p);
}

/* 0 names 1 names 2, in every arrangement of groups; the way through 3, of unknown group, does not
 * count, nor does 4's, where the ends know each other. */
static void test_brokerage_roles(void **state) {
    static const struct network_tie ties[] = {{0, 1, false}, {1, 2, false}, {0, 3, false},
                                              {3, 2, false}, {4, 0, true},  {4, 1, false}};
    static const struct {
        int group[5];
        enum network_role role;
    } cases[] = {{{1, 1, 1, -1, 9}, NETWORK_COORDINATOR},
                 {{1, 2, 1, -1, 9}, NETWORK_CONSULTANT},
                 {{1, 1, 2, -1, 9}, NETWORK_REPRESENTATIVE},
                 {{1, 2, 2, -1, 9}, NETWORK_GATEKEEPER},
                 {{1, 2, 3, -1, 9}, NETWORK_LIAISON}};
    struct network network = network_of(*state, 5, ties, 6);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct problems problems = problems_new(*state);
        struct network_brokerage b;
        assert_int_equal(network_brokerage(*state, &network, cases[c].group, &b, &problems), OK);
        /* 1 brokers from 0 to 2 and from 4 to 2; 4 is alone in a group of its own. */
        assert_true(b.persons[1][cases[c].role].counted >= 1);
        assert_true(b.persons[1][NETWORK_BROKER].counted == 2);
        assert_true(b.persons[0][NETWORK_BROKER].counted == 0);
        assert_true(b.total[NETWORK_BROKER].counted == 2);
        assert_true(isnan(b.persons[3][NETWORK_BROKER].counted));
        assert_int_equal(b.unknown, 1);
    }
}

/* People in a ring of small teams, some tied across; the same every time. */
static struct network network_invent(struct arena *arena, unsigned people, unsigned ties_each) {
    struct random random = {7};
    struct network network = {.people = people};
    for (unsigned i = 0; i < people * ties_each / 2; i++) {
        unsigned from = random_below(&random, people);
        unsigned to = random_below(&random, 10) < 7
                          ? (from + 1 + random_below(&random, 20)) % people
                          : random_below(&random, people);
        list_add(arena, &network.ties, (struct network_tie){from, to, false});
    }
    return network;
}

/* The errors come out as large as is said of them, taken together; nine exact figures in ten lie
 * within two standard errors, hardly any beyond four. */
static void test_estimate_and_its_error(void **state) {
    struct problems problems = problems_new(*state);
    struct network network = network_invent(*state, 1000, 8);
    struct network_measures exact = measured(*state, &network, NETWORK_BETWEENNESS);
    struct network_measures estimate = measured(*state, &network, NETWORK_PLAIN);
    struct graph graph;
    assert_int_equal(graph_make(*state, &network, &graph, &problems), OK);
    betweenness_measure(*state, &graph, 500, 400, &estimate);
    assert_int_equal(estimate.betweenness_sources, 400);
    assert_int_equal(exact.betweenness_sources, exact.betweenness_of);
    assert_true(exact.betweenness_error == 0 && estimate.betweenness_error > 0);
    unsigned within_two = 0, within_four = 0;
    double squares = 0;
    for (unsigned i = 0; i < 1000; i++) {
        double off = fabs(estimate.persons[i].betweenness - exact.persons[i].betweenness);
        squares += off * off;
        within_two += off <= 2 * estimate.persons[i].betweenness_error;
        within_four += off <= 4 * estimate.persons[i].betweenness_error;
    }
    assert_in_range(within_two, 860, 960);
    assert_in_range(within_four, 970, 1000);
    assert_true(fabs(sqrt(squares / 1000) / estimate.betweenness_error - 1) < 0.1);
}

static void test_large_networks_are_estimated(void **state) {
    struct network network = network_invent(*state, NETWORK_EXACT_MAX + 500, 4);
    struct network_measures m = measured(*state, &network, NETWORK_BETWEENNESS);
    assert_int_equal(m.betweenness_sources, NETWORK_SOURCES);
    assert_int_equal(m.betweenness_of, m.people - m.isolates);
    assert_true(m.betweenness_of > NETWORK_EXACT_MAX && m.betweenness_error > 0);
}

/* Each of seven numbers comes about as often, and a draw is a rearrangement. */
static void test_random_is_even(void **state) {
    (void)state;
    struct random random = {3};
    unsigned counts[7] = {0}, cards[52], seen[52] = {0};
    for (int i = 0; i < 70000; i++)
        counts[random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(counts[i], 9600, 10400);
    for (unsigned i = 0; i < 52; i++)
        cards[i] = i;
    random_draw(&random, cards, 52, 52);
    for (unsigned i = 0; i < 52; i++)
        seen[cards[i]]++;
    for (unsigned i = 0; i < 52; i++)
        assert_int_equal(seen[i], 1);
    assert_int_equal(random_next(&(struct random){0}), 0xe220a8397b1dcdafu); /* published */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_zachary_as_in_r),
        TEST(test_krackhardt_kite_as_in_r),
        TEST(test_florence_as_in_r),
        TEST(test_coleman_as_in_r),
        TEST(test_emon_texas_as_in_r),
        TEST(test_emon_mtsthelens_as_in_r),
        TEST(test_emon_wichita_as_in_r),
        TEST(test_nobody),
        TEST(test_one_person),
        TEST(test_all_isolates),
        TEST(test_numbers_out_of_range),
        TEST(test_igraph_fails),
        TEST(test_ties_are_merged),
        TEST(test_cut_off_and_components),
        TEST(test_ei_with_unknown_groups),
        TEST(test_ei_of_two_cliques),
        TEST(test_brokerage_roles),
        TEST(test_estimate_and_its_error),
        TEST(test_large_networks_are_estimated),
        TEST(test_random_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
