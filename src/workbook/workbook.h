/* Workbooks: files and folders that hold a programme's records, one sheet per kind.
 *
 * Three forms hold the same: an .xlsx file; a folder of .csv files; and one text file (.sheets) in
 * which every sheet follows a line with its name in square brackets and lines that begin with # are
 * comments, which is handy for small examples and is only read. Nothing here knows what a sheet
 * means. */
#ifndef ITHACA_WORKBOOK_H
#define ITHACA_WORKBOOK_H

#include "base/csv.h" /* texts are guarded in the same way in every form */
#include "base/problem.h"
#include "record/sheet.h"

struct records;

enum {
    FILE_MAX = 64 * 1024 * 1024,      /* bytes in one file */
    UNPACKED_MAX = 256 * 1024 * 1024, /* bytes in all parts of an .xlsx file that are read */
    ROWS_MAX = 200000,                /* rows in one sheet */
    COLUMNS_MAX = 256,                /* columns in one sheet */
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
/* The bytes of a file that messages call `path`: as the sheet `name`, or as a .sheets file if that
 * is NULL. */
enum err csv_read_bytes(struct arena *arena, const char *path, const char *name, const char *bytes,
                        size_t n, struct sheets *out, struct problems *problems) MUST_CHECK;
/* All bytes of a file, at most FILE_MAX, in memory that the caller frees. */
enum err file_bytes_read(struct problems *problems, const char *path, char **bytes,
                         size_t *n) MUST_CHECK;
enum err xlsx_read(struct arena *arena, const char *path, struct sheets *out,
                   struct problems *problems) MUST_CHECK;

/* Writes every kind that has records; an .xlsx file also gets the empty sheets, the first page, the
 * drop-down lists and the hints, so that it can be worked on. Refuses to write over what is there
 * already. There are names of people in it: only the user may read it. */
enum err csv_write_folder(const struct records *records, const char *path,
                          struct problems *problems) MUST_CHECK;
enum err xlsx_write(const struct records *records, const char *path,
                    struct problems *problems) MUST_CHECK;
/* As .xlsx if the name ends so, as a folder of CSV files otherwise. */
enum err workbook_write_as(const struct records *records, const char *path,
                           struct problems *problems) MUST_CHECK;

#endif
