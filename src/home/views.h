/* What the home page shows (home.html). Private to home/. */
#ifndef ITHACA_HOME_VIEWS_H
#define ITHACA_HOME_VIEWS_H

#include "replies/views.h"
#include "steps/views.h"

struct own_action {
    const char *title, *url, *due; /* `due` may be NULL */
    bool is_late;
};
struct own_actions {
    LIST(struct own_action) list;
};

/* A finding whose next move is the visitor's, and why it is. */
struct ask {
    struct finding_line line;
    const char *why;
    const char *words;      /* what exactly is asked of them; NULL: its next step */
    const char *answer_url; /* NULL: there is nobody else to answer */
    const char *answered;   /* what they said last; or NULL */
};
struct asks {
    LIST(struct ask) list;
};

/* "Direction: 3 findings, 8 in order", and the findings. */
struct outcome_line {
    const char *words, *url;
};

/* An action that was reported as done. */
struct done_line {
    const char *title, *url, *who, *when; /* `url` NULL: it was taken out */
    const char *words;                    /* or NULL */
};

struct home_view {
    const char *programme, *as_of, *summary, *diagnosis_url, *history_url;
    bool is_bare;                          /* nothing is written down at all */
    const char *start_title;               /* "Begin here"; or how far it has come */
    const char *start_url;                 /* there is hardly anything to look at yet; or NULL */
    const char *overall;                   /* how far the whole is in order; or NULL */
    const char *since_title, *since_words; /* NULL: this is their first visit */
    const char *meeting, *win, *win_day;   /* NULL: none is written down */
    LIST(struct outcome_line) outcomes;    /* none: there is no diagnosis to be seen */
    struct own_actions actions;            /* what they are to do */
    struct reply_lines replies;            /* that wait for the visitor, who leads */
    LIST(struct done_line) done;           /* reported since they were last here */
    struct reply_lines heard;              /* what the visitor said, and was taken up since */
    bool is_recorded;                      /* the visitor is on the sheet People */
    struct finding_lines first;            /* the three that matter most */
    struct asks yours;              /* what the team asks of the visitor: the first of them */
    size_t yours_more;              /* and how many more */
    bool asks_first;                /* it is what they come for: said even where it is nothing */
    const char *unrecorded;         /* why that cannot be told; or NULL */
    bool leads;                     /* the visitor does */
    struct finding_lines about_you; /* private, and about the visitor */
    struct finding_lines changed;   /* new since they were last here: the first of them */
    size_t changed_more;            /* and how many more */
    struct step_lines steps;
};

struct programme_line {
    const char *url, *name, *role;
};
struct programmes_view {
    const char *site_url; /* NULL: they do not look after the site */
    LIST(struct programme_line) list;
};

#endif
