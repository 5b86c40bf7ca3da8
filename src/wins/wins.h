/* Milestones that were reached, wins among them. To be called within db_read; everything belongs to
 * the arena. Cost grows with the milestones of the programme, of which there are few. */
#ifndef ITHACA_WINS_H
#define ITHACA_WINS_H

#include "base/date.h"
#include "base/list.h"
#include "store/programme.h"

struct win {
    const struct record *record;
    char day[DAY_SIZE]; /* the first that its Reached can mean; "": not known */
};
struct wins {
    LIST(struct win) list; /* the newest first, those without a day last */
};
enum err wins_read(struct db *db, struct arena *arena, const struct programme *programme,
                   struct wins *out) MUST_CHECK;

#endif
