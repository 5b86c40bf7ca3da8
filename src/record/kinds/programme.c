#include "record/kind.h"

static const struct choice integrations[] = {
    {"linkage", "separate services that refer to each other well"},
    {"coordination", "separate services with shared arrangements between them"},
    {"full integration", "one service, one record, pooled money"},
    END_OF_CHOICES,
};

static const struct choice drives[] = {
    {"bottom-up", "those who give and receive care began it"},
    {"top-down", "those who fund or govern began it"},
    {"both", "from both sides"},
    END_OF_CHOICES,
};

static const struct choice stages[] = {
    {"idea", "people talk about it"},
    {"design", "the service and its arrangements are being worked out"},
    {"pilot", "tried in some places"},
    {"implementation", "being put in place"},
    {"running", "ordinary work"},
    {"ended", "closed or replaced"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as falls or diabetes."),
    {.name = "name",
     .type = FIELD_TEXT,
     .flags = REQUIRED,
     .hint = "What people call the programme."},
    {.name = "aim",
     .type = FIELD_TEXT,
     .hint = "What it is for, in a sentence a patient would understand."},
    {.name = "integration",
     .type = FIELD_CHOICE,
     .choices = integrations,
     .hint = "How closely services are to be joined."},
    {.name = "drive", .type = FIELD_CHOICE, .choices = drives, .hint = "Where the push came from."},
    {.name = "settings",
     .type = FIELD_TEXT,
     .hint = "What it joins: for example general practice, community and hospital care."},
    {.name = "population", .type = FIELD_TEXT, .hint = "Whom it serves, and how many."},
    {.name = "country", .type = FIELD_TEXT, .hint = "Where it is."},
    {.name = "stage", .type = FIELD_CHOICE, .choices = stages, .hint = "How far it has come."},
    {.name = "started", .type = FIELD_WHEN, .hint = "When the work began."},
    {.name = "planned_end", .type = FIELD_WHEN, .hint = "When it was first meant to be in place."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind programme_kind = {
    .name = "programme",
    .sheet = "Programme",
    .what = "the programme itself: exactly one row",
    .ask = "Describe the programme: its name, its aim, when it began.",
    .label = "{{name}}",
    .beginner = true,
    .fields = fields,
};
