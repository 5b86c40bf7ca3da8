/* What the pages of one decision show (deciding.html, path.html). Private to deciding/. */
#ifndef ITHACA_DECIDING_VIEWS_H
#define ITHACA_DECIDING_VIEWS_H

#include "deciding/path.h"
#include "web/form.h"
#include "web/html.h"

/* ---- the drawing ---- */

struct box_line {
    const char *words;
    int y;
};
struct box_view {
    int x, y, width, height;
    bool is_gap, is_there;
    const char *title; /* all of its words */
    LIST(struct box_line) lines;
};
struct place_label {
    const char *words;
    int y;
};
struct arrow_view {
    int from, to, y;
    bool is_gap;
};
struct path_line {
    const char *place, *words, *state, *colour, *shape;
};
struct path_view {
    const char *summary, *team;
    int width, height;
    bool is_cut; /* there are more steps than are drawn */
    LIST(struct place_label) labels;
    LIST(struct box_view) boxes;
    LIST(struct arrow_view) arrows;
    LIST(struct path_line) list; /* the same in words */
};

/* ---- the form ---- */

struct deciding_choice {
    const char *value, *label;
    bool is_chosen;
};
struct deciding_choices {
    LIST(struct deciding_choice) list;
};
/* A name that is typed: `field`, its words, and what is to be chosen where it is not clear. */
struct typed_name {
    const char *id, *field, *words, *label;
    struct deciding_choices choices;
};
struct row_view {
    const char *id, *right_field;
    int number;
    struct deciding_choices rights;
    struct typed_name who, by;
    const char *already; /* who tells them anyway; or NULL */
};
struct place_view {
    const char *id, *error_id, *key, *name, *error;
    bool is_together, is_full;
    LIST(struct row_view) rows;
};
struct clash_view {
    const char *id, *key, *what, *mine, *theirs;
};
struct deciding_form {
    struct html form_token;
    const char *key; /* NULL: it is new */
    const char *heading, *url, *path_url, *back_url, *back, *script;
    const char *token, *base, *was, *title, *due, *title_error, *due_error;
    bool is_new, never_was, is_conflict;
    bool is_cut; /* not all organisations that it concerns are asked about here */
    struct form_faults faults;
    LIST(struct clash_view) clashes;
    struct deciding_choices concerns, manners, final_says;
    LIST(struct place_view) places;
    struct names names;
    struct path_view path;
};

/* ---- the page of one ---- */

struct decision_link {
    const char *title, *url;
};
struct deciding_view {
    const char *title, *state, *due, *manner, *final_say, *concerns, *said;
    const char *all_url, *change_url, *record_url, *whole_url;
    struct path_view path;
    LIST(struct decision_link) findings;
    const char *findings_note;
    /* By which it is said that it was decided; the address NULL: they may not, or it was */
    struct html form_token;
    const char *decided_url, *token, *day, *day_error;
    struct form_faults faults;
    struct deciding_choices deciders;
};

#endif
