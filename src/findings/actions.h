/* Actions that people made of findings. An action is a record like any other; what is kept besides
 * is only of which finding it was made.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_FINDINGS_ACTIONS_H
#define ITHACA_FINDINGS_ACTIONS_H

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

/* What somebody promises to do about a finding. */
struct action_wish {
    const char *title, *owner, *due; /* the last two may be NULL */
    const char *today, *author, *token;
};
struct action_made {
    bool is_made;                                      /* now, or before with the same token */
    const char *title_error, *owner_error, *due_error; /* what stood in the way; or NULL */
};
/* Within db_write: adds the action to the records, and gives the finding to its owner; without one
 * the finding is accepted. */
enum err finding_action_make(struct db *db, struct arena *arena, const struct programme *programme,
                             const struct kept_finding *finding, const struct action_wish *wish,
                             struct action_made *out) MUST_CHECK;

#endif
