/* What the pages of records show (records.html, record.html, correct.html). Private to records/. */
#ifndef ITHACA_RECORDS_VIEWS_H
#define ITHACA_RECORDS_VIEWS_H

#include "replies/views.h"
#include "web/form.h"

/* A record, or a kind of them, in a list. */
struct record_line {
    const char *title, *url, *what; /* `url` NULL: it is named only; `what` may be NULL */
    size_t count;
};
struct record_lines {
    LIST(struct record_line) list;
};

struct records_view {
    struct record_lines kinds;
    bool may_correct;
    const char *bring_url; /* NULL for whoever may not */
    const char *coverage_url;
};

struct records_of_view {
    const char *title, *what, *ask, *all_url;
    const char *add_url;     /* NULL: they may not */
    const char *several_url; /* NULL: they may not, or there is nothing to change */
    struct html form_token;
    const char *undo_url, *undo_revision; /* of several that were changed just now; or NULL */
    const char *said;                     /* what was done just now; or NULL */
    const char *finding, *finding_url;    /* from which they came; or NULL */
    struct record_lines records, past;    /* the latter have ended */
    const char *before_url, *after_url;   /* of a long list; or NULL */
    const char *which;                    /* "1 to 50 of 10,000", of a long list; or NULL */
    const char *gone_url, *gone;          /* what was taken out: "Taken out (3)"; or NULL */
};

struct value_view {
    const char *words, *meaning, *url; /* the last two may be NULL */
};
struct field_view {
    const char *heading;
    LIST(struct value_view) values;
};
struct field_views {
    LIST(struct field_view) list;
};

/* How a field read before and after; of an empty one there are no values. */
struct field_change {
    struct field_view before, after;
};
struct field_changes {
    LIST(struct field_change) list;
};

/* What happened to a record. */
struct past_event {
    const char *title;  /* "Changed on 3 March 2027, by ..." */
    const char *reason; /* or NULL */
    bool is_partial;    /* some of it is not for this reader */
    bool is_erased;     /* words of it were replaced */
    bool has_before;    /* the changes are changes; else all that was written down */
    struct field_changes changes;
    const char *restore_url; /* to put it back as it was then; or NULL */
};
struct past_view {
    const char *title, *kind, *back_url, *back;
    bool is_gone, more;
    LIST(struct past_event) events;
};

struct restore_view {
    const char *title, *record, *back_url, *url;
    struct html form_token;
    const char *token, *base, *revision;
    bool is_gone;
    struct field_changes changes;
    const char *reason;
    bool has_errors;
    const char *conflict; /* or NULL */
    struct record_lines wrong;
};

struct record_view {
    const char *title, *kind, *kind_url, *what;
    bool is_saved;                     /* just now */
    const char *finding, *finding_url; /* from which they came; or NULL */
    struct record_notes disagreements; /* what other records say against it */
    struct way_links return_ways;      /* how to write that somebody came back */
    const char *again_url;             /* to write it once more, of another time; or NULL */
    bool is_looked_at;                 /* the diagnosis is older than the records */
    bool is_partial;                   /* some of it is not for this reader */
    struct field_views fields, source;
    const char *cited, *cited_url;     /* its source: "Minutes, 3 May 2026, page 4"; or NULL */
    const char *files_url;             /* of a document: its files, and what rests on it; or NULL */
    const char *unsaid;                /* what nothing is written down about; or NULL */
    const char *key;                   /* by which other records refer to it; NULL: none do */
    const char *since, *last, *reason; /* the last two may be NULL */
    const char *past_url;
    const char *path_url; /* of a decision: its page with the path; or NULL */
    struct finding_lines findings;
    const char *made_of, *made_of_url; /* of an action: the finding; or NULL */
    const char *given, *own_url;       /* of one of the reader's: by whom; its page; or NULL */
    struct reply_lines replies;        /* what those said of it who were to do it, for the lead */
    bool has_findings_seen;            /* there is a diagnosis for them to see */
    const char *correct_url;           /* NULL: they may not */
    const char *leads;                 /* whom to tell then; NULL: nobody leads it */
};

/* How fully a kind of record is kept. */
struct coverage_line {
    const char *title, *what, *url, *state; /* the last may be NULL: nobody said */
    const char *say_url, *since_url;        /* to say it; to say since when */
    size_t count;
    bool may_say_complete, may_say_partly; /* it is not said already */
};
struct coverage_lines {
    LIST(struct coverage_line) list;
};

struct coverage_view {
    struct html form_token;
    const char *base, *records_url;
    const char *said; /* what was done just now; or NULL */
    bool may_say;
    struct advices requests; /* what would tell most; for those who see the diagnosis */
    struct coverage_lines unsaid, part, whole;
};

/* One question of a form. */
enum form_shape { FORM_LINE, FORM_AREA, FORM_SELECT, FORM_CHECKS };
struct form_option {
    const char *value, *label;
    bool is_chosen;
};
struct form_field {
    const char *name, *label, *hint, *value; /* the name is that of its input, too */
    int shape;                               /* enum form_shape */
    bool is_number, begins_source;
    LIST(struct form_option) options;
    const char *error;     /* or NULL */
    const char *was, *now; /* where two have changed it; else NULL */
};

struct correct_view {
    const char *title, *record; /* what is done; which record it is done to */
    const char *back_url, *back, *url;
    struct html form_token;
    const char *token, *base;
    const char *finding; /* from which they came; or NULL */
    LIST(struct form_field) fields;
    const char *reason, *button;
    bool has_errors;
    const char *conflict;      /* somebody else was quicker: who and when; or NULL */
    struct record_lines wrong; /* what is wrong besides the fields, with where */
    const char *remove_url;    /* NULL: it cannot be taken out */
    const char *remove_reason, *remove_error;
};

/* Changing several: which records, which of their fields. */
struct several_box {
    const char *value, *label;
    bool is_chosen;
};
struct several_choose_view {
    const char *title, *back_url, *url;
    LIST(struct several_box) records, fields;
    const char *which, *before_url, *after_url; /* of a long list; or NULL */
    const char *records_error, *fields_error;   /* or NULL */
    const char *left_out; /* fields that cannot be changed here: "Members"; NULL: none */
};

/* The table: a column for each field, a cell for each record. */
struct several_cell {
    const char *name, *was_name; /* of its input, and of what stood in it */
    const char *value, *was;     /* NULL: nothing */
    const char *label;           /* "State of: Agree on beds" */
    const char *error;
    const char *before,
        *theirs;   /* what somebody else has changed meanwhile; `theirs` NULL: nobody */
    bool is_area;  /* there are line ends in it */
    bool is_there; /* the value is among the column's options */
};
struct several_row {
    const char *title, *key, *key_name;
    const char *error; /* of no field in particular; or NULL */
    LIST(struct several_cell) cells;
};
struct several_view {
    const char *title, *back_url, *url;
    struct html form_token;
    const char *token, *base, *reason;
    LIST(struct form_field) columns; /* the value: what goes into every row; NULL: nothing */
    LIST(struct several_row) rows;
    struct form_faults faults;
};

/* Words of a record, those that were looked for marked. */
struct search_piece {
    const char *words;
    bool is_wanted;
};
struct search_pieces {
    LIST(struct search_piece) list;
};
struct search_line {
    const char *title, *kind, *url;
    const char
        *heading; /* of the field in which it stands; NULL: in the title, or not to be shown */
    struct search_pieces marked_title, excerpt;
};
struct search_facet {
    const char *title;
    size_t count;
    const char *url;
    bool is_here;
};
struct search_view {
    const char *url, *all_url, *records_url;
    const char *asked; /* as it was typed */
    bool is_asked;     /* there is a word in it */
    bool is_there, is_behind, is_cut, is_narrowed;
    const char *count; /* how many */
    LIST(struct search_facet) facets;
    LIST(struct search_line) lines;
    const char *which, *before_url, *after_url;
};

#endif
