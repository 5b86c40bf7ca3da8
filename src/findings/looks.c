#include "findings/looks.h"

static void point_take(struct arena *arena, const struct db_rows *rows, struct look_point *out) {
    *out = (struct look_point){.revision = db_row_integer(rows, 0),
                               .day = db_row_copy(arena, rows, 1),
                               .is_ambiguous = db_row_integer(rows, 2) > 0};
}

enum err looks_shared(struct db *db, struct arena *arena, const struct programme *programme,
                      struct look_points *out) {
    struct db_rows rows;
    *out = (struct look_points){0};
    enum err err = db_query(db, SQL_looks_shared, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        struct look_point point;
        point_take(arena, &rows, &point);
        list_add(arena, &out->list, point);
    }
    return db_rows_end(&rows, err);
}

enum err look_before(struct db *db, struct arena *arena, const struct programme *programme,
                     bool unshared, const char *at, struct look_point *out) {
    struct db_rows rows;
    *out = (struct look_point){0};
    enum err err =
        db_query(db, SQL_look_before,
                 DB_VALUES(db_integer(programme->id), db_integer(unshared), db_text(at)), &rows);
    if (!err && db_next(&rows))
        point_take(arena, &rows, out);
    return db_rows_end(&rows, err);
}

bool look_is_after(const struct look_point *look, int64_t revision, const char *day) {
    if (revision == look->revision && strcmp(day, look->day) == 0)
        return !look->is_ambiguous;
    return revision < look->revision || (revision == look->revision && strcmp(day, look->day) < 0);
}

bool look_has(const struct look_point *look, const struct finding_period *period) {
    if (!look_is_after(look, period->opened_revision, period->opened))
        return false;
    if (!period->closed)
        return true;
    return period->closed_revision > look->revision ||
           (period->closed_revision == look->revision && strcmp(period->closed, look->day) > 0);
}
