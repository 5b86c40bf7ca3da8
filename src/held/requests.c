#include "held/requests.h"
#include "base/names.h"
#include "base/text.h"

const char *const request_what_names[REQUEST_WHATS] = {"access", "correction", "erasure",
                                                       "objection"};
const char *const request_what_words[REQUEST_WHATS] = {
    "To see what is held", "To have something put right", "To be erased",
    "That something is not used any more"};
const char *const request_state_names[REQUEST_STATES] = {"asked", "answered", "refused"};

enum err rights_requests_read(struct db *db, struct arena *arena, int64_t account,
                              struct rights_requests *out) {
    struct db_rows rows;
    *out = (struct rights_requests){0};
    enum err err = db_query(db, SQL_rights_requests, DB_VALUES(db_integer(account)), &rows);
    while (!err && db_next(&rows)) {
        const int what = name_index(request_what_names, REQUEST_WHATS, db_row_text(&rows, 3));
        const int state = name_index(request_state_names, REQUEST_STATES, db_row_text(&rows, 7));
        list_add(
            arena, &out->list,
            (struct rights_request){.id = db_row_integer(&rows, 0),
                                    .account = db_row_integer(&rows, 1),
                                    .who = db_row_copy(arena, &rows, 2),
                                    .what = what < 0 ? ASKS_ACCESS : (enum request_what)what,
                                    .words = db_row_copy(arena, &rows, 4),
                                    .asked_on = db_row_copy(arena, &rows, 5),
                                    .due_on = db_row_copy(arena, &rows, 6),
                                    .state = state < 0 ? REQUEST_ASKED : (enum request_state)state,
                                    .answer = db_row_copy(arena, &rows, 8),
                                    .answered_on = db_row_copy(arena, &rows, 9)});
    }
    return db_rows_end(&rows, err);
}

void month_after(const char *day, char out[DAY_SIZE]) {
    char first[DAY_SIZE], last[DAY_SIZE], following[DAY_SIZE];
    const long month = month_number_of(day);
    month_first(month, first);
    const long days_in = day_number_of(day) - day_number_of(first);
    month_first(month + 1, first);
    month_first(month + 2, following);
    day_add(following, -1, last);
    day_add(first, days_in, out);
    if (strcmp(out, last) > 0)
        memcpy(out, last, DAY_SIZE);
}

enum err rights_request_add(struct db *db, const struct rights_wish *wish) {
    char due[DAY_SIZE];
    month_after(wish->asked_on, due);
    return db_run(db, SQL_rights_request_add,
                  DB_VALUES(db_integer(db_id_new()), db_integer(wish->account), db_text(wish->who),
                            db_text(request_what_names[wish->what]), db_text(wish->words),
                            db_text(wish->asked_on), db_text(due), db_text(wish->token)));
}

enum err rights_request_answer(struct db *db, int64_t id, enum request_state state,
                               const char *answer, const char *today, bool *is_there) {
    struct db_rows rows;
    *is_there = false;
    enum err err = db_query(db, SQL_rights_request_answer,
                            DB_VALUES(db_integer(id), db_text(request_state_names[state]),
                                      db_text(answer), db_text(today)),
                            &rows);
    if (!err)
        *is_there = db_next(&rows);
    return db_rows_end(&rows, err);
}
