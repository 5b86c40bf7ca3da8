#include "workbook/cell.h"
#include "base/csv.h"
#include "record/sheet.h"
#include "workbook/workbook.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One more than a cell may hold, for the apostrophe that guards it. */
enum { RAW_MAX = CELL_MAX + 1 };

void cell_collect(struct text *raw, const char *bytes, size_t length) {
    if (raw->length > RAW_MAX)
        return;
    size_t room = (size_t)RAW_MAX + 1 - raw->length;
    text_add_n(raw, bytes, length < room ? length : room);
}

void cell_restart(struct text *raw) {
    raw->length = 0;
    raw->bytes[0] = '\0';
}

/* "\r\n" and "\r" become "\n". */
static void line_ends_unify(struct text *raw) {
    size_t kept = 0;
    for (size_t i = 0; i < raw->length; i++) {
        if (raw->bytes[i] == '\r' && i + 1 < raw->length && raw->bytes[i + 1] == '\n')
            continue;
        raw->bytes[kept++] = raw->bytes[i] == '\r' ? '\n' : raw->bytes[i];
    }
    raw->length = kept;
    raw->bytes[kept] = '\0';
}

enum cell_fault cell_clean(struct arena *arena, struct text *raw, const char **out) {
    *out = NULL;
    if (raw->length == 0)
        return CELL_GOOD;
    if (raw->length > RAW_MAX)
        return CELL_TOO_LONG;
    line_ends_unify(raw);
    if (strlen(raw->bytes) != raw->length)
        return CELL_CONTROL; /* a NUL inside */
    if (text_blank(raw->bytes))
        return CELL_GOOD;
    const char *text = cell_unguard(arena, text_trim(arena, raw->bytes));
    if (text_has_control(text))
        return CELL_CONTROL;
    if (strlen(text) > CELL_MAX)
        return CELL_TOO_LONG;
    *out = *text ? text : NULL;
    return CELL_GOOD;
}

void cell_fault_report(struct problems *problems, struct place place, const char *name,
                       enum cell_fault fault) {
    if (fault == CELL_TOO_LONG)
        problem_add(problems, place,
                    "The text in %s is too long. A cell can hold %d characters; letters with "
                    "accents count as two. Shorten it, or keep it in a document and give the link.",
                    name, CELL_MAX);
    else if (fault == CELL_CONTROL)
        problem_add(problems, place,
                    "There is an invisible control character in %s, perhaps from copying it out of "
                    "another program. Delete the text and type it again.",
                    name);
}

/* strtod and printf follow the thread's locale; these switch to the plain one and back. */
static locale_t plain_enter(locale_t *before) {
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    *before = plain ? uselocale(plain) : (locale_t)0;
    return plain;
}

static void plain_leave(locale_t plain, locale_t before) {
    if (!plain)
        return;
    uselocale(before);
    freelocale(plain);
}

bool number_parse(const char *text, double *out) {
    /* strtod would also take "inf", "nan", hexadecimal and leading blanks. */
    if (!*text || strspn(text, "0123456789.+-eE") != strlen(text))
        return false;
    char *end;
    locale_t before, plain = plain_enter(&before);
    *out = strtod(text, &end);
    plain_leave(plain, before);
    return *end == '\0' && isfinite(*out);
}

/* The fewest significant digits that give the number back, and its power of ten. */
static size_t number_digits(double number, char digits[32], int *exponent) {
    char scientific[64];
    locale_t before, plain = plain_enter(&before);
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(scientific, sizeof scientific, "%.*e", precision, number);
        if (strtod(scientific, NULL) == number)
            break;
    }
    plain_leave(plain, before);
    size_t n = 0;
    const char *c = scientific;
    for (; *c && *c != 'e'; c++)
        if (*c != '.' && n < 31)
            digits[n++] = *c;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    *exponent = *c == 'e' ? (int)strtol(c + 1, NULL, 10) : 0;
    return n;
}

char *number_shortest(struct arena *arena, double number) {
    enum { LONGEST = 21 }; /* beyond so many digits zeros only confuse: 1e+30 */
    char digits[32];
    int exponent;
    size_t n = number_digits(fabs(number), digits, &exponent);
    struct text out = text_new(arena);
    if (number < 0)
        text_add_char(&out, '-');
    if (exponent > LONGEST || exponent < -LONGEST) {
        text_add_n(&out, digits, 1);
        if (n > 1)
            text_add_format(&out, ".%s", digits + 1);
        text_add_format(&out, "e%+d", exponent);
        return out.bytes;
    }
    if (exponent < 0) {
        text_add(&out, "0.");
        for (int i = -1; i > exponent; i--)
            text_add_char(&out, '0');
        text_add(&out, digits);
        return out.bytes;
    }
    for (int i = 0; i <= exponent || (size_t)i < n; i++) {
        if (i == exponent + 1)
            text_add_char(&out, '.');
        text_add_char(&out, (size_t)i < n ? digits[i] : '0');
    }
    return out.bytes;
}

char *path_without_slash(struct arena *arena, const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return arena_copy_n(arena, path, length);
}

const char *path_error(struct arena *arena, int error_number) {
    char buffer[256] = "";
    /* GNU's strerror_r may answer from a constant of its own. */
    return arena_copy(arena, strerror_r(error_number, buffer, sizeof buffer));
}
