#include "record/kind.h"

static const struct choice changes[] = {
    {"renamed", "the same body under a new name"},
    {"merged into", "became part of the successor"},
    {"split into", "the successor is one of its parts"},
    {"succeeded by", "its duties went to the successor"},
    {"began", ""},
    {"ended", "without a successor"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "organisation",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY,
     .refers_to = "organisation",
     .hint = "Key of the organisation that changed."},
    {.name = "change",
     .type = FIELD_CHOICE,
     .flags = REQUIRED | IDENTITY,
     .choices = changes,
     .hint = "What happened to it."},
    {.name = "successor",
     .type = FIELD_REF,
     .flags = IDENTITY,
     .refers_to = "organisation",
     .hint = "Key of the organisation that came of it, if it is another one."},
    {.name = "earlier_name", .type = FIELD_TEXT, .hint = "Its name before, if it was renamed."},
    {.name = "happened", .type = FIELD_WHEN, .flags = IDENTITY | BEGINS, .hint = "When."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind organisation_change_kind = {
    .name = "organisation_change",
    .sheet = "Organisation changes",
    .what = "an organisation that began, ended, merged, split, was renamed or succeeded",
    .ask = "Note organisations that merged, split, were renamed or succeeded.",
    .label = "{{organisation}} {{change}} {{successor}}",
    .fields = fields,
};
