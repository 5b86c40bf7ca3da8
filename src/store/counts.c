#include "store/counts.h"

enum err counts_read(struct db *db, const struct programme *programme, struct kind_counts *out) {
    struct db_rows rows;
    for (size_t i = 0; i < kind_count; i++)
        out[i] = (struct kind_counts){0};
    enum err err = db_query(db, SQL_counts, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        const struct kind *kind = kind_find(db_row_text(&rows, 0));
        if (kind)
            out[kind_index(kind)] = (struct kind_counts){(size_t)db_row_integer(&rows, 1),
                                                         (size_t)db_row_integer(&rows, 2)};
    }
    return db_rows_end(&rows, err);
}

/* Whether something was there under that key before. */
static enum err was_there(struct db *db, const struct commit *commit, const struct change *change,
                          bool *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_counts_was_there,
                            DB_VALUES(db_integer(commit->programme.id), db_text(change->kind->name),
                                      db_text(change->key)),
                            &rows);
    *out = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum err counts_keep(struct db *db, struct arena *arena, const struct commit *commit) {
    struct kind_counts *before = arena_alloc_array(arena, kind_count, sizeof *before);
    struct kind_counts *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    enum err err = counts_read(db, &commit->programme, before);
    for (size_t i = 0; i < kind_count; i++)
        counts[i] = before[i];
    for (size_t i = 0; !err && i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        struct kind_counts *count = &counts[kind_index(change->kind)];
        bool came_back = false;
        if (change->before && change->after)
            continue;
        /* Where nothing of the kind ever went, as in most imports, nobody need look. */
        if (change->after && before[kind_index(change->kind)].gone)
            err = was_there(db, commit, change, &came_back);
        count->now = change->after ? count->now + 1 : count->now - 1;
        count->gone = change->after ? count->gone - came_back : count->gone + 1;
    }
    for (size_t i = 0; !err && i < kind_count; i++)
        if (counts[i].now != before[i].now || counts[i].gone != before[i].gone)
            err = db_run(db, SQL_counts_keep,
                         DB_VALUES(db_integer(commit->programme.id), db_text(kinds[i]->name),
                                   db_integer((int64_t)counts[i].now),
                                   db_integer((int64_t)counts[i].gone)));
    return err;
}
