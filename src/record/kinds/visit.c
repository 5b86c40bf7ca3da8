#include "record/kind.h"

static const struct choice reasons[] = {
    {"hear views", "to listen to those who provide care"},
    {"support", "to help"},
    {"share good practice", "to show what works"},
    {"behind on results", "because they are behind"},
    {"inspection", "to check"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name or a number."),
    {.name = "to_organisation",
     .type = FIELD_REF,
     .flags = REQUIRED,
     .refers_to = "organisation",
     .hint = "Key of the provider that was visited."},
    {.name = "visited_on", .type = FIELD_WHEN, .flags = REQUIRED | BEGINS, .hint = "The day."},
    {.name = "reason", .type = FIELD_CHOICE, .choices = reasons, .hint = "Why."},
    {.name = "by_team", .type = FIELD_REF, .refers_to = "team", .hint = "Key of the team."},
    {.name = "by_person", .type = FIELD_REF, .refers_to = "person", .hint = "Key of the person."},
    {.name = "face_to_face", .type = FIELD_YES_NO, .hint = "Whether they met in person."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind visit_kind = {
    .name = "visit",
    .sheet = "Visits",
    .what = "a visit by the team to those who provide care",
    .ask = "Note the visits to those who provide care: whom, when, why.",
    .label = "visit to {{to_organisation}} on {{visited_on}}",
    .fields = fields,
};
