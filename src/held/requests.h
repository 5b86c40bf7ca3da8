/* What people ask for who have a right to it: to see what is held about them, to have it put right
 * or erased, or that it is not used. They ask themselves, or by letter, which whoever looks after
 * the site writes down. It is due a month later (GDPR, article 12). What is done about it stays
 * with whoever looks after the site: nothing is erased because somebody asked.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_HELD_REQUESTS_H
#define ITHACA_HELD_REQUESTS_H

#include "base/date.h"
#include "base/list.h"
#include "db/db.h"

enum { REQUEST_WORDS_MOST = 5000, REQUEST_WHO_MOST = 200 /* bytes */ };

enum request_what { ASKS_ACCESS, ASKS_CORRECTION, ASKS_ERASURE, ASKS_OBJECTION, REQUEST_WHATS };
extern const char *const request_what_names[REQUEST_WHATS]; /* as they are kept */
extern const char *const request_what_words[REQUEST_WHATS]; /* "To have something put right" */

enum request_state { REQUEST_ASKED, REQUEST_ANSWERED, REQUEST_REFUSED, REQUEST_STATES };
extern const char *const request_state_names[REQUEST_STATES];

struct rights_request {
    int64_t id;
    int64_t account; /* 0: by letter, or the account is gone */
    const char *who; /* as they were called then; "" if they were erased since */
    enum request_what what;
    const char *words, *asked_on, *due_on;
    enum request_state state;
    const char *answer, *answered_on; /* "" and NULL: not yet */
};
struct rights_requests {
    LIST(struct rights_request) list; /* those that wait, by when they are due; then the newest */
};

/* Of an account; 0: all. */
enum err rights_requests_read(struct db *db, struct arena *arena, int64_t account,
                              struct rights_requests *out) MUST_CHECK;

struct rights_wish {
    int64_t account; /* 0: by letter */
    const char *who, *words, *token;
    enum request_what what;
    const char *asked_on; /* a day */
};
/* One that came with the same token before is there already: nothing is done. */
enum err rights_request_add(struct db *db, const struct rights_wish *wish) MUST_CHECK;

/* `is_there` is false where it was answered before, or there is none. */
enum err rights_request_answer(struct db *db, int64_t id, enum request_state state,
                               const char *answer, const char *today, bool *is_there) MUST_CHECK;

/* The same day of the next month; its last day, if that month is shorter. */
void month_after(const char *day, char out[DAY_SIZE]);

#endif
