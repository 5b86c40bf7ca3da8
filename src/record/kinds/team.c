#include "record/kind.h"

static const struct choice types[] = {
    {"transformation team", "negotiates and drives the change"},
    {"board", "governs the programme or an organisation; a steering group too"},
    {"committee in common", "committees of several bodies sitting as one"},
    {"alliance", "partners bound by an agreement"},
    {"advisory group", "gives advice"},
    {"working group", "does one piece of the work"},
    {"management team", "runs a service or an organisation"},
    {"care team", "cares for the same people"},
    {"peer group", "people in like roles who support each other"},
    {"other", "anything else"},
    END_OF_CHOICES,
};

static const struct choice powers[] = {
    {"decides within its remit", "its decisions hold without anyone else's word"},
    {"recommends", "somebody else decides on its advice"},
    {"advises", "is heard"},
    {"none", "meets to share information"},
    {"never settled", "nobody has made clear what it may decide"},
    END_OF_CHOICES,
};

static const struct choice chairings[] = {
    {"settled", "everyone knows who chairs"},
    {"rotates by agreement", "chairs take turns as agreed"},
    {"unclear", "not settled, or different people think differently"},
    END_OF_CHOICES,
};

static const struct choice phases[] = {
    {"shadow", "works, but has no formal standing yet"},
    {"established", "set up formally"},
    {"ended", "no longer meets"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as board or project-team."),
    {.name = "name", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "Its name now."},
    {.name = "type",
     .type = FIELD_CHOICE,
     .flags = REQUIRED,
     .choices = types,
     .hint = "What kind of group it is."},
    {.name = "level",
     .otherwise = "transformation team",
     .type = FIELD_CHOICE,
     .choices = level_choices,
     .hint = "The level at which it leads. Empty: transformation team."},
    {.name = "host",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the organisation that calls and hosts its meetings."},
    {.name = "parent",
     .type = FIELD_REF,
     .flags = ACYCLIC,
     .refers_to = "team",
     .hint = "Key of the team or board it reports to."},
    {.name = "remit",
     .type = FIELD_TEXT,
     .hint = "What it is there to do, as written down somewhere."},
    {.name = "powers",
     .type = FIELD_CHOICE,
     .choices = powers,
     .hint = "What it may do about decisions."},
    {.name = "chairing",
     .type = FIELD_CHOICE,
     .choices = chairings,
     .hint = "Whether it is settled who chairs."},
    {.name = "phase", .type = FIELD_CHOICE, .choices = phases, .hint = "How firmly it is set up."},
    {.name = "meets_every",
     .type = FIELD_NUMBER,
     .hint = "Days between its meetings, as planned: 28 for every four weeks."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind team_kind = {
    .name = "team",
    .sheet = "Teams",
    .what = "a team, board, committee, alliance or group",
    .ask = "List the teams and boards, with what each is there to do and what it may decide.",
    .label = "{{name}}",
    .beginner = true,
    .fields = fields,
};
