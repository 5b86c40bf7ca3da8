#include "accounts/account.h"
#include "accounts/visitor.h"
#include "base/text.h"

static struct sign_in_account account_of_row(struct arena *arena, const struct db_rows *rows) {
    return (struct sign_in_account){
        .id = db_row_integer(rows, 1),
        .login = db_row_copy(arena, rows, 2),
        .password = db_row_copy(arena, rows, 3),
        .name = db_row_copy(arena, rows, 4),
        .email = db_row_copy(arena, rows, 5),
    };
}

enum err account_find(struct db *db, struct arena *arena, const char *who,
                      struct sign_in_account *out) {
    enum { BY_LOGIN = 1 };
    struct db_rows rows;
    int by_email = 0;
    struct sign_in_account found = {0};
    bool by_login = false;
    enum err err = db_query(db, SQL_account_by_login_or_email,
                            DB_VALUES(db_text(who), db_text(text_lower(arena, who))), &rows);
    while (!err && db_next(&rows)) {
        if (!by_login)
            found = account_of_row(arena, &rows);
        if (db_row_integer(&rows, 0) == BY_LOGIN)
            by_login = true;
        else
            by_email++;
    }
    *out = by_login || by_email == 1 ? found : (struct sign_in_account){0};
    return db_rows_end(&rows, err);
}

enum err account_read(struct db *db, struct arena *arena, int64_t id, struct sign_in_account *out) {
    struct db_rows rows;
    *out = (struct sign_in_account){0};
    enum err err = db_query(db, SQL_account_by_id, DB_VALUES(db_integer(id)), &rows);
    if (!err && db_next(&rows))
        *out = account_of_row(arena, &rows);
    return db_rows_end(&rows, err);
}

enum err account_password_set(struct db *db, int64_t account, const char *hash, const char *token) {
    char session[TOKEN_HASH_SIZE];
    session_hash(token, session);
    enum err err = db_run(db, SQL_account_password, DB_VALUES(db_integer(account), db_text(hash)));
    if (!err)
        err = db_run(db, SQL_sign_in_link_remove_all, DB_VALUES(db_integer(account)));
    if (!err)
        err = db_run(db, SQL_session_has_password, DB_VALUES(db_text(session)));
    return err ? err : account_sessions_end_others(db, account, token);
}

/* ---- sessions ---- */

enum err account_sessions(struct db *db, struct arena *arena, int64_t account, const char *token,
                          struct signed_in_list *out) {
    char own[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    struct db_rows rows;
    *out = (struct signed_in_list){0};
    session_hash(token, own);
    db_now(now);
    enum err err = db_query(db, SQL_session_list,
                            DB_VALUES(db_integer(account), db_text(now), db_text(own)), &rows);
    while (!err && db_next(&rows)) {
        struct signed_in session = {
            .id = db_row_copy(arena, &rows, 0),
            .since = db_row_copy(arena, &rows, 1),
            .agent = db_row_copy(arena, &rows, 2),
            .is_this = text_equal(db_row_text(&rows, 0), own),
            .by_link = db_row_integer(&rows, 3) != 0,
        };
        list_add(arena, &out->list, session);
    }
    return db_rows_end(&rows, err);
}

enum err account_session_end(struct db *db, int64_t account, const char *id) {
    return db_run(db, SQL_session_remove_of, DB_VALUES(db_text(id), db_integer(account)));
}

enum err account_sessions_end_others(struct db *db, int64_t account, const char *token) {
    char own[TOKEN_HASH_SIZE];
    session_hash(token, own);
    return db_run(db, SQL_session_remove_others, DB_VALUES(db_integer(account), db_text(own)));
}
