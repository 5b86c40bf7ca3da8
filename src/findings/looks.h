/* What somebody could see of a programme's findings at an earlier time: the lead every look, others
 * those that were shared. Neither private findings nor what only the lead has seen so far may be
 * told to others by the way of history.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_LOOKS_H
#define ITHACA_LOOKS_H

#include "findings/findings.h"

/* A look at a programme that somebody could see. */
struct look_point {
    int64_t revision;
    const char *day;
    bool is_ambiguous; /* another look at the same revision, as of the same day, came later */
};
struct look_points {
    LIST(struct look_point) list; /* the oldest first */
};

/* Those that were shared. */
enum err looks_shared(struct db *db, struct arena *arena, const struct programme *programme,
                      struct look_points *out) MUST_CHECK;
/* The newest that could be seen at a time; `unshared` as in shown_read. `out->revision` is 0 if
 * there was none. */
enum err look_before(struct db *db, struct arena *arena, const struct programme *programme,
                     bool unshared, const char *at, struct look_point *out) MUST_CHECK;

/* Whether something that was found at a revision and day had been found by that look already.
 * Where that cannot be told, no. */
bool look_is_after(const struct look_point *look, int64_t revision, const char *day);
/* Whether a finding was there while this period lasted and the look was made. */
bool look_has(const struct look_point *look, const struct finding_period *period);

#endif
