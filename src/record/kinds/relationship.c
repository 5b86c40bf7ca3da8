#include "record/kind.h"

static const struct choice types[] = {
    {"works with", ""},
    {"seeks advice from", ""},
    {"trusts", ""},
    {"is mentored by", ""},
    {"is a peer of", "in a like role elsewhere, in touch for support"},
    {"is sponsored by", "somebody with decision power backs them"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "person",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "person",
     .hint = "Key of the person."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = REQUIRED | IDENTITY,
     .choices = types,
     .hint = "What ties them."},
    {.name = "other",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "person",
     .hint = "Key of the other person."},
    {.name = "mutual", .type = FIELD_YES_NO, .hint = "Whether it holds both ways."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind relationship_kind = {
    .name = "relationship",
    .sheet = "Relationships",
    .what = "a tie between two people that both know is written down",
    .ask = "Note who works with whom, and who has a mentor, a peer or a sponsor.",
    .label = "{{person}} {{type}} {{other}}",
    .fields = fields,
};
