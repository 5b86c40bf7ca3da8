/* What ends when something comes to an end: "what if she leaves?" on the records.
 *
 * When a person leaves, so end the person's hold of posts, seats and relationships; when a post is
 * given up, its holders, seats and lines; when an organisation goes, its posts and people with all
 * that follows. A seat given to a person and to a post goes on with the post. The kinds say so
 * themselves (ENDS_WITH in kind.h). What is left without a carrier (a promise, a message route, a
 * right to decide) stays as it is: that it hangs in the air is what people want to see. */
#ifndef ITHACA_ENDING_H
#define ITHACA_ENDING_H

#include "base/date.h"
#include "record/records.h"

struct record_set {
    LIST(const struct record *) list;
};

/* The records as they would be if these came to an end on the day before `day`. What does not
 * change is shared with `records`, which must stay valid; records_find still gives each record as
 * it was, which has the same id and name. */
struct records records_ending(struct arena *arena, const struct records *records,
                              const struct record_set *ending, const char *day);

#endif
