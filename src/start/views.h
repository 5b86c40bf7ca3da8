/* What the pages of the beginning show (start.html). Private to start/. */
#ifndef ITHACA_START_VIEWS_H
#define ITHACA_START_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"

struct start_line {
    const char *title, *url, *state;
};
struct start_lines {
    LIST(struct start_line) list;
};

struct start_view {
    const char *so_far, *diagnosis_url;
    const char *next_url; /* of the next thing to do */
    struct start_lines steps;
};

struct start_step_view {
    const char *title, *why, *how, *url, *start_url, *next_url, *so_far, *diagnosis_url;
    const char *token, *base, *lines, *fault;
    struct html form_token;
    struct form_faults faults;
    struct start_lines there;
};

#endif
