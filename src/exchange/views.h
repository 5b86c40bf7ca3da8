/* What the pages of the exchange show (exchange.html). Private to exchange/. */
#ifndef ITHACA_EXCHANGE_VIEWS_H
#define ITHACA_EXCHANGE_VIEWS_H

#include "base/names.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct give_choice {
    const char *id, *title, *kind;
};
struct exchange_view {
    struct html form_token;
    const char *learned_url, *preview_url, *take_url;
    const char *said, *from;
    const char *give_fault, *take_fault; /* or NULL */
    LIST(struct give_choice) choices;
};

struct give_found {
    const char *words, *kind, *instead; /* as it is written; "a person" */
};
struct give_field {
    const char *name, *label, *value, *error;
    bool is_line;
    LIST(struct give_found) found;
};
struct give_item {
    const char *title, *kind;
    LIST(struct give_field) fields;
};
struct give_view {
    struct html form_token;
    const char *url, *back_url, *from;
    struct names ids;
    bool is_sent; /* and names are still in it */
    size_t found; /* how many were replaced, or are still there */
    struct form_faults faults;
    LIST(struct give_item) items;
};

struct take_part {
    const char *label, *text;
};
struct take_item {
    const char *title, *kind, *standing; /* "new", "known already", ... */
    LIST(struct take_part) parts;
};
struct take_view {
    struct html form_token;
    const char *url, *back_url, *from, *made_on, *key, *key_known, *file;
    LIST(struct take_item) items;
    bool is_known; /* all of it */
};

#endif
