/* How somebody's list is laid out: where its headings are, what kind of list it is, what each
 * column is. Headings are known by name, and what stands below them has to fit; what is not
 * known is not guessed. */
#ifndef ITHACA_BRING_LAYOUT_H
#define ITHACA_BRING_LAYOUT_H

#include "bring/target.h"
#include "record/records.h"

/* What somebody has said, or said at another time: "column:action:owner" is "owner". */
struct answer_line {
    const char *name, *value;
};
struct answers {
    LIST(struct answer_line) list;
};
/* NULL: nothing was said. */
const char *answer_of(const struct answers *answers, const char *name);

enum column_how {
    COLUMN_UNKNOWN,
    COLUMN_LIKELY, /* its heading says more than what it is taken for: to be asked */
    COLUMN_BY_NAME,
    COLUMN_SAID, /* by somebody, now or at another time */
};

struct layout_column {
    size_t at;                   /* 0 is A */
    const char *heading;         /* "" if it has none */
    const char *name;            /* of the answer that says what it is */
    const char *example;         /* the first cell below the heading; NULL: the column is empty */
    const struct target *target; /* NULL: not known */
    enum column_how how;
};

struct layout {
    const struct sheets *sheets;  /* of the file */
    const struct sheet *sheet;    /* the one that is taken */
    size_t header;                /* index of the row with the headings among the sheet's */
    const struct word_list *list; /* NULL: nobody can tell */
    struct targets targets;
    LIST(struct layout_column) columns; /* those with a heading or with cells */
    const char *above; /* what stands above the headings, and the names of sheet and file; plain */
};

/* The likeliest layout of the likeliest sheet. Answers "list", "sheet" and
 * "column:..." overrule. */
struct layout layout_find(struct arena *arena, const struct word_lists *lists,
                          const struct sheets *sheets, const struct answers *answers);

/* "C" of 2. */
const char *column_letter(struct arena *arena, size_t at);
/* The cell, or NULL. */
const char *layout_cell(const struct sheet_row *row, size_t at);
/* Whether a cell is a day or a time, in whatever form. */
bool cell_is_time(struct arena *arena, const struct word_lists *lists, const char *cell);

#endif
