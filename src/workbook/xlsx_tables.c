/* The two tables that the cells of an .xlsx file point into: texts and styles. */
#include "workbook/xlsx.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Texts */

static bool is_hex(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return true;
}

void xlsx_text_decode(struct text *raw) {
    enum { ESCAPE = sizeof "_x000D_" - 1 };
    size_t kept = 0;
    for (size_t i = 0; i < raw->length;) {
        const char *c = raw->bytes + i;
        bool escape = raw->length - i >= ESCAPE && c[0] == '_' && c[1] == 'x' && c[6] == '_' &&
                      is_hex(c + 2, 4);
        uint32_t code = escape ? (uint32_t)strtoul((char[5]){c[2], c[3], c[4], c[5]}, NULL, 16) : 0;
        if (escape &&
            (code < 0xD800 || code > 0xDFFF)) { /* halves of characters stay as they are */
            kept += text_encode(raw->bytes + kept, code);
            i += ESCAPE;
        } else {
            raw->bytes[kept++] = *c;
            i++;
        }
    }
    raw->length = kept;
    raw->bytes[kept] = '\0';
}

enum err xlsx_strings_read(struct xlsx *xlsx) {
    if (!xlsx->strings_part)
        return OK;
    struct part part;
    enum err result = part_open(xlsx, xlsx->strings_part, &part);
    if (result)
        return result;
    struct text raw = text_new(xlsx->arena);
    bool in_text = false, in_phonetic = false; /* <rPh> holds how Japanese is pronounced */
    while (part_next(&part)) {
        if (part.event == PART_TEXT && in_text && !in_phonetic)
            cell_collect(&raw, part.text, strlen(part.text));
        else if (part_starts(&part, "si"))
            cell_restart(&raw);
        else if (part_starts(&part, "rPh") || part_ends(&part, "rPh"))
            in_phonetic = part.event == PART_START;
        else if (part_starts(&part, "t") || part_ends(&part, "t"))
            in_text = part.event == PART_START;
        else if (part_ends(&part, "si")) {
            struct xlsx_text shared;
            xlsx_text_decode(&raw);
            shared.fault = cell_clean(xlsx->arena, &raw, &shared.text);
            list_add(xlsx->arena, &xlsx->strings, shared);
        }
    }
    return part_close(&part);
}

/* Styles */

/* What a custom format such as "dd/mm/yyyy;@" shows. Colours and elapsed hours stand in brackets,
 * words in quotation marks; "\", "_" and "*" take the next character with them. */
static int format_shows(const char *format) {
    enum { DIGITS_MAX = 15 };
    size_t zeros = strspn(format, "0");
    if (zeros > 1 && zeros <= DIGITS_MAX && (!format[zeros] || format[zeros] == ';'))
        return SHOWS_PADDED + (int)zeros;
    bool year = false, month = false, day = false, quoted = false, bracketed = false;
    for (const char *c = format; *c && (quoted || *c != ';'); c++) {
        if (*c == '"' && !bracketed)
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (*c == '[' || *c == ']')
            bracketed = *c == '[';
        else if (bracketed)
            continue;
        else if ((*c == '\\' || *c == '_' || *c == '*') && c[1])
            c++;
        else if (*c == 'y' || *c == 'Y')
            year = true;
        else if (*c == 'm' || *c == 'M')
            month = true;
        else if (*c == 'd' || *c == 'D')
            day = true;
    }
    if (day || (month && !year)) /* months without a year may be minutes */
        return SHOWS_DAY;
    return month ? SHOWS_MONTH : year ? SHOWS_YEAR : SHOWS_NUMBER;
}

/* The formats that every file has without saying so (ECMA-376, 18.8.30). */
static enum shows builtin_shows(unsigned long format) {
    if (format == 17) /* mmm-yy */
        return SHOWS_MONTH;
    bool date = (format >= 14 && format <= 16) || format == 22 || (format >= 27 && format <= 36) ||
                (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
    return date ? SHOWS_DAY : SHOWS_NUMBER;
}

enum err xlsx_styles_read(struct xlsx *xlsx) {
    enum { FORMATS = 65536 };
    if (!xlsx->styles_part)
        return OK;
    struct part part;
    enum err result = part_open(xlsx, xlsx->styles_part, &part);
    if (result)
        return result;
    unsigned char *shows = arena_alloc(xlsx->arena, FORMATS);
    for (unsigned long i = 0; i < FORMATS; i++)
        shows[i] = (unsigned char)builtin_shows(i);
    bool in_cell_styles = false;
    while (part_next(&part)) {
        if (part_starts(&part, "numFmt")) {
            unsigned long id = xlsx_number(part_attribute(&part, "numFmtId"), FORMATS - 1, 0);
            const char *format = part_attribute(&part, "formatCode");
            if (id && format)
                shows[id] = (unsigned char)format_shows(format);
        } else if (part_starts(&part, "cellXfs") || part_ends(&part, "cellXfs")) {
            in_cell_styles = part.event == PART_START;
        } else if (part_starts(&part, "xf") && in_cell_styles) {
            unsigned long id = xlsx_number(part_attribute(&part, "numFmtId"), FORMATS - 1, 0);
            list_add(xlsx->arena, &xlsx->styles, shows[id]);
        }
    }
    return part_close(&part);
}
