#include "record/kind.h"

static const struct choice states[] = {
    {"agreed", ""},
    {"asked", "asked, no answer yet"},
    {"not asked", ""},
    {"refused", ""},
    {"withdrew", "agreed first, then no longer"},
    END_OF_CHOICES,
};

static const struct choice capacities[] = {
    {"organisation", "as a partner organisation"},
    {"people who use services", "as or for people who use services"},
    {"carers", "as or for carers"},
    {"staff", "as or for staff"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "agreement",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY,
     .refers_to = "agreement",
     .hint = "Key of the agreement."},
    {.name = "organisation",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF,
     .refers_to = "organisation",
     .hint = "Key of the organisation."},
    {.name = "person",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF,
     .refers_to = "person",
     .hint = "Or key of the person, for somebody who speaks for people who use services."},
    {.name = "capacity",
     .type = FIELD_CHOICE,
     .choices = capacities,
     .hint = "For whom the party speaks. Empty: for the organisation."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = states,
     .hint = "Whether the party agreed.",
     .until = "agreed_on",
     .before = "asked",
     .after = "agreed"},
    {.name = "agreed_on", .type = FIELD_WHEN, .flags = HAPPENED, .hint = "When it agreed."},
    {.name = "asked_again",
     .type = FIELD_WHEN,
     .flags = HAPPENED,
     .hint = "When it was last asked whether the agreement still stands."},
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind agreement_party_kind = {
    .name = "agreement_party",
    .sheet = "Agreement parties",
    .what = "who agreed to an agreement, and who did not",
    .ask = "Say for each agreement who agreed, who was not asked and who withdrew.",
    .label = "{{organisation}}{{person}}: {{agreement}}",
    .fields = fields,
};
