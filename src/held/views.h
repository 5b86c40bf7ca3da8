/* What the page shows on which people read what is held about them (held.html). Private to held/.
 */
#ifndef ITHACA_HELD_VIEWS_H
#define ITHACA_HELD_VIEWS_H

#include "base/names.h"
#include <stdbool.h>

struct held_fact {
    const char *heading, *words;
};

/* A record that is about them or names them. */
struct held_entry {
    const char *title, *url; /* `url` NULL: records are not for them to open */
    LIST(struct held_fact) facts;
    const char *since;
};
struct held_entries {
    LIST(struct held_entry) list;
};
struct held_sheet {
    const char *title;
    struct held_entries entries;
};

/* A finding, with what was decided about it; or one thing that they saved or changed. */
struct held_said {
    const char *title, *url; /* `url` may be NULL */
    struct names words;
};
struct held_said_list {
    LIST(struct held_said) list;
};

struct held_place {
    const char *name, *url; /* `url` NULL: they take no part */
    const char *part;       /* "You take part as sponsor, since ..."; or NULL */
    struct held_entries own;
    struct names joined; /* who said that these are they, and when */
    LIST(struct held_sheet) sheets;
    size_t others; /* records on these sheets */
    struct held_said_list findings, saves, steps, answers, shares, brought, documents, drafts;
};

struct held_view {
    const char *name, *account_url, *requests_url, *left_out;
    const char *keeper;              /* "whoever runs this site (help@example.org)" */
    const char *text_url, *json_url; /* NULL: there is too much to look through here */
    const char *most;                /* "8 MB": how much would not be too much */
    LIST(struct held_fact) account;
    LIST(struct held_place) places;
};

#endif
