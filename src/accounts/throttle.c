#include "accounts/throttle.h"
#include "accounts/moment.h"
#include "base/text.h"

static const char attempt_purpose[] = "attempt";

/* The same for "Jo" and "jo ", since such a slip is no other name. */
static void attempt_hash(struct arena *arena, const char *who, const char *from,
                         char out[TOKEN_HASH_SIZE]) {
    const char *name = text_lower(arena, text_trim(arena, who));
    token_hash(attempt_purpose, arena_format(arena, "%s\n%s", from, name), out);
}

/* Until fewer than the allowed failures are young enough to count. */
static enum err minutes_read(struct db *db, struct attempt *attempt) {
    struct db_rows rows;
    int failures = 0;
    enum err err = db_query(db, SQL_sign_in_failures, DB_VALUES(db_text(attempt->hash)), &rows);
    while (!err && db_next(&rows)) {
        long left = THROTTLE_MINUTES * SECONDS_A_MINUTE - moment_since(db_row_text(&rows, 0));
        if (++failures == THROTTLE_FAILURES && left > 0)
            attempt->minutes = (int)((left + SECONDS_A_MINUTE - 1) / SECONDS_A_MINUTE);
    }
    return db_rows_end(&rows, err);
}

enum err attempt_begin(struct db *db, struct arena *arena, const char *who, const char *from,
                       struct attempt *out) {
    char now[DB_TIME_SIZE], old[DB_TIME_SIZE];
    *out = (struct attempt){.id = db_id_random()};
    attempt_hash(arena, who, from, out->hash);
    db_now(now);
    moment_in(-THROTTLE_MINUTES * SECONDS_A_MINUTE, old);
    enum err err = db_run(db, SQL_sign_in_failure_remove_old, DB_VALUES(db_text(old)));
    if (!err)
        err = minutes_read(db, out);
    if (err || out->minutes)
        return err;
    return db_run(db, SQL_sign_in_failure_add,
                  DB_VALUES(db_integer(out->id), db_text(out->hash), db_text(now)));
}

enum err attempt_succeeded(struct db *db, const struct attempt *attempt) {
    return db_run(db, SQL_sign_in_failure_remove_all, DB_VALUES(db_text(attempt->hash)));
}

enum err attempts_forget(struct db *db, struct arena *arena, const char *who, const char *from) {
    struct attempt attempt = {0};
    attempt_hash(arena, who, from, attempt.hash);
    return attempt_succeeded(db, &attempt);
}

enum err attempt_take_back(struct db *db, const struct attempt *attempt) {
    return db_run(db, SQL_sign_in_failure_remove, DB_VALUES(db_integer(attempt->id)));
}
