/* What the pages of the eight steps show (steps.html), and their list at home. */
#ifndef ITHACA_STEPS_VIEWS_H
#define ITHACA_STEPS_VIEWS_H

#include "findings/views.h"

struct step_line {
    const char *title, *url;
    const char *state, *colour; /* "2 findings", and the colour of the tag that says so */
    int number;
};
struct step_lines {
    LIST(struct step_line) list;
};

struct step_view {
    struct step_line step;
    const char *steps_url;
    struct names why, what_to_do, good, smallest; /* paragraphs */
    struct sheet_links sheets;                    /* of which they speak */
    const char *source;
    struct finding_lines findings;
    bool is_looked_at;                      /* there is a diagnosis to be seen */
    const struct step_line *before, *after; /* NULL: there is none */
};

#endif
