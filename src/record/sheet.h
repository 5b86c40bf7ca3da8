/* Sheets of cells, as they stand in a file, before anyone has asked what they mean.
 *
 * The workbook readers fill these in; record/records.h makes records of them. The cells belong to
 * the arena that the reader was handed. */
#ifndef ITHACA_SHEET_H
#define ITHACA_SHEET_H

#include "base/list.h"
#include <stdbool.h>

enum { CELL_MAX = 32767 }; /* bytes in a cell; Excel's own limit, in characters */

struct sheet_row {
    unsigned number;    /* as the spreadsheet counts: the first row is 1; a line, in a text file */
    const char **cells; /* from column A on; an empty cell is NULL */
    size_t n;
};

struct sheet {
    const char *file;            /* what to call the file in a message */
    const char *name;            /* "Decision rights", or a file's name without its ending */
    LIST(struct sheet_row) rows; /* rows in which no cell is filled in are left out */
};

struct sheets {
    const char *path; /* the workbook, as the person named it */
    bool may_be_bare; /* of a programme that is kept: one that has only begun holds nothing yet */
    LIST(struct sheet) list;
};

/* People keep sums and remarks of their own on sheets with such names ("Read me", "Lists", "Notes",
 * "_..."). They are passed over: nothing on them stops a file from being read. */
bool sheet_is_private(struct arena *arena, const char *name);
/* Whether a reader of workbooks takes it in: all but private ones, and of those the one that says
 * where the workbook came from (record/origin.h). */
bool sheet_is_read(struct arena *arena, const char *name);

#endif
