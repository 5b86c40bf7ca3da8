/* What the pages show on which whoever looks after the site reads of saves and settings
 * (site_more.html). Private to accounts/. */
#ifndef ITHACA_SITE_VIEWS_H
#define ITHACA_SITE_VIEWS_H

#include "base/list.h"
#include <stdbool.h>

struct audit_programme {
    const char *name, *url;
    bool is_here;
};
struct audit_save {
    const char *number, *at, *author;
    const char *erased; /* "somebody was erased from 3 versions"; or NULL */
};
struct audit_view {
    LIST(struct audit_programme) programmes;
    const char *name, *key; /* of the one whose saves are shown; NULL: there is none */
    LIST(struct audit_save) saves;
    const char *which, *before_url, *after_url; /* or NULL */
};

struct setting_line {
    const char *name, *words, *value;
};
struct settings_view {
    const char *file, *database, *version; /* the file NULL: there is none */
    LIST(struct setting_line) lines;
};

#endif
