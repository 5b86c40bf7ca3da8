/* What pages show of what is asked and answered (reply.html). */
#ifndef ITHACA_REPLIES_VIEWS_H
#define ITHACA_REPLIES_VIEWS_H

#include "findings/views.h"
#include "web/form.h"

/* What somebody answered who was asked. */
struct reply_line {
    const char *what, *who, *when, *words; /* `words` may be NULL */
    const char *about, *about_url;         /* NULL on the page of what it is about */
    const char *together;                  /* how many who decide have answered; or NULL */
    const char *taken_up;                  /* by whom and when, or not yet; or NULL */
    const char *back;                      /* what was said back then; or NULL */
    const char *take_up_url, *answer_url; /* to take it up, and to say something back; NULL: not for
                                           * this visitor */
};
struct reply_lines {
    LIST(struct reply_line) list;
    struct html form_token;
    const char *finding; /* to go back to when one was taken up; NULL: home */
};

/* The form by which somebody answers, as it was filled in. */
struct reply_view {
    struct html form_token;
    const char *url, *token; /* `url` NULL: they are not asked */
    const char *what, *words, *leads;
    const char *what_error, *words_error;
    struct form_faults faults;
};

/* The page of one answer, for whoever takes it up. */
struct take_up_view {
    struct reply_line reply;
    const char *home_url, *readers; /* who will read what is said back */
    struct html form_token;
    const char *finding; /* as in struct reply_lines */
    const char *words, *words_error;
    struct form_faults faults;
};

#endif
