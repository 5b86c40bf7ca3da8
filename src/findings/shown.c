#include "findings/shown.h"
#include "base/text.h"
#include "findings/shown_text.h"

enum err shown_read(struct db *db, struct arena *arena, const struct programme *programme,
                    bool unshared, struct shown *out) {
    struct db_rows rows;
    char *content = NULL;
    *out = (struct shown){0};
    enum err err = db_query(db, SQL_diagnosis_shown,
                            DB_VALUES(db_integer(programme->id), db_integer(unshared)), &rows);
    if (!err && db_next(&rows)) {
        out->number = db_row_integer(&rows, 0);
        out->revision = db_row_integer(&rows, 1);
        out->day = db_row_copy(arena, &rows, 2);
        out->made_at = db_row_copy(arena, &rows, 3);
        out->shared_at = db_row_copy(arena, &rows, 4);
        content = db_row_null(&rows, 5) ? NULL : arena_copy(arena, db_row_text(&rows, 5));
    }
    out->is_there = content && shown_text_read(arena, content, out);
    return db_rows_end(&rows, err);
}

const struct shown_finding *shown_find(const struct shown *shown, const char *id) {
    for (size_t i = 0; i < shown->findings.n; i++)
        if (text_equal(shown->findings.items[i].id, id))
            return &shown->findings.items[i];
    return NULL;
}

enum err shown_share(struct db *db, const struct programme *programme, int64_t number,
                     const char *author) {
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = programme_touch(db, programme->id);
    return err ? err
               : db_run(db, SQL_diagnosis_share,
                        DB_VALUES(db_integer(programme->id), db_integer(number), db_text(now),
                                  db_text(author)));
}
