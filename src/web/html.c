#include "web/html.h"
#include <ctype.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

static const char *entity_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* The bytes of the control character there that is to be left out, 0 if there is none. */
static size_t dropped_length(const char *at) {
    if (*at != '\r' && !text_is_control(at))
        return 0;
    return (unsigned char)*at == 0xC2 ? 2 : 1;
}

/* All of a page passes here: so these are tables by byte, in which those that need a closer look
 * are 0. First the characters that may stand in a text as they are, then those of an address. */
#define EIGHT "\0\0\0\0\0\0\0\0"
#define CONTROL EIGHT EIGHT EIGHT EIGHT
static const char plain_in_text[UCHAR_MAX + 1] =
    CONTROL " !\0#$%\0\0()*+,-./0123456789:;\0=\0?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"
            "`abcdefghijklmnopqrstuvwxyz{|}~";
static const char plain_in_url[UCHAR_MAX + 1] =
    CONTROL "\0!\0#$%\0\0()*+,-./0123456789:;\0=\0?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\0]\0_"
            "\0abcdefghijklmnopqrstuvwxyz\0\0\0~";

/* How many bytes from here on a table has. */
static size_t plain_length(const char *text, const char table[UCHAR_MAX + 1]) {
    size_t length = 0;
    while (table[(unsigned char)text[length]])
        length++;
    return length;
}

void html_text_write(struct text *out, const char *text) {
    if (!text)
        return;
    const char *start = text; /* of what can be written as it is */
    while (*(text += plain_length(text, plain_in_text))) {
        const char *entity = entity_of(*text);
        size_t dropped = entity ? 1 : dropped_length(text);
        if (!dropped) {
            text++;
            continue;
        }
        text_add_n(out, start, (size_t)(text - start));
        if (entity)
            text_add(out, entity);
        start = text += dropped;
    }
    text_add_n(out, start, (size_t)(text - start));
}

void html_raw_write(struct text *out, struct html html) {
    if (html.text)
        text_add(out, html.text);
}

void html_unsigned_write(struct text *out, unsigned long long number) {
    char digits[24], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    text_add_n(out, at, (size_t)(digits + sizeof digits - at));
}

void html_signed_write(struct text *out, long long number) {
    if (number < 0)
        text_add_char(out, '-');
    html_unsigned_write(out, number < 0 ? -(unsigned long long)number : (unsigned long long)number);
}

static void percent_write(struct text *out, char c) {
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
    text_add_n(out, encoded, sizeof encoded);
}

static bool url_may_be_followed(const char *url) {
    for (const char *at = url; *(at += plain_length(at, plain_in_url)); at++)
        if (text_is_control(at) || strchr("\n\t\r", *at))
            return false;
    if (*url == '/') /* browsers read "\" as "/", and "//host" as another site */
        return url[1] != '/' && url[1] != '\\';
    return *url == '#' || *url == '?' || strncasecmp(url, "http:", 5) == 0 ||
           strncasecmp(url, "https:", 6) == 0 || strncasecmp(url, "mailto:", 7) == 0;
}

static bool is_plain(char c) {
    return isascii(c) && isalnum((unsigned char)c);
}

void html_url_write(struct text *out, const char *url) {
    if (!url || !url_may_be_followed(url)) {
        text_add_char(out, '#');
        return;
    }
    for (; *url; url++) {
        size_t plain = plain_length(url, plain_in_url);
        text_add_n(out, url, plain);
        url += plain;
        if (!*url)
            return;
        const char *entity = entity_of(*url);
        if (entity && (*url == '&' || *url == '\''))
            text_add(out, entity);
        else
            percent_write(out, *url);
    }
}

void html_url_part_write(struct text *out, const char *part) {
    if (!part)
        return;
    while (*part) {
        size_t dropped = dropped_length(part);
        if (dropped) {
            part += dropped;
            continue;
        }
        if (is_plain(*part) || strchr("-._~", *part))
            text_add_char(out, *part);
        else
            percent_write(out, *part);
        part++;
    }
}

void html_line_end(struct text *out) {
    if (out->length && out->bytes[out->length - 1] != '\n')
        text_add_char(out, '\n');
}
