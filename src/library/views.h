/* What the pages of the library show (library.html). Private to library/. */
#ifndef ITHACA_LIBRARY_VIEWS_H
#define ITHACA_LIBRARY_VIEWS_H

#include "base/names.h"
#include "web/html.h"
#include <stdbool.h>

struct library_link {
    const char *title, *url, *note; /* the note may be NULL */
};
struct library_links {
    LIST(struct library_link) list;
};

struct library_search_box {
    const char *url, *asked, *folder; /* "": nothing was asked; the folder NULL: everywhere */
};

struct library_view {
    struct library_search_box box;
    struct library_links kinds; /* the note says what they are */
    struct library_links printed;
    const char *version;
};

struct library_facet {
    const char *title;
    struct library_links values; /* the note: how many */
    const char *chosen;          /* a value, or NULL */
    const char *all_url;
};

struct library_list_view {
    const char *title, *about, *library_url;
    struct library_search_box box;
    LIST(struct library_facet) facets;
    struct library_links items;
    const char *count;
};

struct library_found_view {
    const char *library_url;
    struct library_search_box box;
    bool is_there, is_cut;
    struct library_links kinds;   /* to narrow it down to one of them */
    struct library_links learned; /* what the programme itself wrote up */
    struct library_links items;
    const char *count;
};

/* Where a statement comes from, if that differs from what its section says. */
struct library_source {
    struct library_links papers; /* the note: the place in it */
    const char *basis;           /* "our conclusion", "ours: because ..."; NULL: stated there */
};
struct statement_view {
    const char *text;
    const char *sign; /* "worked", "did harm"; or NULL */
    bool is_point, begins_points, ends_points;
    const struct library_source *source; /* NULL: see the section's */
};
struct library_section_view {
    const char *title;
    LIST(struct statement_view) statements;
    const struct library_source *source; /* of all of it; or NULL */
};
struct library_fact {
    const char *label, *value; /* the value NULL: the links are */
    struct library_links links;
};
struct library_related {
    const char *title;
    struct library_links links;
};
struct library_item_view {
    const char *title, *kind, *list_url, *library_url;
    const char *own; /* says that it is from this site; or NULL */
    struct library_links languages;
    LIST(struct library_fact) facts;
    LIST(struct library_section_view) flow; /* a picture: one leads to the next */
    LIST(struct library_section_view) sections;
    LIST(struct library_related) related;
};

/* The ten competences to print. */
struct library_competence {
    const char *title, *url, *group;
    struct names is, seen;
};
struct library_framework_view {
    const char *back_url;
    LIST(struct library_competence) competences;
};

/* Which study the review cites for which mechanism: a cell for each mechanism. */
struct library_matrix_row {
    const char *title, *url, *count;
    struct names cells;
};
struct library_matrix_view {
    const char *back_url;
    struct library_links mechanisms; /* the note: how many papers the review counts */
    LIST(struct library_matrix_row) rows;
};

#endif
