#include "base/text.h"
#include "learned/learned.h"

static const char *const levels[] = {"system",    "organisation", "transformation team",
                                     "care team", "individual",   NULL};
static const char *const presences[] = {"presence", "absence", NULL};
static const char *const stages[] = {"merging", "joining up", "running", NULL};
static const char *const sectors[] = {"health care", "health and social care", "social care",
                                      "welfare agencies", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};

/* ---- what happened ---- */

static const struct learned_field happened_fields[] = {
    {.name = "title",
     .label = "What happened, in one line",
     .hint = "For example: visiting the practices brought the family doctors back",
     .type = LEARNED_LINE,
     .is_whole = true},
    {.name = "circumstances",
     .label = "In which circumstances?",
     .hint = "What was so before anybody did anything: who worked with whom, what pressed, what "
             "had been tried.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "offered",
     .label = "What was offered, or done?",
     .hint = "By whom (their role), to whom, for how long. If what mattered was that something was "
             "missing, say what.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "reasoning",
     .label = "How did people take it?",
     .hint = "What they thought and felt, and what they then did differently. This is what a "
             "reader elsewhere can learn most from.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "good",
     .label = "What good came of it?",
     .hint = "What you could see or count. If none, leave it empty and say below what went wrong.",
     .type = LEARNED_TEXT,
     .is_part = true},
    {.name = "bad",
     .label = "What came of it that was not good?",
     .hint = "Failures are worth as much as successes here.",
     .type = LEARNED_TEXT,
     .is_part = true},
    {.name = "who",
     .label = "Who says so?",
     .hint = "Roles, not names: the network manager, two practice nurses, the minutes of May.",
     .type = LEARNED_TEXT,
     .is_whole = true},
    {.name = "mechanisms",
     .label = "Which mechanism was at work?",
     .type = LEARNED_LIBRARY,
     .folder = "mechanisms"},
    {.name = "presence",
     .label = "Was it there, or was it missed?",
     .type = LEARNED_CHOICE,
     .choices = presences},
    {.name = "competences",
     .label = "Which competences did it take?",
     .type = LEARNED_LIBRARY,
     .folder = "competences"},
    {.name = "level", .label = "At which level?", .type = LEARNED_CHOICE, .choices = levels},
    {.name = "sector", .label = "In which sector?", .type = LEARNED_CHOICE, .choices = sectors},
    {.name = "stage", .label = "At which stage?", .type = LEARNED_CHOICE, .choices = stages},
    {.name = "country",
     .label = "In which country?",
     .hint = "It goes along when you give this to other sites; nothing nearer than that does.",
     .type = LEARNED_LINE},
    {.name = "voice",
     .label = "Were people who use services asked?",
     .type = LEARNED_CHOICE,
     .choices = yes_no},
    {.name = "findings",
     .label = "Which findings does it have to do with?",
     .type = LEARNED_FINDINGS},
    {.name = "records", .label = "Which records show it?", .type = LEARNED_RECORDS},
    {0},
};
static const struct learned_kind happened = {
    "happened",
    "what happened",
    "What happened here",
    "What worked here, or did not, for whom in which circumstances: your own evidence beside that "
    "of research.",
    "Write up what happened",
    happened_fields};

/* ---- what we believe ---- */

static const struct learned_field belief_fields[] = {
    {.name = "title",
     .label = "What do you believe works here?",
     .hint = "If we ..., then people ..., so that ...",
     .type = LEARNED_LINE,
     .is_whole = true},
    {.name = "because",
     .label = "Why?",
     .hint = "What sets it off in people here, and what has to be so that it can.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "change",
     .label = "What would change your mind?",
     .hint = "What you would expect to see by the day below, and what would speak against it.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "review",
     .label = "When will you look at it again?",
     .hint = "For example 31 March 2027",
     .type = LEARNED_DAY,
     .is_whole = true},
    {.name = "for", .label = "What speaks for it?", .type = LEARNED_EVIDENCE},
    {.name = "against", .label = "What speaks against it?", .type = LEARNED_EVIDENCE},
    {.name = "findings", .label = "Which findings are meant to close?", .type = LEARNED_FINDINGS},
    {0},
};
static const struct learned_kind beliefs = {"beliefs",
                                            "what we believe",
                                            "What we believe works here",
                                            "Your programme theory, in pieces small enough to be "
                                            "wrong: each with what speaks for and against it, "
                                            "and a day on which you look at it again.",
                                            "Write down what you believe",
                                            belief_fields};

/* ---- cases ---- */

static const struct learned_field case_fields[] = {
    {.name = "title",
     .label = "What is the case called?",
     .hint = "One line that does not give away the end",
     .type = LEARNED_LINE,
     .is_whole = true},
    {.name = "where",
     .label = "Where it happened",
     .hint = "The kind of place and of organisations, without their names.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "aim",
     .label = "What they set out to do",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "people",
     .label = "Who was in it",
     .hint = "Roles, not names.",
     .type = LEARNED_TEXT,
     .is_part = true},
    {.name = "events",
     .label = "What happened",
     .hint = "In the order in which it happened. Stop where a decision was due, and let the group "
             "decide.",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "hindered",
     .label = "What stood in the way, or failed",
     .hint = "A case without a failure teaches little.",
     .type = LEARNED_TEXT,
     .is_part = true},
    {.name = "unknown", .label = "What you do not know", .type = LEARNED_TEXT, .is_part = true},
    {.name = "questions",
     .label = "Questions for a group",
     .hint = "Three or four that have no right answer: What would you have done? Who else should "
             "have been asked?",
     .type = LEARNED_TEXT,
     .is_whole = true,
     .is_part = true},
    {.name = "who",
     .label = "Who tells it?",
     .hint = "Roles, not names.",
     .type = LEARNED_TEXT,
     .is_whole = true},
    {.name = "competences",
     .label = "Which competences does it practise?",
     .type = LEARNED_LIBRARY,
     .folder = "competences"},
    {0},
};
static const struct learned_kind cases = {
    "cases",
    "a case",
    "Cases to learn from",
    "Stories of your own to learn from in a group, failures welcome.",
    "Write a case",
    case_fields};

const struct learned_kind *const learned_kinds[] = {&happened, &beliefs, &cases, NULL};

const struct learned_kind *learned_kind_find(const char *name) {
    for (size_t i = 0; name && learned_kinds[i]; i++)
        if (text_equal(learned_kinds[i]->name, name))
            return learned_kinds[i];
    return NULL;
}

size_t learned_field_count(const struct learned_kind *kind) {
    size_t n = 0;
    while (kind->fields[n].name)
        n++;
    return n;
}

int learned_field_index(const struct learned_kind *kind, const char *name) {
    for (int i = 0; kind->fields[i].name; i++)
        if (text_equal(kind->fields[i].name, name))
            return i;
    return -1;
}
