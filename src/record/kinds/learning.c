#include "record/kind.h"

static const struct choice types[] = {
    {"competence review", "a look at one's own competences, with others"},
    {"development plan", "what one means to learn, and how"},
    {"mentor", "a mentor was found"},
    {"peer group", "people in like roles met"},
    {"leadership training", ""},
    {"time to reflect", "time kept free for it"},
    {"review of a failure", "what went wrong and what follows"},
    {"case studied", "a case was read or discussed together"},
    {"review of team leadership", "the team looked at how it is led"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "person",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF,
     .refers_to = "person",
     .hint = "Key of the person who learns."},
    {.name = "team",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF,
     .refers_to = "team",
     .hint = "Or key of the team."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = PERSONAL | REQUIRED | IDENTITY,
     .choices = types,
     .hint = "What kind of learning."},
    {.name = "happened",
     .type = FIELD_WHEN,
     .flags = PERSONAL | IDENTITY | BEGINS,
     .hint = "When."},
    {.name = "with_person",
     .type = FIELD_REF,
     .flags = PERSONAL,
     .refers_to = "person",
     .hint = "Key of the mentor or reviewer."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind learning_kind = {
    .name = "learning",
    .sheet = "Learning",
    .what = "something a person or a team did to learn",
    .ask = "Note reviews, plans, mentors, peer groups and cases studied.",
    .label = "{{type}}: {{person}}{{team}}",
    .fields = fields,
};
