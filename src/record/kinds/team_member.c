#include "record/kind.h"

static const struct choice capacities[] = {
    {"organisation", "speaks for an organisation"},
    {"profession", "speaks for a profession"},
    {"lived experience", "speaks as somebody who uses services"},
    {"carer", "speaks as somebody who cares for a person at home"},
    {"expert", "brings knowledge, speaks for nobody"},
    {"support", "serves the team"},
    END_OF_CHOICES,
};

static const struct choice roles[] = {
    {"chair", "leads the meetings"},
    {"co-chair", "leads the meetings together with another"},
    {"alternating chair", "takes turns in leading, by agreement"},
    {"deputy chair", "leads when the chair is away"},
    {"secretary", "keeps agenda and minutes"},
    {"member", "takes part in full"},
    {"in attendance", "is there, without being a member"},
    {"observer", "listens"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "team",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "team",
     .hint = "Key of the team."},
    {.name = "person",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF | ENDS_WITH,
     .refers_to = "person",
     .hint = "Key of the person. Leave it empty where a post has the seat, whoever holds it."},
    {.name = "post",
     .type = FIELD_REF,
     .flags = IDENTITY | ONE_OF | ENDS_WITH,
     .refers_to = "post",
     .hint = "Key of the post in which the person sits there, or of the post that has the seat."},
    {.name = "organisation",
     .type = FIELD_REF,
     .flags = ENDS_WITH,
     .refers_to = "organisation",
     .hint = "Key of the organisation the seat speaks for, if that is not plain from the post."},
    {.name = "capacity",
     .type = FIELD_CHOICE,
     .choices = capacities,
     .hint = "For whom or as what the person speaks."},
    {.name = "role",
     .otherwise = "member",
     .type = FIELD_CHOICE,
     .choices = roles,
     .hint = "Role in the team. Empty is the same as member."},
    {.name = "vote",
     .type = FIELD_YES_NO,
     .hint = "Whether the seat has a vote. Empty: nobody has said."},
    PERIOD_FIELDS_WITH(
        " If it begins again later, write that once more with its own Since: this one stays."),
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind team_member_kind = {
    .name = "team_member",
    .sheet = "Team members",
    .what = "a seat in a team, held by a person or by whoever holds a post",
    .ask = "List who sits in each team, for whom they speak, who chairs and who has a vote.",
    .label = "{{person}} {{post}} in {{team}}",
    .ended = "left",
    .beginner = true,
    .fields = fields,
};
