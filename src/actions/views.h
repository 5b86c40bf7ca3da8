/* What the page of a finding shows, and those of what is done about it (finding.html, action.html,
 * own_action.html). Private to actions/. */
#ifndef ITHACA_ACTIONS_VIEWS_H
#define ITHACA_ACTIONS_VIEWS_H

#include "replies/views.h"

struct fact_view {
    const char *sheet, *label, *said, *standing; /* the last may be NULL */
    const char *url, *wrong_url; /* of the record, and of saying that it is wrong, with the way
                                  * back; NULL: not for this reader */
    const char *mend_url;        /* of a decision: the form that mends its path; or NULL */
};

struct decision_view {
    const char *what, *who, *when, *reason;
};

/* An action that was made of the finding. */
struct action_line {
    const char *title, *url, *owner, *when, *state, *state_colour; /* the url may be NULL */
};

/* The form by which somebody makes one, as it was filled in. */
struct action_view {
    struct html form_token;
    const char *url, *token, *finding, *finding_url;
    bool is_private;
    bool is_shared;   /* the diagnosis: whoever takes it on can read the finding */
    bool gives_whole; /* the finding goes to them, too */
    const char *title, *due;
    struct person_choices people;
    const char *title_error, *owner_error, *due_error;
    struct form_faults faults;
};

/* The page of an action for whoever is to do it. */
struct own_action_view {
    const char *title, *state, *state_colour;
    const char *due, *given, *done;    /* the last two may be NULL */
    const char *finding, *finding_url; /* why it is to be done; NULL: it is not known */
    const char *record_url;            /* NULL: they may not read records */
    const char *said;                  /* what was done just now; or NULL */
    bool is_open, may_say;             /* they may say what stands in the way */
    const char *leads;                 /* whoever reads that */
    struct html form_token;
    const char *token, *base, *done_url, *in_the_way_url;
    const char *day, *done_words, *words;
    const char *day_error, *done_words_error, *words_error, *other_error;
    struct form_faults faults;
    struct reply_lines replies;
};

/* A list of actions. */
struct show_link {
    const char *title, *url, *count;
    bool is_here;
};
struct listed_line {
    const char *title, *url, *owner, *due, *state, *colour;
    const char *employer; /* or NULL */
};
struct actions_view {
    const char *title;
    int show;     /* 0: the reader's own */
    bool has_own; /* they stand on the sheet People */
    LIST(struct show_link) shows;
    LIST(struct listed_line) lines;
    const char *add_url, *before_url, *after_url; /* or NULL */
};

/* The form by which somebody decides, as it was filled in. */
struct decide_view {
    struct html form_token;
    const char *url, *token, *seen;
    bool may, is_decided; /* something was decided that could be taken back */
    const char *what, *reason, *review;
    struct person_choices people;
    const char *what_error, *person_error, *reason_error, *review_error, *other_error;
    struct form_faults faults;
};

/* A page of the library. */
struct known_link {
    const char *title, *url, *note; /* the last two may be NULL */
};
struct known_links {
    LIST(struct known_link) list;
};

struct finding_view {
    const char *title, *sentence, *severity, *severity_colour, *level, *harm, *since, *state;
    const char *diagnosis_url;
    bool is_private, is_open;
    bool is_looked_at;            /* again, since the records have changed */
    const char *said, *said_more; /* what was saved just now; or NULL */
    const char *asked;            /* why the next move is the visitor's; or NULL */
    const char *asked_words;      /* what exactly is asked of them; or NULL */
    struct reply_view reply;
    struct reply_lines replies;
    const char *together;                /* how many who decide have answered; or NULL */
    const char *decision, *decision_url; /* which the finding is about; or NULL */
    LIST(struct fact_view) facts;
    struct record_notes left;  /* of whom they say in several places that they left */
    struct names meaning;      /* paragraphs */
    struct advices what_to_do; /* the same */
    const char *next_for;      /* who is to do it, or "": the reader */
    struct sheet_links sheets; /* of which they speak, for those who may only read them */
    const char *source;
    const char *rule_url; /* NULL: there is no such rule any more */
    struct names limits;  /* of the rule, that were changed here */
    struct known_links barriers, mechanisms, competences, elsewhere; /* in the library */
    struct known_links learned;                /* here: what people wrote up about it */
    const char *write_up_url;                  /* NULL: they may not */
    const char *step, *step_url, *step_source; /* NULL where the papers have none */
    LIST(struct decision_view) decisions;      /* the newest first */
    LIST(struct action_line) actions;
    const char *action_url; /* NULL: they may make none */
    struct decide_view decide;
};

#endif
