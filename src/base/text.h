/* Text: comparing, trimming, building. All text is UTF-8 and ends with a NUL. */
#ifndef ITHACA_TEXT_H
#define ITHACA_TEXT_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A text that grows, in an arena. `bytes` is always ended by a NUL; an empty one is all zero. */
struct text {
    struct arena *arena;
    char *bytes;
    size_t length, room;
};

struct text text_new(struct arena *arena);
/* Makes room for so many bytes more, where it is known that they will come. */
void text_reserve(struct text *text, size_t length);
void text_add(struct text *text, const char *more);
void text_add_n(struct text *text, const char *more, size_t length);
void text_add_char(struct text *text, char c);
void text_add_format(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);

/* Inline: most texts that are compared differ in their first byte. */
static inline bool text_equal(const char *a, const char *b) {
    return a == b || (a && b && *a == *b && strcmp(a, b) == 0);
}
bool text_starts_with(const char *text, const char *start);
/* Nothing in it but white space, or no text at all. */
bool text_blank(const char *text);
/* Whether the bytes are well-formed UTF-8 without NUL. */
bool text_is_utf8(const char *bytes, size_t length);
/* Writes a character below U+10000 as UTF-8, without a NUL; gives its length, 1 to 3. */
size_t text_encode(char *out, uint32_t code);
/* UTF-8 of bytes in Windows-1252, in which Excel writes CSV in Western Europe; NULL if they cannot
 * be that: there is a NUL, or a byte without meaning there, or some of the text is UTF-8 already.
 */
char *text_from_windows_1252(struct arena *arena, const char *bytes, size_t length);
/* Whether there are control characters other than line end and tab in it, U+0080 to U+009F
 * included: terminals obey some of those. */
bool text_has_control(const char *text);
/* What somebody typed into a form, of which browsers end lines with two characters: with one, and
 * nothing around it; NULL if nothing is left. `text` may be NULL. */
const char *text_typed(struct arena *arena, const char *text);
/* The text if it is short, otherwise its beginning and "…": for messages that quote it. */
const char *text_quote(struct arena *arena, const char *text);
/* Characters (code points), which is what a terminal column holds for our languages. */
size_t text_width(const char *text);

/* A copy without white space (no-break space and byte order mark included) at both ends. */
char *text_trim(struct arena *arena, const char *text);
/* A copy by which names are compared: lower case, and anything that is not a letter or a digit
 * dropped, so that "Decision rights", "decision-rights" and "decision_rights" are one name. */
char *text_fold(struct arena *arena, const char *text);
/* Whether two names are one by that measure. */
bool text_same_name(const char *a, const char *b);
/* A copy with every `from` as `to`. */
char *text_replace_char(struct arena *arena, const char *text, char from, char to);
/* Whether the character there is an invisible one that terminals and other programs may obey: a
 * control character other than a tab or a line end, U+007F to U+009F included. */
bool text_is_control(const char *character);
/* Whether the character there can be shown by XML: none of those, nor U+FFFE or U+FFFF. */
bool text_xml_allows(const char *character);
/* A copy that XML (SVG, GraphML) shows as it is, between tags and in attributes; characters that
 * XML cannot show are left out. */
char *text_xml(struct arena *arena, const char *text);
/* A copy with small letters for the capitals of ASCII: for logins and email addresses. */
char *text_lower(struct arena *arena, const char *text);
/* A copy whose first letter is a capital, where that letter is ASCII. */
char *text_capital(struct arena *arena, const char *text);

/* Cuts `*rest` at the next `separator`, moves `*rest` behind it (NULL at the end), returns the
 * trimmed piece; NULL when there is nothing left. `*rest` itself is not written to. */
char *text_next_piece(struct arena *arena, const char **rest, char separator);

/* "a", "a and b", "a, b and c"; past `most` of them "a, b and 4 more". */
char *text_enumerate(struct arena *arena, const char *const *items, size_t n, size_t most);

/* "a", "a or b", "a, b or c". */
char *text_alternatives(struct arena *arena, const char *const *items, size_t n);

/* The candidate most like `word`, or NULL when none is near enough to be a likely slip. */
const char *text_nearest(struct arena *arena, const char *word, const char *const *candidates,
                         size_t n);

#endif
