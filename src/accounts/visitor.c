#include "accounts/visitor.h"
#include "accounts/key.h"
#include "accounts/moment.h"
#include "base/names.h"
#include "base/text.h"

static const char session_purpose[] = "session", form_purpose[] = "form", link_purpose[] = "link";

enum {
    NOTE_HOURS = 1,  /* a visit is noted no more often */
    VISIT_HOURS = 4, /* whoever comes back after so long makes another visit */
};

/* So many hours from now. */
static void time_in(int hours, char out[DB_TIME_SIZE]) {
    moment_in((long)hours * SECONDS_AN_HOUR, out);
}

void session_hash(const char *token, char out[TOKEN_HASH_SIZE]) {
    token_hash(session_purpose, token, out);
}

/* ---- who is there ---- */

static enum role role_named(const char *name) {
    int role = name ? name_index(role_names, ROLE_COUNT, name) : -1;
    return role < 0 ? ROLE_NONE : (enum role)role;
}

/* While they click about, what they saw before this visit stays what they saw before. */
static void visits_take(struct arena *arena, const char *visited, const char *before,
                        struct visitor *out) {
    char visit[DB_TIME_SIZE], note[DB_TIME_SIZE];
    time_in(-VISIT_HOURS, visit);
    time_in(-NOTE_HOURS, note);
    bool is_new_visit = visited && strcmp(visited, visit) < 0;
    const char *last = is_new_visit ? visited : before;
    out->was_here = last ? arena_copy(arena, last) : NULL;
    out->visit_is_due = !visited || strcmp(visited, note) < 0;
}

static void visitor_take(struct arena *arena, const struct db_rows *rows, struct visitor *out) {
    out->account = db_row_integer(rows, 0);
    out->login = db_row_copy(arena, rows, 1);
    out->is_administrator = db_row_integer(rows, 2) != 0;
    out->person = db_row_integer(rows, 3);
    out->name = db_row_copy(arena, rows, 4);
    out->role = role_named(db_row_text(rows, 6));
    if (out->role == ROLE_NONE)
        return;
    visits_take(arena, db_row_text(rows, 7), db_row_text(rows, 8), out);
    out->programme = (struct programme){
        .id = db_row_integer(rows, 9),
        .key = db_row_copy(arena, rows, 10),
        .name = db_row_copy(arena, rows, 11),
        .revision = db_row_integer(rows, 12),
        .link = db_row_copy(arena, rows, 13),
    };
    out->touched = db_row_integer(rows, 14);
    out->looks = db_row_integer(rows, 15);
}

enum err visitor_read(struct db *db, struct arena *arena, const char *token, const char *programme,
                      struct visitor *out) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    struct db_rows rows;
    *out = (struct visitor){.role = ROLE_NONE};
    if (!token)
        return OK;
    session_hash(token, hash);
    db_now(now);
    enum err err = db_query(
        db, SQL_visitor,
        DB_VALUES(db_text(hash), db_text(now), db_text(programme ? programme : "")), &rows);
    if (err)
        return err;
    if (db_next(&rows)) {
        visitor_take(arena, &rows, out);
        out->token = arena_copy(arena, token);
    }
    return db_rows_end(&rows, OK);
}

enum err visitor_read_key(struct db *db, struct arena *arena, const char *key,
                          const char *programme, const char *today, struct visitor *out) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    struct db_rows rows;
    *out = (struct visitor){.role = ROLE_NONE};
    if (!key)
        return OK;
    key_hash(key, hash);
    db_now(now);
    enum err err = db_query(
        db, SQL_key_visitor,
        DB_VALUES(db_text(hash), db_text(now), db_text(programme ? programme : "")), &rows);
    if (!err && db_next(&rows)) {
        visitor_take(arena, &rows, out);
        out->visit_is_due = false; /* a program is no visit of theirs */
        out->key_programme = db_row_integer(&rows, 16);
        out->key_use_is_due = !text_equal(db_row_text(&rows, 17), today);
    }
    return db_rows_end(&rows, err);
}

void visitor_form_token(const struct visitor *visitor, char out[TOKEN_HASH_SIZE]) {
    token_hash(form_purpose, visitor->token, out);
}

enum err visitor_records(struct db *db, struct arena *arena, const struct visitor *visitor,
                         struct names *out) {
    struct db_rows rows;
    *out = (struct names){0};
    enum err err =
        db_query(db, SQL_visitor_records,
                 DB_VALUES(db_integer(visitor->programme.id), db_integer(visitor->person)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list, db_row_copy(arena, &rows, 0));
    return db_rows_end(&rows, err);
}

enum err visitor_programmes(struct db *db, struct arena *arena, const struct visitor *visitor,
                            struct parts_taken *out) {
    struct db_rows rows;
    *out = (struct parts_taken){0};
    enum err err =
        db_query(db, SQL_visitor_programmes, DB_VALUES(db_integer(visitor->person)), &rows);
    while (!err && db_next(&rows)) {
        struct part_taken part = {programme_of_row(arena, &rows),
                                  role_named(db_row_text(&rows, 5))};
        list_add(arena, &out->list, part);
    }
    return db_rows_end(&rows, err);
}

/* ---- sessions ---- */

enum err session_begin(struct db *db, struct arena *arena, const struct session_wish *wish,
                       const char **token) {
    char *fresh = arena_alloc(arena, TOKEN_SIZE);
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE], expires[DB_TIME_SIZE];
    token_new(fresh);
    session_hash(fresh, hash);
    db_now(now);
    if (wish->waits)
        moment_in(SESSION_WAIT_MINUTES * SECONDS_A_MINUTE, expires);
    else
        time_in(SESSION_HOURS, expires);
    *token = fresh;
    enum err err = db_run(db, SQL_session_remove_old, DB_VALUES(db_text(now)));
    if (!err && !wish->waits)
        err = db_run(db, SQL_account_signed_in, DB_VALUES(db_integer(wish->account), db_text(now)));
    return err ? err
               : db_run(db, SQL_session_add,
                        DB_VALUES(db_text(hash), db_integer(wish->account), db_text(now),
                                  db_text(expires), db_text(wish->agent),
                                  db_integer(wish->way == BY_LINK), db_integer(wish->waits)));
}

enum err session_waiting(struct db *db, struct arena *arena, const char *token,
                         struct session_wish *out, const char **login) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    struct db_rows rows;
    *out = (struct session_wish){0};
    *login = NULL;
    if (!token)
        return OK;
    session_hash(token, hash);
    db_now(now);
    enum err err = db_query(db, SQL_session_waiting, DB_VALUES(db_text(hash), db_text(now)), &rows);
    if (!err && db_next(&rows)) {
        out->account = db_row_integer(&rows, 0);
        out->way = db_row_integer(&rows, 1) ? BY_LINK : BY_PASSWORD;
        *login = db_row_copy(arena, &rows, 2);
    }
    return db_rows_end(&rows, err);
}

enum err session_end(struct db *db, const char *token) {
    char hash[TOKEN_HASH_SIZE];
    session_hash(token, hash);
    return db_run(db, SQL_session_remove, DB_VALUES(db_text(hash)));
}

static enum err visit_do(struct db *db, void *context) {
    const struct visitor *visitor = context;
    char now[DB_TIME_SIZE], visit[DB_TIME_SIZE], note[DB_TIME_SIZE];
    db_now(now);
    time_in(-VISIT_HOURS, visit);
    time_in(-NOTE_HOURS, note);
    return db_run(db, SQL_visit_write,
                  DB_VALUES(db_integer(visitor->programme.id), db_integer(visitor->person),
                            db_text(now), db_text(visit), db_text(note)));
}

enum err visit_write(struct db *db, struct visitor *visitor) {
    return db_write(db, visit_do, visitor);
}

/* ---- links ---- */

enum err sign_in_link_new(struct db *db, struct arena *arena, int64_t account, const char **token) {
    char *fresh = arena_alloc(arena, TOKEN_SIZE);
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE], expires[DB_TIME_SIZE];
    token_new(fresh);
    token_hash(link_purpose, fresh, hash);
    db_now(now);
    time_in(LINK_HOURS, expires);
    *token = fresh;
    enum err err = db_run(db, SQL_sign_in_link_remove_old, DB_VALUES(db_text(now)));
    return err ? err
               : db_run(db, SQL_sign_in_link_add,
                        DB_VALUES(db_text(hash), db_integer(account), db_text(expires)));
}

/* Asks for the link that has this token now. */
static enum err link_ask(struct db *db, enum statement statement, const char *token,
                         struct db_rows *rows) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    token_hash(link_purpose, token, hash);
    db_now(now);
    return db_query(db, statement, DB_VALUES(db_text(hash), db_text(now)), rows);
}

enum err sign_in_link_look(struct db *db, struct arena *arena, const char *token,
                           const char **name) {
    struct db_rows rows;
    *name = NULL;
    enum err err = link_ask(db, SQL_sign_in_link_look, token, &rows);
    if (!err && db_next(&rows))
        *name = db_row_copy(arena, &rows, 0);
    return db_rows_end(&rows, err);
}

enum err sign_in_link_spend(struct db *db, const char *token, int64_t *account) {
    struct db_rows rows;
    *account = 0;
    enum err err = link_ask(db, SQL_sign_in_link_spend, token, &rows);
    if (!err && db_next(&rows))
        *account = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}
