#include "db/sound.h"
#include "base/text.h"
#include "db/engine.h"

static enum err pages_look(struct db *db) {
    struct db_rows rows;
    enum err err =
        db_query(db, db_statement_add(db, "pragma integrity_check(1)"), DB_NO_VALUES, &rows);
    if (!err && db_next(&rows) && !text_equal(db_row_text(&rows, 0), "ok"))
        err = db_fail(db, DB_OTHER, ERR_INPUT,
                      "This file is damaged. Use another copy of it. SQLite says: %s.",
                      text_quote(db->problems->arena, db_row_text(&rows, 0)));
    return db_rows_end(&rows, err);
}

static enum err references_look(struct db *db) {
    struct db_rows rows;
    enum err err =
        db_query(db, db_statement_add(db, "pragma foreign_key_check"), DB_NO_VALUES, &rows);
    if (!err && db_next(&rows))
        err = db_fail(db, DB_OTHER, ERR_INPUT,
                      "This file is damaged or was changed by another program: a row of the table "
                      "%s refers to a row of %s that is not there. Use another copy of it.",
                      text_quote(db->problems->arena, db_row_text(&rows, 0)),
                      text_quote(db->problems->arena, db_row_text(&rows, 2)));
    return db_rows_end(&rows, err);
}

static enum err mark_look(struct db *db) {
    struct db_rows rows;
    enum err err = db_query(db, db_statement_add(db, "pragma application_id"), DB_NO_VALUES, &rows);
    if (!err && db_next(&rows) && db_row_integer(&rows, 0) == DB_UNFINISHED)
        err = db_fail(db, DB_OTHER, ERR_INPUT,
                      "This backup was never finished: something stopped it half-way. Use another "
                      "one, and delete this file.");
    return db_rows_end(&rows, err);
}

static enum err look(struct db *db, void *context) {
    (void)context;
    enum err err = mark_look(db);
    if (!err)
        err = pages_look(db);
    return err ? err : references_look(db);
}

enum err db_sound(struct db *db) {
    return db_engine_of(db) == DB_SQLITE ? db_read(db, look, NULL) : OK;
}
