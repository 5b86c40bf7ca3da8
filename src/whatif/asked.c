#include "whatif/asked.h"
#include "base/text.h"
#include "store/programme.h"

/* ---- asking ---- */

enum err asked_add(struct db *db, int64_t programme, const char *token,
                   const struct asked *question, int64_t *id) {
    struct db_rows rows;
    char now[DB_TIME_SIZE];
    db_now(now);
    enum err err = db_run(db, SQL_whatif_ask,
                          DB_VALUES(db_integer(programme), db_integer(db_id_new()), db_text(token),
                                    db_text(now), db_text(question->person),
                                    db_text(question->person_name), db_text(question->day)));
    if (!err)
        err = db_run(db, SQL_whatif_trim, DB_VALUES(db_integer(programme), db_integer(ASKED_KEPT)));
    if (!err)
        err = db_query(db, SQL_whatif_by_token, DB_VALUES(db_integer(programme), db_text(token)),
                       &rows);
    *id = 0;
    if (err)
        return err;
    if (db_next(&rows))
        *id = db_row_integer(&rows, 0);
    return db_rows_end(&rows, OK);
}

enum err asked_remove(struct db *db, int64_t programme, int64_t id) {
    return db_run(db, SQL_whatif_remove, DB_VALUES(db_integer(programme), db_integer(id)));
}

enum err asked_stop(struct db *db, int64_t programme, int64_t id) {
    return db_run(db, SQL_whatif_give_up,
                  DB_VALUES(db_integer(programme), db_integer(id), db_text("A lead stopped it.")));
}

static struct asked asked_of_row(struct arena *arena, const struct db_rows *rows) {
    return (struct asked){
        .id = db_row_integer(rows, 0),
        .asked_at = db_row_copy(arena, rows, 1),
        .person = db_row_copy(arena, rows, 2),
        .person_name = db_row_copy(arena, rows, 3),
        .day = db_row_copy(arena, rows, 4),
        .revision = db_row_null(rows, 5) ? 0 : db_row_integer(rows, 5),
        .answered_at = db_row_copy(arena, rows, 6),
        .answer = db_row_copy(arena, rows, 7),
        .failed = db_row_copy(arena, rows, 8),
        .done = db_row_null(rows, 9) ? 0 : db_row_integer(rows, 9),
        .done_of = db_row_null(rows, 10) ? 0 : db_row_integer(rows, 10),
    };
}

enum err asked_list(struct db *db, struct arena *arena, int64_t programme, struct all_asked *out) {
    struct db_rows rows;
    *out = (struct all_asked){0};
    enum err err = db_query(db, SQL_whatif_list, DB_VALUES(db_integer(programme)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list, asked_of_row(arena, &rows));
    return db_rows_end(&rows, err);
}

enum err asked_find(struct db *db, struct arena *arena, int64_t programme, int64_t id,
                    struct asked *out) {
    struct db_rows rows;
    *out = (struct asked){0};
    enum err err =
        db_query(db, SQL_whatif_one, DB_VALUES(db_integer(programme), db_integer(id)), &rows);
    if (!err && db_next(&rows))
        *out = asked_of_row(arena, &rows);
    return db_rows_end(&rows, err);
}

/* ---- answering ---- */

enum err asked_waiting(struct db *db, struct arena *arena, struct asked_dues *out) {
    struct db_rows rows;
    *out = (struct asked_dues){0};
    enum err err = db_query(db, SQL_whatif_due, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        struct asked_due due = {.programme = db_row_copy(arena, &rows, 1),
                                .id = db_row_integer(&rows, 2),
                                .person = db_row_copy(arena, &rows, 3)};
        snprintf(due.day, sizeof due.day, "%s", db_row_text(&rows, 4));
        due.job = (struct job){db_row_integer(&rows, 0), ASKED_KIND,
                               arena_format(arena, "%lld", (long long)due.id)};
        list_add(arena, &out->list, due);
    }
    return db_rows_end(&rows, err);
}

struct telling {
    const struct asked_due *due;
    size_t done, of;
    bool goes_on;
};

static enum err progress_write(struct db *db, void *context) {
    struct telling *telling = context;
    const struct asked_due *due = telling->due;
    struct db_rows rows;
    enum err err =
        db_query(db, SQL_whatif_progress,
                 DB_VALUES(db_integer(due->job.programme), db_integer(due->id),
                           db_integer((int64_t)telling->done), db_integer((int64_t)telling->of)),
                 &rows);
    telling->goes_on = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum err asked_progress(struct db *db, const struct asked_due *due, size_t done, size_t of,
                        bool *goes_on) {
    struct telling telling = {due, done, of, false};
    enum err err = db_write(db, progress_write, &telling);
    *goes_on = telling.goes_on;
    return err;
}

struct answering {
    struct arena *arena;
    const struct asked_due *due;
    const struct answer *answer;
};

static enum err failure_write(struct db *db, const struct answering *answering) {
    const struct asked_due *due = answering->due;
    return db_run(db, SQL_whatif_give_up,
                  DB_VALUES(db_integer(due->job.programme), db_integer(due->id),
                            db_text(answering->answer->failed)));
}

static enum err answer_write(struct db *db, void *context) {
    const struct answering *answering = context;
    const struct asked_due *due = answering->due;
    struct programme programme = {.id = due->job.programme};
    char now[DB_TIME_SIZE];
    bool held;
    db_now(now);
    enum err err = programme_lock(db, answering->arena, &programme);
    if (!err)
        err = job_done(db, &due->job, &held);
    if (err || !held)
        return err;
    if (answering->answer->failed)
        return failure_write(db, answering);
    return db_run(db, SQL_whatif_answer,
                  DB_VALUES(db_integer(due->job.programme), db_integer(due->id),
                            db_text(answering->answer->answer),
                            db_integer(answering->answer->revision), db_text(now)));
}

enum err asked_answer(struct db *db, struct arena *arena, const struct asked_due *due,
                      const struct answer *answer) {
    struct answering answering = {arena, due, answer};
    return db_write(db, answer_write, &answering);
}

static enum err give_up(struct db *db, void *context) {
    return failure_write(db, context);
}

enum err asked_give_up(struct db *db, const struct asked_due *due, const char *why) {
    const struct answer answer = {.failed = why};
    struct answering answering = {.due = due, .answer = &answer};
    return db_write(db, give_up, &answering);
}
