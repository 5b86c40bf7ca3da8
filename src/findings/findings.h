/* What was found in a programme, over time: since when it is there, when it was gone, and what
 * people decided about it. look.h finds; a decision stays with its finding through closing,
 * reopening and new versions of the rules, until somebody decides otherwise.
 *
 * Everything belongs to the arena handed in. */
#ifndef ITHACA_FINDINGS_H
#define ITHACA_FINDINGS_H

#include "base/print.h"
#include "diagnosis/audience.h"
#include "findings/look.h"
#include "store/programme.h"

struct finding_period {
    int64_t opened_revision, closed_revision;
    const char *opened, *closed; /* days; `closed` is NULL while it is there */
};

enum decision {
    DECIDED_ACCEPTED,
    DECIDED_ASSIGNED,
    DECIDED_SET_ASIDE,
    DECIDED_REOPENED,
    DECISIONS
};
extern const char *const decision_names[DECISIONS]; /* as they are kept: "set aside" */

struct finding_decision {
    enum decision what;
    const char *author, *at, *reason; /* `at` is a time in UTC; the others may be NULL */
    const char *assigned_to;          /* the key of a person; NULL unless assigned */
    const char *review;               /* a day; NULL unless set aside */
    const char *token; /* when it is written: one that came before is done already; or NULL */
};

/* What was set aside counts as open again from its day of review on. */
enum finding_state { FINDING_OPEN, FINDING_SET_ASIDE, FINDING_CLOSED, FINDING_STATES };
extern const char *const finding_state_names[FINDING_STATES]; /* "set-aside" */

struct kept_finding {
    int64_t id;
    const char *identity; /* "A1/final-specification" */
    /* As it was told last, to the lead. */
    const char *rule, *title, *about, *level, *outcome, *severity, *sentence;
    bool private;
    const char *person, *words; /* of a private one: whom it is about, and what is said to them */
    enum finding_state state;
    bool to_review;                          /* open because the day of review has come */
    LIST(struct finding_period) periods;     /* the newest last */
    LIST(struct finding_decision) decisions; /* the same */
};

struct kept_findings {
    struct programme programme;
    int64_t revision; /* the newest look: as of this revision and day, at this time; 0: none yet */
    const char *day, *made_at;
    const char *given_up; /* why it cannot be looked at since; NULL if it can, as far as is known */
    LIST(struct kept_finding) list; /* by severity, then by name */
};

/* `today` is the day by which reviews are due. A NULL key is the only programme there is. */
enum err findings_read(struct db *db, struct arena *arena, const char *programme, const char *today,
                       struct kept_findings *out) MUST_CHECK;

/* The same within db_read or db_write, of a programme that is known. */
enum err findings_of(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *today, struct kept_findings *out) MUST_CHECK;

/* The same without what is said of each (rule to sentence, words), in no particular order, and
 * without the newest look: for those who show them beside a diagnosis, which says all of it. */
enum err findings_standing(struct db *db, struct arena *arena, const struct programme *programme,
                           const char *today, struct kept_findings *out) MUST_CHECK;
/* What is said of one of them. */
enum err finding_said_read(struct db *db, struct arena *arena, const struct programme *programme,
                           struct kept_finding *finding) MUST_CHECK;
/* Why the programme cannot be looked at; NULL if it can, as far as is known. */
enum err findings_given_up(struct db *db, struct arena *arena, const struct programme *programme,
                           const char **why) MUST_CHECK;

/* Whether the audience may see it, and what it reads. */
bool kept_finding_seen(const struct kept_finding *finding, const struct audience *audience);
const char *kept_finding_sentence(const struct kept_finding *finding,
                                  const struct audience *audience);
/* The decision by which somebody has it now, unless it was reopened since; or NULL. */
const struct finding_decision *kept_finding_assignment(const struct kept_finding *finding);
/* To whom it is assigned by that, or NULL. */
const char *kept_finding_assigned(const struct kept_finding *finding);
/* Whether it is there, and this was decided about it and still holds. One may be assigned and set
 * aside, or assigned and accepted. */
bool kept_finding_is(const struct kept_finding *finding, enum decision decision);

/* Writes a decision down. ERR_INPUT, with the nearest name in the message, if there is no such
 * finding; if it is closed, and somebody shall see to it or it shall be set aside; or if whom it is
 * assigned to is not in the programme's records now. */
enum err finding_decide(struct db *db, struct arena *arena, const char *programme,
                        const char *identity, const struct finding_decision *decision) MUST_CHECK;
/* Whether this very decision, with its token (NULL: none), was written already. Another one with
 * the same token comes from the same page in two windows. */
enum err finding_decision_known(struct db *db, const struct programme *programme,
                                const struct finding_decision *decision, bool *known) MUST_CHECK;
/* The same within db_write. */
enum err finding_decide_within(struct db *db, struct arena *arena, const char *programme,
                               const char *identity,
                               const struct finding_decision *decision) MUST_CHECK;

/* What to print of them. */
struct findings_choice {
    struct audience audience;
    int state;   /* enum finding_state, or -1 for all */
    int decided; /* enum decision: those it holds for (kept_finding_is); -1: all */
};
bool findings_chosen(const struct findings_choice *choice, const struct kept_finding *finding);

void findings_print_text(struct printer *printer, struct arena *arena,
                         const struct kept_findings *findings,
                         const struct findings_choice *choice);
void findings_print_json(FILE *out, const struct kept_findings *findings,
                         const struct findings_choice *choice);
void findings_print_csv(FILE *out, struct arena *arena, const struct kept_findings *findings,
                        const struct findings_choice *choice);

#endif
