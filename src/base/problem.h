/* What is wrong with something that a person gave us, gathered so that all of it can be said at
 * once: where it is, what is wrong, what would be right. Beside it, remarks: what was taken, but
 * otherwise than somebody might think. */
#ifndef ITHACA_PROBLEM_H
#define ITHACA_PROBLEM_H

#include "base/list.h"
#include <stdio.h>

/* Parts of the place that do not apply are NULL or 0. */
struct place {
    const char *file;   /* as the person named it */
    const char *sheet;  /* "Decision rights" */
    unsigned row;       /* as the spreadsheet counts: the first row is 1; a line, in a text file */
    const char *column; /* heading of the column */
    unsigned column_number; /* 1 is A */
};

struct problem {
    struct place place;
    const char *message; /* what is wrong and what would be right: whole sentences */
};

struct problems {
    struct arena *arena;
    LIST(struct problem) list;
    LIST(struct problem) remarks; /* nothing to mend: nobody is refused for them */
};

struct problems problems_new(struct arena *arena);
void problem_add(struct problems *problems, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Adds a remark, unless the same has been said of the same place. */
void remark_add(struct problems *problems, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Prints at most `most` of them, one paragraph each, and how many more there are. */
void problems_print(FILE *out, const struct problems *problems, size_t most);
/* The remarks in the same way, under a heading; nothing if there are none. */
void remarks_print(FILE *out, const struct problems *problems, size_t most);

#endif
