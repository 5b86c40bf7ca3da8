/* What the pages about people and accounts show (people.html, site.html). Private to accounts/. */
#ifndef ITHACA_PEOPLE_VIEWS_H
#define ITHACA_PEOPLE_VIEWS_H

#include "accounts/invite.h"
#include "accounts/notice_views.h"
#include "web/form.h"
#include "web/html.h"

struct option_view {
    const char *value, *label, *hint;
    bool is_chosen;
};
struct options_view {
    LIST(struct option_view) list;
};

/* The form that invites somebody, as it was filled in. */
struct invite_view {
    struct html form_token;
    const char *url, *name, *email;
    struct options_view roles;      /* empty where everybody is invited as lead */
    struct options_view records;    /* those on the sheet People who are nobody yet */
    struct options_view programmes; /* where one is to be chosen */
    const char *name_error, *email_error, *role_error, *record_error, *programme_error;
};

/* A link that is shown once. */
struct welcome_view {
    const char *name, *link, *back_url;
    const char *email, *mailbox, *host; /* whole, and around its @; NULL: none is known */
};

struct part_line {
    const char *name, *email, *role, *record, *url;
    bool has_signed_in, is_you;
};

struct people_view {
    bool is_lead;
    const char *programme, *said, *privacy_url;
    LIST(struct part_line) parts;
    struct invite_view invite;
};

/* One who takes part, as the lead sees them. */
struct part_view {
    struct html form_token;
    struct part_line part;
    const char *since, *people_url, *role_url, *link_url, *remove_url;
    struct options_view roles;
    bool has_account, may_be_linked, is_last_lead;
    const char *error, *said;
    const char *keeper; /* "whoever runs this site (help@example.org)" */
};

struct privacy_view {
    struct notice_view notice; /* what the site adds */
    const char *programme, *held_url;
    const char *leads;  /* their names; NULL: nobody leads it */
    const char *keeper; /* "whoever runs this site (help@example.org)" */
};

struct site_programme {
    const char *name, *key, *looked_at;
    int64_t revision, leads;
};
struct site_account {
    const char *name, *login, *signed_in, *url;
    const char *factor_url; /* NULL: they have no second factor, or are you */
    bool is_administrator;
    int64_t programmes;
};
struct site_factor_view {
    struct html form_token;
    const char *name, *login, *url, *site_url;
};
/* The form that begins a programme, as it was filled in. */
struct begin_view {
    const char *url, *token, *name, *started, *name_error, *started_error;
    struct form_faults faults;
};
struct site_view {
    struct begin_view begin;
    struct html form_token;
    LIST(struct site_programme) programmes;
    LIST(struct site_account) accounts;
    struct invite_view invite;
    const char *said, *mail_url, *jobs_url, *rules_url, *requests_url;
};

#endif
