#include "meetings/draft.h"
#include "base/text.h"

enum err meeting_draft_read(struct db *db, struct arena *arena, const struct programme *programme,
                            int64_t meeting, struct meeting_draft *out) {
    struct db_rows rows;
    *out = (struct meeting_draft){0};
    enum err err = db_query(db, SQL_meeting_draft,
                            DB_VALUES(db_integer(programme->id), db_integer(meeting)), &rows);
    while (!err && db_next(&rows)) {
        const struct draft_version version = {
            db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1), db_row_integer(&rows, 2)};
        list_add(arena, &out->versions, version);
        out->version = version.version;
    }
    return db_rows_end(&rows, err);
}

const char *meeting_draft_value(const struct meeting_draft *draft, const char *field,
                                int64_t version) {
    const char *value = "";
    for (size_t i = 0; i < draft->versions.n; i++) {
        const struct draft_version *at = &draft->versions.items[i];
        if (at->version <= version && text_equal(at->field, field))
            value = at->value;
    }
    return value;
}

enum err meeting_draft_put(struct db *db, const struct programme *programme, int64_t meeting,
                           const struct meeting_draft *draft, int64_t base, const char *field,
                           const char *value, const char **instead) {
    const char *before = meeting_draft_value(draft, field, base);
    const char *now = meeting_draft_value(draft, field, draft->version);
    *instead = NULL;
    if (text_equal(value, before) || text_equal(value, now))
        return OK;
    if (!text_equal(now, before)) {
        *instead = now;
        return OK;
    }
    return db_run(db, SQL_meeting_draft_add,
                  DB_VALUES(db_integer(programme->id), db_integer(db_id_new()), db_integer(meeting),
                            db_integer(draft->version + 1), db_text(field), db_text(value)));
}

enum err meeting_draft_remove(struct db *db, const struct programme *programme, int64_t meeting) {
    return db_run(db, SQL_meeting_draft_remove,
                  DB_VALUES(db_integer(programme->id), db_integer(meeting)));
}
