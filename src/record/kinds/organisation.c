#include "record/kind.h"

static const struct choice sectors[] = {
    {"primary care", "general practice, community pharmacy, dentistry"},
    {"community care", "community nursing, therapies, clinics"},
    {"hospital care", "acute and specialist care"},
    {"mental health care", "mental health services"},
    {"social care", "care and support at home or in a home"},
    {"public health", "prevention and health protection"},
    {"voluntary sector", "charities, community groups, social enterprises"},
    {"people who use services", "groups of patients, service users, carers"},
    {"housing", "housing and homelessness"},
    {"education", "schools, colleges, universities"},
    {"commissioning", "planning and buying of care"},
    {"government", "ministries, national bodies, councils as government"},
    {"regulation", "inspection and regulation"},
    {"other", "anything else"},
    END_OF_CHOICES,
};

static const struct choice parts[] = {
    {"partner", "takes part in the programme"},
    {"host", "takes part, and provides its home"},
    {"lead provider", "takes part, and holds the contract for others"},
    {"commissioner", "takes part by planning and buying"},
    {"federation", "takes part, and speaks for many small members"},
    {"member", "takes part through the federation that speaks for it"},
    {"regulator", "sets or checks rules from outside"},
    {"funder", "gives money from outside"},
    {"national body", "sets policy from outside"},
    {"regional body", "plans for a wider area"},
    {"neighbour", "concerned, but no part of it"},
    END_OF_CHOICES,
};

static const struct choice voices[] = {
    {"one voice", "counts once, however many it stands for"},
    {"many voices", "counts as many as it stands for"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as hospital or council."),
    {.name = "name", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "Its full name."},
    {.name = "sector", .type = FIELD_CHOICE, .choices = sectors, .hint = "What it mainly does."},
    {.name = "part",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = parts,
     .hint = "The part it plays in this programme."},
    {.name = "speaks_for",
     .type = FIELD_NUMBER,
     .hint = "How many bodies it stands for, if it is a federation or a group."},
    {.name = "counts_as",
     .type = FIELD_CHOICE,
     .choices = voices,
     .hint = "Whether such a group counts as one or as many."},
    {.name = "member_of",
     .type = FIELD_REF,
     .flags = ACYCLIC,
     .refers_to = "organisation",
     .hint = "Key of the federation or group that speaks for it."},
    {.name = "code",
     .type = FIELD_TEXT,
     .hint = "Its code in a public register, in England the ODS code. Programmes in one database "
             "share an organisation by it."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind organisation_kind = {
    .name = "organisation",
    .sheet = "Organisations",
    .what = "an organisation that takes part, or that sets the conditions from outside",
    .ask = "List every organisation that takes part, and those outside that set the conditions.",
    .label = "{{name}}",
    .beginner = true,
    .fields = fields,
};
