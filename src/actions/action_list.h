/* What is still to be done in a programme, for lists. To be called within db_read; everything
 * belongs to the arena. Cost grows with the actions that are not done, not with those that are. */
#ifndef ITHACA_ACTION_LIST_H
#define ITHACA_ACTION_LIST_H

#include "base/list.h"
#include "record/records.h"
#include "store/programme.h"

struct listed_action {
    const char *key, *title;
    const char *owner, *team, *due; /* keys; `due` as it was written down; or NULL */
    const char *state;              /* "open", "done", "dropped" */
    bool is_late;                   /* open, and its day is past */
};
struct listed_actions {
    LIST(struct listed_action) list; /* in the order of the sheet */
};

enum err actions_open_read(struct db *db, struct arena *arena, const struct programme *programme,
                           const char *today, struct listed_actions *out) MUST_CHECK;
/* An action of which all fields are known, done or not. */
struct listed_action listed_action_of(const char *const *cells, const char *today);

#endif
