#include "mail/mail.h"
#include "base/names.h"
#include "base/token.h"
#include <string.h>
#include <time.h>

const char *const mail_kind_names[MAIL_KINDS] = {"invitation", "reset", "reminder", "meeting"};
const char mail_stop_purpose[] = "mail-stop";
const char *const mail_choice_names[MAIL_CHOICES] = {"never", "weekly", "daily"};

static void hour_ago(char out[DB_TIME_SIZE]) {
    enum { HOUR = 3600 };
    db_time_write(((int64_t)time(NULL) - HOUR) * 1000, out);
}

enum err mail_add(struct db *db, const struct mail *mail) {
    enum { MINUTE = sizeof "2026-06-30T12:00" };
    char now[DB_TIME_SIZE], minute[MINUTE] = "";
    db_now(now);
    memcpy(minute, now, MINUTE - 1);
    return db_run(db, SQL_mail_add,
                  DB_VALUES(db_integer(db_id_new()), db_integer(mail->account),
                            db_text(mail_kind_names[mail->kind]),
                            db_text(mail->what ? mail->what : minute), db_text(mail->subject),
                            db_text(mail->words), db_text(now), db_text(mail->calendar),
                            db_text(mail->calendar_method)));
}

enum err mail_count_lately(struct db *db, int64_t account, enum mail_kind kind, size_t *out) {
    struct db_rows rows;
    char since[DB_TIME_SIZE];
    hour_ago(since);
    *out = 0;
    enum err err = db_query(
        db, SQL_mail_count_since,
        DB_VALUES(db_integer(account), db_text(mail_kind_names[kind]), db_text(since)), &rows);
    if (!err && db_next(&rows))
        *out = (size_t)db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

/* ---- for whoever looks after the site ---- */

static enum err given_up_read(struct db *db, struct arena *arena, struct mail_state *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_mail_given_up, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->given_up,
                 (struct mail_given_up){.id = db_row_integer(&rows, 0),
                                        .name = db_row_copy(arena, &rows, 1),
                                        .kind = db_row_copy(arena, &rows, 2),
                                        .at = db_row_copy(arena, &rows, 3),
                                        .said = db_row_copy(arena, &rows, 4)});
    return db_rows_end(&rows, err);
}

enum err mail_state_read(struct db *db, struct arena *arena, struct mail_state *out) {
    struct db_rows rows;
    *out = (struct mail_state){0};
    enum err err = db_query(db, SQL_mail_state, DB_NO_VALUES, &rows);
    if (!err && db_next(&rows)) {
        out->waiting = db_row_integer(&rows, 0);
        out->oldest = db_row_copy(arena, &rows, 1);
        out->sent = db_row_integer(&rows, 2);
    }
    err = db_rows_end(&rows, err);
    if (!err)
        err = db_query(db, SQL_mail_said, DB_NO_VALUES, &rows);
    if (err)
        return err;
    if (db_next(&rows))
        out->said = db_row_copy(arena, &rows, 0);
    err = db_rows_end(&rows, OK);
    return err ? err : given_up_read(db, arena, out);
}

enum err mail_try_again(struct db *db, int64_t id) {
    char now[DB_TIME_SIZE];
    db_now(now);
    return db_run(db, SQL_mail_try_again, DB_VALUES(db_integer(id), db_text(now)));
}

/* ---- what somebody wants ---- */

enum err mail_choice_read(struct db *db, int64_t account, enum mail_choice *out) {
    struct db_rows rows;
    *out = MAIL_WEEKLY;
    enum err err = db_query(db, SQL_mail_choice, DB_VALUES(db_integer(account)), &rows);
    if (!err && db_next(&rows)) {
        int found = name_index(mail_choice_names, MAIL_CHOICES, db_row_text(&rows, 0));
        if (found >= 0)
            *out = (enum mail_choice)found;
    }
    return db_rows_end(&rows, err);
}

enum err mail_choice_write(struct db *db, int64_t account, enum mail_choice choice) {
    return db_run(db, SQL_mail_choice_set,
                  DB_VALUES(db_integer(account), db_text(mail_choice_names[choice])));
}

enum err mail_meetings_read(struct db *db, int64_t account, bool *out) {
    struct db_rows rows;
    *out = true;
    enum err err = db_query(db, SQL_mail_meetings, DB_VALUES(db_integer(account)), &rows);
    if (!err && db_next(&rows))
        *out = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

enum err mail_meetings_write(struct db *db, int64_t account, bool wanted) {
    return db_run(db, SQL_mail_meetings_set,
                  DB_VALUES(db_integer(account), db_text(mail_choice_names[MAIL_WEEKLY]),
                            db_integer(wanted)));
}

enum err mail_stop_find(struct db *db, const char *token, int64_t *account, enum mail_kind *kind) {
    struct db_rows rows;
    char hash[TOKEN_HASH_SIZE];
    token_hash(mail_stop_purpose, token, hash);
    *account = 0;
    *kind = MAIL_REMINDER;
    enum err err = db_query(db, SQL_mail_stop_find, DB_VALUES(db_text(hash)), &rows);
    if (!err && db_next(&rows)) {
        *account = db_row_integer(&rows, 0);
        if (name_index(mail_kind_names, MAIL_KINDS, db_row_text(&rows, 1)) == MAIL_MEETING)
            *kind = MAIL_MEETING;
    }
    return db_rows_end(&rows, err);
}
