#include "diagnosis/partnership_map.h"

/* Whom an arrow points to. */
static const char *const arrows[TIE_KINDS] = {
    [TIE_ROUTE] = "who is told",
    [TIE_RELATIONSHIP] = "the other, if only one side is written down",
    [TIE_LINE] = "the manager",
};

enum err partnership_map(struct arena *arena, const struct partnership *partnership,
                         unsigned tie_kinds, const char *programme, const char *day,
                         struct map *out, struct problems *problems) {
    struct network_measures *measures = arena_alloc(arena, sizeof *measures);
    *out = (struct map){.programme = programme, .day = day, .measures = measures};
    for (size_t i = 0; i < partnership->people.n; i++) {
        const struct partner_person *person = &partnership->people.items[i];
        list_add(arena, &out->people,
                 (struct map_person){person->id, person->name, person->organisation_name,
                                     person->sector, person->profession, person->lived_experience});
    }
    for (size_t i = 0; i < partnership->network.ties.n; i++) {
        const struct network_tie *tie = &partnership->network.ties.items[i];
        const struct tie_team *team = &partnership->teams.items[i];
        list_add(arena, &out->ties,
                 (struct map_tie){tie->from, tie->to, tie->mutual, partnership->kinds.items[i],
                                  team->id, team->name});
    }
    for (unsigned kind = 0; kind < TIE_KINDS; kind++)
        list_add(arena, &out->kinds,
                 (struct map_kind){tie_kind_names[kind], tie_kind_meanings[kind], arrows[kind],
                                   tie_kinds >> kind & 1});
    return network_measure(arena, &partnership->network, NETWORK_ALL, measures, problems);
}
