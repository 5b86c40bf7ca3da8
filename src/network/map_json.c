/* The map as data for pages: what the text says, without how it is laid out. */
#include "base/index.h"
#include "content/json.h"
#include "network/map.h"
#include <math.h>

/* For each person those whom they are tied to, once each. */
struct neighbours {
    LIST(const char *) names;
};

static struct neighbours *neighbours_find(struct arena *arena, const struct map *map) {
    struct neighbours *all = arena_alloc_array(arena, map->people.n + 1, sizeof *all);
    struct index seen = {0};
    for (size_t i = 0; i < map->ties.n; i++) {
        unsigned from = map->ties.items[i].from, to = map->ties.items[i].to;
        unsigned low = from < to ? from : to, high = from < to ? to : from;
        if (low == high || !index_add(arena, &seen, arena_format(arena, "%u %u", low, high), all))
            continue;
        list_add(arena, &all[from].names, map->people.items[to].name);
        list_add(arena, &all[to].names, map->people.items[from].name);
    }
    return all;
}

static json_t *person_json(struct arena *arena, const struct map *map, unsigned person,
                           const struct neighbours *neighbours) {
    const struct map_person *who = &map->people.items[person];
    const struct network_person *measured = &map->measures->persons[person];
    json_t *tied = json_array();
    for (size_t i = 0; i < neighbours[person].names.n; i++)
        json_array_append_new(tied, json_string(neighbours[person].names.items[i]));
    return json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:i, s:f, s:i, s:o}", "key", who->id, "name",
                     who->name, "place", text_capital(arena, map_person_place(arena, who)),
                     "organisation", who->organisation, "sector", who->sector, "tied_to",
                     (int)measured->degree, "between",
                     isfinite(measured->betweenness) ? measured->betweenness : 0.0, "cut_off",
                     measured->is_cut ? (int)measured->cut_off : 0, "names", tied);
}

static json_t *kinds_json(const struct map *map) {
    json_t *kinds = json_array();
    for (unsigned kind = 0; kind < map->kinds.n; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < map->ties.n; i++)
            n += map->ties.items[i].kind == kind;
        if (map->kinds.items[kind].shown)
            json_array_append_new(kinds, json_pack("{s:s, s:i, s:s}", "kind",
                                                   map->kinds.items[kind].name, "ties", (int)n,
                                                   "meaning", map->kinds.items[kind].meaning));
    }
    return kinds;
}

void map_print_json(FILE *out, struct arena *arena, const struct map *map) {
    const unsigned *order = map_order(arena, map);
    const struct neighbours *neighbours = neighbours_find(arena, map);
    json_t *people = json_array();
    for (size_t i = 0; i < map->people.n; i++)
        json_array_append_new(people, person_json(arena, map, order[i], neighbours));
    struct map unranked = *map;
    unranked.ranks_nobody = true;
    bool estimated = map->measures->betweenness_sources < map->measures->betweenness_of;
    json_print(out,
               json_pack("{s:s, s:s, s:s, s:s, s:i, s:b, s:o, s:o}", "programme", map->programme,
                         "day", map->day, "answers", map_answers(arena, map), "answers_unranked",
                         map_answers(arena, &unranked), "brokers", (int)map_brokers(map, order),
                         "estimated", estimated, "kinds", kinds_json(map), "people", people));
}
