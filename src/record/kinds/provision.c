#include "record/kind.h"

static const struct choice types[] = {
    {"rule", "what is allowed or demanded"},
    {"payment", "how services are paid"},
    {"incentive", "what is rewarded"},
    {"measure", "what results are measured"},
    {"inspection", "what is inspected, by whom"},
    {"money", "a fund"},
    {"permission", "freedom to do it one's own way"},
    {"data", "access to data"},
    {"guidance", "help on how to do it"},
    END_OF_CHOICES,
};

static const struct choice effects[] = {
    {"supports joint work", "it makes working together easier for this programme"},
    {"shared by all", "it is one and the same for all partners"},
    {"nothing follows", "named or announced, but nothing came of it here"},
    {"for chosen sites only", "it exists, but not for this programme"},
    {"separate for each", "each partner has its own, none is shared"},
    {"pulls apart", "it rewards or demands opposite things of the partners"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What it is."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = types,
     .hint = "What kind of means."},
    {.name = "effect",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = effects,
     .hint = "What it does to the partners."},
    {.name = "policy",
     .type = FIELD_REF,
     .refers_to = "policy",
     .hint = "Key of the policy it carries out, if any."},
    {.name = "from_organisation",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the body that makes, pays, measures or inspects."},
    {.name = "for_organisations",
     .type = FIELD_REFS,
     .refers_to = "organisation",
     .hint = "Keys of the organisations it applies to, separated by \";\". Empty: all partners."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind provision_kind = {
    .name = "provision",
    .sheet = "Provisions",
    .what = "what really follows from a policy: rule, payment, incentive, measure, money, freedom",
    .ask = "Say what each policy really brings: rules, payments, incentives, measures, money.",
    .label = "{{title}}",
    .fields = fields,
};
