/* What the pages about signing in and one's account show. */
#ifndef ITHACA_ACCOUNTS_VIEWS_H
#define ITHACA_ACCOUNTS_VIEWS_H

#include "base/list.h"
#include "mail/views.h"
#include "web/html.h"
#include <stdbool.h>

/* Errors are NULL where there is none. */
struct sign_in_view {
    const char *url;
    struct html form_token;
    const char *to;     /* the page that was asked for; NULL: none */
    const char *keeper; /* "whoever runs this site (help@example.org)" */
    const char *who;
    const char *error, *who_error, *password_error;
    const char *forgotten_url; /* NULL: no mail is sent here */
};

struct forgotten_view {
    const char *url, *back_url;
    struct html form_token;
    const char *who, *error;
    const char *keeper;
};

struct code_view {
    const char *url, *keeper;
    struct html form_token;
    const char *to;
    const char *error;
};

struct second_factor_view {
    bool is_on;
    const char *url, *off_url, *account_url;
    struct html form_token;
    const char *secret, *secret_groups; /* the second for people to read */
    const char *qr_box, *qr_path;       /* of an SVG */
    const char *taken, *told_url;       /* when it was taken off; NULL: it was not */
    const char *password_url;
    const char *codes_left; /* "8 recovery codes are left" */
    const char *error;
};

struct recovery_codes_view {
    const char *account_url;
    const char *codes[8];
    size_t n;
};

struct password_view {
    const char *url, *account_url;
    const char *later_url; /* NULL: they have a password */
    struct html form_token;
    const char *login;
    bool asks_old;
    int least; /* characters */
    const char *error, *old_error, *new_error;
};

struct session_line {
    const char *id, *browser, *since;
    bool is_this;
};

struct programme_link {
    const char *name, *url;
};

struct account_view {
    struct mail_choice_view reminders;
    const char *name, *login, *email;       /* email: NULL if not known */
    LIST(struct programme_link) programmes; /* in which they take part */
    const char *held_url, *calendar_url, *keys_url;
    const char *keeper; /* "whoever runs this site (help@example.org)" */
    const char *saved;  /* what was done just now; or NULL */
    bool has_password;
    bool has_second_factor;
    const char *second_factor_url;
    const char *password_url, *end_url, *end_others_url;
    struct html form_token;
    LIST(struct session_line) sessions;
};

#endif
