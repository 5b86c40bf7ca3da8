#include "base/csv.h"
#include "network/map.h"
#include <math.h>

/* ---- CSV ---- */

static const char *number_cell(struct arena *arena, double number) {
    return isnan(number) ? "" : arena_format(arena, "%.10g", number);
}

void map_print_csv(FILE *out, struct arena *arena, const struct map *map) {
    static const char *const headings[] = {"Person",
                                           "Name",
                                           "Organisation",
                                           "Sector",
                                           "Profession",
                                           "Lived experience",
                                           "Tied to",
                                           "Named by",
                                           "Names",
                                           "Betweenness",
                                           "Piece",
                                           "Core",
                                           "Cut off if this person goes",
                                           "Constraint",
                                           "Effective size"};
    const unsigned *order = map_order(arena, map);
    csv_row_print(out, arena, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < map->people.n; i++) {
        const struct map_person *person = &map->people.items[order[i]];
        const struct network_person *measured = &map->measures->persons[order[i]];
        const char *cells[] = {
            person->id,
            person->name,
            person->organisation,
            person->sector,
            person->profession,
            person->lived_experience ? "yes" : "no",
            arena_format(arena, "%u", measured->degree),
            arena_format(arena, "%u", measured->in),
            arena_format(arena, "%u", measured->out),
            number_cell(arena, measured->betweenness),
            arena_format(arena, "%u", measured->component + 1),
            arena_format(arena, "%u", measured->core),
            arena_format(arena, "%u", measured->cut_off),
            number_cell(arena, measured->constraint),
            number_cell(arena, measured->effective_size),
        };
        csv_row_print(out, arena, cells, sizeof cells / sizeof *cells);
    }
}

/* ---- text ---- */

static void person_print(struct printer *printer, struct arena *arena, const struct map *map,
                         unsigned number, unsigned place) {
    const struct map_person *person = &map->people.items[number];
    const struct network_person *measured = &map->measures->persons[number];
    print_wrapped(printer, arena_format(arena, "%3u. ", place), NULL, person->name);
    struct text line = text_new(arena);
    text_add_format(&line, "%s. ", text_capital(arena, map_person_place(arena, person)));
    if (measured->degree == 0)
        text_add(&line, "Tied to nobody in the records.");
    else
        text_add_format(&line, "Tied to %u; between others: %.1f. ", measured->degree,
                        measured->betweenness);
    if (measured->is_cut)
        text_add_format(&line, "If this person goes, %u %s cut off.", measured->cut_off,
                        measured->cut_off == 1 ? "person is" : "people are");
    print_wrapped(printer, "     ", NULL, line.bytes);
}

static void kinds_print(struct printer *printer, struct arena *arena, const struct map *map) {
    print_heading(printer, "What counts as a tie here");
    for (unsigned kind = 0; kind < map->kinds.n; kind++) {
        const struct map_kind *shown = &map->kinds.items[kind];
        size_t n = 0;
        for (size_t i = 0; i < map->ties.n; i++)
            n += map->ties.items[i].kind == kind;
        if (shown->shown)
            print_wrapped(printer, "- ", NULL,
                          arena_format(arena, "%s (%zu): %s.", text_capital(arena, shown->name), n,
                                       shown->meaning));
        else
            print_wrapped(printer, "- ", NULL,
                          arena_format(arena, "%s: left out, as you asked.",
                                       text_capital(arena, shown->name)));
    }
}

void map_print_text(struct printer *printer, struct arena *arena, const struct map *map) {
    const unsigned *order = map_order(arena, map);
    print_styled(printer, BOLD, map_title(arena, map));
    fputs("\n\n", printer->out);
    print_wrapped(printer, "", NULL, map_answers(arena, map));
    print_heading(printer, "People, those who join others most first");
    for (unsigned i = 0; i < map->people.n; i++)
        person_print(printer, arena, map, order[i], i + 1);
    kinds_print(printer, arena, map);
    print_heading(printer, "How to read this");
    print_wrapped(printer, "", NULL,
                  "\"Tied to\" counts people, however many ties there are between two of them and "
                  "whichever way they run. \"Between others\" counts the pairs of other people "
                  "whose shortest way leads through this person; where several ways are equally "
                  "short, each counts its share (betweenness). \"Cut off\" are those who would "
                  "lose every way to the largest part of the rest.");
    fputc('\n', printer->out);
    print_wrapped(printer, "", NULL,
                  "Only what is in the records counts: a tie that nobody wrote down, and a person "
                  "who is not on the sheet People, is missing here. A high place is no praise and "
                  "a low one no fault: it says where the ties run.");
    if (map->measures->betweenness_sources < map->measures->betweenness_of)
        print_wrapped(
            printer, "\n", "",
            arena_format(arena, "\"Between others\" is estimated here, from %u of %u people.",
                         map->measures->betweenness_sources, map->measures->betweenness_of));
}
