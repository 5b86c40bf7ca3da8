/* What the pages of wins show (wins.html). Private to wins/. */
#ifndef ITHACA_WINS_VIEWS_H
#define ITHACA_WINS_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct win_line {
    const char *title, *day, *url, *type; /* the type may be NULL */
    bool is_marked;                       /* together, or people were thanked */
};
struct wins_view {
    LIST(struct win_line) list;
    const char *add_url; /* NULL: they may not */
};

struct win_view {
    const char *title, *day, *wins_url, *programme;
    const char *thanks_to, *matters_to, *marked; /* or NULL */
    const char *record_url;                      /* NULL: they may not read records */
    const char *letter;                          /* to copy into an e-mail */
    const char *said;                            /* what was done just now; or NULL */
    struct html form_token;
    const char *marked_url; /* NULL: they may not, or it is done */
    const char *token;
};

/* The form by which a win is written down, as it was filled in. */
struct win_form {
    struct html form_token;
    const char *url, *wins_url, *token;
    const char *title, *day, *thanks_to, *matters_to;
    const char *title_error, *day_error, *other_error;
    struct form_faults faults;
};

#endif
