/* Sheets out of an .xlsx file: what a person sees in each cell, as text.
 *
 * Numbers come in their shortest form. A number shown as a date comes as ISO text, and as precise
 * as it is shown: Excel keeps "December 2017" as the first of December shown as "Dec-17", and that
 * comes as 2017-12. */
#include "base/date.h"
#include "record/sheet.h"
#include "workbook/workbook.h"
#include "workbook/xlsx.h"
#include <math.h>
#include <string.h>

enum cell_type {
    CELL_NUMBER,
    CELL_SHARED,
    CELL_INLINE,
    CELL_PLAIN,
    CELL_BOOL,
    CELL_ERROR,
    CELL_DAY
};

/* Where the reader stands in one sheet. */
struct sheet_reader {
    struct xlsx *xlsx;
    struct part part;
    struct sheet *sheet;
    struct text raw; /* the cell being collected */
    unsigned row;    /* 1 is the first; 0 before it */
    size_t column;   /* of the cell last read: 1 is A; 0 before it */
    const char *cells[COLUMNS_MAX];
    size_t filled; /* cells of this row, up to the last that holds something */
    enum cell_type type;
    unsigned long style;
    bool in_cell, in_value, in_inline, in_phonetic;
    bool has_formula, has_value, row_is_hidden;
    bool too_many_columns;                /* has been said */
    size_t formulas, hidden_rows, merged; /* for remarks */
};

static char *cell_name(const struct sheet_reader *reader) {
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (size_t n = reader->column; n && at; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    return arena_format(reader->xlsx->arena, "cell %s%u", letters + at, reader->row);
}

static struct place cell_place(const struct sheet_reader *reader) {
    return (struct place){.file = reader->xlsx->file,
                          .sheet = reader->sheet->name,
                          .row = reader->row,
                          .column_number = (unsigned)reader->column};
}

/* What a serial number of days shows as a date; NULL if it is none. */
static const char *date_read(const struct sheet_reader *reader, double serial, enum shows shows) {
    /* Excel counts a 29 February 1900 that never was; days before it are not worth the trouble. */
    bool from_1904 = reader->xlsx->years_from_1904;
    double first = from_1904 ? 0 : 61, end = 401769; /* the year 3000 */
    if (!(serial >= first && serial < end - (from_1904 ? 1462 : 0)))
        return NULL;
    char day[DAY_SIZE];
    day_add(from_1904 ? "1904-01-01" : "1899-12-30", (long)floor(serial), day);
    size_t length = strlen(day);
    if (shows == SHOWS_MONTH && text_equal(day + 7, "-01"))
        length = sizeof "2017-12" - 1;
    else if (shows == SHOWS_YEAR && text_equal(day + 4, "-01-01"))
        length = sizeof "2017" - 1;
    return arena_copy_n(reader->xlsx->arena, day, length);
}

static const char *plain_read(struct sheet_reader *reader) {
    const char *text;
    xlsx_text_decode(&reader->raw);
    enum cell_fault fault = cell_clean(reader->xlsx->arena, &reader->raw, &text);
    if (fault)
        cell_fault_report(reader->xlsx->problems, cell_place(reader), cell_name(reader), fault);
    return text;
}

/* The collected text without white space at both ends; numbers need no copy. */
static const char *raw_trim(struct text *raw) {
    static const char space[] = " \t\r\n";
    while (raw->length && strchr(space, raw->bytes[raw->length - 1]))
        raw->bytes[--raw->length] = '\0';
    return raw->bytes + strspn(raw->bytes, space);
}

/* A whole number with as many zeros in front as its format asks for. */
static const char *padded(struct arena *arena, const char *number, int digits) {
    int missing = digits - (int)strlen(number);
    if (missing <= 0 || strspn(number, "0123456789") != strlen(number))
        return number;
    return arena_format(arena, "%0*d%s", missing, 0, number);
}

static const char *number_read(struct sheet_reader *reader) {
    struct xlsx *xlsx = reader->xlsx;
    double number;
    if (!number_parse(raw_trim(&reader->raw), &number))
        return plain_read(reader);
    int shows = reader->style < xlsx->styles.n ? xlsx->styles.items[reader->style] : SHOWS_NUMBER;
    bool is_date = shows == SHOWS_DAY || shows == SHOWS_MONTH || shows == SHOWS_YEAR;
    const char *date = is_date ? date_read(reader, number, (enum shows)shows) : NULL;
    return date ? date
                : padded(xlsx->arena, number_shortest(xlsx->arena, number), shows - SHOWS_PADDED);
}

static const char *shared_read(struct sheet_reader *reader) {
    struct xlsx *xlsx = reader->xlsx;
    unsigned long at = xlsx_number(raw_trim(&reader->raw), UINT32_MAX, UINT32_MAX);
    if (at >= xlsx->strings.n) {
        problem_add(xlsx->problems, cell_place(reader),
                    "The text of %s is missing from the file. Open it in Excel or LibreOffice, "
                    "type the text again and save.",
                    cell_name(reader));
        return NULL;
    }
    const struct xlsx_text *shared = &xlsx->strings.items[at];
    if (shared->fault)
        cell_fault_report(xlsx->problems, cell_place(reader), cell_name(reader), shared->fault);
    return shared->text;
}

/* "2017-12-31T00:00:00", as strict files keep dates. */
static const char *day_read(struct sheet_reader *reader) {
    const char *text = plain_read(reader);
    if (!text || strlen(text) < DAY_SIZE - 1 || (text[DAY_SIZE - 1] && text[DAY_SIZE - 1] != 'T'))
        return text;
    char *day = arena_copy_n(reader->xlsx->arena, text, DAY_SIZE - 1);
    return day_valid(day) ? day : text;
}

static const char *error_read(struct sheet_reader *reader) {
    const char *text = raw_trim(&reader->raw);
    problem_add(reader->xlsx->problems, cell_place(reader),
                "There is an error in %s (%.20s). Mend the formula, or write the value itself into "
                "the cell.",
                cell_name(reader), text);
    return NULL;
}

/* Some libraries write formulas and leave it to others to work them out. */
static bool is_formula_without_value(struct sheet_reader *reader) {
    if (!reader->has_formula || reader->type == CELL_INLINE)
        return false;
    return !reader->has_value || (reader->type == CELL_NUMBER && !*raw_trim(&reader->raw));
}

static const char *value_read(struct sheet_reader *reader) {
    if (is_formula_without_value(reader)) {
        problem_add(reader->xlsx->problems, cell_place(reader),
                    "The formula in %s has never been worked out. Open the file in Excel or "
                    "LibreOffice and save it again, or put the value itself into the cell.",
                    cell_name(reader));
        return NULL;
    }
    switch (reader->type) {
    case CELL_NUMBER:
        return number_read(reader);
    case CELL_SHARED:
        return reader->has_value ? shared_read(reader) : NULL;
    case CELL_INLINE:
    case CELL_PLAIN:
        return plain_read(reader);
    case CELL_BOOL:
        if (!reader->has_value)
            return NULL;
        return xlsx_is_true(raw_trim(&reader->raw)) ? "yes" : "no";
    case CELL_ERROR:
        return error_read(reader);
    case CELL_DAY:
        return day_read(reader);
    }
    return NULL;
}

static void cell_end(struct sheet_reader *reader) {
    reader->in_cell = reader->in_value = reader->in_inline = reader->in_phonetic = false;
    if (!reader->has_value && !reader->has_formula)
        return; /* only a colour or a frame */
    const char *text = value_read(reader);
    if (!text)
        return;
    reader->formulas += reader->has_formula;
    if (reader->column <= COLUMNS_MAX) {
        reader->cells[reader->column - 1] = text;
        if (reader->filled < reader->column)
            reader->filled = reader->column;
    } else if (!reader->too_many_columns) {
        reader->too_many_columns = true;
        problem_add(reader->xlsx->problems, cell_place(reader),
                    "There is something in %s, beyond column %d of the sheet. Move it nearer, or "
                    "onto a sheet whose name begins with \"Notes\".",
                    cell_name(reader), COLUMNS_MAX);
    }
}

/* The column of a reference such as "AB12"; 0 if it is none. */
static size_t column_of(const char *reference) {
    size_t column = 0, letters = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && letters < 4; reference++, letters++)
        column = column * 26 + (size_t)(*reference - 'A') + 1;
    return letters && letters < 4 && *reference >= '1' && *reference <= '9' ? column : 0;
}

static enum cell_type type_of(const char *name) {
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED}, {"str", CELL_PLAIN}, {"inlineStr", CELL_INLINE},
                 {"b", CELL_BOOL},   {"e", CELL_ERROR},   {"d", CELL_DAY}};
    for (size_t i = 0; name && i < sizeof types / sizeof *types; i++)
        if (text_equal(name, types[i].name))
            return types[i].type;
    return CELL_NUMBER;
}

static void cell_start(struct sheet_reader *reader) {
    static const char *const names[] = {"r", "t", "s"};
    const char *values[3];
    part_attributes(&reader->part, names, values, 3);
    size_t column = values[0] ? column_of(values[0]) : 0;
    if (column)
        reader->column = column;
    else if (reader->column < UINT16_MAX)
        reader->column++;
    reader->type = type_of(values[1]);
    reader->style = xlsx_number(values[2], UINT16_MAX, 0);
    reader->in_cell = true;
    reader->has_formula = reader->has_value = false;
    cell_restart(&reader->raw);
}

static void row_start(struct sheet_reader *reader) {
    enum { LAST_ROW = 1048576 };
    static const char *const names[] = {"r", "hidden"};
    const char *values[2];
    part_attributes(&reader->part, names, values, 2);
    unsigned long next = reader->row < LAST_ROW ? reader->row + 1 : LAST_ROW;
    reader->row = (unsigned)xlsx_number(values[0], LAST_ROW, next);
    reader->row_is_hidden = xlsx_is_true(values[1]);
    reader->column = 0;
}

/* False if that was one row too many. */
static bool row_end(struct sheet_reader *reader) {
    struct arena *arena = reader->xlsx->arena;
    if (!reader->filled)
        return true;
    if (reader->sheet->rows.n == ROWS_MAX) {
        problem_add(reader->xlsx->problems,
                    (struct place){.file = reader->xlsx->file, .sheet = reader->sheet->name},
                    "There are more than %d rows. Is this the right file? If it is, split it into "
                    "smaller programmes.",
                    ROWS_MAX);
        return false;
    }
    struct sheet_row row = {.number = reader->row, .n = reader->filled};
    row.cells = arena_alloc_array(arena, row.n, sizeof *row.cells);
    memcpy(row.cells, reader->cells, row.n * sizeof *row.cells);
    list_add(arena, &reader->sheet->rows, row);
    memset(reader->cells, 0, row.n * sizeof *row.cells);
    reader->filled = 0;
    reader->hidden_rows += reader->row_is_hidden;
    return true;
}

/* A start or an end inside a cell. */
static void cell_event(struct sheet_reader *reader) {
    struct part *part = &reader->part;
    bool starts = part->event == PART_START;
    const char *wanted = reader->type == CELL_INLINE ? "t" : "v";
    if (text_equal(part->element, wanted)) {
        if (reader->in_phonetic || (reader->type == CELL_INLINE && !reader->in_inline))
            return;
        reader->in_value = starts;
        reader->has_value = true;
    } else if (text_equal(part->element, "is")) {
        reader->in_inline = starts;
    } else if (text_equal(part->element, "rPh")) {
        reader->in_phonetic = starts;
    } else if (text_equal(part->element, "f")) {
        reader->has_formula = true;
    }
}

static enum err rows_read(struct sheet_reader *reader, const char *part_name) {
    struct part *part = &reader->part;
    enum err result = part_open(reader->xlsx, part_name, part);
    if (result)
        return result;
    bool in_data = false, go_on = true;
    while (go_on && part_next(part) && !xlsx_gave_up(reader->xlsx)) {
        if (part->event == PART_TEXT) {
            if (reader->in_value)
                cell_collect(&reader->raw, part->text, strlen(part->text));
        } else if (reader->in_cell) { /* first, since most of a file is inside cells */
            if (part_ends(part, "c"))
                cell_end(reader);
            else
                cell_event(reader);
        } else if (text_equal(part->element, "sheetData")) {
            in_data = part->event == PART_START;
        } else if (!in_data) { /* read to the end all the same: the zip's check sum is there */
            reader->merged += part_starts(part, "mergeCell");
        } else if (text_equal(part->element, "row")) {
            if (part->event == PART_START)
                row_start(reader);
            else
                go_on = row_end(reader);
        } else if (part_starts(part, "c")) {
            cell_start(reader);
        }
    }
    return part_close(part);
}

/* What a person may not expect of a sheet: said once for each, however often it is there. */
static void sheet_remark(const struct sheet_reader *reader, bool hidden) {
    struct problems *problems = reader->xlsx->problems;
    struct place place = {.file = reader->xlsx->file, .sheet = reader->sheet->name};
    if (!reader->sheet->rows.n)
        return;
    if (hidden && !sheet_is_private(problems->arena, reader->sheet->name))
        remark_add(problems, place, "This sheet is hidden. It was read all the same.");
    if (reader->hidden_rows)
        remark_add(problems, place,
                   "Hidden rows, perhaps by a filter: %zu. They were read all the same.",
                   reader->hidden_rows);
    if (reader->formulas)
        remark_add(
            problems, place,
            "Cells with formulas: %zu. Their values were taken as they were last worked out.",
            reader->formulas);
    if (reader->merged)
        remark_add(problems, place,
                   "Merged cells: %zu. What each says counts for its first row and column only.",
                   reader->merged);
}

static enum err sheet_read(struct xlsx *xlsx, const struct xlsx_sheet *from, struct sheets *out) {
    struct sheet sheet = {.file = xlsx->file, .name = from->name};
    struct sheet_reader *reader = arena_alloc(xlsx->arena, sizeof *reader);
    *reader = (struct sheet_reader){.xlsx = xlsx, .sheet = &sheet, .raw = text_new(xlsx->arena)};
    enum err result = rows_read(reader, from->part);
    if (!result) {
        list_add(xlsx->arena, &out->list, sheet);
        sheet_remark(reader, from->hidden);
    }
    return result;
}

static void xml_error_ignore(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error; /* part_close says it in our words */
}

enum err xlsx_read(struct arena *arena, const char *path, struct sheets *out,
                   struct problems *problems) {
    struct xlsx xlsx = {.arena = arena, .problems = problems, .file = arena_copy(arena, path)};
    xmlStructuredErrorFunc handler_before = xmlStructuredError;
    void *context_before = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, xml_error_ignore);
    enum err result = xlsx_open(&xlsx, path);
    if (!result)
        result = xlsx_strings_read(&xlsx);
    if (!result)
        result = xlsx_styles_read(&xlsx);
    for (size_t i = 0; i < xlsx.sheets.n && !result && !xlsx_gave_up(&xlsx); i++)
        if (sheet_is_read(arena, xlsx.sheets.items[i].name))
            result = sheet_read(&xlsx, &xlsx.sheets.items[i], out);
    xlsx_close(&xlsx);
    xmlSetStructuredErrorFunc(context_before, handler_before);
    if (!result && problems->list.n > xlsx.problems_before)
        result = ERR_INPUT;
    return result;
}
