/* Somebody's own list, as what would change in a programme's records: which column is what, what
 * has to be asked, which records are added or changed.
 *
 * Nothing is guessed in silence: what is taken otherwise than it is written is a doubt that is
 * shown with what it is taken for; what may be one thing or another must be answered first. The
 * plan is made anew with each answer, from the file and the records as they are then. Everything
 * belongs to the arena handed in. */
#ifndef ITHACA_BRING_PLAN_H
#define ITHACA_BRING_PLAN_H

#include "bring/layout.h"

struct bring_choice {
    const char *value, *words;
};

struct bring_doubt {
    const char *name;     /* of its answer */
    const char *text;     /* as it stands in the file; NULL where it is not about one text */
    const char *question; /* "Who is this?" */
    const char *column;   /* its heading, or NULL */
    bool must;            /* be answered; otherwise it is taken for `suggested` */
    bool can_type;        /* an answer "=words" is taken too */
    bool is_kept;         /* the answer holds for the next file, too */
    LIST(struct bring_choice) choices;
    const char *suggested;     /* one of the choices, or NULL */
    const char *answer;        /* what it is taken for; NULL: not answered yet */
    LIST(const char *) places; /* "C6" */
};

/* A record as it would be. */
struct planned {
    const struct kind *kind;
    const char *key; /* a new one's is made up, if its kind has keys; NULL otherwise */
    const char *id;  /* of the record that is there; NULL: it is added */
    const char **cells;
    unsigned row;
};

struct plan_remark {
    unsigned row; /* 0: of the whole list */
    const char *words;
};

struct plan {
    struct layout layout; /* `list` NULL: it is not known what this is; nothing else is said then */
    LIST(struct bring_doubt *) doubts;
    size_t asked; /* that must be answered and are not */
    LIST(struct plan_remark) remarks;
    LIST(struct planned) records; /* what others refer to comes first */
    size_t rows;                  /* that were read */
};

struct plan_wish {
    const struct word_lists *lists;
    const struct sheets *sheets;
    const struct records *records; /* of the programme */
    const struct answers *answers;
};
struct plan plan_make(struct arena *arena, const struct plan_wish *wish);

#endif
