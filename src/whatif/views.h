/* What the pages of "what if?" show (whatif.html, answer.html). Private to whatif/. */
#ifndef ITHACA_WHATIF_VIEWS_H
#define ITHACA_WHATIF_VIEWS_H

#include "base/names.h"
#include "findings/views.h"
#include "web/html.h"

struct asked_line {
    const char *title, *url, *state;
};

struct whatif_view {
    const char *url, *token, *other_token, *day;
    struct html form_token;
    struct person_choices people;
    LIST(struct asked_line) asked; /* the newest first */
    const char *person_error, *day_error;
};

/* Sentences under a title. */
struct sentences {
    const char *title;
    struct names sentences;
};
struct all_sentences {
    LIST(struct sentences) list;
};

struct change_line {
    const char *what, *now, *then;
};

struct changed_finding {
    const char *severity, *severity_colour, *sentence;
};
struct changed_findings {
    LIST(struct changed_finding) list;
};

struct exposed_person {
    const char *name, *url; /* to ask what if they left */
    struct all_sentences lost;
    const char *repair; /* what helps most; or NULL */
};

struct answer_view {
    const char *title, *day, *back_url, *remove_url, *stop_url, *here_url;
    long long done, done_of; /* how far it has come; 0 of 0: it has not begun, or cannot be told */
    struct html form_token;
    bool is_sweep;
    const char *waiting, *failed; /* words, or NULL: there is an answer */
    const char *about;            /* when it was worked out, from which records */
    /* If somebody left: */
    struct all_sentences lost;
    struct names repairs;
    LIST(struct change_line) changes;
    struct changed_findings appear, change, vanish;
    const char *handover_title;
    struct all_sentences handover;
    /* Everybody in turn: */
    LIST(struct exposed_person) exposed; /* those on whom most hangs */
    LIST(struct exposed_person) others;  /* on whom less does */
    const char *rest;                    /* how many others there are, on whom nothing hangs */
};

#endif
