#include "record/kind.h"

static const struct choice types[] = {
    {"main goal", "what the programme is for"},
    {"small change", "a small piece of the large change, of use by itself"},
    {"pilot", "a trial in one place"},
    {"win", "something good that came of working together"},
    {"output", "a product on the way: a business case, a plan"},
    END_OF_CHOICES,
};

static const struct choice states[] = {
    {"planned", "still to come"},
    {"reached", "there"},
    {"dropped", "given up on purpose"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What is reached."},
    {.name = "type", .type = FIELD_CHOICE, .choices = types, .hint = "What kind of step it is."},
    {.name = "part_of",
     .type = FIELD_REF,
     .flags = ACYCLIC,
     .refers_to = "milestone",
     .hint = "Key of the larger goal it belongs to."},
    {.name = "needs_several",
     .type = FIELD_YES_NO,
     .hint = "Whether more than one organisation has to work on it."},
    {.name = "due", .type = FIELD_WHEN, .hint = "By when."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .choices = states,
     .hint = "Empty: reached if it has a Reached date, planned if not.",
     .until = "reached",
     .before = "planned",
     .after = "reached"},
    {.name = "reached", .type = FIELD_WHEN, .flags = HAPPENED, .hint = "When it was reached."},
    {.name = "celebrated",
     .type = FIELD_WHEN,
     .flags = HAPPENED,
     .hint = "When the people who did it were thanked or it was marked together."},
    {.name = "thanks_to",
     .type = FIELD_TEXT,
     .hint = "Who made it possible: people, teams, organisations."},
    {.name = "matters_to",
     .type = FIELD_TEXT,
     .hint = "For whom it matters, and what is better for them now."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind milestone_kind = {
    .name = "milestone",
    .sheet = "Milestones",
    .what = "a goal, a small step, a pilot or a win",
    .ask = "List goals, small steps and wins: due when, reached when, marked together when.",
    .label = "{{title}}",
    .fields = fields,
};
