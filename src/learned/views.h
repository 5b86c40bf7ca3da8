/* What the pages of what a programme learned show (learned.html). Private to learned/. */
#ifndef ITHACA_LEARNED_VIEWS_H
#define ITHACA_LEARNED_VIEWS_H

#include "base/names.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct learned_link {
    const char *title, *url, *note; /* the last two may be NULL */
};
struct learned_links {
    LIST(struct learned_link) list;
};

struct learned_line {
    const char *title, *url, *state, *colour, *note;
};
struct learned_group {
    const char *title, *about, *begin, *begin_url; /* begin_url NULL: they may not */
    const char *all_url;                           /* NULL: all are shown */
    LIST(struct learned_line) lines;
};
struct learned_front_view {
    const char *said, *exchange_url; /* or NULL */
    const char *back_url;            /* of one kind alone; or NULL */
    LIST(struct learned_group) groups;
};

/* A field as it is read. */
struct learned_part {
    const char *label, *text; /* the text NULL: the links are */
    struct learned_links links;
};
struct learned_past {
    const char *what, *why; /* the why may be NULL */
};
/* A form of a few words with buttons. */
struct learned_say {
    const char *state, *words;
};
struct learned_view {
    struct html form_token;
    const char *title, *back_url, *kind, *state, *colour, *standing, *said;
    const char *origin; /* says from where it was brought; or NULL */
    const char *review; /* its day has come; or NULL */
    struct names gaps;
    LIST(struct learned_part) picture; /* one after the other */
    LIST(struct learned_part) parts;
    LIST(struct learned_past) past;
    /* What the visitor may do; or NULL. */
    const char *change_url, *split_url, *merge_url, *say_url, *check_hint, *error;
    bool may_check, may_withdraw, may_take_up, may_review;
    const char *base, *token, *typed;
    struct learned_links others; /* with which it can be merged: the title, and the number as url */
};

struct learned_choice {
    const char *value, *label;
    bool is_chosen;
};
struct learned_choices {
    const char *title; /* of a group among several; or NULL */
    LIST(struct learned_choice) list;
};
struct learned_field_view {
    const char *id, *error_id, *label, *hint, *value, *error;
    const char *theirs; /* what somebody else wrote there meanwhile; or NULL */
    bool is_line, is_text, is_one, is_many;
    LIST(struct learned_choices) choices;
    struct names kept;    /* chosen, and not among the choices */
    const char *left_out; /* says that there are more to choose from; or NULL */
};
struct learned_form_view {
    struct html form_token;
    const char *title, *url, *back_url, *about, *token, *base, *from, *with, *why;
    const char *button;
    bool is_change, is_conflict;
    struct form_faults faults;
    LIST(struct learned_field_view) fields;
};

#endif
