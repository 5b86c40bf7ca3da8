/* What the pages of rules show (rulebook.html). Private to rulebook/. */
#ifndef ITHACA_RULEBOOK_VIEWS_H
#define ITHACA_RULEBOOK_VIEWS_H

#include "base/names.h"
#include "web/form.h"
#include "web/html.h"
#include <stdbool.h>

struct rule_line {
    const char *id, *title, *url;
    const char *note; /* "2 findings now"; "limits changed"; or NULL */
};
struct rule_group {
    const char *title; /* of a leadership outcome at a level */
    LIST(struct rule_line) rules;
};
struct rules_view {
    const char *coverage_url;    /* where rules cannot tell yet; or NULL */
    const char *back, *back_url; /* NULL: the menu leads on */
    const char *intro;
    LIST(struct rule_group) groups;
};

struct limit_view {
    const char *name, *label, *now, *reason;
    bool is_changed; /* for this programme, on its page; for the site, on the site's */
    const char *url; /* NULL: they may not change it */
    /* As they were filled in, if it came back. */
    const char *value, *why, *error, *field;
};
struct limit_past {
    const char *words, *reason;
};
struct rule_view {
    const char *title, *id, *rules_url, *said;
    const char *level, *outcome, *severity;
    struct names meaning, what_to_do;
    const char *source, *needs, *privacy; /* the last two may be NULL */
    struct html form_token;
    LIST(struct limit_view) limits;
    LIST(struct limit_past) past;
    LIST(struct rule_line) findings;
    struct form_faults faults;
};

#endif
