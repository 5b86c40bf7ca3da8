/* A record's versions: how it read at each time, who wrote it so, and when it was taken out; and
 * what was taken out of a kind. Which record it is, its kind and key say: what was taken out and
 * written down again is one history.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_PAST_H
#define ITHACA_PAST_H

#include "store/programme.h"

/* Who saved, and when. */
struct past_moment {
    int64_t revision;            /* 0: it has not come */
    const char *at;              /* UTC */
    const char *author, *reason; /* NULL: nobody said, or erased */
};

struct past_version {
    const char *key;
    struct past_moment began, ended; /* the latter, from when it read otherwise or was not there */
    const char **cells;              /* by field of the kind, NULL where empty */
    bool is_erased;                  /* words of it were replaced, since somebody was erased */
};

struct past {
    LIST(struct past_version) list; /* the newest first */
    bool more;
};

enum { PAST_MOST = 200 };

/* At most PAST_MOST versions, the newest, and whether there are more. ERR_INPUT with a message if
 * one was damaged. */
enum err past_read(struct db *db, struct arena *arena, const struct programme *programme,
                   const struct kind *kind, const char *key, struct past *out) MUST_CHECK;

/* The records of a kind that were taken out and are not there, the last version of each, what went
 * last first: at most `most` of them from the number `from`. How many there are: store/counts.h. */
enum err past_gone(struct db *db, struct arena *arena, const struct programme *programme,
                   const struct kind *kind, size_t from, size_t most, struct past *out) MUST_CHECK;

#endif
