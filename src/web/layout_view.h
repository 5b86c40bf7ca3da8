/* What the frame of a page shows (layout.html). */
#ifndef ITHACA_LAYOUT_VIEW_H
#define ITHACA_LAYOUT_VIEW_H

#include "web/html.h"
#include <stdbool.h>

enum { LAYOUT_PLACES_MAX = 24 };

struct layout_place {
    const char *title, *url;
    bool is_here;
};

/* Places that belong together. */
struct layout_group {
    const char *title;
    const struct layout_place *places;
    int place_count; /* one at least */
};

struct layout_link {
    const char *title, *url; /* NULL: there is none */
};

struct layout_view {
    const char *title, *stylesheet, *icon;
    const char *programme; /* NULL: the page is of none */
    const char *programmes_url;
    const char *name; /* of whoever is signed in; NULL: nobody */
    const char *account_url;
    const char *role; /* "programme lead", or NULL */
    const char *sign_out_url;
    const char *privacy_url; /* NULL: the page is of no programme */
    const char *site_url;    /* NULL: they do not look after the site */
    struct html form_token;
    const char *places_of; /* "Programme", "Site"; unset where there are no places */
    struct layout_place places[LAYOUT_PLACES_MAX];
    int place_count;
    struct layout_group groups[LAYOUT_PLACES_MAX]; /* the same places */
    int group_count;
    const struct layout_group *here; /* the group that the page is in; NULL: none */
    struct html body;
};

#endif
