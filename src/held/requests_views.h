/* What the pages of requests show (requests.html). Private to held/. */
#ifndef ITHACA_HELD_REQUESTS_VIEWS_H
#define ITHACA_HELD_REQUESTS_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct request_line {
    const char *what, *who, *words, *asked, *due, *answer;
    const char *state, *colour;
    const char *url;           /* to answer it; NULL: it is answered, or not theirs to answer */
    const char *id, *advice;   /* how to do what is asked */
    const char *typed, *error; /* of an answer that came back; or NULL */
};
struct request_what_choice {
    const char *value, *words;
    bool is_chosen;
};
struct requests_view {
    bool is_of_site;
    const char *back, *back_url, *url, *said, *keeper;
    struct html form_token;
    const char *token;
    LIST(struct request_line) lines;
    LIST(struct request_what_choice) whats;
    const char *who, *words, *day; /* as they were filled in */
    const char *who_error, *what_error, *words_error, *day_error;
    struct form_faults faults;
};

#endif
