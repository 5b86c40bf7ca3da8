/* Whom or what a text names, among the records that a programme has. */
#ifndef ITHACA_BRING_MATCH_H
#define ITHACA_BRING_MATCH_H

#include "base/names.h"
#include "record/records.h"

struct match {
    bool is_sure; /* there is one, and it is written out: the words in any order, or its key */
    LIST(const struct record *) list; /* which it may be, the likeliest first */
};

/* The records of a kind by what people call them. */
struct match_names;
struct match_names *match_names_of(struct arena *arena, const struct records *records,
                                   const struct kind *kind);

/* Initials, single names, slips of the pen are never sure. */
struct match match_find(struct arena *arena, const struct match_names *names, const char *text);

/* The first that is called just so, but for accents and capitals; or NULL. */
const struct record *match_same(struct arena *arena, const struct match_names *names,
                                const char *text);

/* Whether a person may be called so: two words at least that are no initials. */
bool match_is_whole_name(struct arena *arena, const char *text);

/* Two names in one text, "A / B", "A and B": its parts; one if it is not parted. */
struct names match_parts(struct arena *arena, const char *text);

/* The field by which people call records of the kind, -1 if there is none. */
int match_name_field(const struct kind *kind);

#endif
