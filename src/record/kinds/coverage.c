#include "record/kind.h"

static const struct choice states[] = {
    {"complete", "all of them are written down since the day given"},
    {"partly kept", "some are, some are not"},
    {"not kept", "nobody writes them down"},
    {"not studied", "nobody has looked (for a level)"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "about",
     .type = FIELD_COVERAGE,
     .flags = REQUIRED | IDENTITY,
     .hint = "Name of a sheet, such as Meetings, or of a level, such as care team."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = states,
     .hint = "How fully it is kept."},
    {.name = "complete_since",
     .type = FIELD_WHEN,
     .hint = "From which day on nothing is missing. Empty: from the start of the programme."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind coverage_kind = {
    .name = "coverage",
    .sheet = "Coverage",
    .what = "how fully one kind of record is kept: only then can something missing mean something",
    .ask = "Say for each kind of record whether it is kept completely, and since when.",
    .label = "{{about}}: {{state}}",
    .beginner = true,
    .fields = fields,
};
