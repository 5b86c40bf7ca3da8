/* The calendar that somebody subscribes to with Outlook, Google or Apple: a secret address for each
 * account, and what is in it. Whoever has the address may read it, so it holds no more than titles,
 * days and places: nothing that is personal, and nothing of a finding.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_CALENDAR_H
#define ITHACA_CALENDAR_H

#include "accounts/visitor.h"
#include "base/date.h"

/* ---- the address ---- */

/* Another address for the account; the one before ends. Its secret is told only now. */
enum err calendar_address_new(struct db *db, int64_t account, char secret[TOKEN_SIZE]) MUST_CHECK;
enum err calendar_address_end(struct db *db, int64_t account) MUST_CHECK;
/* Since when there is one; NULL: there is none. */
enum err calendar_address_since(struct db *db, struct arena *arena, int64_t account,
                                const char **since) MUST_CHECK;
/* Whose it is; `account` is 0 if it is nobody's, or not any more. */
enum err calendar_address_find(struct db *db, const char *secret, int64_t *account,
                               int64_t *person) MUST_CHECK;

/* ---- what is in it ---- */

enum { CALENDAR_DAYS_BACK = 92, CALENDAR_DAYS_AHEAD = 548, CALENDAR_MOST = 1000 };

struct calendar_event {
    enum { CALENDAR_MEETING, CALENDAR_ACTION } what;
    struct programme programme;
    const char *key, *summary, *place; /* the place may be NULL */
    char day[DAY_SIZE];
    char starts[CLOCK_SIZE], ends[CLOCK_SIZE]; /* "" where no time of day is known */
    bool is_cancelled;
    int64_t record, revision; /* the record's own id; of its last change */
    const char *changed_at;   /* UTC */
};
struct calendar {
    LIST(struct calendar_event) list; /* by day; the first CALENDAR_MOST */
    const char *name;                 /* of the programme, if there is only one */
};

/* Of all programmes in which the person takes part: meetings of the teams in which they sit on that
 * day, or that they lead (all meetings, for a lead of the programme), and what they are still to
 * do. A meeting of which only the month is known is left out; of what is due then, the last day
 * counts. From three months ago to eighteen months ahead. */
enum err calendar_read(struct db *db, struct arena *arena, int64_t person, const char *today,
                       struct calendar *out) MUST_CHECK;

#endif
