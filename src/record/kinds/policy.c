#include "record/kind.h"

static const struct choice types[] = {
    {"law", ""},
    {"mandate", "what a government asks of a body"},
    {"strategy", "an organisation's or a system's course"},
    {"plan", "what is to be done, by when"},
    {"guidance", "advice on how"},
    {"other", ""},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "Its title."},
    {.name = "owner",
     .type = FIELD_REF,
     .flags = REQUIRED,
     .refers_to = "organisation",
     .hint = "Key of the organisation whose policy it is."},
    {.name = "type", .type = FIELD_CHOICE, .choices = types, .hint = "What kind of policy."},
    {.name = "asks_for", .type = FIELD_TEXT, .hint = "What it asks for, in your words."},
    {.name = "asks_for_integration",
     .type = FIELD_YES_NO,
     .hint = "Whether it asks for care to be joined up, or names this work."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind policy_kind = {
    .name = "policy",
    .sheet = "Policies",
    .what = "a law, strategy or plan of a body: what it says",
    .ask = "List the policies and strategies that matter, each partner's own among them.",
    .label = "{{title}}",
    .fields = fields,
};
