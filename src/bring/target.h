/* What a column of somebody's list may be: a field of the list's kind of record, or something that
 * people keep in one column and we in several. */
#ifndef ITHACA_BRING_TARGET_H
#define ITHACA_BRING_TARGET_H

#include "bring/words.h"

enum target_what {
    TARGET_FIELD,  /* `fields[0]` */
    TARGET_ANY,    /* a record of whichever kind: the one of `fields` that refers to its kind */
    TARGET_GIVEN,  /* half of a name, that is `fields[0]` */
    TARGET_FAMILY, /* the other half */
    TARGET_POST,   /* the post that the person of the row holds */
    TARGET_DAY,    /* the column is a meeting on a day; each cell says who was there */
    TARGET_OUT,    /* left out */
};
enum { TARGET_FIELDS_MAX = 4 };

struct target {
    const char *name;  /* "owner"; "-" is left out */
    const char *words; /* for people: "Owner" */
    enum target_what what;
    int fields[TARGET_FIELDS_MAX], n; /* of the list's kind */
};
struct targets {
    LIST(struct target) list;
};

#define TARGET_LEFT_OUT "-"

/* Those of a list. */
struct targets targets_of(struct arena *arena, const struct word_list *list);
/* NULL if there is none of that name. */
const struct target *target_find(const struct targets *targets, const char *name);

#endif
