/* What the two halves of the .xlsx writer share: the book being written and its looks. Private to
 * the writer of workbooks. */
#ifndef ITHACA_XLSX_OUT_H
#define ITHACA_XLSX_OUT_H

#include "record/records.h"
#include <xlsxwriter.h>

struct xlsx_out {
    struct arena *arena;
    struct problems *problems;
    const char *path;
    const struct records *records;
    lxw_workbook *book;
    struct {
        lxw_format *needed, *one_of, *optional; /* headings; told apart without colours too */
        lxw_format *text, *number;              /* cells */
        lxw_format *title, *label, *words, *link, *command;
    } looks;
};

enum {
    COLOUR_FIRST = 0x2E7D32,  /* tabs to fill in first: the first page calls them green */
    COLOUR_LATER = 0x9E9E9E,  /* the others: grey */
    COLOUR_README = 0x1F4E79, /* dark blue */
};

/* How high a row must be, in points, for `text` in a column so wide. Excel works that out by itself
 * where nobody has said; LibreOffice does not. */
double xlsx_row_height(const char *text, double column_width);

/* The first page. */
void xlsx_readme_write(struct xlsx_out *out);

#endif
