/* A programme that begins empty: its name and since when the work goes on, and no record more. Its
 * key is made of its name. To be called within db_write; what is told belongs to the arena. */
#ifndef ITHACA_BEGIN_H
#define ITHACA_BEGIN_H

#include "store/programme.h"

struct beginning {
    const char *name, *started; /* as people write them; `started` may be NULL */
    const char *author, *token; /* sent twice with the same token, it begins once */
};

struct begun {
    const char *key;
    const char *problem; /* for people; NULL: it has begun */
};

/* What is wrong with a name or a time, for people; NULL: nothing is. Either may be NULL. */
const char *begin_name_wrong(const char *name);
const char *begin_started_wrong(const char *started);

enum err programme_begin(struct db *db, struct arena *arena, const struct beginning *wish,
                         struct begun *out) MUST_CHECK;

#endif
