#include "diagnosis/partnership.h"
#include "base/index.h"
#include "base/text.h"

const char *const tie_kind_names[TIE_KINDS] = {"shared team", "message route", "relationship",
                                               "line management"};
const char *const tie_kind_meanings[TIE_KINDS] = {
    "both have a seat in the same team, with at most 40 others (observers do not count)",
    "one is the messenger to the post that the other holds, and the route works",
    "it is written down under Relationships",
    "one answers to the other in line management",
};

const char *const grouping_names[GROUPINGS] = {"organisation", "sector", "profession",
                                               "lived experience"};

static const struct query people_query = {
    .file = "partnership",
    .sql = "with speaks as materialized ("
           "  select person, min(organisation) as organisation,"
           "         max(capacity in ('lived experience', 'carer')) as lived"
           "  from seat join change_team using (team) group by person)"
           "select p.id, p.name, o.id as organisation, o.name as organisation_name, o.sector,"
           "       nullif(p.profession, 'none') as profession, coalesce(s.lived, 0) as lived "
           "from person p left join speaks s on s.person = p.id "
           "left join organisation o on o.id = coalesce(p.employer, s.organisation) order by p.id",
    .is_builtin = true,
};

static const struct query ties_query = {
    .file = "partnership",
    .sql = "select kind, person, other, mutual, team.id, team.name from tie "
           "left join team on tie.kind = 'shared team' and team.id = tie.via "
           "order by person, other, kind, via",
    .is_builtin = true,
};

static const struct query ids_query = {
    .file = "partnership", .sql = "select id from person order by id", .is_builtin = true};

static const struct query pairs_query = {
    .file = "partnership", .sql = "select person, other, mutual from tie", .is_builtin = true};

const struct query *const partnership_tie_queries[PARTNERSHIP_TIE_QUERIES] = {&ids_query,
                                                                              &pairs_query};

static bool lives_it(const char *value) {
    return text_equal(value, "1");
}

/* Gives the next number to a person. */
static void person_number(struct arena *arena, const char *id, struct index *numbers,
                          struct network *network) {
    unsigned *number = arena_alloc(arena, sizeof *number);
    *number = network->people++;
    index_add(arena, numbers, id, number);
}

static void person_add(struct arena *arena, const struct row *row, struct index *numbers,
                       struct partnership *out) {
    struct partner_person person = {
        .id = row->values[0],
        .name = row->values[1] ? row->values[1] : row->values[0],
        .organisation = row->values[2],
        .organisation_name = row->values[3],
        .sector = row->values[4],
        .profession = row->values[5],
        .lived_experience = lives_it(row->values[6]),
    };
    person_number(arena, person.id, numbers, &out->network);
    list_add(arena, &out->people, person);
}

enum err partnership_read(struct workbench *workbench, struct arena *arena, unsigned tie_kinds,
                          struct partnership *out, struct problems *problems) {
    struct rows people, ties;
    struct index numbers = {0};
    *out = (struct partnership){0};
    enum err err = workbench_run(workbench, arena, &people_query, NULL, &people, problems);
    if (!err)
        err = workbench_run(workbench, arena, &ties_query, NULL, &ties, problems);
    if (err)
        return err;
    for (size_t i = 0; i < people.list.n; i++)
        person_add(arena, &people.list.items[i], &numbers, out);
    for (size_t i = 0; i < ties.list.n; i++) {
        const char **values = ties.list.items[i].values;
        int kind = name_index(tie_kind_names, TIE_KINDS, values[0]);
        const unsigned *from = index_find(&numbers, values[1]);
        const unsigned *to = index_find(&numbers, values[2]);
        if (kind < 0 || !from || !to || !(tie_kinds >> kind & 1))
            continue;
        list_add(arena, &out->network.ties,
                 (struct network_tie){*from, *to, text_equal(values[3], "1")});
        list_add(arena, &out->kinds, (enum tie_kind)kind);
        list_add(arena, &out->teams, (struct tie_team){values[4], values[5]});
    }
    return OK;
}

enum err partnership_read_ties(struct workbench *workbench, struct arena *arena, struct names *ids,
                               struct network *out, struct problems *problems) {
    struct rows people, ties;
    struct index numbers = {0};
    *ids = (struct names){0};
    *out = (struct network){0};
    enum err err = workbench_run(workbench, arena, &ids_query, NULL, &people, problems);
    if (!err)
        err = workbench_run(workbench, arena, &pairs_query, NULL, &ties, problems);
    if (err)
        return err;
    for (size_t i = 0; i < people.list.n; i++) {
        list_add(arena, &ids->list, people.list.items[i].values[0]);
        person_number(arena, ids->list.items[i], &numbers, out);
    }
    for (size_t i = 0; i < ties.list.n; i++) {
        const char **values = ties.list.items[i].values;
        const unsigned *from = index_find(&numbers, values[0]);
        const unsigned *to = index_find(&numbers, values[1]);
        if (from && to)
            list_add(arena, &out->ties,
                     (struct network_tie){*from, *to, text_equal(values[2], "1")});
    }
    return OK;
}

static const char *group_name(const struct partner_person *person, enum grouping grouping) {
    switch (grouping) {
    case BY_ORGANISATION:
        return person->organisation_name;
    case BY_SECTOR:
        return person->sector;
    case BY_PROFESSION:
        return person->profession;
    default:
        return person->lived_experience ? "lived experience" : "no seat for lived experience";
    }
}

int *partnership_groups(struct arena *arena, const struct partnership *partnership,
                        enum grouping grouping, struct names *names) {
    int *groups = arena_alloc_array(arena, partnership->people.n, sizeof *groups);
    struct index known = {0};
    for (size_t i = 0; i < partnership->people.n; i++) {
        const char *name = group_name(&partnership->people.items[i], grouping);
        groups[i] = -1;
        if (!name)
            continue;
        int *number = index_find(&known, name);
        if (!number) {
            number = arena_alloc(arena, sizeof *number);
            *number = (int)names->list.n;
            index_add(arena, &known, name, number);
            list_add(arena, &names->list, name);
        }
        groups[i] = *number;
    }
    return groups;
}
