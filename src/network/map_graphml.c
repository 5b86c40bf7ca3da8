#include "base/text.h"
#include "network/map.h"
#include <math.h>

static const struct attribute {
    const char *id, *of, *name, *type;
} attributes[] = {
    {"name", "node", "name", "string"},
    {"organisation", "node", "organisation", "string"},
    {"sector", "node", "sector", "string"},
    {"profession", "node", "profession", "string"},
    {"lived", "node", "lived_experience", "boolean"},
    {"degree", "node", "degree", "int"},
    {"in", "node", "in_degree", "int"},
    {"out", "node", "out_degree", "int"},
    {"betweenness", "node", "betweenness", "double"},
    {"component", "node", "component", "int"},
    {"core", "node", "core", "int"},
    {"cut", "node", "is_cut", "boolean"},
    {"cut_off", "node", "cut_off", "int"},
    {"constraint", "node", "constraint", "double"},
    {"effective", "node", "effective_size", "double"},
    {"kind", "edge", "kind", "string"},
    {"mutual", "edge", "mutual", "boolean"},
    {"via", "edge", "team", "string"},
};

static void add_text(struct text *out, const char *key, const char *value) {
    if (!value)
        return;
    text_add_format(out, "      <data key=\"%s\">", key);
    text_add(out, text_xml(out->arena, value));
    text_add(out, "</data>\n");
}

static void add_whole(struct text *out, const char *key, unsigned value) {
    text_add_format(out, "      <data key=\"%s\">%u</data>\n", key, value);
}

static void add_bool(struct text *out, const char *key, bool value) {
    add_text(out, key, value ? "true" : "false");
}

/* What is not defined is left out. */
static void add_number(struct text *out, const char *key, double value) {
    if (!isnan(value))
        text_add_format(out, "      <data key=\"%s\">%.10g</data>\n", key, value);
}

static void add_person(struct text *out, const struct map_person *person,
                       const struct network_person *measured) {
    text_add(out, "    <node id=\"");
    text_add(out, text_xml(out->arena, person->id));
    text_add(out, "\">\n");
    add_text(out, "name", person->name);
    add_text(out, "organisation", person->organisation);
    add_text(out, "sector", person->sector);
    add_text(out, "profession", person->profession);
    add_bool(out, "lived", person->lived_experience);
    add_whole(out, "degree", measured->degree);
    add_whole(out, "in", measured->in);
    add_whole(out, "out", measured->out);
    add_number(out, "betweenness", measured->betweenness);
    add_whole(out, "component", measured->component);
    add_whole(out, "core", measured->core);
    add_bool(out, "cut", measured->is_cut);
    add_whole(out, "cut_off", measured->cut_off);
    add_number(out, "constraint", measured->constraint);
    add_number(out, "effective", measured->effective_size);
    text_add(out, "    </node>\n");
}

static void add_tie(struct text *out, const struct map *map, size_t number) {
    const struct map_tie *tie = &map->ties.items[number];
    text_add_format(out, "    <edge id=\"tie%zu\" source=\"", number);
    text_add(out, text_xml(out->arena, map->people.items[tie->from].id));
    text_add(out, "\" target=\"");
    text_add(out, text_xml(out->arena, map->people.items[tie->to].id));
    text_add(out, "\">\n");
    add_text(out, "kind", map->kinds.items[tie->kind].name);
    add_bool(out, "mutual", tie->mutual);
    add_text(out, "via", tie->team);
    text_add(out, "    </edge>\n");
}

char *map_graphml(struct arena *arena, const struct map *map) {
    struct text out = text_new(arena);
    text_add(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
                   "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
                   "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                   "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n  <desc>");
    text_add(&out, text_xml(arena, map_title(arena, map)));
    text_add(&out, "</desc>\n");
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        text_add_format(&out, "  <key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                        attributes[i].id, attributes[i].of, attributes[i].name, attributes[i].type);
    text_add(&out, "  <graph id=\"partnership\" edgedefault=\"directed\">\n");
    for (size_t i = 0; i < map->people.n; i++)
        add_person(&out, &map->people.items[i], &map->measures->persons[i]);
    for (size_t i = 0; i < map->ties.n; i++)
        add_tie(&out, map, i);
    text_add(&out, "  </graph>\n</graphml>\n");
    return out.bytes;
}
