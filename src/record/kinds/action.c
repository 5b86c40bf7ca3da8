#include "record/kind.h"

static const struct choice states[] = {
    {"open", "still to be done"},
    {"done", "finished"},
    {"dropped", "given up on purpose"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name or a number."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What is to be done."},
    {.name = "owner",
     .type = FIELD_REF,
     .refers_to = "person",
     .hint = "Key of the person who is to do it."},
    {.name = "team",
     .type = FIELD_REF,
     .refers_to = "team",
     .hint = "Key of the team it was promised to."},
    {.name = "meeting",
     .type = FIELD_REF,
     .refers_to = "meeting",
     .hint = "Key of the meeting at which it was agreed."},
    {.name = "decision",
     .type = FIELD_REF,
     .refers_to = "decision",
     .hint = "Key of the decision it carries out, if any."},
    {.name = "agreed", .type = FIELD_WHEN, .flags = BEGINS, .hint = "When it was agreed."},
    {.name = "due", .type = FIELD_WHEN, .hint = "By when."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .choices = states,
     .hint = "Empty: done if it has a Done date, open if not.",
     .until = "done",
     .before = "open",
     .after = "done"},
    {.name = "done", .type = FIELD_WHEN, .flags = HAPPENED, .hint = "When it was finished."},
    {.name = "reported_back",
     .type = FIELD_WHEN,
     .flags = HAPPENED,
     .hint = "When the team heard what became of it."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind action_kind = {
    .name = "action",
    .sheet = "Actions",
    .what = "something that somebody is to do",
    .ask = "List the actions: what, who, by when, done when, reported back when.",
    .label = "{{title}}",
    .fields = fields,
};
