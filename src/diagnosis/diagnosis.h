/* The diagnosis: what the rules find broken, what they find in order, and what they cannot tell.
 *
 * A finding names the place, the level and the leadership outcome it harms, the records it rests
 * on, and (through its rule) the evidence and the next step. Everything belongs to the arena. */
#ifndef ITHACA_DIAGNOSIS_H
#define ITHACA_DIAGNOSIS_H

#include "diagnosis/audience.h"

/* Records, each once. */
struct record_refs {
    LIST(const struct record *) list;
    struct index known;
};

struct finding {
    const struct rule *rule;
    const char *id; /* the rule and what tells this finding apart: "A1/final-specification" */
    const char
        *about; /* what it is about, as people name it: "Final specification"; "" if it is
                 * about the whole programme. To the lead, a private rule's names no person */
    int level;
    enum severity severity;
    struct names barriers;
    const char *basis; /* the weakest of the records it rests on */
    const char *sentence;
    struct record_refs records;
    struct record_refs subjects; /* those of them that tell it apart: what it is about */
    /* Of a private rule, to the lead: the key of the person it is about, and what is said to that
     * person. To be kept for that person; never for the eyes of anybody else. */
    const char *person, *words;
};

/* What one rule finds in order at one level. */
struct evidence {
    const struct rule *rule;
    int level;
    const char *sentence;
    const char *since; /* since when, or NULL */
    size_t n, of;      /* so many of the things looked at */
    bool whole;        /* the rule finds nothing broken at this level: it counts in the grid */
    struct record_refs records;
};

/* A question that the records do not answer yet. */
struct doubt {
    const struct rule *rule;
    struct names wants; /* kinds that are not kept completely, or "kind.field" that is empty */
};

/* What to write down so that most doubts go. */
struct record_request {
    const char *sentence;
    struct names lines; /* of what the diagnosis must find, that it would answer */
};

enum { REQUESTS_MAX = 3 };

struct cell {
    size_t evidence_for, findings;
    size_t rules_lacking; /* rules with a finding here that say the outcome is lacking */
};

enum level_state { LEVEL_RECORDED, LEVEL_EMPTY, LEVEL_NOT_STUDIED };

struct diagnosis_options {
    struct workbench_options workbench;
    struct audience audience; /* all zero: the lead */
};

struct diagnosis {
    struct arena *arena;
    struct audience audience;
    const struct records *records;
    const struct content *content;
    const char *programme; /* its name */
    char as_of[DAY_SIZE];
    LIST(struct finding *) findings; /* by severity, then in the order of the rules */
    LIST(struct evidence *) evidence;
    LIST(struct doubt *) doubts;
    size_t questions; /* rules that the audience may see: each asks one */
    struct record_request requests[REQUESTS_MAX];
    size_t request_count;
    struct cell grid[LEVEL_COUNT][OUTCOME_COUNT];
    enum level_state levels[LEVEL_COUNT];
};

/* Fills the workbench with the records as of a day and runs the rules for an audience. The
 * diagnosis belongs to `arena`; the workbench can be asked more afterwards, or filled again. */
enum err diagnosis_make(struct workbench *workbench, struct arena *arena,
                        const struct records *records, const struct content *content,
                        const struct rules *rules, const struct diagnosis_options *options,
                        struct diagnosis *out, struct problems *problems) MUST_CHECK;

/* In words: "present", "present, under strain", "mostly present", "mixed", "mostly lacking",
 * "lacking", "under strain", "nothing recorded", "not studied". "Mostly" means at least twice as
 * many rules on one side as on the other. */
const char *cell_reading(const struct diagnosis *diagnosis, int level, enum outcome outcome);

#endif
