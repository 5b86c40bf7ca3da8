#include "record/kind.h"

static const struct choice subjects[] = {
    {"aims", "what is to be reached"},
    {"pace", "how fast"},
    {"money", ""},
    {"power", "who decides, who leads"},
    {"loyalty", "own organisation or the whole"},
    {"model", "how the service should look"},
    END_OF_CHOICES,
};

static const struct choice handlings[] = {
    {"yes", "it is on the table and dealt with"},
    {"partly", ""},
    {"no", "it is not dealt with"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "What pulls against what."},
    {.name = "subject", .type = FIELD_CHOICE, .choices = subjects, .hint = "What it is about."},
    {.name = "sides", .type = FIELD_TEXT, .hint = "Who stands on either side, in words."},
    {.name = "organisations",
     .type = FIELD_REFS,
     .refers_to = "organisation",
     .hint = "Keys of the organisations concerned, separated by \";\"."},
    {.name = "dealt_with",
     .type = FIELD_CHOICE,
     .choices = handlings,
     .hint = "Whether somebody is dealing with it in the open."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind tension_kind = {
    .name = "tension",
    .sheet = "Tensions",
    .what = "aims, timescales or interests that pull against each other",
    .ask = "Note where aims or timescales pull against each other, and whether that is dealt with.",
    .label = "{{title}}",
    .fields = fields,
};
