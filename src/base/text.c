#include "base/text.h"
#include <ctype.h>
#include <stdint.h>
#include <string.h>

struct text text_new(struct arena *arena) {
    return (struct text){.arena = arena, .bytes = arena_alloc(arena, 64), .room = 64};
}

static void text_grow(struct text *text, size_t room) {
    char *grown = arena_alloc(text->arena, room);
    if (text->length)
        memcpy(grown, text->bytes, text->length);
    text->bytes = grown;
    text->room = room;
}

void text_reserve(struct text *text, size_t length) {
    if (length >= text->room - text->length)
        text_grow(text, text->length + length + 1);
}

void text_add_n(struct text *text, const char *more, size_t length) {
    if (length >= text->room - text->length)
        text_grow(text, (text->length + length + 1) * 2);
    if (length)
        memcpy(text->bytes + text->length, more, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *more) {
    text_add_n(text, more, strlen(more));
}

void text_add_char(struct text *text, char c) {
    text_add_n(text, &c, 1);
}

void text_add_format(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_add(text, arena_format_list(text->arena, format, arguments));
    va_end(arguments);
}

bool text_starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* The length of the white space at the start of `text`: ASCII, no-break space, byte order mark. */
static size_t leading_space(const char *text) {
    size_t length = 0;
    for (;;) {
        const char *here = text + length;
        if (*here && isspace((unsigned char)*here))
            length += 1;
        else if (text_starts_with(here, "\xC2\xA0"))
            length += 2;
        else if (text_starts_with(here, "\xEF\xBB\xBF"))
            length += 3;
        else
            return length;
    }
}

bool text_blank(const char *text) {
    return !text || text[leading_space(text)] == '\0';
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The length of the well-formed character at `bytes`, 0 if there is none. */
static size_t character_length(const char *bytes, size_t left) {
    unsigned char first = (unsigned char)bytes[0];
    size_t length = first < 0x80             ? 1
                    : (first & 0xE0) == 0xC0 ? 2
                    : (first & 0xF0) == 0xE0 ? 3
                    : (first & 0xF8) == 0xF0 ? 4
                                             : 0;
    if (length == 0 || length > left || first == 0)
        return 0;
    uint32_t code = length == 1 ? first : first & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if (!is_continuation(bytes[i]))
            return 0;
        code = code << 6 | ((unsigned char)bytes[i] & 0x3FU);
    }
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    return length;
}

size_t text_encode(char *out, uint32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

bool text_is_utf8(const char *bytes, size_t length) {
    while (length) {
        size_t step = character_length(bytes, length);
        if (step == 0)
            return false;
        bytes += step;
        length -= step;
    }
    return true;
}

/* What Windows-1252 has from 0x80 to 0x9F; the rest is as in Unicode. 0 where it has nothing. */
static const uint16_t windows_1252[] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool is_windows_1252(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (!byte || (byte >= 0x80 && byte <= 0x9F && !windows_1252[byte - 0x80]) ||
            character_length(bytes + i, length - i) > 1)
            return false;
    }
    return true;
}

char *text_from_windows_1252(struct arena *arena, const char *bytes, size_t length) {
    if (!is_windows_1252(bytes, length))
        return NULL;
    size_t n = 0, room = length + 1;
    for (size_t i = 0; i < length; i++)
        room += (unsigned char)bytes[i] >= 0xA0 ? 1 : (unsigned char)bytes[i] >= 0x80 ? 2 : 0;
    char *out = arena_alloc(arena, room);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        unsigned code = byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte;
        n += text_encode(out + n, code);
    }
    return out;
}

bool text_has_control(const char *text) {
    for (; *text; text++) {
        bool plain = *text >= ' ' && *text < 0x7F; /* as most are */
        if (!plain && (text_is_control(text) || *text == '\r'))
            return true;
    }
    return false;
}

const char *text_typed(struct arena *arena, const char *text) {
    struct text out = text_new(arena);
    for (; text && *text; text++)
        if (*text != '\r' || text[1] != '\n')
            text_add_char(&out, *text);
    return out.length && !text_blank(out.bytes) ? text_trim(arena, out.bytes) : NULL;
}

const char *text_quote(struct arena *arena, const char *text) {
    enum { QUOTE_MAX = 80 };
    size_t length = strnlen(text, QUOTE_MAX + 1);
    if (length <= QUOTE_MAX)
        return text;
    for (length = QUOTE_MAX; length && is_continuation(text[length]);)
        length--;
    return arena_format(arena, "%.*s…", (int)length, text);
}

size_t text_width(const char *text) {
    size_t width = 0;
    for (; *text; text++)
        width += !is_continuation(*text);
    return width;
}

char *text_trim(struct arena *arena, const char *text) {
    text += leading_space(text);
    size_t end = strlen(text);
    while (end) {
        if (isspace((unsigned char)text[end - 1]))
            end -= 1;
        else if (end >= 2 && memcmp(text + end - 2, "\xC2\xA0", 2) == 0)
            end -= 2;
        else
            break;
    }
    return arena_copy_n(arena, text, end);
}

char *text_fold(struct arena *arena, const char *text) {
    char *folded = arena_alloc(arena, strlen(text) + 1);
    size_t n = 0;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x80 || isalnum(c))
            folded[n++] = (char)(c < 0x80 ? tolower(c) : c);
    }
    return folded;
}

bool text_same_name(const char *a, const char *b) {
    for (;;) {
        while (*a && (unsigned char)*a < 0x80 && !isalnum((unsigned char)*a))
            a++;
        while (*b && (unsigned char)*b < 0x80 && !isalnum((unsigned char)*b))
            b++;
        if (!*a || !*b)
            return *a == *b;
        if (tolower((unsigned char)*a++) != tolower((unsigned char)*b++))
            return false;
    }
}

char *text_replace_char(struct arena *arena, const char *text, char from, char to) {
    char *copy = arena_copy(arena, text);
    for (char *c = copy; *c; c++)
        if (*c == from)
            *c = to;
    return copy;
}

bool text_is_control(const char *character) {
    unsigned char first = (unsigned char)character[0],
                  second = first ? (unsigned char)character[1] : 0;
    return (first < ' ' && !strchr("\n\t\r", first)) || first == 0x7F ||
           (first == 0xC2 && second < 0xA0);
}

bool text_xml_allows(const char *character) {
    return !text_is_control(character) && !text_starts_with(character, "\xEF\xBF\xBE") &&
           !text_starts_with(character, "\xEF\xBF\xBF");
}

char *text_xml(struct arena *arena, const char *text) {
    static const char special[] = "&<>\"'\r"; /* a plain CR would be read as a line end */
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#13;"};
    struct text out = text_new(arena);
    text_add(&out, "");
    for (size_t length; *text; text += length) {
        const char *found = strchr(special, *text);
        length = 1;
        while (is_continuation(text[length]))
            length++;
        if (found)
            text_add(&out, entities[found - special]);
        else if (text_xml_allows(text))
            text_add_n(&out, text, length);
    }
    return out.bytes;
}

char *text_lower(struct arena *arena, const char *text) {
    char *lower = arena_copy(arena, text);
    for (char *c = lower; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return lower;
}

char *text_capital(struct arena *arena, const char *text) {
    char *copy = arena_copy(arena, text);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    return copy;
}

char *text_next_piece(struct arena *arena, const char **rest, char separator) {
    if (!*rest)
        return NULL;
    const char *start = *rest;
    const char *end = strchr(start, separator);
    *rest = end ? end + 1 : NULL;
    return text_trim(arena,
                     arena_copy_n(arena, start, end ? (size_t)(end - start) : strlen(start)));
}

char *text_enumerate(struct arena *arena, const char *const *items, size_t n, size_t most) {
    struct text out = text_new(arena);
    size_t shown = n <= most + 1 ? n : most; /* "and 1 more" is longer than the item itself */
    for (size_t i = 0; i < shown; i++) {
        if (i)
            text_add(&out, i + 1 == n ? " and " : ", ");
        text_add(&out, items[i]);
    }
    if (shown < n)
        text_add_format(&out, " and %zu more", n - shown);
    return out.bytes;
}

char *text_alternatives(struct arena *arena, const char *const *items, size_t n) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < n; i++)
        text_add_format(&out, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", items[i]);
    return out.bytes;
}

enum { NAME_LONGEST = 80 }; /* a slip of the pen is looked for in names, not in essays */

static size_t least(size_t a, size_t b, size_t c) {
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Edits (insert, delete, replace, swap of neighbours: Damerau 1964, restricted) from a to b,
 * neither longer than NAME_LONGEST. Three rows of the usual table are enough. */
static size_t edit_distance(const char *a, const char *b) {
    size_t rows[3][NAME_LONGEST + 1], columns = strlen(b) + 1;
    for (size_t j = 0; j < columns; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= strlen(a); i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j < columns; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], row[j], two_above[j - 2] + 1);
        }
    }
    return rows[strlen(a) % 3][columns - 1];
}

const char *text_nearest(struct arena *arena, const char *word, const char *const *candidates,
                         size_t n) {
    const char *folded = text_fold(arena, word), *nearest = NULL;
    size_t nearest_distance = SIZE_MAX, length = strlen(folded);
    if (length == 0 || length > NAME_LONGEST)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const char *candidate = text_fold(arena, candidates[i]);
        size_t longer = strlen(candidate) > length ? strlen(candidate) : length;
        size_t shorter = strlen(candidate) < length ? strlen(candidate) : length;
        if (longer > NAME_LONGEST || longer - shorter > longer / 2)
            continue;
        size_t distance = edit_distance(folded, candidate);
        if (distance < nearest_distance && distance <= 1 + longer / 4) {
            nearest = candidates[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}
