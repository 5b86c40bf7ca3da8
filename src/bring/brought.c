#include "bring/brought.h"
#include "base/text.h"
#include "db/db.h"
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

static const char *answers_json(struct arena *arena, const struct answers *answers) {
    json_t *root = json_array();
    for (size_t i = 0; i < answers->list.n; i++)
        json_array_append_new(
            root, json_pack("[s,s]", answers->list.items[i].name, answers->list.items[i].value));
    char *dumped = json_dumps(root, JSON_COMPACT);
    const char *out = dumped ? arena_copy(arena, dumped) : "[]";
    free(dumped);
    json_decref(root);
    return out;
}

static struct answers answers_of_json(struct arena *arena, const char *content) {
    struct answers out = {0};
    json_t *root = content ? json_loads(content, 0, NULL) : NULL;
    for (size_t i = 0; i < json_array_size(root); i++) {
        const json_t *pair = json_array_get(root, i);
        const char *name = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        if (name && value)
            list_add(arena, &out.list,
                     (struct answer_line){arena_copy(arena, name), arena_copy(arena, value)});
    }
    json_decref(root);
    return out;
}

/* ---- for pages ---- */

static enum err old_remove(struct db *db, int64_t programme) {
    enum { DAY = 24 * 60 * 60 };
    char before[DB_TIME_SIZE];
    db_time_write((int64_t)time(NULL) - (int64_t)BROUGHT_DAYS * DAY, before);
    return db_run(db, SQL_brought_expire, DB_VALUES(db_integer(programme), db_text(before)));
}

enum err brought_add(struct db *db, struct arena *arena, const struct brought_by *by,
                     const struct brought_new *added, int64_t *id) {
    size_t room = sodium_base64_ENCODED_LEN(added->length, sodium_base64_VARIANT_ORIGINAL);
    char *content = arena_alloc(arena, room), now[DB_TIME_SIZE];
    struct db_rows rows;
    sodium_bin2base64(content, room, (const unsigned char *)added->bytes, added->length,
                      sodium_base64_VARIANT_ORIGINAL);
    db_now(now);
    *id = 0;
    enum err err = old_remove(db, by->programme);
    if (!err)
        err = db_run(db, SQL_brought_add,
                     DB_VALUES(db_integer(by->programme), db_integer(db_id_new()),
                               db_integer(by->account), db_text(added->token), db_text(now),
                               db_text(by->author), db_text(added->file), db_text(content),
                               db_text(added->wish)));
    if (!err)
        err = db_query(
            db, SQL_brought_by_token,
            DB_VALUES(db_integer(by->programme), db_text(added->token), db_integer(by->account)),
            &rows);
    if (err)
        return err;
    if (db_next(&rows))
        *id = db_row_integer(&rows, 0);
    return db_rows_end(&rows, OK);
}

enum err brought_wish(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      const char *wish, const struct answers *answers) {
    return db_run(db, SQL_brought_wish,
                  DB_VALUES(db_integer(by->programme), db_integer(id), db_integer(by->account),
                            db_text(wish), db_text(answers_json(arena, answers))));
}

enum err brought_remove(struct db *db, const struct brought_by *by, int64_t id) {
    return db_run(db, SQL_brought_remove,
                  DB_VALUES(db_integer(by->programme), db_integer(id), db_integer(by->account)));
}

static struct brought_file file_of_row(struct arena *arena, const struct db_rows *rows) {
    return (struct brought_file){
        .id = db_row_integer(rows, 0),
        .at = db_row_copy(arena, rows, 1),
        .file = db_row_copy(arena, rows, 2),
        .wish = db_row_copy(arena, rows, 3),
        .revision = db_row_null(rows, 4) ? 0 : db_row_integer(rows, 4),
        .undone_revision = db_row_null(rows, 5) ? 0 : db_row_integer(rows, 5),
        .failed = db_row_copy(arena, rows, 6),
    };
}

enum err brought_list(struct db *db, struct arena *arena, const struct brought_by *by,
                      struct brought_files *out) {
    struct db_rows rows;
    *out = (struct brought_files){0};
    enum err err = db_query(db, SQL_brought_list,
                            DB_VALUES(db_integer(by->programme), db_integer(by->account)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list, file_of_row(arena, &rows));
    return db_rows_end(&rows, err);
}

enum err brought_find(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      struct brought_file *out) {
    enum { OUTCOME = 7, ANSWERS };
    struct db_rows rows;
    *out = (struct brought_file){0};
    enum err err = db_query(
        db, SQL_brought_one,
        DB_VALUES(db_integer(by->programme), db_integer(id), db_integer(by->account)), &rows);
    if (!err && db_next(&rows)) {
        *out = file_of_row(arena, &rows);
        out->outcome = db_row_copy(arena, &rows, OUTCOME);
        out->answers = answers_of_json(arena, db_row_text(&rows, ANSWERS));
    }
    return db_rows_end(&rows, err);
}

enum err brought_made(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      const char **file, struct text *bytes) {
    struct db_rows rows;
    *file = NULL;
    enum err err = db_query(
        db, SQL_brought_made,
        DB_VALUES(db_integer(by->programme), db_integer(id), db_integer(by->account)), &rows);
    if (!err && db_next(&rows)) {
        const char *content = db_row_text(&rows, 1);
        size_t length = strlen(content), made = 0;
        text_reserve(bytes, length + 1);
        if (sodium_base642bin((unsigned char *)bytes->bytes, length + 1, content, length, NULL,
                              &made, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
            made) {
            bytes->length = made;
            *file = db_row_copy(arena, &rows, 0);
        }
    }
    return db_rows_end(&rows, err);
}
