#include "record/kind.h"

static const struct choice types[] = {
    {"vision", "what the partners want to bring about together"},
    {"plan", "how they mean to do it"},
    {"change strategy", "how people are brought through the change, and at what pace"},
    {"case for change", "why it is needed, with the evidence"},
    {"contract", "binding terms"},
    {"alliance", "partners bound to a joint result"},
    {"pooled budget", "money put together"},
    {"terms of reference", "what a team is there to do and may decide"},
    {"data sharing", "who may see which data"},
    {"other", "anything else"},
    END_OF_CHOICES,
};

static const struct choice centred[] = {
    {"yes", "it starts from people who use services"},
    {"partly", "it mentions them"},
    {"no", "it starts from organisations, money or activity"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as vision."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "Its title."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = types,
     .hint = "What kind of agreement it is."},
    {.name = "written", .type = FIELD_YES_NO, .hint = "Whether it is written down."},
    {.name = "people_centred",
     .type = FIELD_CHOICE,
     .choices = centred,
     .hint = "Whether it is built round the people who use services."},
    {.name = "team",
     .type = FIELD_REF,
     .refers_to = "team",
     .hint = "Key of the team it is for: for terms of reference, the team they describe."},
    {.name = "replaces",
     .type = FIELD_REF,
     .flags = ACYCLIC,
     .refers_to = "agreement",
     .hint = "Key of the earlier one that it replaces."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind agreement_kind = {
    .name = "agreement",
    .sheet = "Agreements",
    .what = "a vision, plan, contract, budget or other thing that partners agree on",
    .ask = "List what the partners have agreed on: vision, plans, budgets, terms of reference.",
    .label = "{{title}}",
    .fields = fields,
};
