#include "web/route.h"
#include <microhttpd.h>
#include <stdarg.h>
#include <string.h>

#define ROUTE(name, method, pattern, needs, handler) page_handler handler;
#include "web/routes.def"
#undef ROUTE

const struct route routes[ROUTE_COUNT] = {
#define ROUTE(name, method, pattern, needs, handler)                                               \
    [ROUTE_##name] = {#name, pattern, METHOD_##method, PERMISSION_##needs, handler},
#include "web/routes.def"
#undef ROUTE
};

/* A piece of an address as it was meant; NULL if that is no text. */
static const char *piece_decode(struct arena *arena, const char *piece, size_t length) {
    char *decoded = arena_copy_n(arena, piece, length);
    size_t decoded_length = MHD_http_unescape(decoded);
    return text_is_utf8(decoded, decoded_length) ? decoded : NULL;
}

/* Whether an address looks like this pattern, piece by piece. */
static bool pattern_fits(const char *pattern, const char *address) {
    while (*pattern && *address) {
        size_t asked = 1 + strcspn(pattern + 1, "/"), there = 1 + strcspn(address + 1, "/");
        if (*pattern != '/' || *address != '/')
            return false;
        if (pattern[1] == '{' ? there == 1 : asked != there || memcmp(pattern, address, asked) != 0)
            return false;
        pattern += asked;
        address += there;
    }
    return !*pattern && !*address;
}

/* Whether it is of this pattern: what stands for the names must be texts. */
static bool pattern_matches(struct arena *arena, const char *pattern, const char *address,
                            const char *values[ROUTE_VALUES_MAX]) {
    if (!pattern_fits(pattern, address))
        return false;
    for (size_t n = 0; *pattern;) {
        size_t there = 1 + strcspn(address + 1, "/");
        if (pattern[1] == '{' && !(values[n++] = piece_decode(arena, address + 1, there - 1)))
            return false;
        pattern += 1 + strcspn(pattern + 1, "/");
        address += there;
    }
    return true;
}

enum route_match route_find(struct arena *arena, enum method method, const char *address,
                            const struct route **out, const char *values[ROUTE_VALUES_MAX]) {
    enum route_match found = ROUTE_UNKNOWN;
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (!pattern_matches(arena, routes[i].pattern, address, values))
            continue;
        *out = &routes[i];
        if (routes[i].method == method)
            return ROUTE_MATCHES;
        found = ROUTE_OTHER_METHOD;
    }
    return found;
}

/* Not by strspn, which makes a table of the characters for each piece. */
static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~", c));
}

static void piece_encode(struct text *out, const char *piece) {
    static const char digits[] = "0123456789ABCDEF";
    for (; *piece; piece++) {
        size_t plain = 0;
        while (is_plain(piece[plain]))
            plain++;
        text_add_n(out, piece, plain);
        piece += plain;
        unsigned char byte = (unsigned char)*piece;
        if (!byte)
            return;
        text_add_char(out, '%');
        text_add_char(out, digits[byte >> 4]);
        text_add_char(out, digits[byte & 15]);
    }
}

/* The pattern with a text for each {name}. */
static const char *pattern_fill(struct arena *arena, const char *pattern,
                                const char *const values[ROUTE_VALUES_MAX]) {
    struct text url = text_new(arena);
    for (size_t n = 0; *pattern; n++) {
        size_t plain = strcspn(pattern, "{");
        text_add_n(&url, pattern, plain);
        pattern += plain;
        if (!*pattern)
            break;
        piece_encode(&url, values[n]);
        pattern += strcspn(pattern, "}") + 1;
    }
    return url.bytes;
}

const char *url_to(struct arena *arena, enum route_name name, ...) {
    const char *values[ROUTE_VALUES_MAX] = {0};
    size_t n = 0;
    va_list arguments;
    va_start(arguments, name);
    for (const char *at = routes[name].pattern; (at = strchr(at, '{')); at++)
        values[n++] = va_arg(arguments, const char *);
    va_end(arguments);
    return pattern_fill(arena, routes[name].pattern, values);
}

const char *url_back(struct arena *arena, const char *asked) {
    enum { ASKED_MAX = 1000 }; /* bytes: it goes into an address, and a header */
    const struct route *route;
    const char *values[ROUTE_VALUES_MAX];
    bool is_page = asked && strlen(asked) <= ASKED_MAX &&
                   route_find(arena, METHOD_GET, asked, &route, values) == ROUTE_MATCHES &&
                   route->needs != PERMISSION_PUBLIC && route->needs != PERMISSION_MONITOR &&
                   route != &routes[ROUTE_programmes];
    return is_page ? pattern_fill(arena, route->pattern, values) : NULL;
}

const char *url_on_way(struct arena *arena, enum route_name name, const char *back) {
    struct text url = text_new(arena);
    text_add(&url, routes[name].pattern);
    if (back) {
        text_add(&url, "?to=");
        piece_encode(&url, back);
    }
    return url.bytes;
}

bool route_of_programme(const struct route *route) {
    return text_starts_with(route->pattern, "/p/{") ||
           text_starts_with(route->pattern, "/api/v1/p/{");
}

bool address_is_for_programs(const char *address) {
    return text_starts_with(address, "/api/");
}
