/* Links of chains that somebody has kept elsewhere (in minutes, on paper), and whether they are
 * still found where they were. Where one is not, that alone says nothing about how it came: a link
 * of another programme and a backup that was restored look the same as a history made anew. */
#ifndef ITHACA_KEPT_H
#define ITHACA_KEPT_H

#include "store/programme.h"

struct kept_link {
    const char *programme; /* its key; NULL: it was not kept with the link */
    int64_t revision;
    const char *link;
};
struct kept_links {
    LIST(struct kept_link) list;
};

struct kept_verdict {
    struct kept_link kept;
    bool found;          /* as it was */
    const char *message; /* a whole sentence */
};
struct kept_verdicts {
    LIST(struct kept_verdict) list;
    size_t missed; /* how many were not found as they were */
};

/* As it is printed for keeping, and given back later: KEY:REVISION:LINK. */
char *kept_write(struct arena *arena, const struct programme *programme);
/* Takes that, and the same without the key; false if it is neither. */
bool kept_parse(struct arena *arena, const char *text, struct kept_link *out);

/* Looks for one; what is without a key may be of any of `among`. To be called within db_read. */
enum err kept_verify(struct db *db, struct arena *arena, const struct kept_link *kept,
                     const struct programmes *among, struct kept_verdict *out) MUST_CHECK;

#endif
