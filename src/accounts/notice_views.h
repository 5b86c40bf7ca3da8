/* What the site's page about its part of "How your data are used" shows (notice.html). */
#ifndef ITHACA_NOTICE_VIEWS_H
#define ITHACA_NOTICE_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct notice_part {
    const char *name, *heading, *hint, *value, *error;
    const char *theirs; /* what somebody else saved meanwhile; or NULL */
};
struct notice_past {
    const char *title, *url;
};
struct notice_form_view {
    struct html form_token;
    const char *url, *token, *base, *said;
    bool is_conflict;
    struct form_faults faults;
    LIST(struct notice_part) parts;
    LIST(struct notice_past) past;
};
/* One version, to read. */
struct notice_view {
    const char *title, *back_url;
    LIST(struct notice_part) parts; /* those in which something is said */
};

#endif
