#include "record/kind.h"

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "name", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What it is called."},
    {.name = "used_by",
     .type = FIELD_REFS,
     .flags = REQUIRED,
     .refers_to = "organisation",
     .hint = "Keys of the organisations that write in it, separated by \";\"."},
    {.name = "readable_by",
     .type = FIELD_REFS,
     .refers_to = "organisation",
     .hint = "Keys of further organisations that can read it, separated by \";\"."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind record_system_kind = {
    .name = "record_system",
    .sheet = "Record systems",
    .what = "a care record system, and who can see it (never what is in it)",
    .ask = "List the care record systems, who writes in each and who can read it.",
    .label = "{{name}}",
    .fields = fields,
};
