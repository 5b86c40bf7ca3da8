#include "diagnosis/overall.h"
#include "base/text.h"

/* How the grid's readings are said to somebody who does not look at it. */
enum standing { IN_ORDER, IN_PART, LACKING, UNTOLD };

static enum standing standing_of(const struct diagnosis *diagnosis, int level, int outcome) {
    static const struct {
        const char *reading;
        enum standing standing;
    } readings[] = {{"present", IN_ORDER},
                    {"mostly lacking", LACKING},
                    {"lacking", LACKING},
                    {"nothing recorded", UNTOLD},
                    {"not studied", UNTOLD}};
    const char *reading = cell_reading(diagnosis, level, (enum outcome)outcome);
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if (text_equal(reading, readings[i].reading))
            return readings[i].standing;
    return IN_PART;
}

/* "at the system and organisation levels" */
static const char *levels_say(struct arena *arena, const struct names *levels) {
    if (levels->list.n == LEVEL_COUNT)
        return "at every level";
    return arena_format(arena, "at the %s level%s",
                        text_enumerate(arena, levels->list.items, levels->list.n, levels->list.n),
                        levels->list.n == 1 ? "" : "s");
}

/* The levels at which it stands so with an outcome; NULL if it does at none. */
static const char *levels_where(const struct diagnosis *diagnosis, int outcome,
                                enum standing standing) {
    struct names levels = {0};
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (standing_of(diagnosis, level, outcome) == standing)
            list_add(diagnosis->arena, &levels.list, level_names[level]);
    return levels.list.n ? levels_say(diagnosis->arena, &levels) : NULL;
}

/* "Alignment is largely lacking at the system level, direction and commitment at the organisation
 * level. " */
static void standing_say(const struct diagnosis *diagnosis, enum standing standing,
                         const char *words, struct text *out) {
    struct arena *arena = diagnosis->arena;
    const char *where[OUTCOME_COUNT];
    bool is_first = true;
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        where[outcome] = levels_where(diagnosis, outcome, standing);
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
        struct names alike = {0};
        if (!where[outcome])
            continue;
        for (int other = outcome; other < OUTCOME_COUNT; other++) {
            if (other != outcome && !text_equal(where[other], where[outcome]))
                continue;
            list_add(arena, &alike.list, outcome_names[other]);
            if (other != outcome)
                where[other] = NULL;
        }
        const char *what = text_enumerate(arena, alike.list.items, alike.list.n, alike.list.n);
        if (is_first)
            text_add_format(out, "%s %s %s %s", text_capital(arena, what),
                            alike.list.n == 1 ? "is" : "are", words, where[outcome]);
        else
            text_add_format(out, ", %s %s", what, where[outcome]);
        is_first = false;
    }
    if (!is_first)
        text_add(out, ". ");
}

/* What is in order: all else, or all. */
static void in_order_say(const struct diagnosis *diagnosis, struct text *out) {
    struct names outcomes = {0};
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        if (levels_where(diagnosis, outcome, IN_ORDER))
            list_add(diagnosis->arena, &outcomes.list, outcome_names[outcome]);
    if (!outcomes.list.n)
        return;
    if (out->length)
        text_add(out, "All else that can be judged is in order. ");
    else
        text_add_format(
            out, "Nothing was found broken: %s %s in order wherever Ithaca can judge %s. ",
            text_enumerate(diagnosis->arena, outcomes.list.items, outcomes.list.n, outcomes.list.n),
            outcomes.list.n == 1 ? "is" : "are", outcomes.list.n == 1 ? "it" : "them");
}

/* Outcomes and levels of which nothing can be said; but for what is told only to whoever it
 * concerns. */
static void untold_say(const struct diagnosis *diagnosis, struct text *out) {
    enum { INDIVIDUAL = LEVEL_COUNT - 1 };
    struct arena *arena = diagnosis->arena;
    struct names untold = {0}, levels = {0};
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        if (text_equal(levels_where(diagnosis, outcome, UNTOLD), "at every level"))
            list_add(arena, &untold.list, arena_format(arena, "of %s", outcome_names[outcome]));
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (diagnosis->levels[level] == LEVEL_NOT_STUDIED ||
            (diagnosis->levels[level] == LEVEL_EMPTY &&
             (level != INDIVIDUAL || diagnosis->audience.reader < READER_TEAM)))
            list_add(arena, &levels.list, level_names[level]);
    if (levels.list.n)
        list_add(arena, &untold.list, levels_say(arena, &levels));
    if (untold.list.n)
        text_add_format(out, "Nothing can be judged %s. ",
                        text_enumerate(arena, untold.list.items, untold.list.n, untold.list.n));
}

const char *overall_say(const struct diagnosis *diagnosis) {
    struct text out = text_new(diagnosis->arena);
    if (!diagnosis->findings.n && !diagnosis->evidence.n)
        return "The records say too little to judge by.";
    standing_say(diagnosis, LACKING, "largely lacking", &out);
    standing_say(diagnosis, IN_PART, "only partly in order", &out);
    in_order_say(diagnosis, &out);
    untold_say(diagnosis, &out);
    if (diagnosis->doubts.n)
        text_add_format(&out,
                        "Of the %zu questions that Ithaca asks, too little is written down to "
                        "answer %zu in full.",
                        diagnosis->questions, diagnosis->doubts.n);
    else
        text_add_format(&out, "All %zu questions that Ithaca asks could be answered.",
                        diagnosis->questions);
    return out.bytes;
}
