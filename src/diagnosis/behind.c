#include "diagnosis/behind.h"
#include "diagnosis/speak.h"

static const char *name_of(struct arena *arena, const char *kind, const char *id) {
    return arena_format(arena, "%s %s", kind, id);
}

static void row_take(struct arena *arena, const struct records *records, const struct row *row,
                     struct behind *out) {
    const char *name = name_of(arena, row_value(row, "kind"), row_value(row, "id"));
    struct record_refs *refs = index_find(&out->of, name);
    struct record *record =
        records_find(records, kind_find(row_value(row, "other_kind")), row_value(row, "other"));
    if (!record)
        return;
    if (!refs) {
        refs = arena_alloc(arena, sizeof *refs);
        index_add(arena, &out->of, name, refs);
    }
    record_refs_add(arena, refs, record);
}

enum err behind_read(struct workbench *workbench, struct arena *arena,
                     const struct records *records, struct behind *out, struct problems *problems) {
    static const struct query query = {
        .file = "behind",
        .sql =
            "select kind, id, other_kind, other from behind order by kind, id, other_kind, other",
        .is_builtin = true};
    struct rows rows;
    *out = (struct behind){0};
    enum err err = workbench_run(workbench, arena, &query, NULL, &rows, problems);
    for (size_t i = 0; i < rows.list.n; i++)
        row_take(arena, records, &rows.list.items[i], out);
    return err;
}

void behind_add(struct arena *arena, const struct behind *behind, struct record_refs *refs) {
    for (size_t i = 0, n = refs->list.n; i < n; i++) {
        const struct record *record = refs->list.items[i];
        const struct record_refs *more =
            index_find(&behind->of, name_of(arena, record->kind->name, record->id));
        for (size_t k = 0; more && k < more->list.n; k++)
            record_refs_add(arena, refs, more->list.items[k]);
    }
}
