#include "record/kind.h"

static const struct choice states[] = {
    {"held", ""},
    {"planned", ""},
    {"cancelled", ""},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as board-2026-03."),
    {.name = "team",
     .type = FIELD_REF,
     .flags = REQUIRED,
     .refers_to = "team",
     .hint = "Key of the team that meets."},
    {.name = "held_on", .type = FIELD_WHEN, .flags = REQUIRED, .hint = "The day."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .choices = states,
     .hint = "Empty: held if the day is past, planned if it is to come.",
     .until = "held_on",
     .before = "planned",
     .after = "held"},
    {.name = "chair",
     .type = FIELD_REF,
     .refers_to = "person",
     .hint = "Key of the person who led it."},
    {.name = "hosted_by",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the organisation that hosted it."},
    {.name = "actions_reviewed",
     .type = FIELD_YES_NO,
     .hint = "Whether the meeting heard what became of earlier actions."},
    {.name = "agenda",
     .type = FIELD_TEXT,
     .hint = "What else is to be spoken about, one item to a line."},
    {.name = "minutes",
     .type = FIELD_TEXT,
     .hint = "What was said, decided and promised. Markdown is shown as it is meant."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind meeting_kind = {
    .name = "meeting",
    .sheet = "Meetings",
    .what = "a meeting of a team",
    .ask = "Write down the meetings: the team, the day, who led it.",
    .label = "{{team}} on {{held_on}}",
    .fields = fields,
};
