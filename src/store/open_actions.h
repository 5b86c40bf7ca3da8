/* The actions that are still to be done, kept by every save: whose they are, and when they become
 * late. Lists of ten thousand of them are opened as fast as lists of a hundred.
 *
 * An action is open as long as its state says so or nothing, and no day says that it was done.
 * It is late once all that its day can mean is past. Whose: the key of a person, or "". */
#ifndef ITHACA_OPEN_ACTIONS_H
#define ITHACA_OPEN_ACTIONS_H

#include "store/commit.h"

/* "open", "done" or "dropped", of an action's cells by field. */
const char *action_state(const char *const *cells);

/* ---- for whoever writes records; within db_write ---- */

/* Brings what is kept up to date with changes that were just written. */
enum err open_actions_keep(struct db *db, struct arena *arena,
                           const struct commit *commit) MUST_CHECK;
/* The same for one action whose words were replaced. */
enum err open_action_keep(struct db *db, struct arena *arena, int64_t programme,
                          int64_t record_id) MUST_CHECK;
/* After db_migrate, outside a transaction: reads those of programmes that an older Ithaca wrote.
 * Costs nothing where all is kept. */
enum err open_actions_fill(struct db *db, struct arena *arena) MUST_CHECK;

/* ---- for whoever lists them; within db_read, everything belongs to the arena ---- */

struct open_owner {
    const char *key; /* of a person; "": nobody's */
    size_t actions;  /* at least 1 */
};
struct open_owners {
    LIST(struct open_owner) list; /* in no order */
    size_t actions;               /* of all */
};
enum err open_owners_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct open_owners *out) MUST_CHECK;

/* How many are late on that day, counted up to `most`. */
enum err open_actions_late(struct db *db, const struct programme *programme, const char *day,
                           size_t most, size_t *out) MUST_CHECK;

/* Rows of the sheet (cells by field), at most `most` from the number `from`: one person's in the
 * order of the sheet; those that are late, the latest first. */
struct open_rows {
    LIST(const char **) list;
    bool more;
};
enum err open_actions_of(struct db *db, struct arena *arena, const struct programme *programme,
                         const char *owner, size_t from, size_t most,
                         struct open_rows *out) MUST_CHECK;
enum err open_actions_late_rows(struct db *db, struct arena *arena,
                                const struct programme *programme, const char *day, size_t from,
                                size_t most, struct open_rows *out) MUST_CHECK;

/* Who has one, and by when, of all that are somebody's and have a day. */
struct open_day {
    const char *owner, *last_day;
};
struct open_days {
    LIST(struct open_day) list;
};
enum err open_days_read(struct db *db, struct arena *arena, const struct programme *programme,
                        struct open_days *out) MUST_CHECK;

#endif
