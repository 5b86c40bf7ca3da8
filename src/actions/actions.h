/* Actions that people made of findings. An action is a record like any other; what is kept besides
 * is only of which finding it was made.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_ACTIONS_H
#define ITHACA_ACTIONS_H

#include "findings/findings.h"

struct finding_action {
    const char *key, *title;
    const char *owner, *due, *done; /* the key of a person; times as written down; or NULL */
    const char *state;              /* "open", "done", "dropped" */
};
struct finding_actions {
    LIST(struct finding_action) list; /* the oldest first */
};

enum err finding_actions_read(struct db *db, struct arena *arena, const struct programme *programme,
                              int64_t finding, struct finding_actions *out) MUST_CHECK;
/* The finding from which the action with this record was made; NULL: from none. */
enum err finding_of_action(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, const char **identity) MUST_CHECK;

/* Since when an action is its owner's, and by whose hand. */
struct action_given {
    const char *author, *at; /* who saved that, NULL once erased; UTC, NULL: not known */
    bool is_first;           /* it was theirs when it was written down first */
};
/* `record` is the id of the action's record. */
enum err action_given_read(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, const char *owner, struct action_given *out) MUST_CHECK;

/* What somebody is to do about a finding. */
struct action_wish {
    const char *title, *owner, *due; /* the last two may be NULL */
    bool gives_whole;                /* the finding is given to the owner, too */
    const char *today, *author, *token;
};
struct action_made {
    bool is_made;                                      /* now, or before with the same token */
    const char *title_error, *owner_error, *due_error; /* what stood in the way; or NULL */
};
/* Within db_write: adds the action to the records. The finding is given to its owner where that is
 * wished; otherwise it is accepted, unless somebody has it already. */
enum err finding_action_make(struct db *db, struct arena *arena, const struct programme *programme,
                             const struct kept_finding *finding, const struct action_wish *wish,
                             struct action_made *out) MUST_CHECK;

#endif
