/* What the page of a meeting's invitations shows (invitations.html). Private to invitations/. */
#ifndef ITHACA_INVITATIONS_VIEWS_H
#define ITHACA_INVITATIONS_VIEWS_H

#include "base/list.h"
#include "web/html.h"
#include <stdbool.h>

struct invitation_line {
    const char *name;
    const char *sent; /* when they heard last; or NULL */
};
/* Those with whom it stands alike. */
struct invitation_group {
    const char *words;
    LIST(struct invitation_line) list;
};
struct invitations_view {
    struct html form_token;
    const char *url, *back_url, *back;
    const char *team, *when;
    const char *hurdle; /* or NULL */
    const char *said;   /* or NULL */
    const char *button; /* NULL: there is nothing to send */
    const char *off;    /* why nothing can be sent at all; or NULL */
    const char *people_url;
    LIST(struct invitation_group) groups; /* who is to hear something first */
};

#endif
