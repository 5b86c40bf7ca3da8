/* What the pages of the beginning show (start.html). Private to start/. */
#ifndef ITHACA_START_VIEWS_H
#define ITHACA_START_VIEWS_H

#include "findings/views.h"
#include "start/start.h"
#include "web/form.h"
#include "web/html.h"

struct start_line {
    const char *title, *url, *state, *colour, *why; /* `url` NULL: it cannot be answered yet */
};
struct start_lines {
    LIST(struct start_line) list;
};

/* How far the diagnosis has come: it grows with each answer. */
struct start_so_far {
    bool is_behind;
    const char *words, *again_url, *diagnosis_url;
    const char *changed; /* what the last answer did; or NULL */
    struct finding_lines newest;
};

struct start_view {
    const char *programme, *count, *next_url, *next_title;
    const char *result_url; /* NULL: there is none yet, or next_url leads there */
    bool is_whole;
    struct start_lines questions;
    struct start_so_far so_far;
    const char *script;
};

struct start_question_view {
    const char *title, *why, *caption, *button, *url, *start_url, *next_url, *script;
    const char *token, *base;
    struct html form_token;
    struct form_faults faults;
    struct start_lines there;
    const struct start_form *form;
    struct start_so_far so_far;
};

/* One of the three things to look at first. */
struct start_thing {
    struct finding_line line;
    struct names means;
};
struct start_result_view {
    struct start_so_far so_far;
    const char *overall, *start_url, *share_url, *people_url, *home_url, *coverage_url, *open;
    const char *case_url; /* NULL: nothing above speaks of it */
    LIST(struct start_thing) things;
    LIST(const char *) in_order;
    size_t in_order_more;
    struct advices requests;
    const char *script;
};

#endif
