/* What a page is asked, and what it answers. Both belong to the arena of the request, which is
 * given back when the answer has been sent. */
#ifndef ITHACA_REQUEST_H
#define ITHACA_REQUEST_H

#include "accounts/visitor.h"
#include "base/date.h"
#include "base/text.h"

enum method { METHOD_GET, METHOD_POST };

enum { ROUTE_VALUES_MAX = 3 };

struct parameter {
    const char *name, *value;
};
struct parameters {
    LIST(struct parameter) list;
};

struct route;
struct content;
struct rules;

/* What is the same for all requests. */
struct site {
    bool is_secure;      /* people reach it by https, so the cookie goes nowhere else */
    const char *address; /* how people reach it: "https://ithaca.example.org" */
    const char *day;     /* what day it is, instead of the machine's: for demonstrations; or NULL */
    const struct content *content;
    const struct rules *rules;
};

struct request {
    struct arena *arena;
    struct problems *problems;
    const struct site *site;
    enum method method;
    const char *address;                  /* as it was asked for, without what is behind "?" */
    const struct route *route;            /* NULL: there is none */
    const char *values[ROUTE_VALUES_MAX]; /* what stands for the names in the route's pattern */
    struct parameters query, form;
    const char *cookie, *agent, *if_none_match; /* NULL: not sent */
    struct db *db;
    struct visitor visitor; /* account 0: nobody is signed in */
    char today[DAY_SIZE];
};

/* The first of that name; NULL if it was not sent. */
const char *request_query(const struct request *request, const char *name);
const char *request_field(const struct request *request, const char *name);
/* The same of a form; NULL also where there is nothing but white space in it. */
const char *request_filled(const struct request *request, const char *name);

enum status {
    STATUS_OK = 200,
    STATUS_SEE_OTHER = 303,
    STATUS_UNCHANGED = 304,
    STATUS_BAD_REQUEST = 400,
    STATUS_FORBIDDEN = 403,
    STATUS_NOT_FOUND = 404,
    STATUS_WRONG_METHOD = 405,
    STATUS_CONFLICT = 409,
    STATUS_TOO_LARGE = 413,
    STATUS_BROKEN = 500,
    STATUS_LATER = 503,
};

struct response {
    enum status status; /* STATUS_OK, unless somebody says otherwise */
    struct text body;
    const char *type;     /* "text/html; charset=utf-8", unless somebody says otherwise */
    const char *location; /* of STATUS_SEE_OTHER */
    const char *allow;    /* of STATUS_WRONG_METHOD: "GET, HEAD" */
    const char *etag;
    const char *cookie; /* a new session; "" ends it; NULL leaves it as it is */
};

/* Sends the browser on to another address, after a POST. */
void response_see_other(struct response *response, const char *address);

typedef enum err page_handler(struct request *request, struct response *response);

#endif
