/* What the pages of bringing a list show (bring.html, brought.html). Private to bring/. */
#ifndef ITHACA_BRING_VIEWS_H
#define ITHACA_BRING_VIEWS_H

#include "base/list.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct brought_line {
    const char *file, *url, *state;
};

struct bring_view {
    const char *url, *make_url, *token, *records_url;
    struct html form_token;
    struct form_faults faults;
    const char *fault;
    LIST(struct brought_line) files; /* the newest first */
};

struct option_line {
    const char *value, *words;
    bool is_chosen;
};
struct option_lines {
    LIST(struct option_line) list;
};

struct column_line {
    const char *id, *name, *heading, *example;
    bool is_known;
    struct option_lines targets;
};

struct doubt_line {
    const char *id, *name, *text, *question, *places;
    bool can_type;
    const char *typed; /* what was typed the last time */
    struct option_lines choices;
};
struct doubt_lines {
    LIST(struct doubt_line) list;
};

struct field_line {
    const char *heading, *before, *after; /* NULL: empty */
};
struct changed_line {
    const char *what, *colour, *kind, *label;
    LIST(struct field_line) fields;
};

struct remark_line {
    int row;
    const char *words;
};

struct brought_view {
    const char *file, *back_url, *url, *save_url, *undo_url, *remove_url, *here_url;
    struct html form_token;
    const char *heading;
    const char *waiting, *failed; /* words, or NULL: there is something to show */
    const char *made_url;         /* of a workbook that was made; or NULL */
    bool is_unknown;              /* nobody can tell what kind of list it is */
    bool is_own, is_saved, is_undone, may_save, may_undo;
    const char *about; /* "An action log: 7 rows" */
    const char *next;  /* what to do next */
    const char *more;  /* what is not shown; or NULL */
    struct option_lines lists, sheets;
    LIST(struct column_line) columns;
    struct doubt_lines asked; /* to be answered first */
    struct doubt_lines taken; /* taken for something: to look at */
    LIST(struct remark_line) remarks;
    LIST(const char *) problems;
    LIST(struct changed_line) changes;
};

#endif
