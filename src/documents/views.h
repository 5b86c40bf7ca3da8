/* What the pages of documents show (documents.html). Private to documents/. */
#ifndef ITHACA_DOCUMENTS_VIEWS_H
#define ITHACA_DOCUMENTS_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct document_line {
    const char *title, *url, *about; /* "3 May 2026; minutes"; may be NULL */
    const char *file;                /* "Word, 120 KB"; "a link"; NULL: neither */
};
struct orphan_line {
    const char *document, *file, *url; /* to take it away for good */
};
struct documents_view {
    LIST(struct document_line) list;
    LIST(struct orphan_line) orphans; /* of documents that were taken out; for the lead */
    const char *add_url;              /* NULL: they may not */
    bool more;                        /* there are others, that are not shown */
    const char *said;                 /* what was done just now; or NULL */
    const char *records_url;
};

struct file_line {
    const char *file, *url, *about; /* "Word, 120 KB, since 3 May 2026, by the lead" */
    const char *sha256, *away_url;  /* the latter NULL: they may not */
};
struct rest_line {
    const char *kind, *title, *url, *page; /* the last may be NULL */
};
struct document_view {
    const char *title, *about, *documents_url, *record_url;
    const char *link, *host, *link_words; /* where the link leads; the first NULL: nowhere to go */
    LIST(struct file_line) files;         /* the newest first */
    LIST(struct rest_line) rest;
    bool more_rest;
    const char *said; /* what was done just now; or NULL */
    struct html form_token;
    const char *url, *token; /* to upload; `url` NULL: they may not */
    const char *fault;
    struct form_faults faults;
};

struct document_choice {
    const char *value;
    bool is_chosen;
};
/* The form by which a document is written down, as it was filled in. */
struct document_form {
    struct html form_token;
    const char *url, *documents_url, *token;
    const char *title, *dated, *link;
    LIST(struct document_choice) types;
    const char *title_error, *dated_error, *link_error, *file_error, *other_error;
    struct form_faults faults;
};

struct document_away_view {
    struct html form_token;
    const char *url, *back_url, *file, *about;
};

#endif
