/* What the pages of resources, policies, agreements and visits show. Private to work/. */
#ifndef ITHACA_WORK_VIEWS_H
#define ITHACA_WORK_VIEWS_H

#include "findings/views.h"
#include "web/form.h"

/* ---- resources ---- */

struct resource_line {
    const char *title, *url, *what; /* "money, for the whole programme" */
    const char *whose, *from;       /* organisations; or NULL */
    const char *state, *gap;        /* `gap` NULL: nothing is missing */
    const char *sums;               /* "Needed 600,000, secured 450,000"; or NULL */
};
struct resource_bar {
    const char *title, *sum;
    int width; /* of 100 */
};
/* Sums that may be added: once, or each year. */
struct resource_total {
    const char *title;
    LIST(struct resource_bar) bars;
};
struct resource_lines {
    LIST(struct resource_line) list;
};
struct resources_view {
    struct resource_lines gaps, others;
    LIST(struct resource_total) totals;
    const char *add_url; /* NULL: they may not */
    bool more;
};

/* ---- policies ---- */

struct policy_means {
    const char *title, *url, *type, *effect;
};
struct policy_line {
    const char *title, *url, *owner, *asks;
    LIST(struct policy_means) means;
    const char *gap;                   /* in words; or NULL */
    const char *finding, *finding_url; /* or NULL */
    const char *add_url;               /* to write down what follows; NULL: they may not */
};
struct policies_view {
    LIST(struct policy_line) gaps, others;
    LIST(struct policy_line) own;    /* of partners, from which nothing needs to follow */
    LIST(struct policy_means) loose; /* that belong to no policy */
    const char *add_url;
};

/* ---- agreements ---- */

struct agreement_party_line {
    const char *name, *url, *state, *when, *again; /* the last two may be NULL */
    const char *changed, *changed_url;             /* why to ask again; or NULL */
    const char *ask_url;                           /* NULL: they may not */
};
struct agreement_line {
    const char *title, *url, *about;
    LIST(struct agreement_party_line) parties;
    const char *add_url;
};
struct agreements_view {
    LIST(struct agreement_line) list;
    size_t asks; /* parties to ask again */
    const char *add_url, *said;
};
struct agreement_ask_view {
    struct html form_token;
    const char *party, *agreement, *back_url, *url, *token, *day, *answer, *action_url;
    const char *answer_error, *day_error, *other_error;
    struct form_faults faults;
};

/* ---- visits ---- */

struct visit_line {
    const char *name, *url;
    const char *last, *last_url, *learnt; /* of the last visit to listen or help; or NULL */
    const char *plan_url, *add_url;       /* NULL: they may not */
};
struct visits_view {
    LIST(struct visit_line) list;
    bool is_complete; /* all visits are written down */
    const char *coverage_url, *said;
};

/* ---- planning ---- */

struct work_plan_view {
    struct html form_token;
    const char *heading, *about, *back_url, *url, *token, *title, *due;
    struct person_choices people;
    const char *title_error, *owner_error, *due_error, *other_error;
    struct form_faults faults;
};

#endif
