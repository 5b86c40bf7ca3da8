/* Rules: one readable file each (rules/), saying what to look for and what to say about it.
 *
 * A rule is a page (content/page.h) with header lines, sentences, and one SELECT over the workbench
 * (workbench.h). docs/rules.md tells people how to write one. Loading checks everything that can be
 * checked without records, so that a rule that loads can run. */
#ifndef ITHACA_RULE_H
#define ITHACA_RULE_H

#include "content/content.h"
#include "diagnosis/query.h"
#include "record/kind.h"

enum outcome { DIRECTION, ALIGNMENT, COMMITMENT, OUTCOME_COUNT };
extern const char *const outcome_names[OUTCOME_COUNT];

enum severity { LOW, MEDIUM, HIGH, SEVERITY_COUNT };
extern const char *const severity_names[SEVERITY_COUNT];

struct rule {
    const char *id, *title;
    struct query query;
    struct names answers;  /* lines of what the diagnosis must find: D1 ... I6 */
    struct names barriers; /* of the case study; may be empty */
    int level;             /* into level_names */
    enum outcome outcome;
    enum severity severity;
    bool strains;    /* puts the outcome under strain; otherwise the outcome is lacking */
    bool is_private; /* shown first to the person concerned */
    struct names mechanisms, competences;
    const char *source;             /* "004 Table 2" */
    const char *evidence;           /* "stated" or "inferred": that this harms the outcome */
    const char *step;               /* "s1", or NULL: none in the papers */
    struct names needs;             /* kinds without which the absence of something means nothing */
    struct names identity;          /* columns that tell one finding of the rule from another */
    struct names about;             /* columns that say to people what a finding is about */
    const char *finding, *in_place; /* sentences with {{columns}} */
    const char *for_lead; /* of a private rule: the finding as others may read it, else NULL */
    const char *meaning, *what_to_do; /* Markdown */
    unsigned finding_line, in_place_line, for_lead_line;
};

struct rules {
    LIST(struct rule *) list; /* in the order of domain.md's lines: D, A, C, R, I */
};

/* The built-in rules, and those in `folder` (may be NULL): one with an id that is known already
 * takes its place. */
enum err rules_load(struct arena *arena, const struct content *content, const char *folder,
                    struct rules *out, struct problems *problems) MUST_CHECK;

/* One file. */
enum err rule_parse(struct arena *arena, const struct content *content, const struct file *file,
                    struct rule *out, struct problems *problems) MUST_CHECK;

const struct rule *rules_find(const struct rules *rules, const char *id);

#endif
