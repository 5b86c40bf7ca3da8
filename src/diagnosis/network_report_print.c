#include "diagnosis/network_report.h"
#include "workbook/workbook.h"
#include <jansson.h>
#include <math.h>

enum { PEOPLE_SHOWN = 10 };

/* ---- text ---- */

static const char *number(struct arena *arena, double value) {
    if (isnan(value))
        return "not defined";
    return value == floor(value) ? arena_format(arena, "%.0f", value)
                                 : arena_format(arena, "%.2f", value);
}

/* How it is counted is said once where it is the same for several. */
static void line_print(struct printer *printer, struct arena *arena,
                       const struct network_line *line, const struct network_line *before) {
    struct text head = text_new(arena);
    text_add_format(&head, "%s: %s", line->name, number(arena, line->value));
    if (!isnan(line->expected))
        text_add_format(&head, " (by chance %s", number(arena, line->expected));
    if (!isnan(line->p))
        text_add_format(&head, "; p = %.3f", line->p);
    text_add(&head, isnan(line->expected) ? "" : ")");
    fputc('\n', printer->out);
    print_styled(printer, BOLD, head.bytes);
    fputc('\n', printer->out);
    print_wrapped(printer, "  ", NULL, line->reading);
    if (!before || !text_equal(before->definition, line->definition))
        print_wrapped(printer, "  How it is counted: ", "  ", line->definition);
}

static const char *roles_of(struct arena *arena, const struct network_count *counts) {
    struct text out = text_new(arena);
    for (int role = 0; role < NETWORK_BROKER; role++)
        if (counts[role].counted > 0)
            text_add_format(&out, "%s%s %.0f", out.length ? ", " : "", network_role_names[role],
                            counts[role].counted);
    return out.length ? out.bytes : "none";
}

static void people_print(struct printer *printer, struct arena *arena,
                         const struct network_report *report) {
    const struct map *map = report->map;
    const unsigned *order = map_order(arena, map);
    size_t n = 0;
    /* Whoever is on no way between others joins nobody. */
    while (n < map->people.n && n < PEOPLE_SHOWN &&
           map->measures->persons[order[n]].betweenness > 0)
        n++;
    print_heading(printer, "The people who join others most");
    if (!n) {
        print_wrapped(printer, "", NULL, "Nobody is on the way between two others.");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct network_person *measured = &map->measures->persons[order[i]];
        const char *roles = roles_of(arena, report->brokerage.persons[order[i]]);
        print_wrapped(printer, "- ", NULL, map->people.items[order[i]].name);
        print_wrapped(printer, "  ", NULL,
                      arena_format(arena,
                                   "Betweenness %s; tied to %u; core %u; constraint %s; effective "
                                   "size %s. Roles between organisations: %s.",
                                   number(arena, measured->betweenness), measured->degree,
                                   measured->core, number(arena, measured->constraint),
                                   number(arena, measured->effective_size), roles));
    }
    print_heading(printer, "What these say of a person");
    print_wrapped(printer, "", NULL,
                  "Constraint: how far a person's contacts are tied to each other; near 0, they "
                  "come from different corners, near 1 they all know each other (Burt 1992). "
                  "Effective size: contacts less those who are tied to each other anyway (Burt "
                  "1992). Everybody's figures: `ithaca map --format csv`.");
}

static void reading_print(struct printer *printer, struct arena *arena, const struct map *map) {
    print_heading(printer, "How to read all this");
    print_wrapped(
        printer, "", NULL,
        "People and ties that nobody wrote down are missing: a measure says nothing "
        "about them, and no gap is filled in by guesswork. Ties returned and brokerage "
        "look at the direction of ties; all else counts pairs of people, tied if either "
        "names the other. People whose group is not known are left out where groups "
        "are compared. A shared team ties all its members to each other: that leaves fewer "
        "gaps to broker than chance would. No figure here is good or bad in itself.");
    for (size_t i = 0; i < map->kinds.n; i++)
        if (map->kinds.items[i].shown)
            print_wrapped(printer, i ? "- " : "\n- ", "  ",
                          arena_format(arena, "%s: %s.",
                                       text_capital(arena, map->kinds.items[i].name),
                                       map->kinds.items[i].meaning));
}

void network_report_text(struct printer *printer, struct arena *arena,
                         const struct network_report *report) {
    print_styled(printer, BOLD, map_title(arena, report->map));
    fputc('\n', printer->out);
    for (size_t i = 0; i < report->lines.n; i++)
        line_print(printer, arena, &report->lines.items[i], i ? &report->lines.items[i - 1] : NULL);
    people_print(printer, arena, report);
    reading_print(printer, arena, report->map);
}

/* ---- JSON and CSV ---- */

static json_t *number_json(double value) {
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *person_json(const struct network_report *report, size_t i) {
    const struct map_person *person = &report->map->people.items[i];
    const struct network_person *measured = &report->map->measures->persons[i];
    json_t *roles = json_object();
    for (int role = 0; role < NETWORK_ROLES; role++)
        json_object_set_new(roles, network_role_names[role],
                            number_json(report->brokerage.persons[i][role].counted));
    return json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:b, s:i, s:i, s:i, s:o, s:i, s:i, s:b, s:i, "
                     "s:o, s:o, s:o}",
                     "key", person->id, "name", person->name, "organisation", person->organisation,
                     "sector", person->sector, "profession", person->profession, "lived_experience",
                     person->lived_experience, "degree", (int)measured->degree, "in",
                     (int)measured->in, "out", (int)measured->out, "betweenness",
                     number_json(measured->betweenness), "component", (int)measured->component,
                     "core", (int)measured->core, "is_cut", measured->is_cut, "cut_off",
                     (int)measured->cut_off, "constraint", number_json(measured->constraint),
                     "effective_size", number_json(measured->effective_size), "brokerage", roles);
}

void network_report_json(FILE *out, const struct network_report *report) {
    json_t *measures = json_array(), *people = json_array(), *ties = json_array();
    for (size_t i = 0; i < report->lines.n; i++) {
        const struct network_line *line = &report->lines.items[i];
        json_array_append_new(
            measures,
            json_pack("{s:s, s:s?, s:o, s:o, s:o, s:s, s:s, s:s}", "measure", line->key, "group",
                      line->group, "value", number_json(line->value), "expected",
                      number_json(line->expected), "p", number_json(line->p), "name", line->name,
                      "definition", line->definition, "reading", line->reading));
    }
    for (size_t i = 0; i < report->map->people.n; i++)
        json_array_append_new(people, person_json(report, i));
    for (size_t i = 0; i < report->map->kinds.n; i++)
        if (report->map->kinds.items[i].shown)
            json_array_append_new(ties, json_string(report->map->kinds.items[i].name));
    json_t *all = json_pack("{s:s, s:s, s:o, s:o, s:o}", "programme", report->map->programme, "day",
                            report->map->day, "ties", ties, "measures", measures, "people", people);
    json_dumpf(all, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(all);
}

static const char *number_cell(struct arena *arena, double value) {
    return isnan(value) ? "" : arena_format(arena, "%.6g", value);
}

void network_report_csv(FILE *out, struct arena *arena, const struct network_report *report) {
    static const char *const headings[] = {"Measure", "Group",   "Value",     "Expected",
                                           "p",       "Reading", "Definition"};
    csv_row_print(out, arena, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < report->lines.n; i++) {
        const struct network_line *line = &report->lines.items[i];
        const char *cells[] = {line->key,
                               line->group,
                               number_cell(arena, line->value),
                               number_cell(arena, line->expected),
                               number_cell(arena, line->p),
                               line->reading,
                               line->definition};
        csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
    }
}
