/* Writing values into HTML so that nobody can put HTML, a script or another address in. The
 * templates call these (docs/web.md); which one follows from where a value stands.
 *
 * A value is a text or a whole number; in html_text also a `struct html`. Others do not compile:
 * write a double, a bool or a date as a text first, as people should read it. NULL writes nothing.
 * Texts are UTF-8. Control characters other than line end and tab are left out. */
#ifndef ITHACA_HTML_H
#define ITHACA_HTML_H

#include "base/text.h"

/* HTML that is written as it is. Only for what the program itself made: never for what somebody
 * wrote. */
struct html {
    const char *text;
};

/* clang-format off */
#define HTML_OF_NUMBER                                                                             \
    int: html_signed_write, long: html_signed_write, long long: html_signed_write,                 \
    unsigned: html_unsigned_write, unsigned long: html_unsigned_write,                             \
    unsigned long long: html_unsigned_write

/* Text between tags. */
#define html_text(out, value)                                                                      \
    _Generic((value), char *: html_text_write, const char *: html_text_write,                      \
             struct html: html_raw_write, HTML_OF_NUMBER)(out, value)
/* The value of an attribute, between double quotation marks. */
#define html_attribute(out, value)                                                                 \
    _Generic((value), char *: html_text_write, const char *: html_text_write,                      \
             HTML_OF_NUMBER)(out, value)
/* An address in an attribute, from its beginning: one of this site ("/...", "#...", "?..."), or
 * http:, https:, mailto:. Anything else becomes "#", which leads nowhere; so do NULL and addresses
 * with line ends, tabs and the like, which browsers would drop before they read them. */
#define html_url(out, value)                                                                       \
    _Generic((value), char *: html_url_write, const char *: html_url_write)(out, value)
/* A part of an address, further on: what has a meaning there is percent-encoded. A part that is "."
 * or ".." would lead elsewhere even so: it is encoded twice, and names nothing. */
#define html_url_part(out, value)                                                                  \
    _Generic((value), char *: html_url_part_write, const char *: html_url_part_write,              \
             HTML_OF_NUMBER)(out, value)
/* clang-format on */

/* Begins a new line, unless at the beginning of one. */
void html_line_end(struct text *out);

/* For the macros above. */
void html_text_write(struct text *out, const char *text);
void html_raw_write(struct text *out, struct html html);
void html_signed_write(struct text *out, long long number);
void html_unsigned_write(struct text *out, unsigned long long number);
void html_url_write(struct text *out, const char *url);
void html_url_part_write(struct text *out, const char *part);

#endif
