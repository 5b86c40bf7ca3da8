/* What stands in a programme's records for today: the next meeting, the last win, what somebody is
 * to do. To be called within db_read; everything belongs to the arena. */
#ifndef ITHACA_AGENDA_H
#define ITHACA_AGENDA_H

#include "base/names.h"
#include "store/programme.h"

struct agenda_action {
    const char *key, *title, *due; /* `due` as it was written down; NULL if nothing was */
    bool is_late;
};

struct agenda {
    const char *meeting_day, *meeting_team; /* NULL: none is known */
    const char *win, *win_day;              /* NULL: none is known */
    LIST(struct agenda_action) actions;
};

/* `people`: the keys on the sheet People by which the reader stands there. */
enum err agenda_read(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *today, const struct names *people, struct agenda *out) MUST_CHECK;

#endif
