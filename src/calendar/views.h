/* What the page of one's calendar shows (calendar.html). Private to calendar/. */
#ifndef ITHACA_CALENDAR_VIEWS_H
#define ITHACA_CALENDAR_VIEWS_H

#include "web/html.h"
#include <stdbool.h>

struct calendar_view {
    struct html form_token;
    const char *account_url, *make_url, *end_url;
    const char *address; /* just made, and shown only now; or NULL */
    const char *since;   /* when the address that holds was made; NULL: there is none */
    bool is_ended;       /* just now */
    const char *most;    /* "1,000" */
    int hours;
};

#endif
