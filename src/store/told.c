#include "store/told.h"
#include "base/text.h"
#include "store/stored.h"

enum { EXAMPLES = 5 };

static const char *const change_signs[CHANGE_KINDS] = {"+", "~", "-"};
static const char *const change_words[CHANGE_KINDS] = {"added", "changed", "removed"};

/* "open -> taken" for each field that differs; an empty one is said so. */
static char *difference(struct arena *arena, const struct kind *kind, const char *before,
                        const char *after) {
    size_t n = kind_field_count(kind);
    const char **old_cells = arena_alloc_array(arena, n, sizeof *old_cells);
    const char **new_cells = arena_alloc_array(arena, n, sizeof *new_cells);
    struct text out = text_new(arena);
    if (stored_read(arena, kind, before, old_cells) || stored_read(arena, kind, after, new_cells))
        return "";
    for (size_t f = 0; f < n; f++) {
        const char *old_cell = old_cells[f] ? old_cells[f] : "(empty)";
        const char *new_cell = new_cells[f] ? new_cells[f] : "(empty)";
        if (!text_equal(old_cell, new_cell))
            text_add_format(&out, "%s%s: %s → %s", out.length ? "; " : "",
                            field_heading(arena, &kind->fields[f]), text_quote(arena, old_cell),
                            text_quote(arena, new_cell));
    }
    return out.length ? out.bytes : "";
}

/* As people name it, also where it is gone from the records. */
static const char *name_of(struct arena *arena, const struct records *records,
                           const struct change *change) {
    size_t n = kind_field_count(change->kind);
    struct record record = {.kind = change->kind,
                            .id = change->key,
                            .values = arena_alloc_array(arena, n, sizeof *record.values)};
    const char *content = change->after ? change->after : change->before;
    return stored_read(arena, change->kind, content, record.values) == OK
               ? record_label(records, &record)
               : change->key;
}

static void change_tell(struct printer *printer, struct arena *arena, const struct records *records,
                        const struct change *change) {
    char *line =
        arena_format(arena, "%s %s", change_words[change->what], name_of(arena, records, change));
    if (change->what == CHANGE_CHANGED)
        line = arena_format(arena, "%s: %s", line,
                            difference(arena, change->kind, change->before, change->after));
    print_wrapped(printer, arena_format(arena, "      %s ", change_signs[change->what]), "        ",
                  line);
}

static void kind_tell(struct printer *printer, struct arena *arena, const struct commit *commit,
                      const struct records *records, const struct kind *kind) {
    size_t counts[CHANGE_KINDS] = {0}, shown = 0, n = 0;
    for (size_t i = 0; i < commit->changes.n; i++)
        if (commit->changes.items[i].kind == kind) {
            counts[commit->changes.items[i].what]++;
            n++;
        }
    if (!n)
        return;
    fprintf(printer->out, "  %-22s %7zu %8zu %8zu\n", kind->sheet, counts[CHANGE_ADDED],
            counts[CHANGE_CHANGED], counts[CHANGE_REMOVED]);
    if (commit->is_new)
        return; /* everything is new: examples would say nothing */
    for (size_t i = 0; i < commit->changes.n && shown < EXAMPLES; i++)
        if (commit->changes.items[i].kind == kind) {
            change_tell(printer, arena, records, &commit->changes.items[i]);
            shown++;
        }
    if (n > shown)
        fprintf(printer->out, "        and %zu more\n", n - shown);
}

void changes_tell(struct printer *printer, struct arena *arena, const struct commit *commit,
                  const struct records *records) {
    fprintf(printer->out, "  %-22s %7s %8s %8s\n", "Sheet", "added", "changed", "removed");
    for (size_t i = 0; i < kind_count; i++)
        kind_tell(printer, arena, commit, records, kinds[i]);
}

/* One side of a conflict in one field. */
static void side_tell(struct printer *printer, struct arena *arena, const char *side,
                      const char *content, const char *cell) {
    print_wrapped(printer, arena_format(arena, "      %-7s ", side), NULL,
                  !content ? "(no such row)"
                  : cell   ? cell
                           : "(empty)");
}

/* Three versions of a record: as it was, theirs, mine; a version that is not there is NULL. */
enum { WAS, THEIRS, MINE, SIDES };
struct sides {
    const char *contents[SIDES];
    const char **cells[SIDES];
};

static struct sides sides_read(struct arena *arena, const struct conflict *conflict) {
    struct sides sides = {.contents = {conflict->base, conflict->now, conflict->mine}};
    size_t n = kind_field_count(conflict->kind);
    for (size_t s = 0; s < SIDES; s++) {
        sides.cells[s] = arena_alloc_array(arena, n, sizeof **sides.cells);
        if (sides.contents[s] &&
            stored_read(arena, conflict->kind, sides.contents[s], sides.cells[s]) != OK)
            sides.contents[s] = NULL;
    }
    return sides;
}

static bool sides_differ(const struct sides *sides, size_t a, size_t b, size_t f) {
    const char *left = sides->cells[a][f], *right = sides->cells[b][f];
    return !text_equal(left ? left : "", right ? right : "");
}

/* Whether a field is worth showing: both changed it, in different ways; or, where one of them has
 * removed the record, the other has changed it. */
static bool field_collides(const struct sides *sides, size_t f) {
    bool theirs = sides->contents[THEIRS], mine = sides->contents[MINE];
    return (!theirs || sides_differ(sides, WAS, THEIRS, f)) &&
           (!mine || sides_differ(sides, WAS, MINE, f)) &&
           (!theirs || !mine || sides_differ(sides, THEIRS, MINE, f));
}

static void conflict_tell(struct printer *printer, struct arena *arena,
                          const struct conflict *conflict) {
    static const char *const names[SIDES] = {"was", "theirs", "yours"};
    const struct kind *kind = conflict->kind;
    const struct sides sides = sides_read(arena, conflict);
    fputc('\n', printer->out);
    print_styled(printer, BOLD, arena_format(arena, "  %s, %s\n", kind->sheet, conflict->key));
    if (conflict->at)
        print_wrapped(
            printer, "    ", NULL,
            arena_format(arena, "%s in revision %lld, %.10s at %.5s UTC, by %s.",
                         conflict->now ? "Changed" : "Removed", (long long)conflict->revision,
                         conflict->at, conflict->at + 11,
                         conflict->author ? conflict->author : "somebody who gave no name"));
    if (!sides.contents[THEIRS] || !sides.contents[MINE])
        print_wrapped(printer, "    ", NULL,
                      sides.contents[THEIRS] ? "They changed it, and your workbook removes it."
                                             : "They removed it, and your workbook changes it.");
    for (size_t f = 0; kind->fields[f].name; f++) {
        if (!field_collides(&sides, f))
            continue;
        fprintf(printer->out, "    %s\n", field_heading(arena, &kind->fields[f]));
        for (size_t s = 0; s < SIDES; s++)
            side_tell(printer, arena, names[s], sides.contents[s], sides.cells[s][f]);
    }
}

void conflicts_tell(struct printer *printer, struct arena *arena, const struct commit *commit) {
    for (size_t i = 0; i < commit->conflicts.n; i++)
        conflict_tell(printer, arena, &commit->conflicts.items[i]);
}
