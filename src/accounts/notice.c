#include "accounts/notice.h"
#include "base/text.h"

const struct notice_field notice_fields[NOTICE_FIELDS] = {
    {"controller", "Who is responsible",
     "The organisation that decides why and how these data are used (the controller), and its "
     "address."},
    {"officer", "Whom to ask", "The data protection officer: post, e-mail address, telephone."},
    {"basis", "On what ground",
     "The lawful basis, for example: a task in the public interest, with the law that says so."},
    {"kept", "How long they are kept here",
     "For example: until two years after the programme ends."},
    {"shared", "With whom they are shared",
     "For example: the company that runs the machine, and where it stands."},
    {"more", "What else people should know", NULL},
};

enum { NUMBER, AT, AUTHOR, FIRST, TOKEN = FIRST + NOTICE_FIELDS };

static enum err read_with_token(struct db *db, struct arena *arena, const char *token,
                                struct notices *out, bool *is_known) {
    struct db_rows rows;
    *out = (struct notices){0};
    *is_known = false;
    enum err err = db_query(db, SQL_notices, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        struct notice notice = {.number = db_row_integer(&rows, NUMBER),
                                .at = db_row_copy(arena, &rows, AT),
                                .author = db_row_copy(arena, &rows, AUTHOR)};
        for (int i = 0; i < NOTICE_FIELDS; i++)
            notice.values[i] = db_row_copy(arena, &rows, FIRST + i);
        *is_known = *is_known || (token && text_equal(db_row_text(&rows, TOKEN), token));
        list_add(arena, &out->list, notice);
    }
    return db_rows_end(&rows, err);
}

enum err notices_read(struct db *db, struct arena *arena, struct notices *out) {
    bool is_known;
    return read_with_token(db, arena, NULL, out, &is_known);
}

static bool is_same(const struct notice *a, const struct notice *b) {
    for (size_t i = 0; i < NOTICE_FIELDS; i++)
        if (!text_equal(a->values[i], b->values[i]))
            return false;
    return true;
}

enum err notice_save(struct db *db, struct arena *arena, const struct notice *notice,
                     int64_t account, const char *token, enum notice_saved *out) {
    static const struct notice nothing = {.values = {"", "", "", "", "", ""}};
    struct notices all;
    char now[DB_TIME_SIZE];
    bool is_known;
    enum err err = read_with_token(db, arena, token, &all, &is_known);
    const struct notice *last = all.list.n ? &all.list.items[0] : &nothing;
    *out = is_known || is_same(last, notice) ? NOTICE_SAME
           : last->number != notice->number  ? NOTICE_CONFLICT
                                             : NOTICE_SAVED;
    if (err || *out != NOTICE_SAVED)
        return err;
    db_now(now);
    struct db_rows rows;
    err = db_query(db, SQL_notice_add,
                   DB_VALUES(db_integer(last->number + 1), db_text(now), db_integer(account),
                             db_text(token), db_text(notice->values[0]), db_text(notice->values[1]),
                             db_text(notice->values[2]), db_text(notice->values[3]),
                             db_text(notice->values[4]), db_text(notice->values[5])),
                   &rows);
    if (!err && !db_next(&rows))
        *out = NOTICE_CONFLICT; /* at the same moment */
    return db_rows_end(&rows, err);
}
