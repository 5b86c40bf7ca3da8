/* Text files as sheets: comma-separated values by RFC 4180 and as spreadsheet programs really write
 * them, one sheet to a file in a folder, or many in one .sheets file. */
#include "workbook/cell.h"
#include "workbook/workbook.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { PROBLEMS_MAX = 100 }; /* in one file: who has so many has made one mistake many times */

/* Where the reader stands in one file. */
struct csv {
    struct arena *arena;
    struct problems *problems;
    const char *file;
    const char *at, *end;
    unsigned line; /* of `at` */
    char separator;
    bool many_sheets; /* a .sheets file: "[name]" and "# comment" lines */
    struct text raw;  /* the cell being collected */
    size_t problems_before;
    bool too_many_columns; /* has been said */
};

static struct place csv_place(const struct csv *csv, unsigned line) {
    return (struct place){.file = csv->file, .row = line};
}

static bool csv_gave_up(const struct csv *csv) {
    return csv->problems->list.n - csv->problems_before >= PROBLEMS_MAX;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Steps over one line end: LF, CRLF or CR. */
static void line_end_skip(struct csv *csv) {
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    else if (csv->at < csv->end && *csv->at == '\n') {
        csv->at++;
        csv->line++;
        return;
    } else
        return;
    if (csv->at < csv->end && *csv->at == '\n')
        csv->at++;
    csv->line++;
}

/* The end of the physical line at `at`. */
static const char *line_find_end(const struct csv *csv) {
    const char *c = csv->at;
    while (c < csv->end && !is_line_end(*c))
        c++;
    return c;
}

static void line_skip(struct csv *csv) {
    csv->at = line_find_end(csv);
    line_end_skip(csv);
}

static bool is_blank_between(const char *from, const char *to) {
    for (; from < to; from++)
        if (*from != ' ' && *from != '\t')
            return false;
    return true;
}

/* Spreadsheet programs of many countries write ";" for ",": the heading line tells which it is. */
static char separator_detect(const struct csv *csv) {
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (const char *c = csv->at; c < csv->end && (quoted || !is_line_end(*c)); c++) {
        if (*c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        commas += *c == ',';
        semicolons += *c == ';';
        tabs += *c == '\t';
    }
    if (tabs > commas && tabs >= semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

/* Collects a quoted cell; `at` stands behind its opening quote. False if the closing one is
 * missing: nothing can be read on then. */
static bool quoted_collect(struct csv *csv) {
    unsigned opened = csv->line;
    for (;;) {
        const char *from = csv->at;
        while (csv->at < csv->end && *csv->at != '"' && !is_line_end(*csv->at))
            csv->at++;
        cell_collect(&csv->raw, from, (size_t)(csv->at - from));
        if (csv->at == csv->end) {
            problem_add(
                csv->problems, csv_place(csv, opened),
                "A quotation mark (\") opens in this line and never closes. Put the closing "
                "one at the end of the cell, and write two (\"\") for one inside a cell.");
            return false;
        }
        if (is_line_end(*csv->at)) {
            cell_collect(&csv->raw, "\n", 1);
            line_end_skip(csv);
        } else if (csv->at + 1 < csv->end && csv->at[1] == '"') {
            cell_collect(&csv->raw, "\"", 1);
            csv->at += 2;
        } else {
            csv->at++;
            break;
        }
    }
    const char *behind = csv->at;
    while (csv->at < csv->end && *csv->at != csv->separator && !is_line_end(*csv->at))
        csv->at++;
    if (is_blank_between(behind, csv->at))
        return true;
    problem_add(csv->problems, csv_place(csv, csv->line),
                "There is text behind a closing quotation mark (\"). Put the whole cell between "
                "quotation marks, and write two (\"\") for one inside it.");
    return true;
}

/* Collects the next cell, up to its separator or the end of its line. */
static bool cell_read(struct csv *csv) {
    cell_restart(&csv->raw);
    const char *start = csv->at;
    while (start < csv->end && (*start == ' ' || (*start == '\t' && csv->separator != '\t')))
        start++;
    if (start < csv->end && *start == '"') {
        csv->at = start + 1;
        return quoted_collect(csv);
    }
    const char *from = csv->at;
    while (csv->at < csv->end && *csv->at != csv->separator && !is_line_end(*csv->at))
        csv->at++;
    cell_collect(&csv->raw, from, (size_t)(csv->at - from));
    return true;
}

/* Puts the collected cell into its column (0 is A). */
static void cell_keep(struct csv *csv, unsigned line, size_t column, const char **cells,
                      size_t *filled) {
    const char *text;
    enum cell_fault fault = cell_clean(csv->arena, &csv->raw, &text);
    if (fault) {
        const char *name = arena_format(csv->arena, "cell number %zu of this row", column + 1);
        cell_fault_report(csv->problems, csv_place(csv, line), name, fault);
    }
    if (!text)
        return;
    if (column < COLUMNS_MAX) {
        cells[column] = text;
        *filled = column + 1;
    } else if (!csv->too_many_columns) {
        csv->too_many_columns = true;
        problem_add(csv->problems, csv_place(csv, line),
                    "This row has more than %d cells. Keep remarks and sums of your own in another "
                    "file.",
                    COLUMNS_MAX);
    }
}

/* Reads one row into `row`; a row without a filled cell gets n = 0. False at a fault after which
 * nothing in the file can be trusted. */
static bool row_read(struct csv *csv, struct sheet_row *row) {
    const char *cells[COLUMNS_MAX] = {NULL};
    size_t filled = 0;
    *row = (struct sheet_row){.number = csv->line};
    for (size_t column = 0;; column++) {
        if (!cell_read(csv))
            return false;
        cell_keep(csv, row->number, column, cells, &filled);
        if (csv->at == csv->end || *csv->at != csv->separator)
            break;
        csv->at++;
    }
    line_end_skip(csv);
    if (!filled)
        return true;
    row->n = filled;
    row->cells = arena_alloc_array(csv->arena, filled, sizeof *row->cells);
    memcpy(row->cells, cells, filled * sizeof *cells);
    return true;
}

/* "sep=;" is Excel's own way of naming the separator, in the first line. */
static void separator_line_read(struct csv *csv) {
    const char *end = line_find_end(csv);
    if (end - csv->at == 5 && strncasecmp(csv->at, "sep=", 4) == 0)
        line_skip(csv);
}

/* Whether the line at `at` is "[name]"; where its name stands. */
static bool sheet_name_find(const struct csv *csv, const char **from, const char **to) {
    *from = csv->at;
    *to = line_find_end(csv);
    while (*to > *from && ((*to)[-1] == ' ' || (*to)[-1] == '\t'))
        (*to)--;
    while (*from < *to && (**from == ' ' || **from == '\t'))
        (*from)++;
    if (*to - *from < 2 || **from != '[' || (*to)[-1] != ']')
        return false;
    (*from)++;
    (*to)--;
    return true;
}

/* Reads rows until the sheet ends. False as row_read. */
static bool rows_read(struct csv *csv, struct sheet *sheet) {
    csv->separator = '\0';
    csv->too_many_columns = false;
    const char *from, *to;
    while (csv->at < csv->end && !csv_gave_up(csv)) {
        if (csv->many_sheets && sheet_name_find(csv, &from, &to))
            return true;
        if ((csv->many_sheets && *csv->at == '#') ||
            is_blank_between(csv->at, line_find_end(csv))) {
            line_skip(csv);
            continue;
        }
        if (!csv->separator)
            csv->separator = separator_detect(csv);
        struct sheet_row row;
        if (!row_read(csv, &row))
            return false;
        if (!row.n)
            continue;
        if (sheet->rows.n == ROWS_MAX) {
            problem_add(csv->problems, csv_place(csv, row.number),
                        "There are more than %d rows. Is this the right file? If it is, split it "
                        "into smaller programmes.",
                        ROWS_MAX);
            return false;
        }
        list_add(csv->arena, &sheet->rows, row);
    }
    return true;
}

/* The sheets of a .sheets file. */
static void sheets_read(struct csv *csv, struct sheets *out) {
    bool said = false;
    while (csv->at < csv->end && !csv_gave_up(csv)) {
        if (*csv->at == '#' || is_blank_between(csv->at, line_find_end(csv))) {
            line_skip(csv);
            continue;
        }
        const char *from, *to;
        if (!sheet_name_find(csv, &from, &to) || is_blank_between(from, to)) {
            if (!said)
                problem_add(csv->problems, csv_place(csv, csv->line),
                            "Before the first row a line must name the sheet in square brackets: "
                            "[People].");
            said = true;
            line_skip(csv);
            continue;
        }
        const char *name =
            text_trim(csv->arena, arena_copy_n(csv->arena, from, (size_t)(to - from)));
        line_skip(csv);
        struct sheet sheet = {.file = csv->file, .name = name};
        size_t problems_before = csv->problems->list.n;
        bool whole = rows_read(csv, &sheet);
        if (sheet_is_read(csv->arena, name))
            list_add(csv->arena, &out->list, sheet);
        else if (whole)
            csv->problems->list.n = problems_before; /* nobody is going to read it */
        if (!whole)
            return;
    }
}

static void file_problem(struct problems *problems, const char *file, int error_number) {
    problem_add(problems, (struct place){.file = file}, "This file cannot be read: %s.",
                path_error(problems->arena, error_number));
}

/* Reads the file's bytes into memory that the caller frees. */
enum err file_bytes_read(struct problems *problems, const char *path, char **bytes, size_t *n) {
    enum err result = ERR_IO;
    *bytes = NULL;
    *n = 0;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        file_problem(problems, path, errno);
        return ERR_IO;
    }
    for (size_t room = 0;;) {
        if (*n == room) {
            room = room ? room * 2 : 64 * (size_t)1024;
            char *grown = realloc(*bytes, room);
            if (!grown) {
                file_problem(problems, path, ENOMEM);
                goto done;
            }
            *bytes = grown;
        }
        size_t got = fread(*bytes + *n, 1, room - *n, file);
        *n += got;
        if (*n > FILE_MAX) {
            problem_add(problems, (struct place){.file = path},
                        "This file is larger than %d MB. Is it the right one? If it is, split it "
                        "into smaller programmes.",
                        FILE_MAX / (1024 * 1024));
            result = ERR_INPUT;
            goto done;
        }
        if (got == 0)
            break;
    }
    if (ferror(file))
        file_problem(problems, path, errno);
    else
        result = OK;
done:
    fclose(file);
    return result;
}

#define UTF8_ADVICE                                                                                \
    "save the file again from Excel with Save As, \"CSV UTF-8 (Comma delimited)\", or from "       \
    "LibreOffice "                                                                                 \
    "with the character set \"Unicode (UTF-8)\"."

/* Says in which line the text stops being UTF-8. */
static enum err utf8_check(struct csv *csv) {
    size_t length = (size_t)(csv->end - csv->at);
    if (text_is_utf8(csv->at, length))
        return OK;
    if (length >= 2 &&
        (memcmp(csv->at, "\xFF\xFE", 2) == 0 || memcmp(csv->at, "\xFE\xFF", 2) == 0)) {
        problem_add(csv->problems, csv_place(csv, 0),
                    "This file is saved as UTF-16 (\"Unicode text\"). Please " UTF8_ADVICE);
        return ERR_INPUT;
    }
    for (struct csv line = *csv; line.at < line.end; line_skip(&line)) {
        const char *end = line_find_end(&line);
        if (text_is_utf8(line.at, (size_t)(end - line.at)))
            continue;
        if (memchr(line.at, '\0', (size_t)(end - line.at))) {
            problem_add(csv->problems, csv_place(csv, line.line),
                        "This line holds a NUL, which no text does. Is this really a text file? If "
                        "it is, please " UTF8_ADVICE);
            break;
        }
        problem_add(csv->problems, csv_place(csv, line.line),
                    "There is a character in this line that is not written in UTF-8, perhaps a "
                    "letter with an accent. Please " UTF8_ADVICE);
        break;
    }
    return ERR_INPUT;
}

/* A file that is not UTF-8 but may well be Windows-1252 is taken for that, and a word from it
 * shown, so that people can see whether it was. */
static bool windows_1252_read(struct csv *csv) {
    enum { WORD_MAX = 40 };
    size_t length = (size_t)(csv->end - csv->at);
    if (text_is_utf8(csv->at, length))
        return false;
    char *text = text_from_windows_1252(csv->arena, csv->at, length);
    if (!text)
        return false;
    csv->at = text;
    csv->end = text + strlen(text);
    while ((unsigned char)*text < 0x80)
        text++;
    const char *from = text, *to = text;
    while (from > csv->at && text - from < WORD_MAX && !strchr(" \t\r\n\",;", from[-1]))
        from--;
    while (*to && !strchr(" \t\r\n\",;", *to))
        to++;
    remark_add(csv->problems, csv_place(csv, 0),
               "This file was read as Windows-1252, in which Excel writes plain CSV: \"%s\". If "
               "letters like these have come out wrong, " UTF8_ADVICE,
               text_quote(csv->arena, arena_copy_n(csv->arena, from, (size_t)(to - from))));
    return true;
}

enum err csv_read_bytes(struct arena *arena, const char *path, const char *name, const char *bytes,
                        size_t n, struct sheets *out, struct problems *problems) {
    struct csv csv = {.arena = arena,
                      .problems = problems,
                      .file = arena_copy(arena, path),
                      .at = bytes,
                      .end = bytes + n,
                      .line = 1,
                      .many_sheets = !name,
                      .raw = text_new(arena),
                      .problems_before = problems->list.n};
    if (!windows_1252_read(&csv)) {
        enum err result = utf8_check(&csv);
        if (result)
            return result;
    }
    if (n >= 3 && memcmp(csv.at, "\xEF\xBB\xBF", 3) == 0)
        csv.at += 3;
    if (name) {
        struct sheet sheet = {.file = csv.file, .name = name};
        separator_line_read(&csv);
        (void)rows_read(&csv, &sheet);
        list_add(arena, &out->list, sheet);
    } else {
        sheets_read(&csv, out);
    }
    return problems->list.n > csv.problems_before ? ERR_INPUT : OK;
}

static enum err file_read(struct arena *arena, const char *path, const char *name,
                          struct sheets *out, struct problems *problems) {
    char *bytes;
    size_t n;
    enum err result = file_bytes_read(problems, path, &bytes, &n);
    if (!result)
        result = csv_read_bytes(arena, path, name, bytes, n, out, problems);
    free(bytes);
    return result;
}

enum err csv_read_sheets_file(struct arena *arena, const char *path, struct sheets *out,
                              struct problems *problems) {
    size_t sheets_before = out->list.n;
    enum err result = file_read(arena, path, NULL, out, problems);
    if (result == OK && out->list.n == sheets_before) {
        problem_add(problems, (struct place){.file = path},
                    "There is no sheet in this file. A sheet begins with its name in square "
                    "brackets, alone in a line: [People].");
        return ERR_INPUT;
    }
    return result;
}

static int is_csv_file(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 &&
           strcasecmp(entry->d_name + length - 4, ".csv") == 0;
}

/* Not alphasort: the order must not depend on the locale. */
static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

enum err csv_read_folder(struct arena *arena, const char *path, struct sheets *out,
                         struct problems *problems) {
    const char *folder = path_without_slash(arena, path);
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_csv_file, by_name);
    if (n < 0) {
        problem_add(problems, (struct place){.file = path}, "This folder cannot be read: %s.",
                    path_error(arena, errno));
        return ERR_IO;
    }
    enum err result = OK;
    size_t files = 0;
    for (int i = 0; i < n; i++) {
        const char *file = arena_format(arena, "%s/%s", folder, entries[i]->d_name);
        const char *name =
            arena_copy_n(arena, entries[i]->d_name, strlen(entries[i]->d_name) - strlen(".csv"));
        free(entries[i]);
        struct stat about;
        if (stat(file, &about) == 0 && !S_ISREG(about.st_mode))
            continue;
        files++;
        if (!sheet_is_read(arena, name))
            continue;
        enum err one = file_read(arena, file, name, out, problems);
        if (one && result != ERR_IO) /* go on: all that is wrong is said at once */
            result = one;
    }
    free(entries);
    if (files == 0) {
        problem_add(problems, (struct place){.file = path},
                    "There is no .csv file in this folder. Put one there for each sheet: "
                    "people.csv, teams.csv, ...");
        return ERR_INPUT;
    }
    return result;
}
