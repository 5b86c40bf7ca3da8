#include "accounts/key.h"
#include "accounts/moment.h"

enum { HOURS_A_DAY = 24 };

void key_hash(const char *key, char out[TOKEN_HASH_SIZE]) {
    token_hash("key", key, out);
}

static enum err keys_count(struct db *db, int64_t account, const char *now, int64_t *out) {
    struct db_rows rows;
    *out = 0;
    enum err err = db_query(db, SQL_key_count, DB_VALUES(db_integer(account), db_text(now)), &rows);
    if (!err && db_next(&rows))
        *out = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

enum err key_new(struct db *db, const struct key_wish *wish, char key[TOKEN_SIZE], bool *is_made) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE], ends[DB_TIME_SIZE];
    int64_t n;
    token_new(key);
    key_hash(key, hash);
    db_now(now);
    moment_in((long)wish->days * HOURS_A_DAY * SECONDS_AN_HOUR, ends);
    enum err err = db_run(db, SQL_key_remove_ended, DB_VALUES(db_text(now)));
    if (!err)
        err = keys_count(db, wish->account, now, &n);
    *is_made = !err && n < KEYS_MOST;
    if (!*is_made)
        return err;
    return db_run(db, SQL_key_add,
                  DB_VALUES(db_text(hash), db_integer(wish->account), db_integer(wish->programme),
                            db_text(wish->name), db_text(now), db_text(ends)));
}

enum err keys_of(struct db *db, struct arena *arena, int64_t account, struct keys *out) {
    char now[DB_TIME_SIZE];
    struct db_rows rows;
    *out = (struct keys){0};
    db_now(now);
    enum err err = db_query(db, SQL_key_list, DB_VALUES(db_integer(account), db_text(now)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list,
                 (struct key){.id = db_row_copy(arena, &rows, 0),
                              .name = db_row_copy(arena, &rows, 1),
                              .programme = db_row_copy(arena, &rows, 2),
                              .made_at = db_row_copy(arena, &rows, 3),
                              .ends_at = db_row_copy(arena, &rows, 4),
                              .used_on = db_row_copy(arena, &rows, 5)});
    return db_rows_end(&rows, err);
}

enum err key_end(struct db *db, int64_t account, const char *id) {
    return db_run(db, SQL_key_remove, DB_VALUES(db_text(id), db_integer(account)));
}

enum err key_used(struct db *db, const char *key, const char *day) {
    char hash[TOKEN_HASH_SIZE];
    key_hash(key, hash);
    return db_run(db, SQL_key_used, DB_VALUES(db_text(hash), db_text(day)));
}
