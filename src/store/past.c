#include "store/past.h"
#include "store/stored.h"

static struct past_moment moment_of_row(struct arena *arena, const struct db_rows *rows, int at) {
    if (db_row_null(rows, at))
        return (struct past_moment){0};
    return (struct past_moment){.revision = db_row_integer(rows, at),
                                .at = db_row_copy(arena, rows, at + 1),
                                .author = db_row_copy(arena, rows, at + 2),
                                .reason = db_row_copy(arena, rows, at + 3)};
}

static enum err damaged(struct db *db, const struct programme *programme) {
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "A record of the programme \"%s\" cannot be read: the database was damaged or "
                "changed by another program. `ithaca audit verify` tells more.",
                programme->key);
    return ERR_INPUT;
}

/* At most `most` of the rows; the query asks for one more. */
static enum err versions_take(struct db *db, struct arena *arena, const struct programme *programme,
                              const struct kind *kind, size_t most, struct db_rows *rows,
                              struct past *out) {
    enum err err = OK;
    while (!err && !out->more && db_next(rows)) {
        struct past_version version = {
            .key = db_row_copy(arena, rows, 0),
            .began = moment_of_row(arena, rows, 1),
            .ended = moment_of_row(arena, rows, 5),
            .cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *version.cells),
            .is_erased = db_row_integer(rows, 10) > 0,
        };
        out->more = out->list.n == most;
        if (out->more)
            break;
        if (stored_read(arena, kind, db_row_text(rows, 9), version.cells) != OK)
            err = damaged(db, programme);
        list_add(arena, &out->list, version);
    }
    return db_rows_end(rows, err);
}

enum err past_read(struct db *db, struct arena *arena, const struct programme *programme,
                   const struct kind *kind, const char *key, struct past *out) {
    struct db_rows rows;
    *out = (struct past){0};
    enum err err = db_query(db, SQL_past_versions,
                            DB_VALUES(db_integer(programme->id), db_text(kind->name), db_text(key),
                                      db_integer(PAST_MOST + 1)),
                            &rows);
    return err ? err : versions_take(db, arena, programme, kind, PAST_MOST, &rows, out);
}

enum err past_gone(struct db *db, struct arena *arena, const struct programme *programme,
                   const struct kind *kind, size_t from, size_t most, struct past *out) {
    struct db_rows rows;
    *out = (struct past){0};
    enum err err = db_query(db, SQL_past_gone,
                            DB_VALUES(db_integer(programme->id), db_text(kind->name),
                                      db_integer((int64_t)most + 1), db_integer((int64_t)from)),
                            &rows);
    return err ? err : versions_take(db, arena, programme, kind, most, &rows, out);
}
