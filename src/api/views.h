/* What the page of keys shows (keys.html). Private to api/. */
#ifndef ITHACA_API_VIEWS_H
#define ITHACA_API_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"

struct key_line {
    const char *id, *name, *reads, *until, *used;
};

struct key_programme {
    const char *key, *name;
    bool is_chosen;
};

struct keys_view {
    struct html form_token;
    const char *account_url, *make_url, *end_url, *description_url, *address;
    const char *secret; /* of a key that was just made; or NULL */
    const char *secret_name;
    const char *said; /* what was done just now; or NULL */
    LIST(struct key_line) keys;
    LIST(struct key_programme) programmes;
    const char *name, *days; /* as they were filled in */
    const char *name_error, *days_error, *other_error;
    struct form_faults faults;
};

#endif
