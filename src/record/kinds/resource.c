#include "record/kind.h"

static const struct choice types[] = {
    {"money", "a budget, a grant"},
    {"project support", "project managers, administrators"},
    {"analysis", "collecting and analysing evidence"},
    {"service guidance", "guidance on building the service"},
    {"leadership guidance",
     "guidance on leading the team and on its place among the leaders above"},
    {"training", "learning for those who lead or do the work"},
    {"data", "an organisation's data for the case for change"},
    {"staff time", "time of people who do the work"},
    {"space", "rooms, buildings"},
    {"technology", "systems, devices"},
    {"other", "anything else"},
    END_OF_CHOICES,
};

static const struct choice purposes[] = {
    {"the whole programme", "all of it"},
    {"part of it", "some parts of the service or some places only"},
    {"making the case", "the case for change"},
    {"running the project", "the project itself"},
    {"putting it in place", "implementation"},
    END_OF_CHOICES,
};

static const struct choice states[] = {
    {"needed", "somebody has said that it is needed; nobody has promised it"},
    {"promised", "somebody has said that it will come"},
    {"secured", "it is there, or bindingly agreed"},
    {"spent", "used up"},
    {"refused", "asked for and not given"},
    {"withdrawn", "promised or given, then taken back"},
    END_OF_CHOICES,
};

static const struct choice offers[] = {
    {"every site", "all who need it can have it"},
    {"chosen sites", "some programmes get it, others do not"},
    {"this programme", "meant for this programme"},
    END_OF_CHOICES,
};

static const struct choice frequencies[] = {
    {"once", ""},
    {"each year", ""},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What it is."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = types,
     .hint = "What kind of resource."},
    {.name = "purpose", .type = FIELD_CHOICE, .choices = purposes, .hint = "What it is for."},
    {.name = "state",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = states,
     .hint = "Whether it is there."},
    {.name = "enough", .type = FIELD_YES_NO, .hint = "Whether it is enough for what it is for."},
    {.name = "for_organisation",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the organisation that needs or has it. Empty: the programme as a whole."},
    {.name = "for_post",
     .type = FIELD_REF,
     .refers_to = "post",
     .hint = "Key of the lead whom it supports, if it is for one in particular."},
    {.name = "from_organisation",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the organisation it comes from, or should come from."},
    {.name = "offered_to",
     .type = FIELD_CHOICE,
     .choices = offers,
     .hint = "For money or help from outside: who can have it."},
    {.name = "needed", .type = FIELD_NUMBER, .hint = "Sum needed. Put the currency in the note."},
    {.name = "promised", .type = FIELD_NUMBER, .hint = "Sum promised."},
    {.name = "secured", .type = FIELD_NUMBER, .hint = "Sum secured."},
    {.name = "spent", .type = FIELD_NUMBER, .hint = "Sum spent."},
    {.name = "frequency",
     .type = FIELD_CHOICE,
     .choices = frequencies,
     .hint = "Once, or each year."},
    {.name = "needed_by", .type = FIELD_WHEN, .hint = "From when it is needed."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind resource_kind = {
    .name = "resource",
    .sheet = "Resources",
    .what = "money, people, guidance or data that the programme needs or has",
    .ask = "List what the programme needs and what it has: money, project support, data, guidance.",
    .label = "{{title}}",
    .fields = fields,
};
