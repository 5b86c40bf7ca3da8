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

/* As people name it; by its key where it is gone from the records. */
static const char *name_of(const struct records *records, const struct change *change) {
    const struct record *record = records_find(records, change->kind, change->key);
    return record && change->after ? record_label(records, record) : change->key;
}

static void change_tell(struct printer *printer, struct arena *arena, const struct records *records,
                        const struct change *change) {
    char *line = arena_format(arena, "%s %s", change_words[change->what], name_of(records, change));
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

static void conflict_tell(struct printer *printer, struct arena *arena,
                          const struct conflict *conflict) {
    const struct kind *kind = conflict->kind;
    size_t n = kind_field_count(kind);
    const char *contents[] = {conflict->base, conflict->now, conflict->mine};
    static const char *const sides[] = {"was", "theirs", "yours"};
    const char **cells[3];
    fputc('\n', printer->out);
    print_styled(printer, BOLD, arena_format(arena, "  %s, %s", kind->sheet, conflict->key));
    if (conflict->revision)
        fprintf(printer->out, " (changed in revision %lld by %s)", (long long)conflict->revision,
                conflict->author ? conflict->author : "somebody who gave no name");
    fputc('\n', printer->out);
    for (size_t s = 0; s < 3; s++) {
        cells[s] = arena_alloc_array(arena, n, sizeof **cells);
        if (contents[s] && stored_read(arena, kind, contents[s], cells[s]) != OK)
            contents[s] = NULL;
    }
    if (!contents[1] || !contents[2]) {
        print_wrapped(printer, "    ", NULL,
                      contents[1] ? "They changed it, and your workbook removes it."
                                  : "They removed it, and your workbook changes it.");
        return;
    }
    for (size_t f = 0; f < n; f++) {
        const char *theirs = cells[1][f] ? cells[1][f] : "", *mine = cells[2][f] ? cells[2][f] : "";
        if (text_equal(theirs, mine))
            continue;
        fprintf(printer->out, "    %s\n", field_heading(arena, &kind->fields[f]));
        for (size_t s = 0; s < 3; s++)
            side_tell(printer, arena, sides[s], contents[s], cells[s][f]);
    }
}

void conflicts_tell(struct printer *printer, struct arena *arena, const struct commit *commit) {
    for (size_t i = 0; i < commit->conflicts.n; i++)
        conflict_tell(printer, arena, &commit->conflicts.items[i]);
}
