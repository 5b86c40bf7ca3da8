/* What the page of backups shows (backups.html). Private to backups/. */
#ifndef ITHACA_BACKUPS_VIEWS_H
#define ITHACA_BACKUPS_VIEWS_H

#include "base/list.h"
#include "web/html.h"
#include <stdbool.h>

struct backup_entry {
    const char *when, *state, *colour; /* a tag's */
    const char *by;
    const char *place, *size; /* NULL: there is no file */
    const char *words;        /* what else there is to say; or NULL */
};
struct backups_view {
    const char *said, *warning; /* or NULL */
    const char *last;           /* a sentence about the last one; NULL: there is none */
    const char *folder;         /* NULL: the settings name none */
    const char *obstacle;       /* what keeps backups from being made; or NULL */
    const char *restore;        /* the command that brings the last one back */
    bool is_waiting;
    struct html form_token;
    const char *url, *token;
    LIST(struct backup_entry) entries;
};

#endif
