/* What the pages of findings show (diagnosis.html, finding.html). Private to findings/. */
#ifndef ITHACA_FINDINGS_VIEWS_H
#define ITHACA_FINDINGS_VIEWS_H

#include "findings/shown.h"
#include "web/html.h"

/* A sheet that advice speaks of: the page where it is written. */
struct sheet_link {
    const char *title, *url;
};
struct sheet_links {
    bool may_correct; /* the reader may write there */
    LIST(struct sheet_link) list;
};

/* Advice, with links where it speaks of a sheet. */
struct advice_piece {
    const char *words, *url; /* `url` NULL: words only */
};
struct advice {
    LIST(struct advice_piece) pieces;
};
struct advices {
    LIST(struct advice) list;
};

/* A finding in a list. */
struct finding_line {
    const char *url, *title, *sentence;
    struct advice next;                     /* where it was asked for */
    const char *next_for;                   /* whose move that is, or "": the reader's */
    const char *severity, *severity_colour; /* "high", "red" */
    const char *level, *outcome;
    const char *since; /* "Seen here since 3 March 2017" */
    const char *state; /* "assigned to ...", or NULL: nobody has decided anything */
    bool is_private;
};
struct finding_lines {
    LIST(struct finding_line) list;
};

struct choice_link {
    const char *title, *url;
    size_t count;
    bool is_here;
};

struct grid_cell {
    const char *outcome, *reading, *colour, *shade, *facts, *url; /* `url` NULL: nothing to see */
};

struct grid_row {
    const char *level;
    struct grid_cell cells[OUTCOME_COUNT];
};

/* Whether everybody may read it, and what the lead can do about that. */
struct sharing_view {
    bool is_lead, is_shared;
    bool is_done; /* just now */
    const char *words, *day, *ask_url;
};

/* Before it is shared: who will read what. */
struct share_view {
    struct html form_token;
    const char *url, *diagnosis_url;
    const char *readers, *findings; /* "2 people: ..."; "16 of 17 findings: 1 is private" */
    int64_t number;
    bool is_overtaken; /* another diagnosis has come since they saw it */
};

/* What is in order at one level. */
struct in_order_view {
    LIST(struct shown_evidence) list;
};

struct diagnosis_view {
    const char *day, *made_at;
    const char *overall; /* how far the whole is in order; or NULL */
    struct sharing_view sharing;
    struct grid_row rows[LEVEL_COUNT];
    LIST(struct choice_link) choices; /* which findings are listed */
    const char *heading;              /* "12 findings" */
    struct finding_lines about_you;   /* for nobody else's eyes but the lead's */
    struct finding_lines lines;
    struct in_order_view in_order[LEVEL_COUNT];
    size_t in_order_count;
    struct advices requests; /* what to write down to know more */
};

/* A way to put records right. */
struct way_link {
    const char *title, *url;
};
struct way_links {
    LIST(struct way_link) list;
};

/* Something about records that is to be said, and the ways to put it right: none for those who may
 * not. */
struct record_note {
    const char *words;
    struct way_links ways;
};
struct record_notes {
    LIST(struct record_note) list;
};

struct fact_view {
    const char *sheet, *label, *said, *standing; /* the last may be NULL */
    const char *url, *wrong_url; /* of the record, and of saying that it is wrong, with the way
                                  * back; NULL: not for this reader */
};

struct decision_view {
    const char *what, *who, *when, *reason;
};

struct person_choice {
    const char *key, *name;
    bool is_chosen;
    const char *group; /* a group of this title begins with them; or NULL */
    bool ends_group;
};

struct person_choices {
    LIST(struct person_choice) list;
};

/* What somebody answered who was asked. */
struct reply_line {
    const char *what, *who, *when, *words; /* `words` may be NULL */
    const char *about, *about_url;         /* NULL on the page of what it is about */
    const char *taken_up;                  /* by whom and when, or not yet; or NULL */
    const char *take_up_url;               /* NULL: it is not for this visitor to take up */
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
    const char *day, *words;
    const char *day_error, *words_error, *other_error;
    struct reply_lines replies;
};

/* The form by which somebody decides, as it was filled in. */
struct decide_view {
    struct html form_token;
    const char *url, *token, *seen;
    bool may, is_decided; /* something was decided that could be taken back */
    const char *what, *reason, *review;
    struct person_choices people;
    const char *what_error, *person_error, *reason_error, *review_error, *other_error;
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
    LIST(struct fact_view) facts;
    struct record_notes left;  /* of whom they say in several places that they left */
    struct names meaning;      /* paragraphs */
    struct advices what_to_do; /* the same */
    const char *next_for;      /* who is to do it, or "": the reader */
    struct sheet_links sheets; /* of which they speak, for those who may only read them */
    const char *source;
    struct names barriers, mechanisms, competences; /* in words */
    const char *step, *step_url, *step_source;      /* NULL where the papers have none */
    LIST(struct decision_view) decisions;           /* the newest first */
    LIST(struct action_line) actions;
    const char *action_url; /* NULL: they may make none */
    struct decide_view decide;
};

/* Something that opened or closed. */
struct history_event {
    const char *title, *url, *day; /* `url` NULL: it has no page any more */
    bool is_private;
};

struct history_month {
    const char *title; /* "March 2027" */
    LIST(struct history_event) opened, closed;
    long change, open; /* how many more are open at its end than before, and how many in all */
};

/* How many were open at the end of each month, drawn in units of the SVG. */
struct history_chart {
    int width, height, left, top, right, bottom;
    const char *points; /* NULL: there is nothing to draw yet */
    const char *first, *last;
    long most;
};

struct history_view {
    const char *programme, *day;
    bool is_lead, is_looked_at;
    LIST(struct history_month) months; /* the oldest first */
    struct history_chart chart;
};

#endif
