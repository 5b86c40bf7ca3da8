/* What the pages of the diagnosis show (diagnosis.html, history.html, share.html), and what other
 * rooms show of findings. */
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

struct person_choice {
    const char *key, *name;
    bool is_chosen;
    const char *group; /* a group of this title begins with them; or NULL */
    bool ends_group;
};

struct person_choices {
    LIST(struct person_choice) list;
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

/* The page of the site's jobs: when each programme was last looked at, and what failed. What a
 * failure said may name records, so it stays in the server's log. */
struct site_job {
    const char *name;
    const char *looked_at; /* a day, or NULL: never */
    const char *state;     /* what goes on or went wrong, in words, or NULL */
    const char *again_url; /* NULL: there is nothing to try again */
};

struct site_jobs_view {
    struct html form_token;
    const char *site_url;
    LIST(struct site_job) jobs;
};

#endif
