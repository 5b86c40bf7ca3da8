/* What the pages of decisions show (decisions.html). Private to decisions/. */
#ifndef ITHACA_DECISIONS_VIEWS_H
#define ITHACA_DECISIONS_VIEWS_H

#include "base/names.h"
#include "decisions/delegation.h"
#include "findings/views.h"
#include "web/html.h"

/* How a link stands, by word, colour and shape: the shapes are those of the picture's lines. */
struct link_view {
    const char *word;   /* "Works", "Cannot be told yet", "Broken" */
    const char *colour; /* of a tag */
    const char *shape;  /* of a class: "works", "unsaid", "broken" */
    const char *url;    /* of the finding behind it, or NULL */
};

struct way_view {
    const char *from, *words, *to; /* `from` NULL: the words say it all */
    struct link_view link;
};

struct holder_view {
    const char *right, *who, *held_by; /* `held_by` may be NULL */
    LIST(struct way_view) ways;
    size_t more; /* ways that are not listed */
};

struct open_decision {
    const char *url, *change_url; /* of its page, and of its form; NULL: not for this reader */
    const char *key, *title, *about, *concerns, *clash;
    struct advice next;
    const char *next_for; /* who is to do it, or "": the reader */
    const char *late_url; /* of the finding that it is late; NULL: there is none */
    struct link_view paths, gap, clash_link;
    const char *gap_words; /* nobody decides; or NULL */
    LIST(struct holder_view) holders;
};

struct matrix_cell {
    LIST(const char *) entries; /* "Decides: Director of finance" */
};
struct matrix_row {
    const char *title;
    LIST(struct matrix_cell) cells;
};

struct closed_decision {
    const char *title, *url; /* of its record; NULL: not for this reader */
    struct names outcome;    /* sentences */
    const char *day;         /* when it was taken; or NULL */
};

struct decisions_view {
    const char *day, *missing, *private_words;
    struct advice summary;
    const char *picture_url,
        *picture_note; /* `picture_url` NULL: there is none; the note says why */
    const char *scheme_url;
    const char *new_url; /* to write one down; NULL: they may not */
    LIST(struct open_decision) open;
    LIST(struct closed_decision) closed;
    struct names organisations; /* the columns of the matrix */
    LIST(struct matrix_row) matrix;
};

struct scheme_entry {
    const char *right, *words;
};
struct scheme_decision {
    const char *title, *about;
    LIST(struct scheme_entry) entries;
};
struct scheme_view {
    const char *programme, *day, *missing, *private_words, *decisions_url;
    const char *compare_url;
    struct advice nothing; /* what to do where no decision is written down */
    LIST(struct scheme_decision) decisions;
};

/* The scheme on two days. */
struct compare_view {
    const char *programme, *missing, *private_words, *url, *scheme_url;
    const char *from, *to; /* as people write them */
    const char *from_error, *to_error;
    bool is_compared;
    struct delegation_changes changes;
    const char *summary;
};

#endif
