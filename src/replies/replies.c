#include "replies/replies.h"
#include "base/text.h"
#include "store/stored.h"

const char *const reply_names[REPLY_KINDS] = {"yes",  "no",        "another date", "something else",
                                              "done", "in the way"};
const char *const reply_titles[REPLY_KINDS] = {
    "Yes", "No", "Another date", "Something else", "It is done", "Something stands in the way"};

enum column {
    ID,
    WHAT,
    WORDS,
    PERSON,
    AUTHOR,
    AT,
    TAKEN_UP_AT,
    TAKEN_UP_BY,
    TAKEN_UP_WORDS,
    ABOUT,
    ACTION,
    CONTENT
};

static void reply_take(struct arena *arena, const struct db_rows *rows, struct replies *out) {
    int what = name_index(reply_names, REPLY_KINDS, db_row_text(rows, WHAT));
    if (what < 0)
        return;
    list_add(arena, &out->list,
             (struct reply){
                 .id = db_row_integer(rows, ID),
                 .what = (enum reply_kind)what,
                 .words = db_row_copy(arena, rows, WORDS),
                 .person = db_row_copy(arena, rows, PERSON),
                 .author = db_row_copy(arena, rows, AUTHOR),
                 .at = db_row_copy(arena, rows, AT),
                 .taken_up_at = db_row_copy(arena, rows, TAKEN_UP_AT),
                 .taken_up_by = db_row_copy(arena, rows, TAKEN_UP_BY),
                 .taken_up_words = db_row_copy(arena, rows, TAKEN_UP_WORDS),
                 .finding = db_row_copy(arena, rows, ABOUT),
                 .action = db_row_copy(arena, rows, ACTION),
                 .title = db_row_null(rows, CONTENT)
                              ? NULL
                              : stored_value(arena, kind_find("action"), db_row_text(rows, CONTENT),
                                             "title"),
             });
}

static enum err replies_take(struct arena *arena, struct db_rows *rows, struct replies *out) {
    while (db_next(rows))
        reply_take(arena, rows, out);
    return db_rows_end(rows, OK);
}

struct replies replies_by(struct arena *arena, const struct replies *replies,
                          const struct names *people) {
    struct replies out = {0};
    for (size_t i = 0; i < replies->list.n; i++)
        if (names_contain(people, replies->list.items[i].person))
            list_add(arena, &out.list, replies->list.items[i]);
    return out;
}

bool reply_waits(const struct reply *reply) {
    return !reply->taken_up_at && reply->what != REPLY_DONE;
}

/* About a finding, or an action's record, or the one of that id; 0: none. */
static enum err replies_about(struct db *db, struct arena *arena, const struct programme *programme,
                              int64_t finding, int64_t record, int64_t id, struct replies *out) {
    struct db_rows rows;
    *out = (struct replies){0};
    enum err err = db_query(db, SQL_replies_about,
                            DB_VALUES(db_integer(programme->id), db_integer(finding),
                                      db_integer(record), db_integer(id)),
                            &rows);
    return err ? err : replies_take(arena, &rows, out);
}

enum err replies_of_finding(struct db *db, struct arena *arena, const struct programme *programme,
                            int64_t finding, struct replies *out) {
    return replies_about(db, arena, programme, finding, 0, 0, out);
}

enum err replies_of_action(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, struct replies *out) {
    return replies_about(db, arena, programme, 0, record, 0, out);
}

enum err reply_read(struct db *db, struct arena *arena, const struct programme *programme,
                    int64_t id, struct reply *out, bool *found) {
    struct replies all;
    enum err err = replies_about(db, arena, programme, 0, 0, id, &all);
    *found = !err && all.list.n;
    if (*found)
        *out = all.list.items[0];
    return err;
}

enum err replies_new(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *since, struct replies *out) {
    struct db_rows rows;
    *out = (struct replies){0};
    enum err err =
        db_query(db, SQL_replies_new, DB_VALUES(db_integer(programme->id), db_text(since)), &rows);
    return err ? err : replies_take(arena, &rows, out);
}

/* ---- writing ---- */

static enum err reply_known(struct db *db, const struct programme *programme,
                            const struct reply_wish *wish, bool *known) {
    struct db_rows rows;
    *known = false;
    if (!wish->token)
        return OK;
    enum err err = db_query(db, SQL_reply_known,
                            DB_VALUES(db_integer(programme->id), db_text(wish->token),
                                      db_text(reply_names[wish->what]), db_text(wish->words)),
                            &rows);
    *known = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

static enum err reply_count(struct db *db, const struct programme *programme,
                            const struct reply_wish *wish, int64_t *count) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_reply_count,
                            DB_VALUES(db_integer(programme->id), db_integer(wish->finding),
                                      db_integer(wish->record), db_text(wish->person)),
                            &rows);
    *count = !err && db_next(&rows) ? db_row_integer(&rows, 0) : 0;
    return db_rows_end(&rows, err);
}

enum err reply_keep(struct db *db, struct arena *arena, const struct programme *programme,
                    const struct reply_wish *wish, bool *kept) {
    struct programme locked = *programme;
    int64_t count = 0;
    bool is_known = false;
    char now[DB_TIME_SIZE];
    enum err err = programme_lock(db, arena, &locked);
    if (!err)
        err = reply_known(db, programme, wish, &is_known);
    if (!err)
        err = reply_count(db, programme, wish, &count);
    *kept = is_known || wish->what == REPLY_DONE || count < REPLIES_MOST;
    if (err || is_known || !*kept)
        return err;
    db_now(now);
    return db_run(db, SQL_reply_add,
                  DB_VALUES(db_integer(programme->id), db_integer(db_id_new()),
                            wish->finding ? db_integer(wish->finding) : db_text(NULL),
                            wish->record ? db_integer(wish->record) : db_text(NULL),
                            db_text(reply_names[wish->what]), db_text(wish->words),
                            db_text(wish->person), db_text(wish->author), db_text(now),
                            db_text(wish->token)));
}

enum err reply_take_up(struct db *db, const struct programme *programme, int64_t id,
                       const char *author, const char *words, bool *is_so) {
    char now[DB_TIME_SIZE];
    struct db_rows rows;
    db_now(now);
    enum err err = programme_touch(db, programme->id);
    if (!err)
        err = db_run(db, SQL_reply_take_up,
                     DB_VALUES(db_integer(programme->id), db_integer(id), db_text(now),
                               db_text(author), db_text(words)));
    if (!err)
        err = db_query(
            db, SQL_reply_taken_up,
            DB_VALUES(db_integer(programme->id), db_integer(id), db_text(author), db_text(words)),
            &rows);
    if (err)
        return err;
    *is_so = db_next(&rows);
    return db_rows_end(&rows, OK);
}
