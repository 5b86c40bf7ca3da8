/* What is written while a meeting goes on, field by field, until it is closed. Two may write at
 * once: what only one of them changed is taken; where both changed the same field, the first stays,
 * and the second is told it, and may then write theirs in its place.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_MEETING_DRAFT_H
#define ITHACA_MEETING_DRAFT_H

#include "base/list.h"
#include "store/programme.h"

struct draft_version {
    const char *field, *value;
    int64_t version;
};
struct meeting_draft {
    int64_t version;                     /* the newest; 0: nothing was written yet */
    LIST(struct draft_version) versions; /* the oldest first */
};
enum err meeting_draft_read(struct db *db, struct arena *arena, const struct programme *programme,
                            int64_t meeting, struct meeting_draft *out) MUST_CHECK;
/* What a field held at a version; "" if nothing. */
const char *meeting_draft_value(const struct meeting_draft *draft, const char *field,
                                int64_t version);

/* Within db_write: what somebody has in a field who had seen the version `base`. Gives what
 * somebody else wrote there since, which is kept instead of it; NULL where there is nothing like
 * that. */
enum err meeting_draft_put(struct db *db, const struct programme *programme, int64_t meeting,
                           const struct meeting_draft *draft, int64_t base, const char *field,
                           const char *value, const char **instead) MUST_CHECK;
/* Within db_write: all of it goes. */
enum err meeting_draft_remove(struct db *db, const struct programme *programme,
                              int64_t meeting) MUST_CHECK;

#endif
