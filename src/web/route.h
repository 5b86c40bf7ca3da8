/* Every address that the program answers: routes.def, one line each. The checks of who may see
 * what, the addresses in links and the table in docs/permissions.md are made from the same lines.
 */
#ifndef ITHACA_ROUTE_H
#define ITHACA_ROUTE_H

#include "web/request.h"

enum route_name {
#define ROUTE(name, method, pattern, needs, handler) ROUTE_##name,
#include "web/routes.def"
#undef ROUTE
    ROUTE_COUNT
};

struct route {
    const char *name;
    const char *pattern; /* "/p/{programme}/finding/{finding}" */
    enum method method;
    enum permission needs;
    page_handler *handler;
};
extern const struct route routes[ROUTE_COUNT];

enum route_match { ROUTE_MATCHES, ROUTE_UNKNOWN, ROUTE_OTHER_METHOD };

/* The route of an address as it came, not yet decoded: what stands for {names} is decoded into
 * `values`. Something that is no UTF-8, or has a NUL in it, is unknown. */
enum route_match route_find(struct arena *arena, enum method method, const char *address,
                            const struct route **out, const char *values[ROUTE_VALUES_MAX]);

/* The address of a route, with a text for each {name} in its pattern, in order. */
const char *url_to(struct arena *arena, enum route_name name, ...);

/* The address of one of our own pages that somebody may come back to after signing in; NULL of
 * anything else, and of the first page, to which they come anyway. `asked` may be whatever anybody
 * wrote: what comes out is made anew from the route's pattern, so it leads nowhere else and holds
 * nothing that a header must not. */
const char *url_back(struct arena *arena, const char *asked);

/* A page of signing in, on the way to that one (NULL: to the first): "/sign-in?to=...". */
const char *url_on_way(struct arena *arena, enum route_name name, const char *back);

/* Whether a route is of a programme: "/p/{programme}...", with or without "/api/v1" before it. Its
 * first value is the key then. */
bool route_of_programme(const struct route *route);

/* Whether an address is for other programs ("/api/..."): they bring a key, no cookie, and whatever
 * they are told is JSON. */
bool address_is_for_programs(const char *address);

#endif
