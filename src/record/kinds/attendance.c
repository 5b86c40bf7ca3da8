#include "record/kind.h"

static const struct choice presences[] = {
    {"present", ""},
    {"apologies", "said beforehand that they would not come"},
    {"absent", "did not come"},
    {"sent a deputy", "somebody came in their place"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "meeting",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY,
     .refers_to = "meeting",
     .hint = "Key of the meeting."},
    {.name = "person",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY,
     .refers_to = "person",
     .hint = "Key of the person."},
    {.name = "presence",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = presences,
     .hint = "Whether they were there."},
    {.name = "deputy",
     .type = FIELD_REF,
     .refers_to = "person",
     .hint = "Key of the person who came instead."},
    {.name = "minutes_spoken",
     .type = FIELD_NUMBER,
     .flags = PERSONAL,
     .hint = "How long they spoke, if anyone noted it."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind attendance_kind = {
    .name = "attendance",
    .sheet = "Attendance",
    .what = "whether a person was at a meeting",
    .ask = "Note who came to each meeting.",
    .label = "{{person}} at {{meeting}}",
    .fields = fields,
};
