#include "network/map.h"
#include "base/index.h"
#include <math.h>
#include <stdlib.h>

static const struct network_person *person_measures(const struct map *map, unsigned person) {
    return &map->measures->persons[person];
}

/* Betweenness as people are ordered by it: what differs by rounding only is equal. */
static double rank_of(const struct network_person *measured) {
    return round(measured->betweenness * 1e6);
}

static int compare(const void *a, const void *b, void *measures) {
    const struct network_person *persons = measures;
    unsigned i = *(const unsigned *)a, j = *(const unsigned *)b;
    if (rank_of(&persons[i]) != rank_of(&persons[j]))
        return rank_of(&persons[i]) > rank_of(&persons[j]) ? -1 : 1;
    if (persons[i].degree != persons[j].degree)
        return persons[i].degree > persons[j].degree ? -1 : 1;
    return i < j ? -1 : i > j;
}

unsigned *map_order(struct arena *arena, const struct map *map) {
    unsigned *order = arena_alloc_array(arena, map->people.n, sizeof *order);
    for (unsigned i = 0; i < map->people.n; i++)
        order[i] = i;
    qsort_r(order, map->people.n, sizeof *order, compare, map->measures->persons);
    return order;
}

static bool is_level(const struct map *map, const unsigned *order, unsigned i, unsigned j) {
    return rank_of(person_measures(map, order[i])) == rank_of(person_measures(map, order[j]));
}

unsigned map_brokers(const struct map *map, const unsigned *order) {
    unsigned n = 0, people = (unsigned)map->people.n, most = people > MAP_LARGE ? 5 : 3;
    while (n < most && n < people && rank_of(person_measures(map, order[n])) > 0)
        n++;
    if (n == 0 || n == people || !is_level(map, order, n - 1, n))
        return n;
    unsigned first = n - 1, end = n; /* those who are level across the mark */
    while (first > 0 && is_level(map, order, first - 1, n))
        first--;
    while (end < people && is_level(map, order, end, n))
        end++;
    if (first > 0)
        return first;
    return end <= 2 * most ? end : 0;
}

char *map_person_place(struct arena *arena, const struct map_person *person) {
    if (!person->organisation)
        return arena_copy(arena, "no organisation recorded");
    if (!person->sector ||
        strstr(text_fold(arena, person->organisation), text_fold(arena, person->sector)))
        return arena_copy(arena, person->organisation);
    return arena_format(arena, "%s (%s)", person->organisation, person->sector);
}

char *map_title(struct arena *arena, const struct map *map) {
    return arena_format(arena, "Who is tied to whom: %s, %s", map->programme, map->day);
}

/* ---- the answers ---- */

static const char *people_word(size_t n) {
    return n == 1 ? "person" : "people";
}

static const char *quoted_name(const struct map *map, struct arena *arena, unsigned person) {
    return arena_format(arena, "\xE2\x80\x9C%s\xE2\x80\x9D", map->people.items[person].name);
}

static void add_pieces(struct text *out, const struct map *map) {
    const struct network_measures *measures = map->measures;
    unsigned tied = measures->people - measures->isolates;
    unsigned pieces = measures->components - measures->isolates;
    text_add_format(out, "%u %s, %u %s of them tied to each other. ", measures->people,
                    people_word(measures->people), measures->ties,
                    measures->ties == 1 ? "pair" : "pairs");
    if (pieces == 1)
        text_add_format(out,
                        tied == measures->people ? "All %u hang together in one piece. "
                                                 : "%u people hang together in one piece. ",
                        tied);
    else if (pieces > 1)
        text_add_format(out,
                        "Those with ties form %u pieces with no tie between them; the largest "
                        "has %u people. ",
                        pieces, measures->largest);
}

static void add_isolates(struct text *out, const struct map *map) {
    enum { NAMED_AT_MOST = 12 };
    struct arena *arena = out->arena;
    const char **names = arena_alloc_array(arena, map->people.n + 1, sizeof *names);
    size_t n = 0;
    for (unsigned i = 0; i < map->people.n; i++)
        if (person_measures(map, i)->degree == 0)
            names[n++] = quoted_name(map, arena, i);
    if (n)
        text_add_format(out, "Tied to nobody in the records: %s.",
                        text_enumerate(arena, names, n, NAMED_AT_MOST));
}

/* Those who join others most come first. */
static void add_cuts(struct text *out, const struct map *map, const unsigned *order) {
    enum { NAMED_AT_MOST = 10 };
    size_t found = 0;
    for (size_t i = 0; i < map->people.n; i++) {
        const struct network_person *measured = person_measures(map, order[i]);
        if (!measured->is_cut || ++found > NAMED_AT_MOST)
            continue;
        text_add_format(out, "%sIf %s goes, %u %s cut off from the rest.",
                        found == 1 ? "\n\n" : " ", quoted_name(map, out->arena, order[i]),
                        measured->cut_off, measured->cut_off == 1 ? "person is" : "people are");
    }
    if (found > NAMED_AT_MOST)
        text_add_format(out, " The same holds for %zu more.", found - NAMED_AT_MOST);
    if (!found && map->measures->ties)
        text_add(out,
                 "\n\nNobody alone joins others to the rest: whoever goes, those who hang together "
                 "now still do.");
}

static void add_brokers(struct text *out, const struct map *map, const unsigned *order) {
    struct arena *arena = out->arena;
    unsigned n = map_brokers(map, order);
    const char **names = arena_alloc_array(arena, n + 1, sizeof *names);
    for (unsigned i = 0; i < n; i++)
        names[i] = quoted_name(map, arena, order[i]);
    if (n)
        text_add_format(out,
                        "\n\n%s others most, being most often on the shortest way between two "
                        "people: %s.",
                        n == 1 ? "This person joins"
                               : arena_format(arena, "These %u people join", n),
                        text_enumerate(arena, names, n, n));
}

char *map_answers(struct arena *arena, const struct map *map) {
    struct text out = text_new(arena);
    const unsigned *order = map_order(arena, map);
    add_pieces(&out, map);
    add_isolates(&out, map);
    if (map->ranks_nobody)
        return out.bytes;
    add_cuts(&out, map, order);
    add_brokers(&out, map, order);
    return out.bytes;
}

/* ---- the picture in words ---- */

struct gathering {
    const char *name;
    LIST(const char *) members;
};

struct gatherings {
    LIST(struct gathering *) list;
    struct index by_name, seen; /* seen: members of each */
};

static void gather(struct arena *arena, struct gatherings *gatherings, const char *id,
                   const char *name, const struct map_person *member) {
    struct gathering *found = index_find(&gatherings->by_name, id);
    if (!found) {
        found = arena_alloc(arena, sizeof *found);
        found->name = name;
        index_add(arena, &gatherings->by_name, id, found);
        list_add(arena, &gatherings->list, found);
    }
    if (index_add(arena, &gatherings->seen, arena_format(arena, "%s/%s", id, member->id), found))
        list_add(arena, &found->members,
                 arena_format(arena, "\xE2\x80\x9C%s\xE2\x80\x9D", member->name));
}

static void add_gatherings(struct text *out, const struct gatherings *gatherings,
                           const char *between) {
    for (size_t i = 0; i < gatherings->list.n; i++) {
        const struct gathering *gathering = gatherings->list.items[i];
        text_add_format(out, "\n\n%s%s %s.", gathering->name, between,
                        text_enumerate(out->arena, gathering->members.items, gathering->members.n,
                                       gathering->members.n));
    }
}

char *map_words(struct arena *arena, const struct map *map) {
    struct text out = text_new(arena);
    struct gatherings places = {0}, teams = {0};
    text_add(&out, map_answers(arena, map));
    for (size_t i = 0; i < map->people.n; i++) {
        const struct map_person *person = &map->people.items[i];
        const char *place = map_person_place(arena, person);
        gather(arena, &places, place, text_capital(arena, place), person);
    }
    for (size_t i = 0; i < map->ties.n; i++) {
        const struct map_tie *tie = &map->ties.items[i];
        if (tie->team_id) {
            gather(arena, &teams, tie->team_id, tie->team, &map->people.items[tie->from]);
            gather(arena, &teams, tie->team_id, tie->team, &map->people.items[tie->to]);
        }
    }
    add_gatherings(&out, &places, ":");
    add_gatherings(&out, &teams, " is where these meet:");
    return out.bytes;
}
