/* Inside an .xlsx file: a zip of XML parts that point at each other. Private to the reader of
 * workbooks.
 *
 * A part is read as a stream, never as a whole, so that a small file that unpacks to a huge one is
 * noticed while it is read. All text that outlives a part is in the arena. */
#ifndef ITHACA_XLSX_H
#define ITHACA_XLSX_H

#include "base/list.h"
#include "base/problem.h"
#include "workbook/cell.h"
#include <libxml/parser.h>
#include <zip.h>

/* What a cell's number format lets a person see. */
enum shows {
    SHOWS_NUMBER,
    SHOWS_DAY,
    SHOWS_MONTH,
    SHOWS_YEAR,
    SHOWS_PADDED /* and behind it so many more: 7 is shown as 007 */
};

/* A text that cells share; what is wrong with it is said where a cell uses it. */
struct xlsx_text {
    const char *text;
    enum cell_fault fault;
};

struct xlsx_sheet {
    const char *name, *part;
    bool hidden;
};

struct xlsx {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    zip_t *zip;
    size_t bytes_left; /* that may still be unpacked */
    size_t problems_before;
    bool years_from_1904;
    const char *strings_part, *styles_part; /* NULL if there are none */
    LIST(struct xlsx_sheet) sheets;         /* worksheets only, in the order of their tabs */
    LIST(struct xlsx_text) strings;
    LIST(unsigned char)
    styles; /* enum shows, SHOWS_PADDED with its digits added, by the number that a cell gives as
               its style */
};

/* Opens the zip and finds the parts. */
enum err xlsx_open(struct xlsx *xlsx, const char *path) MUST_CHECK;
void xlsx_close(struct xlsx *xlsx);
/* So many problems were found that the rest would say nothing new. */
bool xlsx_gave_up(const struct xlsx *xlsx);

enum err xlsx_strings_read(struct xlsx *xlsx) MUST_CHECK;
enum err xlsx_styles_read(struct xlsx *xlsx) MUST_CHECK;

/* What a file is advised that can be read nowhere else. */
#define SAVE_AGAIN "Open it in Excel or LibreOffice and save it again as .xlsx."
/* ERR_INPUT, and a problem that says why. */
enum err xlsx_refuse(struct xlsx *xlsx, const char *why);

enum part_what { PART_START, PART_END, PART_TEXT };
struct part_event;

/* One part while it is read. */
struct part {
    struct xlsx *xlsx;
    const char *name;
    zip_file_t *file;
    xmlParserCtxtPtr parser;
    struct arena *arena; /* of what was read ahead, one chunk at a time */
    LIST(struct part_event) ahead;
    size_t at;      /* the next of them */
    unsigned depth; /* of elements, as far as was read */
    bool too_large, suspect, done, failed;
    /* Where the reader stands, set by part_next. */
    enum part_what event;
    const char *element; /* its name, without any namespace; NULL for text */
    const char *text;    /* for PART_TEXT; a text may come in several */
};

enum err part_open(struct xlsx *xlsx, const char *name, struct part *part) MUST_CHECK;
/* Goes on to the next start or end of an element or text; false at the end and at a fault. What it
 * gives is good until the next call. */
bool part_next(struct part *part);
/* ERR_INPUT, with a problem, if the part could not be read to its end. */
enum err part_close(struct part *part) MUST_CHECK;

/* The attribute of that name, whatever its namespace, or NULL; good until part_next. */
const char *part_attribute(struct part *part, const char *name);
/* The attributes of `n` names, in one go. */
void part_attributes(struct part *part, const char *const *names, const char **values, size_t n);
bool part_starts(const struct part *part, const char *element);
bool part_ends(const struct part *part, const char *element);

/* A part's text in which "_x000D_" stands for a character that XML cannot hold. */
void xlsx_text_decode(struct text *raw);
/* As XML writes what is true. */
bool xlsx_is_true(const char *text);
/* A whole number from `text`, as far as `most`; `otherwise` if it is none. */
unsigned long xlsx_number(const char *text, unsigned long most, unsigned long otherwise);

#endif
