/* What the pages of meetings show (meetings.html, meeting_form.html). Private to meetings/. */
#ifndef ITHACA_MEETINGS_VIEWS_H
#define ITHACA_MEETINGS_VIEWS_H

#include "findings/views.h"
#include "replies/views.h"
#include "web/form.h"
#include "web/html.h"

struct meeting_entry {
    const char *title, *url, *state; /* the state NULL where nothing is to be said */
};
struct meeting_entries {
    LIST(struct meeting_entry) list;
};
struct meeting_orphan {
    const char *words, *url;
};
struct meetings_view {
    LIST(struct meeting_orphan) orphans; /* taken out, and still in people's calendars */
    struct meeting_entries coming, held;
    const char *plan_url; /* NULL: they may not */
};

/* The form by which one is planned, as it was filled in. */
struct meeting_option {
    const char *value, *label;
    bool is_chosen;
};
struct meeting_options {
    LIST(struct meeting_option) list;
};
struct plan_view {
    struct html form_token;
    const char *url, *all_url, *token, *day, *starts, *ends, *place, *agenda;
    struct meeting_options teams;
    const char *team_error, *day_error, *starts_error, *ends_error, *other_error;
    struct form_faults faults;
};

/* Something on the agenda. */
struct agenda_line {
    const char *title, *url, *more, *state, *colour; /* all but the title may be NULL */
};
struct agenda_lines {
    LIST(struct agenda_line) list;
};
struct meeting_view {
    const char *title, *when, *all_url, *said;
    const char *place; /* or NULL */
    bool is_closed;
    bool reads_actions; /* else they stand with those who may read the records alone */
    struct agenda_lines actions, decisions, findings;
    struct names items;
    /* For whoever may write; or NULL */
    const char *write_url, *invite_url, *agenda_url, *agenda, *token, *record_url;
    struct html form_token;
    /* Of one that is closed. */
    struct html minutes;
    const char *letter;
};

/* The agenda's own items, where two changed them at once. */
struct agenda_view {
    struct html form_token;
    const char *url, *meeting_url, *token, *theirs, *mine, *both;
};

/* A field in which somebody else wrote at the same time: both versions, to choose from. */
struct other_note {
    const char *field, *id, *what, *theirs, *yours;
    bool can_both; /* a long text, in which both can stand */
};
struct other_notes {
    LIST(struct other_note) list;
};

/* The form by which it is held: a part for each person, action, decision. */
struct presence_view {
    const char *key, *name, *spoken, *error;
    struct other_notes notes;
    struct meeting_options presence;
};
struct feedback_view {
    const char *key, *title, *more, *until, *words, *error;
    struct other_notes notes;
    struct meeting_options outcome;
};
struct taken_view {
    const char *key, *title, *more, *error;
    struct other_notes notes;
    bool is_taken;
};
struct to_do_view {
    int row;
    const char *what, *when, *error;
    struct other_notes notes;
    struct person_choices people;
};
struct decided_view {
    int row;
    const char *title, *error;
    struct other_notes notes;
};
struct holding_view {
    struct html form_token;
    const char *title, *url, *back_url, *token, *base, *said;
    LIST(struct presence_view) members;
    LIST(struct feedback_view) actions;
    LIST(struct taken_view) decisions;
    LIST(struct decided_view) decided;
    LIST(struct to_do_view) to_do;
    struct names items;
    const char *notes;
    struct other_notes notes_notes;
    bool is_conflict;
    struct form_faults faults;
};

#endif
