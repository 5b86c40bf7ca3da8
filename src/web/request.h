/* What a page is asked, and what it answers. Both belong to the arena of the request, which is
 * given back when the answer has been sent. */
#ifndef ITHACA_REQUEST_H
#define ITHACA_REQUEST_H

#include "accounts/visitor.h"
#include "base/date.h"
#include "base/text.h"
#include "web/helper.h"

enum method { METHOD_GET, METHOD_POST };

enum { ROUTE_VALUES_MAX = 3 };

struct parameter {
    const char *name, *value;
};
struct parameters {
    LIST(struct parameter) list;
};

/* A file that came with a form. */
struct upload {
    const char *file; /* what it is called; NULL: there is none */
    const char *bytes;
    size_t length;
};

struct route;
struct content;
struct rules;
struct config_lines;

/* What is the same for all requests. */
struct site {
    const char *start;     /* random: another each time that the server is started */
    const char *proxy;     /* the address of what stands in front, if not this machine's; or NULL */
    const char *contact;   /* whom people ask for help; or NULL */
    bool sends_mail;       /* what is put into mail/mail.h goes out */
    const char *mail_from; /* from this address; or NULL */
    bool is_secure;        /* people reach it by https, so the cookie goes nowhere else */
    const char *address;   /* how people reach it: "https://ithaca.example.org" */
    const char *day; /* what day it is, instead of the machine's: for demonstrations; or NULL */
    const struct content *content;
    const struct rules *rules;
    const struct config_lines *settings; /* as they are in force */
    const char *backups;                 /* the folder for them; NULL: none is named */
    const char *settings_file;           /* NULL: there is none */
    const char *database;                /* without a password */
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
    struct upload upload;                       /* only of pages that take one (web/server.c) */
    const char *cookie, *agent, *if_none_match; /* NULL: not sent */
    const char *key;  /* that another program sent (Authorization: Bearer); or NULL */
    const char *peer; /* of a POST: from which address (web/peer.h) */
    const char
        *answer; /* NULL: nothing was asked; "": there is none, say that it may be tried again */
    void *kept;  /* the page's own, from one call to the next */
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
    /* Nothing yet: the page has a question that takes long (helper.h). What it has written in the
     * database is kept; it is called again, in another transaction, with the answer. */
    STATUS_WAIT = 0,
    STATUS_OK = 200,
    STATUS_SEE_OTHER = 303,
    STATUS_UNCHANGED = 304,
    STATUS_BAD_REQUEST = 400,
    STATUS_NOT_KNOWN = 401, /* who asks */
    STATUS_FORBIDDEN = 403,
    STATUS_NOT_FOUND = 404,
    STATUS_WRONG_METHOD = 405,
    STATUS_CONFLICT = 409,
    STATUS_TOO_LARGE = 413,
    STATUS_TOO_MANY = 429,
    STATUS_BROKEN = 500,
    STATUS_LATER = 503,
};

/* A body that is read piece by piece while it is sent, when the page's transaction has ended: what
 * is put into `out` from the byte `at` on, at most so much; how much it was, or -1 if it cannot be
 * read any more. `context` belongs to the request's arena. */
struct response_stream {
    uint64_t length;
    long (*read)(void *context, uint64_t at, char *out, size_t most);
    void *context; /* NULL: the answer is `body` */
};

struct response {
    enum status status; /* STATUS_OK, unless somebody says otherwise */
    struct text body;
    const char *type;     /* "text/html; charset=utf-8", unless somebody says otherwise */
    const char *location; /* of STATUS_SEE_OTHER */
    const char *allow;    /* of STATUS_WRONG_METHOD: "GET, HEAD" */
    const char *etag;
    const char *download; /* what a file is to be called that is saved, and kept nowhere else;
                             with `etag`: by the browser, which asks whether it still is so */
    struct response_stream stream; /* of `download`: what somebody uploaded; it is never shown */
    bool is_secret;                /* what is shown once: no browser is to keep it */
    bool is_picture;               /* an SVG, which may load and run nothing at all */
    unsigned refresh;              /* seconds, after which the browser asks again; 0: it does not */
    const char *cookie;            /* a new session; "" ends it; NULL leaves it as it is */
    struct question question;      /* of STATUS_WAIT; not after the answer "" */
};

/* Sends the browser on to another address, after a POST. */
void response_see_other(struct response *response, const char *address);

/* For pages of a programme that show nothing but its records, its diagnosis, what was decided about
 * it and what was made ready of it: where the browser has the page as it is now, the response says
 * so, and there is nothing left to do. To be called first, since that is what it saves. */
bool response_is_unchanged(const struct request *request, struct response *response);

typedef enum err page_handler(struct request *request, struct response *response);

#endif
