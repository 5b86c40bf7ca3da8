/* Who sees what of a diagnosis.
 *
 * A finding of a private rule goes to the person it is about, in words for that person. The lead of
 * the programme sees it in words that name the arrangement (a role without time of its own), and
 * only the records that those words name. Team and sponsor do not see it, nor what the rule finds
 * in order. Everything else is for all. */
#ifndef ITHACA_AUDIENCE_H
#define ITHACA_AUDIENCE_H

#include "diagnosis/rule.h"
#include "diagnosis/workbench.h"

enum reader { READER_LEAD, READER_PERSON, READER_TEAM, READER_SPONSOR, READER_COUNT };
extern const char *const reader_names[READER_COUNT]; /* "lead", "person", "team", "sponsor" */

struct audience {
    enum reader reader;
    const char *person; /* the id, for READER_PERSON */
};

bool audience_sees_rule(const struct audience *audience, const struct rule *rule);
/* Whether the row is theirs to see; only rows of private rules may not be. */
bool audience_sees_row(const struct audience *audience, const struct rule *rule,
                       const struct row *row);
/* The row without the values that are not for them. */
struct row audience_row(struct arena *arena, const struct audience *audience,
                        const struct rule *rule, const struct row *row);
/* What is said of a finding. */
const char *audience_sentence(const struct audience *audience, const struct rule *rule);

#endif
