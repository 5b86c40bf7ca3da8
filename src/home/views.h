/* What the home page shows (home.html). Private to home/. */
#ifndef ITHACA_HOME_VIEWS_H
#define ITHACA_HOME_VIEWS_H

#include "findings/views.h"

struct step_line {
    const char *title, *state, *colour;
    int number;
};

struct home_view {
    const char *programme, *as_of, *summary, *diagnosis_url, *since_words;
    struct finding_lines first;   /* the three that matter most */
    struct finding_lines yours;   /* given to the visitor */
    struct finding_lines changed; /* new since they were last here */
    LIST(struct step_line) steps;
};

struct programme_line {
    const char *url, *name, *role;
};
struct programmes_view {
    LIST(struct programme_line) list;
};

#endif
