/* What the pages about mail show. */
#ifndef ITHACA_MAIL_VIEWS_H
#define ITHACA_MAIL_VIEWS_H

#include "base/list.h"
#include "web/html.h"
#include <stdbool.h>

struct mail_stop_view {
    struct html form_token;
    const char *url;
    bool meetings; /* else reminders */
    bool is_done;
};

struct mail_line {
    const char *name, *what, *at, *said, *url;
};
struct site_mail_view {
    struct html form_token;
    const char *site_url;
    bool is_on;
    const char *state; /* how many wait, since when */
    const char *said;  /* what went wrong with them; or NULL */
    LIST(struct mail_line) given_up;
};

/* On the page of one's account. */
struct mail_choice_view {
    struct html form_token;
    const char *url;
    bool is_on;         /* mail is sent here, and an address is known */
    const char *chosen; /* as in mail_choice_names */
    bool meetings;      /* may be sent into their calendar */
};

#endif
