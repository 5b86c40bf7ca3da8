/* Records as an .xlsx file that people can work on: a first page, and for every kind a sheet with
 * headings, hints and drop-down lists.
 *
 * Texts are written as typed strings, which no spreadsheet takes for formulas, so most need no
 * guard, and "+44 20" looks in Excel as people wrote it. But reading takes an apostrophe off in
 * front of = + - @, a tab or an apostrophe; so a text that itself begins with such a pair gets one
 * more in front. All texts come back as they were.
 *
 * The same records give the same bytes: the time of creation is fixed. */
#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "record/records.h"
#include "record/value.h"
#include "workbook/cell.h"
#include "workbook/workbook.h"
#include "workbook/xlsx_out.h"
#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PREPARED_ROWS = 2000,  /* rows with drop-down lists, at least */
    INLINE_LIST_MAX = 255, /* characters in a list that is kept in the cell's own rule */
    MESSAGE_MAX = 255,     /* characters in a message beside a cell */
    NUMBER_DIGITS = 15,    /* significant digits that Excel keeps */
};

/* A list too long for a cell's own rule goes into a column of the hidden sheet "Lists". */
struct long_list {
    const char *heading;
    const char *const *values;
};

struct writer {
    struct xlsx_out out;
    LIST(struct long_list) lists;
};

/* Looks */

static lxw_format *look_new(lxw_workbook *book) {
    lxw_format *look = workbook_add_format(book);
    format_set_align(look, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(look);
    return look;
}

static lxw_format *heading_look(lxw_workbook *book, lxw_color_t fill, lxw_color_t ink) {
    lxw_format *look = look_new(book);
    format_set_bold(look);
    format_set_bg_color(look, fill);
    format_set_font_color(look, ink);
    format_set_border(look, LXW_BORDER_THIN);
    format_set_border_color(look, 0xFFFFFF);
    return look;
}

static void looks_make(struct xlsx_out *out) {
    lxw_workbook *book = out->book;
    out->looks.needed = heading_look(book, 0x1F4E79, 0xFFFFFF);
    format_set_underline(out->looks.needed, LXW_UNDERLINE_SINGLE);
    out->looks.one_of = heading_look(book, 0x9DC3E6, 0x000000);
    format_set_italic(out->looks.one_of);
    out->looks.optional = heading_look(book, 0xE2E6EA, 0x000000);
    out->looks.text = look_new(book);
    format_set_num_format(out->looks.text, "@"); /* 007, 1-2 and +44 stay what they are */
    out->looks.number = look_new(book);
    out->looks.words = look_new(book);
    out->looks.title = workbook_add_format(book);
    format_set_bold(out->looks.title);
    format_set_font_size(out->looks.title, 18);
    out->looks.label = look_new(book);
    format_set_bold(out->looks.label);
    out->looks.link = look_new(book);
    format_set_font_color(out->looks.link, 0x0B57D0);
    format_set_underline(out->looks.link, LXW_UNDERLINE_SINGLE);
    out->looks.command = look_new(book);
    format_set_font_name(out->looks.command, "Courier New");
    format_set_bold(out->looks.command);
}

/* Headings */

static lxw_format *field_look(const struct xlsx_out *out, const struct field *field) {
    if (field->flags & REQUIRED)
        return out->looks.needed;
    return field->flags & ONE_OF ? out->looks.one_of : out->looks.optional;
}

static double field_width(struct arena *arena, const struct field *field) {
    static const double widths[] = {
        [FIELD_KEY] = 26,      [FIELD_TEXT] = 38,  [FIELD_NUMBER] = 12, [FIELD_YES_NO] = 10,
        [FIELD_CHOICE] = 14,   [FIELD_WHEN] = 15,  [FIELD_REF] = 24,    [FIELD_REFS] = 28,
        [FIELD_COVERAGE] = 24, [FIELD_CLOCK] = 10,
    };
    double width = widths[field->type];
    double heading = (double)text_width(field_heading(arena, field)) * 1.2 + 2;
    for (const struct choice *c = field->choices; c && c->value; c++)
        if ((double)strlen(c->value) + 3 > width)
            width = (double)strlen(c->value) + 3;
    return heading > width ? heading : width;
}

static const char *need_describe(struct arena *arena, const struct kind *kind,
                                 const struct field *field) {
    if (field->flags & REQUIRED)
        return "Needed in every row. ";
    if (!(field->flags & ONE_OF))
        return "";
    struct text names = text_new(arena);
    for (size_t i = 0; kind->fields[i].name; i++)
        if (kind->fields[i].flags & ONE_OF)
            text_add_format(&names, "%s%s", names.length ? ", " : "",
                            field_heading(arena, &kind->fields[i]));
    return arena_format(arena, "At least one of these is needed: %s. ", names.bytes);
}

static const char *form_describe(enum field_type type) {
    switch (type) {
    case FIELD_KEY:
        return "Letters, digits and hyphens; each key only once on this sheet.";
    case FIELD_NUMBER:
        return "Write a number.";
    case FIELD_CLOCK:
        return "Write 14:30.";
    case FIELD_YES_NO:
        return "Write yes or no.";
    case FIELD_WHEN:
        return "Write 2017-12-31. If you know less: 2017-12, 2017, about 2016, before 2018, after "
               "2015, unknown.";
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_REF:
    case FIELD_REFS:
    case FIELD_COVERAGE:
        break;
    }
    return "";
}

/* What people read when they point at a heading. */
static char *comment_make(struct arena *arena, const struct kind *kind, const struct field *field) {
    struct text comment = text_new(arena);
    text_add(&comment, need_describe(arena, kind, field));
    text_add(&comment, field->hint ? field->hint : "");
    const char *form = form_describe(field->type);
    if (*form)
        text_add_format(&comment, "\n%s", form);
    if (field->type == FIELD_CHOICE)
        text_add(&comment, "\nChoose one:");
    for (const struct choice *c = field->choices; c && c->value; c++)
        text_add_format(&comment, "\n- %s%s%s", c->value, *c->meaning ? ": " : "", c->meaning);
    return comment.bytes;
}

static void comment_write(lxw_worksheet *sheet, lxw_col_t column, char *comment) {
    enum { WIDTH = 340, CHARACTERS_A_LINE = 48, LINE_HEIGHT = 17 };
    size_t lines = 1;
    for (const char *line = comment; line;) {
        size_t length = strcspn(line, "\n");
        lines += 1 + length / CHARACTERS_A_LINE;
        line = line[length] ? line + length + 1 : NULL;
    }
    lxw_comment_options options = {.author = "Ithaca",
                                   .width = WIDTH,
                                   .height = (uint16_t)(lines * LINE_HEIGHT),
                                   .font_name = "Arial",
                                   .font_size = 9};
    worksheet_write_comment_opt(sheet, 0, column, comment, &options);
}

/* Lists */

static lxw_row_t last_row(const struct xlsx_out *out, const struct kind *kind) {
    size_t needed = records_of(out->records, kind)->list.n;
    return needed < PREPARED_ROWS - 1 ? PREPARED_ROWS - 1 : (lxw_row_t)needed;
}

static bool fits_inline(const char *const *values) {
    size_t length = 0;
    for (size_t i = 0; values[i]; i++) {
        if (strpbrk(values[i], ",\""))
            return false;
        length += strlen(values[i]) + 1;
    }
    return length <= INLINE_LIST_MAX;
}

/* Where on the sheet "Lists" the values stand, as a formula. */
static char *long_list_place(struct writer *writer, const struct kind *kind,
                             const struct field *field, const char *const *values) {
    struct arena *arena = writer->out.arena;
    char column[LXW_MAX_COL_NAME_LENGTH];
    size_t n = 0;
    while (values[n])
        n++;
    lxw_col_to_name(column, (lxw_col_t)writer->lists.n, 1);
    const char *heading = arena_format(arena, "%s: %s", kind->sheet, field_heading(arena, field));
    list_add(arena, &writer->lists, (struct long_list){heading, values});
    return arena_format(arena, "=Lists!%s$2:%s$%zu", column, column, n + 1);
}

static void lists_write(struct writer *writer) {
    if (!writer->lists.n)
        return;
    lxw_worksheet *sheet = workbook_add_worksheet(writer->out.book, "Lists");
    for (size_t c = 0; c < writer->lists.n; c++) {
        const struct long_list *list = &writer->lists.items[c];
        worksheet_write_string(sheet, 0, (lxw_col_t)c, list->heading, writer->out.looks.optional);
        for (size_t r = 0; list->values[r]; r++)
            worksheet_write_string(sheet, (lxw_row_t)r + 1, (lxw_col_t)c, list->values[r],
                                   writer->out.looks.text);
    }
    worksheet_set_column(sheet, 0, (lxw_col_t)(writer->lists.n - 1), 28, NULL);
    worksheet_hide(sheet);
}

static void choice_rule(struct writer *writer, const struct kind *kind, const struct field *field,
                        lxw_data_validation *rule) {
    struct arena *arena = writer->out.arena;
    const char *const *values = value_choices(arena, field);
    if (fits_inline(values)) {
        size_t n = 0;
        while (values[n])
            n++;
        rule->validate = LXW_VALIDATION_TYPE_LIST;
        rule->value_list = arena_alloc_array(arena, n + 1, sizeof(char *));
        for (size_t i = 0; i < n; i++)
            rule->value_list[i] = arena_copy(arena, values[i]);
    } else {
        rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule->value_formula = long_list_place(writer, kind, field, values);
    }
    rule->error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    rule->error_title = "Not on the list";
    rule->error_message = field->flags & REQUIRED
                              ? "Please choose from the list in the cell."
                              : "Please choose from the list in the cell, or leave the cell empty.";
}

/* The list of keys is as long as the keys: were the empty rows in it, Excel would open the list
 * among them, at its end. People may type ahead, so this only warns. */
static void reference_rule(struct writer *writer, const struct field *field,
                           lxw_data_validation *rule) {
    struct arena *arena = writer->out.arena;
    const struct kind *to = kind_find(field->refers_to);
    rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule->value_formula =
        arena_format(arena, "=OFFSET('%s'!$A$2,0,0,MAX(1,COUNTA('%s'!$A$2:$A$%u)),1)", to->sheet,
                     to->sheet, (unsigned)last_row(&writer->out, to) + 1);
    rule->error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    rule->error_title = "No such key yet";
    rule->error_message = arena_format(
        arena, "This is not a key on the sheet %s. Keep it if you are going to add it there.",
        to->sheet);
}

static void references_message(struct writer *writer, const struct field *field,
                               lxw_data_validation *rule) {
    struct arena *arena = writer->out.arena;
    rule->validate = LXW_VALIDATION_TYPE_ANY;
    rule->show_input = LXW_VALIDATION_ON;
    rule->input_title = "One key or several";
    rule->input_message = arena_format(arena, "%.*s", MESSAGE_MAX - 5, field->hint);
}

static void rule_write(struct writer *writer, lxw_worksheet *sheet, const struct kind *kind,
                       lxw_col_t column) {
    const struct field *field = &kind->fields[column];
    lxw_data_validation rule = {.ignore_blank = LXW_VALIDATION_ON};
    switch (field->type) {
    case FIELD_YES_NO:
    case FIELD_CHOICE:
    case FIELD_COVERAGE:
        choice_rule(writer, kind, field, &rule);
        break;
    case FIELD_REF:
        reference_rule(writer, field, &rule);
        break;
    case FIELD_REFS:
        references_message(writer, field, &rule);
        break;
    case FIELD_KEY:
    case FIELD_TEXT:
    case FIELD_NUMBER:
    case FIELD_WHEN:
    case FIELD_CLOCK:
        return;
    }
    worksheet_data_validation_range(sheet, 1, column, last_row(&writer->out, kind), column, &rule);
}

/* Cells */

/* What a spreadsheet would read back as something else is written so that it will not: see the
 * head of this file for apostrophes; "_x0041_" is how the format itself escapes characters. */
static const char *text_escape(struct arena *arena, const char *text) {
    if (cell_unguard(arena, text) != text)
        text = cell_guard(arena, text);
    if (!strstr(text, "_x"))
        return text;
    struct text out = text_new(arena);
    for (const char *c = text; *c; c++) {
        bool escape = text_starts_with(c, "_x");
        for (size_t i = 2; escape && i < 6; i++)
            escape = isxdigit((unsigned char)c[i]);
        if (escape && c[6] == '_')
            text_add(&out, "_x005F");
        text_add_char(&out, *c);
    }
    return out.bytes;
}

static bool is_plain_number(struct arena *arena, const char *text, double *number) {
    size_t digits = 0;
    for (const char *c = text; *c; c++)
        digits += *c >= '0' && *c <= '9';
    return digits <= NUMBER_DIGITS && number_parse(text, number) &&
           text_equal(number_shortest(arena, *number), text);
}

static void cell_write(struct writer *writer, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const struct kind *kind, const char *value) {
    const struct field *field = &kind->fields[column];
    struct xlsx_out *out = &writer->out;
    double number;
    lxw_error error;
    if (field->type == FIELD_NUMBER && is_plain_number(out->arena, value, &number))
        error = worksheet_write_number(sheet, row, column, number, out->looks.number);
    else
        error = worksheet_write_string(sheet, row, column, text_escape(out->arena, value),
                                       out->looks.text);
    if (error)
        problem_add(out->problems,
                    (struct place){.file = out->path,
                                   .sheet = kind->sheet,
                                   .row = row + 1,
                                   .column = field_heading(out->arena, field),
                                   .column_number = column + 1U},
                    "This cell cannot be written: %s.", lxw_strerror(error));
}

double xlsx_row_height(const char *text, double column_width) {
    enum { LINES_MAX = 20, LINE_HEIGHT = 15 };
    size_t characters = column_width > 10 ? (size_t)(column_width * 1.1) - 1 : 8, lines = 0;
    for (const char *line = text; line && lines < LINES_MAX;) {
        size_t length = strcspn(line, "\n");
        lines += length ? (length + characters - 1) / characters : 1;
        line = line[length] ? line + length + 1 : NULL;
    }
    return (double)(lines < LINES_MAX ? lines : LINES_MAX) * LINE_HEIGHT;
}

/* Pages side by side, so that print stays large enough to read. */
static uint16_t pages_across(struct arena *arena, const struct kind *kind) {
    enum { CHARACTERS_A_PAGE = 170 };
    double width = 0;
    for (size_t i = 0; kind->fields[i].name; i++)
        width += field_width(arena, &kind->fields[i]);
    return (uint16_t)(1 + (size_t)width / CHARACTERS_A_PAGE);
}

static void sheet_dress(const struct xlsx_out *out, lxw_worksheet *sheet, const struct kind *kind) {
    worksheet_set_tab_color(sheet, kind->beginner ? COLOUR_FIRST : COLOUR_LATER);
    worksheet_freeze_panes(sheet, 1, kind_has_key(kind) ? 1 : 0);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, pages_across(out->arena, kind), 0);
    worksheet_repeat_rows(sheet, 0, 0);
    if (kind_has_key(kind))
        worksheet_repeat_columns(sheet, 0, 0);
    worksheet_set_footer(sheet, arena_format(out->arena, "&L%s&RPage &P of &N", kind->sheet));
}

static void record_write(struct writer *writer, lxw_worksheet *sheet, lxw_row_t row,
                         const struct record *record) {
    const struct kind *kind = record->kind;
    double height = LXW_DEF_ROW_HEIGHT;
    for (lxw_col_t c = 0; kind->fields[c].name; c++) {
        if (!record->values[c])
            continue;
        double needed =
            xlsx_row_height(record->values[c], field_width(writer->out.arena, &kind->fields[c]));
        height = needed > height ? needed : height;
        cell_write(writer, sheet, row, c, kind, record->values[c]);
    }
    if (height > LXW_DEF_ROW_HEIGHT)
        worksheet_set_row(sheet, row, height, NULL);
}

static void kind_write(struct writer *writer, const struct kind *kind) {
    struct xlsx_out *out = &writer->out;
    lxw_worksheet *sheet = workbook_add_worksheet(out->book, kind->sheet);
    sheet_dress(out, sheet, kind);
    for (lxw_col_t c = 0; kind->fields[c].name; c++) {
        const struct field *field = &kind->fields[c];
        worksheet_set_column(sheet, c, c, field_width(out->arena, field),
                             field->type == FIELD_NUMBER ? out->looks.number : out->looks.text);
        worksheet_write_string(sheet, 0, c, field_heading(out->arena, field),
                               field_look(out, field));
        comment_write(sheet, c, comment_make(out->arena, kind, field));
        rule_write(writer, sheet, kind, c);
    }
    const struct record_list *all = records_of(out->records, kind);
    for (size_t r = 0; r < all->list.n; r++)
        record_write(writer, sheet, (lxw_row_t)r + 1, all->list.items[r]);
}

static void origin_write(struct writer *writer, const struct origin *origin) {
    const char *rows[ORIGIN_ROWS][2];
    lxw_worksheet *sheet = workbook_add_worksheet(writer->out.book, ORIGIN_SHEET);
    origin_rows(writer->out.arena, origin, rows);
    for (lxw_row_t r = 0; r < ORIGIN_ROWS; r++)
        for (lxw_col_t c = 0; c < 2; c++)
            if (rows[r][c])
                worksheet_write_string(sheet, r, c, text_escape(writer->out.arena, rows[r][c]),
                                       NULL);
    worksheet_hide(sheet);
}

/* Writes the book to `path`, where a file may be; false if libxlsxwriter could not. */
static bool book_write(const struct records *records, const char *path, const char *path_wanted,
                       struct problems *problems) {
    struct writer writer = {.out = {.arena = problems->arena,
                                    .problems = problems,
                                    .path = path_wanted,
                                    .records = records,
                                    .book = workbook_new(path)}};
    if (!writer.out.book) {
        problem_add(problems, (struct place){.file = path_wanted},
                    "This cannot be written: there is no memory for it.");
        return false;
    }
    enum { YEAR_2000 = 946684800 };
    lxw_doc_properties about = {.title = "Ithaca workbook", .created = YEAR_2000};
    workbook_set_properties(writer.out.book, &about);
    looks_make(&writer.out);
    xlsx_readme_write(&writer.out);
    for (size_t i = 0; i < kind_count; i++)
        kind_write(&writer, kinds[i]);
    lists_write(&writer);
    if (records->origin)
        origin_write(&writer, records->origin);
    lxw_error error = workbook_close(writer.out.book);
    if (error)
        problem_add(problems, (struct place){.file = path_wanted}, "This cannot be written: %s.",
                    lxw_strerror(error));
    return !error;
}

static enum err write_problem(struct problems *problems, const char *path) {
    if (errno == EEXIST) {
        problem_add(problems, (struct place){.file = path},
                    "There is something of this name already. Give the name of a new file.");
        return ERR_INPUT;
    }
    problem_add(problems, (struct place){.file = path}, "This cannot be written: %s.",
                path_error(problems->arena, errno));
    return ERR_IO;
}

enum err xlsx_write(const struct records *records, const char *path, struct problems *problems) {
    size_t problems_before = problems->list.n;
    struct stat about;
    if (lstat(path, &about) == 0) {
        errno = EEXIST;
        return write_problem(problems, path);
    }
    char *temporary = arena_format(problems->arena, "%s.part-XXXXXX", path);
    int handle = mkstemp(temporary);
    if (handle < 0)
        return write_problem(problems, path);
    close(handle);
    /* libxlsxwriter prints numbers by the locale, and a comma would break the file. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    bool written = book_write(records, temporary, path, problems);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    enum err result = written ? OK : ERR_IO;
    if (written && problems->list.n > problems_before)
        result = ERR_INPUT;
    if (!result && !file_place(temporary, path))
        result = write_problem(problems, path);
    if (result)
        unlink(temporary);
    return result;
}
