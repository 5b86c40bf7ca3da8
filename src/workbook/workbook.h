/* Workbooks: files and folders that hold a programme's records, one sheet per kind.
 *
 * Three forms hold the same: an .xlsx file; a folder of .csv files; and one text file (.sheets) in
 * which every sheet follows a line with its name in square brackets and lines that begin with # are
 * comments, which is handy for small examples and is only read. Nothing here knows what a sheet
 * means. */
#ifndef ITHACA_WORKBOOK_H
#define ITHACA_WORKBOOK_H

#include "base/problem.h"
#include "record/sheet.h"

struct records;

enum {
    FILE_MAX = 64 * 1024 * 1024, /* bytes in one file, unpacked */
    ROWS_MAX = 200000,           /* rows in one sheet */
    COLUMNS_MAX = 256,           /* columns in one sheet */
};

/* Reads whatever form `path` has. On failure the problems say where and why; all that could be
 * found is said at once. */
enum err workbook_read(struct arena *arena, const char *path, struct sheets *out,
                       struct problems *problems) MUST_CHECK;

/* The readers of one form each. */
enum err csv_read_folder(struct arena *arena, const char *path, struct sheets *out,
                         struct problems *problems) MUST_CHECK;
enum err csv_read_sheets_file(struct arena *arena, const char *path, struct sheets *out,
                              struct problems *problems) MUST_CHECK;
/* One sheet from text in memory; `path` is what messages call it. */
enum err csv_read_text(struct arena *arena, const char *path, const char *name, const char *text,
                       struct sheets *out, struct problems *problems) MUST_CHECK;
enum err xlsx_read(struct arena *arena, const char *path, struct sheets *out,
                   struct problems *problems) MUST_CHECK;

/* Writes every kind that has records; an .xlsx file also gets the empty sheets, the first page, the
 * drop-down lists and the hints, so that it can be worked on. Refuses to write over what is there
 * already. */
enum err csv_write_folder(const struct records *records, const char *path,
                          struct problems *problems) MUST_CHECK;
enum err xlsx_write(const struct records *records, const char *path,
                    struct problems *problems) MUST_CHECK;

/* A cell's text as it is written to a file: what a spreadsheet could take for a formula (a first
 * = + - @, a tab, or an apostrophe) gets an apostrophe in front, which reading takes off again. */
const char *cell_guard(struct arena *arena, const char *text);
const char *cell_unguard(struct arena *arena, const char *text);
/* Prints one cell of a CSV file: guarded, and quoted where it must be. */
void csv_cell_print(FILE *file, struct arena *arena, const char *text);

/* One cell of CSV, guarded so and quoted where it must be. */
void csv_cell_print(FILE *file, struct arena *arena, const char *text);
/* A row of such cells and the end of its line; NULL is an empty cell. */
void csv_row_print(FILE *file, struct arena *arena, const char *const *cells, size_t n);

#endif
