#include "record/kind.h"

static const struct choice lines[] = {
    {"line management", "who is the boss"},
    {"professional accountability", "who answers for professional standards"},
    {"programme accountability", "who answers for the programme's results"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "post",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "post",
     .hint = "Key of the post that reports."},
    {.name = "line",
     .type = FIELD_CHOICE,
     .flags = REQUIRED | IDENTITY,
     .choices = lines,
     .hint = "Which line it is: they are three different things."},
    {.name = "reports_to",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ACYCLIC | ENDS_WITH,
     .refers_to = "post",
     .hint = "Key of the post it reports to."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind reporting_line_kind = {
    .name = "reporting_line",
    .sheet = "Reporting lines",
    .what = "which post answers to which",
    .ask = "Say which post answers to which: line management, profession, programme.",
    .label = "{{post}} to {{reports_to}} ({{line}})",
    .fields = fields,
};
