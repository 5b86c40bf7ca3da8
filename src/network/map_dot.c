/* The picture in DOT: organisations to the left and to the right, between them the teams in which
 * their people meet. Two columns of people with lines to the middle stay readable where a free
 * layout of the same ties is a tangle. */
#include "base/index.h"
#include "network/map.h"
#include "picture/graphviz.h"
#include <stdlib.h>

enum side { LEFT, RIGHT };
enum { MAP_KINDS = 4 };   /* kinds that lines tell apart */
enum { LINES_MAX = 120 }; /* pairs drawn one by one in a large map */

/* A team, drawn as a place where people meet. */
struct hub {
    const char *id, *name;
    LIST(unsigned) members;
};

/* Two people tied otherwise than by a team. */
struct line {
    unsigned a, b;    /* a < b */
    unsigned kind;    /* the first in the order of map.kinds */
    bool there, back; /* from a to b, from b to a, by that kind */
    bool bridge;
};

struct drawing {
    struct arena *arena;
    const struct map *map;
    struct text out;
    LIST(struct hub *) hubs;
    LIST(struct line *) lines;
    unsigned *by_place; /* people in the order of sectors and organisations */
    enum side *side;
    bool *stands_out, *has_seat;
    unsigned *broker_place;     /* 1 for who joins others most; 0 for most people */
    bool *is_marked;            /* drawn as who stands out */
    bool kind_drawn[MAP_KINDS]; /* by a line */
    size_t left_out;            /* lines not drawn */
    bool large;
};

/* ---- what there is to draw ---- */

static bool pair_is(const struct network_pair *pair, unsigned a, unsigned b) {
    return (pair->a == a && pair->b == b) || (pair->a == b && pair->b == a);
}

static bool is_bridge(const struct map *map, unsigned a, unsigned b) {
    for (size_t i = 0; i < map->measures->bridges.n; i++)
        if (pair_is(&map->measures->bridges.items[i], a, b))
            return true;
    return false;
}

static void hub_join(struct drawing *drawing, struct index *seats, struct hub *hub,
                     unsigned person) {
    struct arena *arena = drawing->arena;
    const char *id = drawing->map->people.items[person].id;
    if (index_add(arena, seats, arena_format(arena, "%s/%s", hub->id, id), hub))
        list_add(arena, &hub->members, person);
    drawing->has_seat[person] = true;
}

static void hubs_find(struct drawing *drawing) {
    struct arena *arena = drawing->arena;
    struct index by_id = {0}, seats = {0};
    for (size_t i = 0; i < drawing->map->ties.n; i++) {
        const struct map_tie *tie = &drawing->map->ties.items[i];
        if (!tie->team_id)
            continue;
        struct hub *hub = index_find(&by_id, tie->team_id);
        if (!hub) {
            hub = arena_alloc(arena, sizeof *hub);
            *hub = (struct hub){.id = tie->team_id, .name = tie->team};
            index_add(arena, &by_id, hub->id, hub);
            list_add(arena, &drawing->hubs, hub);
        }
        hub_join(drawing, &seats, hub, tie->from);
        hub_join(drawing, &seats, hub, tie->to);
    }
}

static void line_join(struct line *line, const struct map_tie *tie) {
    if (tie->kind > line->kind)
        return;
    if (tie->kind < line->kind)
        line->there = line->back = false;
    line->kind = tie->kind;
    line->there |= tie->mutual || tie->from == line->a;
    line->back |= tie->mutual || tie->from == line->b;
}

static void lines_find(struct drawing *drawing) {
    struct arena *arena = drawing->arena;
    struct index by_pair = {0};
    for (size_t i = 0; i < drawing->map->ties.n; i++) {
        const struct map_tie *tie = &drawing->map->ties.items[i];
        if (tie->team_id || tie->from == tie->to)
            continue;
        unsigned a = tie->from < tie->to ? tie->from : tie->to;
        unsigned b = tie->from < tie->to ? tie->to : tie->from;
        const char *name = arena_format(arena, "%u-%u", a, b);
        struct line *line = index_find(&by_pair, name);
        if (!line) {
            line = arena_alloc(arena, sizeof *line);
            *line = (struct line){a, b, tie->kind, false, false, is_bridge(drawing->map, a, b)};
            index_add(arena, &by_pair, name, line);
            list_add(arena, &drawing->lines, line);
        }
        line_join(line, tie);
    }
}

/* In a large map, a line that tells little. */
static bool line_is_left_out(const struct drawing *drawing, const struct line *line) {
    const struct map_person *people = drawing->map->people.items;
    if (!drawing->large || drawing->lines.n <= LINES_MAX || line->bridge)
        return false;
    if (text_equal(people[line->a].organisation, people[line->b].organisation))
        return true;
    return !drawing->stands_out[line->a] && !drawing->stands_out[line->b];
}

/* ---- who is where ---- */

static const char *or_last(const char *text) {
    return text ? text : "\xFF"; /* after everything that UTF-8 can say */
}

static int place_compare(const void *a, const void *b, void *people) {
    unsigned i = *(const unsigned *)a, j = *(const unsigned *)b;
    const struct map_person *p = people, *q = p + j;
    p += i;
    int order = strcmp(or_last(p->sector), or_last(q->sector));
    if (order == 0)
        order = strcmp(or_last(p->organisation), or_last(q->organisation));
    return order ? order : i < j ? -1 : i > j;
}

static bool is_isolate(const struct drawing *drawing, unsigned person) {
    return drawing->map->measures->persons[person].degree == 0;
}

/* People of one sector, side by side in by_place. */
struct sector {
    size_t first, end, tied; /* positions; how many of them are tied to somebody */
};

static int sector_compare(const void *a, const void *b) {
    const struct sector *one = a, *other = b;
    if (one->tied != other->tied)
        return one->tied > other->tied ? -1 : 1;
    return one->first < other->first ? -1 : one->first > other->first;
}

/* Sectors stay together: the largest first, each to the side that has fewer people. */
static void sides_choose(struct drawing *drawing) {
    const struct map *map = drawing->map;
    struct sector *sectors = arena_alloc_array(drawing->arena, map->people.n, sizeof *sectors);
    size_t n = 0, on_side[2] = {0};
    for (size_t i = 0; i < map->people.n; i++) {
        unsigned person = drawing->by_place[i];
        if (i == 0 || !text_equal(map->people.items[person].sector,
                                  map->people.items[drawing->by_place[i - 1]].sector))
            sectors[n++] = (struct sector){.first = i};
        sectors[n - 1].end = i + 1;
        sectors[n - 1].tied += !is_isolate(drawing, person);
    }
    qsort(sectors, n, sizeof *sectors, sector_compare);
    for (size_t s = 0; s < n; s++) {
        enum side side = on_side[RIGHT] < on_side[LEFT] ? RIGHT : LEFT;
        on_side[side] += sectors[s].tied;
        for (size_t i = sectors[s].first; i < sectors[s].end; i++)
            drawing->side[drawing->by_place[i]] = side;
    }
    for (unsigned i = 0; i < map->people.n; i++)
        if (is_isolate(drawing, i))
            drawing->side[i] = on_side[RIGHT] < on_side[LEFT] ? RIGHT : LEFT;
}

static void people_place(struct drawing *drawing) {
    const struct map *map = drawing->map;
    for (unsigned i = 0; i < map->people.n; i++)
        drawing->by_place[i] = i;
    qsort_r(drawing->by_place, map->people.n, sizeof *drawing->by_place, place_compare,
            map->people.items);
    sides_choose(drawing);
}

static void outstanding_find(struct drawing *drawing) {
    const struct map *map = drawing->map;
    const unsigned *order = map_order(drawing->arena, map);
    unsigned brokers = map_brokers(map, order);
    for (unsigned i = 0; i < brokers; i++)
        drawing->broker_place[order[i]] = i + 1;
    for (unsigned i = 0; i < map->people.n; i++) {
        drawing->stands_out[i] = drawing->broker_place[i] || map->measures->persons[i].is_cut;
        drawing->is_marked[i] = drawing->stands_out[i] && !map->ranks_nobody;
    }
}

/* ---- nodes ---- */

static void add_person_name(struct drawing *drawing, unsigned person) {
    const struct map_person *who = &drawing->map->people.items[person];
    picture_dot_name(&drawing->out, arena_format(drawing->arena, "%s [%s]", who->name, who->id));
}

static void add_hub_name(struct drawing *drawing, const struct hub *hub) {
    picture_dot_name(&drawing->out,
                     arena_format(drawing->arena, "Team: %s [%s]", hub->name, hub->id));
}

/* "director, hospital trust" in the box of Ansel Bay Hospital Trust is its director. */
static const char *short_name(struct arena *arena, const struct map_person *person) {
    const char *comma = strrchr(person->name, ',');
    if (!comma || !person->organisation)
        return person->name;
    const char *tail = text_fold(arena, comma), *place = text_fold(arena, person->organisation);
    if (!*tail || !strstr(place, tail))
        return person->name;
    return arena_copy_n(arena, person->name, (size_t)(comma - person->name));
}

/* The numbers of a person's teams, where lines are too many to follow: " [2, 5]". */
static void add_team_numbers(struct drawing *drawing, struct text *label, unsigned person) {
    bool any = false;
    for (size_t h = 0; h < drawing->hubs.n && drawing->large; h++) {
        const struct hub *hub = drawing->hubs.items[h];
        for (size_t m = 0; m < hub->members.n; m++)
            if (hub->members.items[m] == person) {
                text_add_format(label, "%s%zu", any ? ", " : " [", h + 1);
                any = true;
            }
    }
    text_add(label, any ? "]" : "");
}

static void add_person(struct drawing *drawing, unsigned person) {
    const struct map_person *who = &drawing->map->people.items[person];
    const struct network_person *measured = &drawing->map->measures->persons[person];
    struct text *out = &drawing->out, label = text_new(drawing->arena);
    if (drawing->broker_place[person] && drawing->is_marked[person])
        text_add(&label, "\xE2\x98\x85 "); /* a star */
    text_add(&label, short_name(drawing->arena, who));
    add_team_numbers(drawing, &label, person);
    text_add(out, "      ");
    add_person_name(drawing, person);
    text_add(out, " [label=");
    picture_dot_text(out, label.bytes);
    if (measured->is_cut && drawing->is_marked[person]) /* DOT joins quoted strings */
        text_add_format(out, " + \"\\n\xE2\x9C\x82 without: %u cut off\"", measured->cut_off);
    if (drawing->is_marked[person])
        text_add(out, ", peripheries=2, penwidth=1.8, fontsize=14, fontname=\"Helvetica-Bold\", "
                      "fillcolor=\"#fff3c4\"");
    text_add(out, "]\n");
}

static void add_isolates(struct drawing *drawing) {
    struct text *out = &drawing->out;
    bool any = false;
    for (size_t i = 0; i < drawing->map->people.n; i++) {
        unsigned person = drawing->by_place[i];
        const struct map_person *who = &drawing->map->people.items[person];
        if (!is_isolate(drawing, person))
            continue;
        if (!any)
            text_add(out, "  subgraph cluster_untied { style=\"dashed\" color=\"#333333\"\n"
                          "    labeljust=c label=\"Tied to nobody\\nin the records\"\n");
        any = true;
        text_add(out, "    ");
        add_person_name(drawing, person);
        text_add(out, " [style=\"filled,dashed\", label=");
        picture_dot_text(
            out, arena_format(drawing->arena, "%s (%s)", short_name(drawing->arena, who),
                              who->organisation ? who->organisation : "no organisation recorded"));
        text_add(out, "]\n");
    }
    text_add(out, any ? "  }\n" : "");
}

/* Sectors are told by words in the labels of organisations; the shades only keep neighbours apart.
 */
static void add_sector_start(struct drawing *drawing, size_t number) {
    static const char *const shades[] = {"#e3e9ef", "#efe9de", "#e6efe3", "#efe3ea"};
    static const char *const outlines[] = {"solid", "dashed", "dotted", "bold"};
    text_add_format(&drawing->out,
                    "  subgraph cluster_sector%zu { style=\"filled,%s\" fillcolor=\"%s\" "
                    "color=\"#767676\" label=\"\"\n",
                    number, outlines[number % 4], shades[number % 4]);
}

static void add_organisations(struct drawing *drawing) {
    const struct map *map = drawing->map;
    struct text *out = &drawing->out;
    const struct map_person *before = NULL;
    size_t sectors = 0, organisations = 0;
    for (size_t i = 0; i < map->people.n; i++) {
        unsigned person = drawing->by_place[i];
        const struct map_person *who = &map->people.items[person];
        if (is_isolate(drawing, person))
            continue;
        bool new_sector = !before || !text_equal(before->sector, who->sector);
        if (new_sector || !text_equal(before->organisation, who->organisation)) {
            text_add(out, before ? "    }\n" : "");
            if (new_sector) {
                text_add(out, before ? "  }\n" : "");
                add_sector_start(drawing, sectors++);
            }
            text_add_format(
                out,
                "    subgraph cluster_organisation%zu { style=\"filled\" "
                "fillcolor=\"#ffffff\" color=\"#333333\" fontsize=14 labeljust=c label=",
                organisations++);
            picture_dot_text(out,
                             text_capital(drawing->arena, map_person_place(drawing->arena, who)));
            text_add(out, "\n");
        }
        add_person(drawing, person);
        before = who;
    }
    text_add(out, before ? "    }\n  }\n" : "");
}

static void add_hubs(struct drawing *drawing) {
    struct text *out = &drawing->out;
    text_add(out, "  \"middle\" [style=invis, shape=point, width=0.01, label=\"\"]\n");
    for (size_t i = 0; i < drawing->hubs.n; i++) {
        const struct hub *hub = drawing->hubs.items[i];
        text_add(out, "  ");
        add_hub_name(drawing, hub);
        text_add(out, " [shape=ellipse, fillcolor=\"#dcebf7\", fontsize=14, margin=\"0.02,0.04\", "
                      "label=");
        picture_dot_text(out, drawing->large
                                  ? arena_format(drawing->arena, "[%zu] %s", i + 1, hub->name)
                                  : hub->name);
        text_add(out, "]\n");
    }
}

/* ---- lines ---- */

static void add_column(struct drawing *drawing, enum side side) {
    text_add(&drawing->out, "  { rank=same;");
    for (unsigned i = 0; i < drawing->map->people.n; i++)
        if (drawing->side[i] == side) {
            text_add(&drawing->out, " ");
            add_person_name(drawing, i);
            text_add(&drawing->out, ";");
        }
    text_add(&drawing->out, " }\n");
}

/* Three columns: people without a seat in a team are kept in theirs by a line that is not seen. */
static void add_columns(struct drawing *drawing) {
    struct text *out = &drawing->out;
    add_column(drawing, LEFT);
    add_column(drawing, RIGHT);
    text_add(out, "  { rank=same; \"middle\";");
    for (size_t i = 0; i < drawing->hubs.n; i++) {
        text_add(out, " ");
        add_hub_name(drawing, drawing->hubs.items[i]);
        text_add(out, ";");
    }
    text_add(out, " }\n");
    for (unsigned i = 0; i < drawing->map->people.n; i++) {
        if (drawing->has_seat[i])
            continue;
        bool left = drawing->side[i] == LEFT;
        text_add(out, left ? "  " : "  \"middle\" -> ");
        add_person_name(drawing, i);
        text_add(out, left ? " -> \"middle\"" : "");
        text_add(out, " [style=invis, weight=0]\n");
    }
}

static void add_seats(struct drawing *drawing) {
    struct text *out = &drawing->out;
    for (size_t h = 0; h < drawing->hubs.n; h++) {
        const struct hub *hub = drawing->hubs.items[h];
        bool bridge = hub->members.n == 2 &&
                      is_bridge(drawing->map, hub->members.items[0], hub->members.items[1]);
        for (size_t m = 0; m < hub->members.n; m++) {
            unsigned person = hub->members.items[m];
            bool left = drawing->side[person] == LEFT;
            text_add(out, "  ");
            left ? add_person_name(drawing, person) : add_hub_name(drawing, hub);
            text_add(out, " -> ");
            left ? add_hub_name(drawing, hub) : add_person_name(drawing, person);
            text_add_format(out, " [tailport=e, headport=w%s]\n",
                            bridge           ? ", penwidth=4, taillabel=\"only tie\""
                            : drawing->large ? ", penwidth=0.7, color=\"#767676\""
                                             : "");
        }
    }
}

static void add_line(struct drawing *drawing, const struct line *line) {
    static const char *const styles[] = {"solid\", color=\"#595959", "dashed\", color=\"#004b87",
                                         "solid\", color=\"#7a1f5c", "dotted\", color=\"#333333"};
    struct text *out = &drawing->out;
    drawing->kind_drawn[line->kind % MAP_KINDS] = true;
    bool turned = drawing->side[line->a] == RIGHT && drawing->side[line->b] == LEFT;
    bool there = turned ? line->back : line->there, back = turned ? line->there : line->back;
    bool across = drawing->side[line->a] != drawing->side[line->b];
    text_add(out, "  ");
    add_person_name(drawing, turned ? line->b : line->a);
    text_add(out, " -> ");
    add_person_name(drawing, turned ? line->a : line->b);
    text_add_format(out, " [style=\"%s\", dir=%s%s%s]\n", styles[line->kind % MAP_KINDS],
                    there && back ? "none"
                    : there       ? "forward"
                                  : "back",
                    across                           ? ", tailport=e, headport=w"
                    : drawing->side[line->a] == LEFT ? ", constraint=false, tailport=w, headport=w"
                                                     : ", constraint=false, tailport=e, headport=e",
                    !line->bridge ? ""
                    : across      ? ", penwidth=4, taillabel=\"only tie\""
                                  : ", penwidth=4");
}

static void add_lines(struct drawing *drawing) {
    for (size_t i = 0; i < drawing->lines.n; i++) {
        if (line_is_left_out(drawing, drawing->lines.items[i]))
            drawing->left_out++;
        else
            add_line(drawing, drawing->lines.items[i]);
    }
}

/* ---- the legend ---- */

/* Only what is in the picture. */
static void add_legend_marks(struct drawing *drawing) {
    bool any_broker = false, any_cut = false;
    for (size_t i = 0; i < drawing->map->people.n; i++) {
        any_broker |= drawing->is_marked[i] && drawing->broker_place[i] > 0;
        any_cut |= drawing->is_marked[i] && drawing->map->measures->persons[i].is_cut;
    }
    if (any_broker)
        text_add(&drawing->out, "\xE2\x98\x85 and double frame: joins others most.   ");
    if (any_cut)
        text_add(&drawing->out,
                 "\xE2\x9C\x82 so many are cut off from the rest if this person goes.");
    text_add(&drawing->out, any_broker || any_cut ? "\\l" : "");
}

static void add_legend(struct drawing *drawing) {
    static const char *const signs[] = {"\xE2\x94\x80\xE2\x94\x80\xE2\x94\x80", "- - -",
                                        "\xE2\x94\x80\xE2\x94\x80\xE2\x94\x80",
                                        "\xC2\xB7 \xC2\xB7 \xC2\xB7"};
    const struct map *map = drawing->map;
    struct text *out = &drawing->out;
    text_add(out, "  label=");
    picture_dot_wrapped(out, map_title(drawing->arena, map), 90);
    text_add(out, " + \"\\l\\lBox: a person, in the box of their organisation; shaded areas "
                  "hold organisations of one sector, named in brackets.\\l");
    add_legend_marks(drawing);
    if (drawing->hubs.n)
        text_add_format(out, "Ellipse: a team, joined to everybody with a seat in it.%s\\l",
                        drawing->large ? " Its number stands behind its people's names." : "");
    for (size_t i = 0; i < map->kinds.n; i++) {
        const struct map_kind *kind = &map->kinds.items[i];
        if (!drawing->kind_drawn[i % MAP_KINDS])
            continue;
        text_add_format(out, "%s %s%s%s   ", signs[i % MAP_KINDS], kind->name,
                        kind->arrow ? ", arrow to " : "", kind->arrow ? kind->arrow : "");
    }
    if (drawing->lines.n)
        text_add(out,
                 "\\lSeveral ties between two people are one line, drawn as the first of these "
                 "kinds.\\l");
    if (map->measures->bridges.n)
        text_add(out, "Thick line: the only tie; without it, a part would come off.\\l");
    if (drawing->left_out)
        text_add_format(out,
                        "%zu ties inside organisations, or between people who do not stand "
                        "out, are not drawn; they are counted.\\l",
                        drawing->left_out);
    text_add(out, "\\l\"\n");
}

/* All that edges set is named here in the order of the alphabet: Graphviz 2.43 mixes up, between
 * neighbours in a column, what is first named in another order (no arrow becomes an arrow). */
static const char heading[] =
    "digraph {\n  rankdir=LR newrank=true ranksep=2 splines=true\n"
    "  fontname=\"Helvetica\" fontsize=14 labelloc=t labeljust=l\n"
    "  node [fontname=\"Helvetica\" fontsize=12 shape=box style=filled fillcolor=white "
    "height=0.25 width=2.2 margin=\"0.08,0.03\"]\n"
    "  edge [arrowsize=0.7 color=\"#595959\" constraint=true dir=none fontname=\"Helvetica\" "
    "fontsize=12 headport=\"\" labelangle=-50 labeldistance=3 penwidth=1 style=solid "
    "taillabel=\"\" tailport=\"\" weight=1]\n";

char *map_dot(struct arena *arena, const struct map *map) {
    size_t n = map->people.n;
    struct drawing drawing = {
        .arena = arena,
        .map = map,
        .out = text_new(arena),
        .by_place = arena_alloc_array(arena, n, sizeof(unsigned)),
        .side = arena_alloc_array(arena, n, sizeof(enum side)),
        .stands_out = arena_alloc_array(arena, n, sizeof(bool)),
        .has_seat = arena_alloc_array(arena, n, sizeof(bool)),
        .broker_place = arena_alloc_array(arena, n, sizeof(unsigned)),
        .is_marked = arena_alloc_array(arena, n, sizeof(bool)),
        .large = n > MAP_LARGE,
    };
    hubs_find(&drawing);
    lines_find(&drawing);
    outstanding_find(&drawing);
    people_place(&drawing);
    text_add(&drawing.out, heading);
    text_add_format(&drawing.out, "  nodesep=%s\n", drawing.large ? "0.07" : "0.17");
    add_organisations(&drawing);
    add_isolates(&drawing);
    add_hubs(&drawing);
    add_columns(&drawing);
    add_seats(&drawing);
    add_lines(&drawing);
    add_legend(&drawing);
    text_add(&drawing.out, "}\n");
    return drawing.out.bytes;
}
