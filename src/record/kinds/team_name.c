#include "record/kind.h"

static const struct field fields[] = {
    {.name = "team",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY,
     .refers_to = "team",
     .hint = "Key of the team."},
    {.name = "position",
     .type = FIELD_NUMBER,
     .flags = REQUIRED | IDENTITY,
     .hint = "1 for its first name, 2 for the second, and so on, the present one included."},
    {.name = "name", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "The name."},
    {.name = "given_by",
     .type = FIELD_REF,
     .refers_to = "post",
     .hint = "Key of the post whose holder gave it."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind team_name_kind = {
    .name = "team_name",
    .sheet = "Team names",
    .what = "a name that a team has or had",
    .ask = "List the names each team has had, in order.",
    .label = "{{name}}",
    .fields = fields,
};
