/* The map of decision paths, in DOT: left the team, then the messengers, right whoever decides, by
 * organisation, and last the decision. Each decision has a frame of its own.
 *
 * How a link stands is told by its line (solid, dotted, dashed) and in words, never by colour
 * alone. A box that nobody fills is dashed and says so. */
#include "base/text.h"
#include "decisions/decisions.h"
#include "picture/graphviz.h"

struct map {
    struct arena *arena;
    struct text dot;
    const struct decisions *decisions;
    const struct decision *decision;
    size_t number;      /* of the decision */
    struct index nodes; /* by name */
};

static const char *const line_styles[] = {
    "style=solid color=\"#1b4f72\" penwidth=1.6",
    "style=dotted color=\"#5f4b00\" fontcolor=\"#5f4b00\" penwidth=2",
    "style=dashed color=\"#a61c00\" fontcolor=\"#a61c00\" penwidth=2",
};

static const char *name_of(const struct map *map, const char *what, const char *key) {
    return arena_format(map->arena, "%zu: %s %s", map->number, what, key);
}

static void node_add(struct map *map, const char *name, const char *label, const char *looks) {
    if (!index_add(map->arena, &map->nodes, name, map))
        return;
    picture_dot_name(&map->dot, name);
    text_add(&map->dot, " [label=");
    picture_dot_text(&map->dot, label);
    text_add_format(&map->dot, " %s]\n", looks);
}

static void edge_add(struct map *map, const char *from, const char *to, const char *label,
                     const char *looks) {
    picture_dot_name(&map->dot, from);
    text_add(&map->dot, " -> ");
    picture_dot_name(&map->dot, to);
    text_add(&map->dot, " [label=");
    picture_dot_text(&map->dot, label);
    text_add_format(&map->dot, " %s]\n", looks);
}

/* "broken: it is not settled who tells them" */
static const char *link_say(const struct map *map, enum link link, const char *words) {
    return link == LINK_WORKS ? words : arena_format(map->arena, "%s: %s", link_names[link], words);
}

/* ---- nodes ---- */

static const char *team_node(struct map *map, const char *key, const char *name) {
    const char *node = name_of(map, "team", key ? key : "none");
    node_add(map, node, name ? name : "the team (none is written down)",
             "shape=box style=\"rounded,filled\" fillcolor=\"#dce9f5\"");
    return node;
}

static const char *decision_node(struct map *map) {
    return name_of(map, "decision", map->decision->record->id);
}

static const char *holding_node(const struct map *map, const struct decision_holding *holding) {
    return name_of(map, "asked", holding->who_key);
}

static const char *holding_label(const struct map *map, const struct decision_holding *holding) {
    const char *after = holding->lost ? holding->lost : holding->holders;
    return after ? arena_format(map->arena, "%s (%s)", holding->who, after) : holding->who;
}

/* A frame for the organisation, or none for bodies that have none; the frame of the same name is
 * opened again for each of its people. */
static void holding_add(struct map *map, const struct decision_holding *holding) {
    const char *organisation = holding->organisation;
    if (holding->is_leading)
        return;
    if (organisation) {
        text_add(&map->dot, "subgraph ");
        picture_dot_name(&map->dot,
                         arena_format(map->arena, "cluster %zu %s", map->number, organisation));
        text_add(&map->dot, " {\nlabel=");
        picture_dot_text(&map->dot, organisation);
        text_add(&map->dot, " style=\"rounded\" color=\"#8a8a8a\" fontsize=11\n");
    }
    node_add(map, holding_node(map, holding), holding_label(map, holding),
             holding->lost ? "shape=box style=dashed color=\"#a61c00\""
                           : "shape=box style=filled fillcolor=\"#ffffff\"");
    if (organisation)
        text_add(&map->dot, "}\n");
}

/* ---- ways ---- */

static void messenger_way(struct map *map, const struct decision_holding *holding,
                          const struct decision_way *way, const char *team) {
    const char *label =
        way->lost ? arena_format(map->arena, "%s (%s)", way->messenger, way->lost) : way->messenger;
    const char *node = name_of(map, way->lost ? "gone" : "messenger", label);
    node_add(map, node, label,
             way->lost ? "shape=box style=dashed color=\"#a61c00\"" : "shape=ellipse");
    const char *told = way->link != LINK_WORKS ? link_say(map, way->link, way->words)
                       : way->every ? arena_format(map->arena, "tells them %s", way->every)
                                    : "tells them";
    if (index_add(map->arena, &map->nodes, arena_format(map->arena, "%s>%s", team, node), map))
        edge_add(map, team, node, "", line_styles[way->link]);
    edge_add(map, node, holding_node(map, holding), told, line_styles[way->link]);
}

static void way_add(struct map *map, const struct decision_holding *holding,
                    const struct decision_way *way) {
    const char *team = team_node(map, way->team_key, way->team);
    if (way->messenger)
        messenger_way(map, holding, way, team);
    else
        edge_add(map, team, holding_node(map, holding), link_say(map, way->link, way->words),
                 arena_format(map->arena, "minlen=2 %s", line_styles[way->link]));
}

static void holding_ways_add(struct map *map, const struct decision_holding *holding) {
    const struct decision *decision = map->decision;
    const char *right =
        holding->up_to ? arena_format(map->arena, "%s, up to %s", holding->right, holding->up_to)
                       : holding->right;
    if (holding->is_leading) {
        const char *team = team_node(map, record_value(holding->record, "team"), holding->who);
        edge_add(map, team, decision_node(map), right,
                 arena_format(map->arena, "minlen=3 %s", line_styles[LINK_WORKS]));
        return;
    }
    for (size_t i = 0; i < holding_ways_shown(map->decisions, holding); i++)
        way_add(map, holding, &holding->ways.items[i]);
    if (!holding->ways.n)
        edge_add(map, team_node(map, decision->team_key, decision->team),
                 holding_node(map, holding),
                 holding->lost ? "" : link_say(map, holding->link, holding->state_words),
                 arena_format(map->arena, "minlen=2 %s",
                              holding->lost ? "style=invis" : line_styles[holding->link]));
    edge_add(map, holding_node(map, holding), decision_node(map),
             holding->lost
                 ? link_say(map, LINK_BROKEN,
                            arena_format(map->arena, "%s, but %s", right, holding->state_words))
                 : right,
             line_styles[holding->lost ? LINK_BROKEN : LINK_WORKS]);
}

static void gap_add(struct map *map) {
    const struct decision *decision = map->decision;
    const char *node = name_of(map, "nobody", decision->record->id);
    const char *label = decision->gap_organisations.list.n
                            ? arena_format(map->arena, "nobody is named for %s",
                                           names_say(map->arena, &decision->gap_organisations))
                            : "nobody is named";
    bool broken = decision->gap_link == LINK_BROKEN;
    node_add(map, node, label,
             broken ? "shape=box style=dashed color=\"#a61c00\""
                    : "shape=box style=dotted color=\"#5f4b00\"");
    edge_add(map, team_node(map, decision->team_key, decision->team), node,
             link_say(map, decision->gap_link, broken ? "nobody is named to tell" : "whom to tell"),
             arena_format(map->arena, "minlen=2 %s", line_styles[decision->gap_link]));
    edge_add(map, node, decision_node(map), link_say(map, decision->gap_link, decision->gap_words),
             line_styles[decision->gap_link]);
}

/* ---- the picture ---- */

/* Graphviz stacks what stands side by side from the bottom up: the last comes first. */
static void decision_add(struct map *map, const struct decision *decision, size_t number) {
    map->decision = decision;
    map->number = number;
    text_add_format(&map->dot, "subgraph \"cluster %zu\" {\nlabel=", map->number);
    picture_dot_name(&map->dot, arena_format(map->arena, "%zu. %s", map->number, decision->title));
    text_add(&map->dot, " labeljust=l fontsize=16 style=\"rounded,filled\" fillcolor=\"#fafafa\" "
                        "color=\"#555555\"\n");
    const char *clash = decision->clash ? "; broken: more than one has the last word (A2)" : "";
    node_add(map, decision_node(map), arena_format(map->arena, "%s%s", decision->about, clash),
             decision->clash ? "shape=box style=\"filled,bold,dashed\" color=\"#a61c00\" "
                               "fillcolor=\"#fff4cc\""
                             : "shape=box style=\"filled,bold\" fillcolor=\"#fff4cc\"");
    if (decision->gap_words)
        gap_add(map);
    for (size_t i = decision->rights.n; i > 0; i--)
        if (decision->rights.items[i - 1].is_asked)
            holding_add(map, &decision->rights.items[i - 1]);
    for (size_t i = decision->rights.n; i > 0; i--)
        if (decision->rights.items[i - 1].is_asked)
            holding_ways_add(map, &decision->rights.items[i - 1]);
    text_add(&map->dot, "}\n");
}

char *decisions_render_dot(const struct decisions *decisions) {
    struct map map = {
        .arena = decisions->arena, .dot = text_new(decisions->arena), .decisions = decisions};
    text_add(&map.dot,
             "digraph decisions {\nrankdir=LR nodesep=0.25 ranksep=0.3 newrank=true "
             "fontname=\"Helvetica,Arial,sans-serif\" fontsize=16 labelloc=t "
             "labeljust=l\n"
             "node [fontname=\"Helvetica,Arial,sans-serif\" fontsize=12 margin=\"0.12,0.06\"]\n"
             "edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=11 arrowsize=0.8]\n"
             "label=");
    picture_dot_name(&map.dot,
                     arena_format(map.arena, "%s, %s: how decisions are reached",
                                  decisions->programme, day_long(map.arena, decisions->as_of)));
    text_add(&map.dot,
             " + \"\\lSolid line: works. Dashed: broken, or vacant. Dotted: cannot be told "
             "yet.\\l\"");
    text_add(&map.dot, "\n");
    for (size_t i = decisions->list.n; i > 0; i--)
        decision_add(&map, decisions->list.items[i - 1], i);
    text_add(&map.dot, "}\n");
    return map.dot.bytes;
}
