/* The steps as one programme has them: the eight of the papers, in its own words where somebody
 * wrote some, in its own order, without those that were set aside, and with those that it added.
 * What the papers say stays as it is: only what people change is stored, each change with who and
 * when, and the steps follow from that.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_PROGRAMME_STEPS_H
#define ITHACA_PROGRAMME_STEPS_H

#include "base/names.h"
#include "content/content.h"
#include "store/programme.h"

enum { OWN_STEPS_MOST = 30, STEP_TITLE_MOST = 150, STEP_WORDS_MOST = 4000 /* bytes */ };

/* A step in words; NULL: nothing was written. */
struct step_words {
    const char *title, *why, *what_to_do, *good, *smallest;
};

struct programme_step {
    const char *id; /* "s1", "own-3" */
    const struct page
        *page;    /* what the program has from the papers; NULL: it is the programme's own */
    int original; /* which of the eight it is, from 1; 0: none */
    struct step_words own;   /* the programme's words */
    struct names rules;      /* of one of its own: ids of the rules whose findings it answers */
    const char *aside;       /* why it was set aside; NULL: it is not */
    int64_t changed;         /* the number of the newest change to it; 0: there is none */
    const char *author, *at; /* who made that, and when; the author may be NULL */
};

struct programme_steps {
    LIST(struct programme_step) list; /* in the programme's order */
    int64_t changed;                  /* the number of the newest change to any of them */
    size_t own;                       /* how many the programme added */
};

enum err programme_steps_read(struct db *db, struct arena *arena, const struct content *content,
                              const struct programme *programme,
                              struct programme_steps *out) MUST_CHECK;

/* NULL if there is none of that id. */
const struct programme_step *programme_step_find(const struct programme_steps *steps,
                                                 const char *id);
/* Its title as the programme has it. */
const char *programme_step_title(const struct programme_step *step);
/* Whether it answers a finding of this rule, whose step in the papers is `step` (NULL: none). */
bool programme_step_answers(const struct programme_step *step, const char *rule,
                            const char *of_papers);

/* ---- changing ---- */

enum step_change_kind {
    STEP_WORDED, /* an unknown step is added */
    STEP_ORDERED,
    STEP_SET_ASIDE,
    STEP_TAKEN_UP,
    STEPS_PUT_BACK, /* the eight as the papers have them; the programme's own are set aside */
    STEP_CHANGE_KINDS
};

struct step_change {
    enum step_change_kind what;
    const char *step; /* NULL: all of them; of STEP_WORDED: a new one */
    const char *author, *reason, *token;
    struct step_words words;
    const char *list; /* ids with spaces between them: see the schema */
    int64_t seen; /* the newest change that whoever makes this one knew of: to the step, or, where
                   * all are meant, to any; not looked at where a step is added */
};

enum step_outcome { STEP_CHANGED, STEP_OVERTAKEN, STEP_UNKNOWN, STEP_TOO_MANY };

/* Within db_write. A change whose token came before is done already; with the token of another
 * change it is overtaken. `step` is what it was about: the id of a step that was added. */
enum err step_change_write(struct db *db, struct arena *arena, const struct content *content,
                           const struct programme *programme, const struct step_change *change,
                           enum step_outcome *outcome, const char **step) MUST_CHECK;

#endif
