/* What the home page shows (home.html). Private to home/. */
#ifndef ITHACA_HOME_VIEWS_H
#define ITHACA_HOME_VIEWS_H

#include "steps/views.h"

struct own_action {
    const char *title, *url, *due; /* the last two may be NULL */
    bool is_late;
};
struct own_actions {
    LIST(struct own_action) list;
};

struct home_view {
    const char *programme, *as_of, *summary, *diagnosis_url, *history_url;
    const char *since_title, *since_words; /* NULL: this is their first visit */
    const char *meeting, *win, *win_day;   /* NULL: none is written down */
    struct own_actions actions;            /* what they promised */
    bool is_recorded;                      /* the visitor is on the sheet People */
    struct finding_lines first;            /* the three that matter most */
    struct finding_lines yours;            /* given to the visitor */
    struct finding_lines about_you;        /* private, and about the visitor */
    struct finding_lines changed;          /* new since they were last here: the first of them */
    size_t changed_more;                   /* and how many more */
    struct step_lines steps;
};

struct programme_line {
    const char *url, *name, *role;
};
struct programmes_view {
    LIST(struct programme_line) list;
};

#endif
