/* What the pages of the steps show (steps.html, change.html), and their list at home. */
#ifndef ITHACA_STEPS_VIEWS_H
#define ITHACA_STEPS_VIEWS_H

#include "findings/views.h"

struct step_line {
    const char *id, *title, *url;
    const char *state, *colour; /* "2 findings", and the colour of the tag that says so */
    int number;                 /* in the programme's order, from 1; 0: set aside */
    const char *aside;          /* why it was set aside, or NULL */
};
struct step_lines {
    LIST(struct step_line) list;  /* those that count */
    LIST(struct step_line) aside; /* those that were set aside */
    size_t without_step;          /* open findings that no step answers */
    bool is_changed;              /* they are not the papers' eight as they stand */
};

struct steps_view {
    struct step_lines lines;
    const char *change_url; /* NULL: not for the visitor */
    const char *said;       /* what was just done; or NULL */
};

/* A step in words: paragraphs. */
struct step_sections {
    struct names why, what_to_do, good, smallest;
    struct sheet_links sheets; /* of which they speak */
};

/* Setting a step aside, and taking it up again. */
struct aside_view {
    struct html form_token;
    const char *url, *token, *seen, *reason, *reason_error, *other_error;
    bool is_aside;
};

struct step_view {
    struct step_line step;
    const char *steps_url;
    struct step_sections words; /* as the programme has it */
    const char *source;         /* of what the papers have; NULL: it is the programme's own */
    const char *original_title; /* NULL: the programme has changed nothing in it */
    struct step_sections original;
    const char *changed; /* "Changed by ... on ..."; NULL: nobody did */
    struct finding_lines findings;
    bool is_looked_at;                      /* there is a diagnosis to be seen */
    bool answers;                           /* findings could be answered by it */
    const struct step_line *before, *after; /* NULL: there is none */
    const char *words_url;                  /* to change it; NULL: not for the visitor */
    struct aside_view aside;
    const char *said;
};

struct rule_choice {
    const char *id, *title;
    bool is_chosen;
};

/* The form by which a step is written. */
struct words_view {
    struct html form_token;
    const char *url, *token, *seen, *back_url, *heading;
    bool is_new, has_original, is_changed;
    const char *title, *why, *what_to_do, *good, *smallest;
    LIST(struct rule_choice) rules;
    const char *title_error, *why_error, *what_to_do_error, *good_error, *smallest_error,
        *other_error;
};

struct place_choice {
    const char *id, *name, *title, *value; /* the field's name and what stands in it */
};

/* The page on which the list is changed. */
struct change_view {
    struct html form_token;
    const char *steps_url, *new_url, *order_url, *back_url, *token, *back_token, *seen;
    LIST(struct place_choice) places;
    bool is_changed;
    const char *error;
};

#endif
