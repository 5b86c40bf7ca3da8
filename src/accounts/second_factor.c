#include "accounts/second_factor.h"
#include "accounts/throttle.h"
#include "base/text.h"
#include "base/token.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char recovery_purpose[] = "recovery";

char *second_factor_trim(struct arena *arena, const char *typed) {
    char *trimmed = text_lower(arena, typed);
    size_t n = 0;
    for (const char *c = trimmed; *c; c++)
        if (*c != ' ' && *c != '-')
            trimmed[n++] = *c;
    trimmed[n] = '\0';
    return trimmed;
}

/* Without letters that look like figures, and the other way round. */
static void recovery_code_new(char out[RECOVERY_CODE_SIZE]) {
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    enum { GROUP = 5 }; /* four and a dash */
    if (sodium_init() < 0)
        abort();
    for (size_t i = 0; i + 1 < RECOVERY_CODE_SIZE; i++)
        out[i] = i % GROUP == GROUP - 1 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
    out[RECOVERY_CODE_SIZE - 1] = '\0';
}

static void recovery_code_hash(struct arena *arena, const char *code, char out[TOKEN_HASH_SIZE]) {
    token_hash(recovery_purpose, second_factor_trim(arena, code), out);
}

enum err second_factor_read(struct db *db, struct arena *arena, int64_t account,
                            struct second_factor *out) {
    struct db_rows rows;
    *out = (struct second_factor){.used_step = -1};
    enum err err = db_query(db, SQL_second_factor, DB_VALUES(db_integer(account)), &rows);
    if (!err && db_next(&rows)) {
        out->secret = db_row_copy(arena, &rows, 0);
        if (!db_row_null(&rows, 1))
            out->used_step = db_row_integer(&rows, 1);
        out->codes_left = db_row_integer(&rows, 2);
        out->taken_at = db_row_copy(arena, &rows, 3);
    }
    return db_rows_end(&rows, err);
}

enum err second_factor_set(struct db *db, struct arena *arena, int64_t account, const char *secret,
                           int64_t step, char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE]) {
    char hash[TOKEN_HASH_SIZE];
    enum err err = second_factor_remove(db, account);
    if (!err)
        err = db_run(db, SQL_second_factor_set,
                     DB_VALUES(db_integer(account), db_text(secret), db_integer(step)));
    for (size_t i = 0; !err && i < RECOVERY_CODES; i++) {
        recovery_code_new(codes[i]);
        recovery_code_hash(arena, codes[i], hash);
        err = db_run(db, SQL_recovery_code_add, DB_VALUES(db_text(hash), db_integer(account)));
    }
    return err;
}

enum err second_factor_remove(struct db *db, int64_t account) {
    enum err err = db_run(db, SQL_second_factor_remove, DB_VALUES(db_integer(account)));
    return err ? err : db_run(db, SQL_recovery_code_remove_all, DB_VALUES(db_integer(account)));
}

enum err second_factor_take(struct db *db, int64_t account) {
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = second_factor_remove(db, account);
    if (!err)
        err = db_run(db, SQL_second_factor_taken, DB_VALUES(db_integer(account), db_text(now)));
    return err ? err : db_run(db, SQL_session_remove_all, DB_VALUES(db_integer(account)));
}

enum err second_factor_told(struct db *db, int64_t account) {
    return db_run(db, SQL_second_factor_told, DB_VALUES(db_integer(account)));
}

/* Whether a statement that gives a row where something was changed gave one. */
static enum err changed(struct db *db, enum statement statement, const struct db_value *values,
                        size_t n, bool *out) {
    struct db_rows rows;
    enum err err = db_query(db, statement, values, n, &rows);
    *out = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum err second_factor_use(struct db *db, struct arena *arena, int64_t account, const char *typed,
                           bool *is_right) {
    const char *code = second_factor_trim(arena, typed);
    struct second_factor factor;
    *is_right = false;
    enum err err = second_factor_read(db, arena, account, &factor);
    if (err || !factor.secret)
        return err;
    if (strlen(code) != TOTP_CODE_SIZE - 1) {
        char hash[TOKEN_HASH_SIZE];
        recovery_code_hash(arena, code, hash);
        return changed(db, SQL_recovery_code_spend, DB_VALUES(db_text(hash), db_integer(account)),
                       is_right);
    }
    int64_t step = totp_step_of(factor.secret, code, totp_step_now(), factor.used_step);
    if (step < 0)
        return OK;
    return changed(db, SQL_second_factor_spend, DB_VALUES(db_integer(account), db_integer(step)),
                   is_right);
}

enum err second_factor_try(struct db *db, struct arena *arena, int64_t account, const char *typed,
                           const char **error, bool *is_tried) {
    struct attempt attempt;
    bool is_right = false;
    *is_tried = true;
    *error = typed ? NULL : "Enter the six figures that your app shows";
    if (!typed)
        return OK;
    const char *who = arena_format(arena, "%lld", (long long)account);
    enum err err = attempt_begin(db, arena, who, "second factor", &attempt);
    if (!err && attempt.minutes) {
        *is_tried = false;
        *error = arena_format(arena, "Too many tries. Try again in %d minute%s", attempt.minutes,
                              attempt.minutes == 1 ? "" : "s");
        return OK;
    }
    if (!err)
        err = second_factor_use(db, arena, account, typed, &is_right);
    if (!err && is_right)
        return attempt_succeeded(db, &attempt);
    *error = "These figures are not right, or were used already. Wait for the next ones";
    return err;
}
