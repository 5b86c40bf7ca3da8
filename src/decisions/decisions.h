/* Decision paths: for each decision who holds which right over it, and the ways in which the team's
 * messages reach everyone who decides or must agree, with the messengers; and what of that is
 * broken.
 *
 * What there is to say is found by the listings in content/decisions/ over the facts `asked`, `way`
 * and `undecided` (rules/facts.sql). Whether something that is not written down counts as broken is
 * for the rules to judge: A1 to A5 are asked. Everything belongs to the arena, names and words are
 * for people. */
#ifndef ITHACA_DECISIONS_H
#define ITHACA_DECISIONS_H

#include "base/print.h"
#include "decisions/limits.h"
#include "diagnosis/diagnosis.h"

/* How a link of a path stands; a higher one is worse. */
enum link { LINK_WORKS, LINK_UNSAID, LINK_BROKEN };
/* "works", "cannot be told yet", "broken" */
extern const char *const link_names[];

/* One way from a team to somebody who is asked. */
struct decision_way {
    enum link link;
    const char *team_key, *team; /* it starts there */
    const char *words;           /* the middle of the way: "told by the GP lead, every month" */
    const char *messenger;       /* who carries the messages, or did; NULL if nobody does, or a seat
                                    makes it unneeded */
    bool is_seat;                /* they sit in the team themselves */
    const char *lost;            /* "has left", or "vacant" of a post: the messenger, or NULL */
    const char *every;           /* "every month", or NULL */
    const char *rule;            /* the rule that speaks of it if it is broken, or NULL */
};

struct decision_holding {
    const struct record *record; /* the decision right */
    const char *right;           /* "decides" */
    const char *who, *who_key;   /* the post, person, team or organisation */
    const char *organisation;    /* theirs; NULL if they have none, or are one */
    const char *holders;         /* of the post, or NULL */
    const char *words;           /* the entry in the scheme of delegation */
    const char *up_to;           /* a sum of money as people write it, or NULL */
    bool is_asked;               /* decides or must agree on something open */
    bool is_leading;             /* a team that leads the change: it needs no messenger */
    const char *lost; /* "vacant", "has left", "is no longer there"; NULL if they are there */
    /* Only where is_asked: */
    enum link link;                 /* of the best way, or of the holder */
    const char *state_words;        /* what to say of the link where no way says it, or NULL */
    const char *rule;               /* as in decision_way */
    LIST(struct decision_way) ways; /* the best first */
};

/* What became of a decision that is not open any more. */
struct decision_outcome {
    bool is_taken, is_carried_out;
    const char *day, *carried_out; /* as they were written down; NULL: nobody knows */
    const char *by;                /* the team or post that took it, or NULL */
    const char *over, *over_day;   /* the post that put something else in its place; or NULL */
    const char *reasons;           /* whether it gave reasons: "yes", "no", or NULL */
    struct names instead;          /* the decisions that replace it */
};

struct decision {
    const struct record *record;
    const char *title, *state;
    const char *about; /* "open; needed by 20 October 2026, 3 days ago (A5)" */
    bool is_open;
    const char *team_key, *team; /* whose messages must arrive; NULL if no team leads the change */
    struct names concerns;       /* organisations */
    struct decision_outcome outcome;
    LIST(struct decision_holding) rights;
    /* For whom nobody is written down who decides; gap_words is NULL if there is a decider for all.
     */
    const char *gap_words, *gap_rule;
    enum link gap_link;
    struct names gap_organisations;
    enum link worst;
    const char *clash; /* two deciders, as the rule A2 says it; or NULL */
    const char *next; /* the next step, small enough for this week; NULL if nothing is to be done */
};

struct decisions {
    struct arena *arena;
    const struct records *records;
    const char *programme;
    const char *as_of;
    LIST(struct decision *)
    list; /* open ones first: broken ones, then by the day they are needed */
    const struct record *unraised; /* the only one asked for, where it had not been raised by the
                                      day: then the list is empty; else NULL */
};

/* Fills the workbench with the records as of options->workbench.today and reads the decisions. */
enum err decisions_read(struct workbench *workbench, struct arena *arena,
                        const struct records *records, const struct content *content,
                        const struct diagnosis_options *options, struct decisions *out,
                        struct problems *problems) MUST_CHECK;
/* The same with this decision alone; `key` must be that of one. */
struct decisions decisions_only(const struct decisions *decisions, const char *key);

/* "“Start the pilot” had not been raised by that day.", of what is unraised. */
const char *decisions_unraised_say(const struct decisions *decisions);

/* How many of the ways to show: where one works, it is enough, unless all is wanted of one
 * decision.
 */
size_t holding_ways_shown(const struct decisions *decisions,
                          const struct decision_holding *holding);
/* "Director of finance, Council" */
const char *holding_name(struct arena *arena, const struct decision_holding *holding);
/* "A, B and C", all of them. */
const char *names_say(struct arena *arena, const struct names *names);

void decisions_render_text(struct printer *printer, const struct decisions *decisions);
/* What its marks mean, and what else can be asked. */
void decisions_render_key(struct printer *printer, const struct decisions *decisions);
/* The scheme of delegation: every right over every decision. */
void decisions_render_scheme(struct printer *printer, const struct decisions *decisions);
void decisions_render_csv(FILE *out, const struct decisions *decisions);
void decisions_render_json(FILE *out, const struct decisions *decisions);
/* The map of the open decisions, or of the only one, as DOT (picture/graphviz.h). */
char *decisions_render_dot(const struct decisions *decisions);
/* The same drawn, with all that it says in words. As picture_draw: ERR_IO where that fails. */
enum err decisions_render_svg(const struct decisions *decisions, char **svg,
                              struct problems *problems) MUST_CHECK;
/* The open ones alone, `most` of them at most, in their order. */
struct decisions decisions_open(const struct decisions *decisions, size_t most);

#endif
