#include "record/kind.h"

static const struct choice tiers[] = {
    {"executive", "chief executive or executive director"},
    {"senior manager", "answers for several services, holds budgets"},
    {"middle manager", "runs a service from day to day"},
    {"front line", "cares for people"},
    {"outside the line", "no place in a line of management"},
    END_OF_CHOICES,
};

static const struct choice functions[] = {
    {"clinical", "leads or practises a profession"},
    {"management", "manages people, money, operations"},
    {"clinical and management", "both in one post"},
    {"project support", "project manager, analyst, administrator"},
    {"commissioning", "plans and buys care"},
    {"representation", "speaks for people who use services or for a community"},
    {"other", "anything else"},
    END_OF_CHOICES,
};

static const struct choice programme_roles[] = {
    {"programme lead", "leads the programme as a whole"},
    {"network manager", "works between the organisations"},
    {"clinical lead", "leads the clinical side for the organisation"},
    {"management lead", "leads the management side for the organisation"},
    {"project support", "does the project work for a lead or the team"},
    {"sponsor", "backs the programme with decision power"},
    {"representative", "speaks for a group"},
    {"none", "no part in the programme, but matters to it"},
    END_OF_CHOICES,
};

static const struct choice states[] = {
    {"open", "exists and can be held"},
    {"vacant", "exists and is known to be empty"},
    {"suspended", "not filled for now, on purpose"},
    {"planned to end", "will not be filled again"},
    {"missing", "it is needed, and there is no such post"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as hospital-medical-director."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "The title of the post."},
    {.name = "organisation",
     .type = FIELD_REF,
     .flags = ENDS_WITH,
     .refers_to = "organisation",
     .hint = "Key of the organisation the post belongs to."},
    {.name = "tier",
     .type = FIELD_CHOICE,
     .choices = tiers,
     .hint = "Where it stands in the organisation's line of management."},
    {.name = "function", .type = FIELD_CHOICE, .choices = functions, .hint = "What it is for."},
    {.name = "programme_role",
     .type = FIELD_CHOICE,
     .choices = programme_roles,
     .hint = "The part it has in the programme."},
    {.name = "key_role",
     .type = FIELD_YES_NO,
     .hint = "Yes if the programme would be in trouble with this post empty."},
    {.name = "counterpart",
     .type = FIELD_REF,
     .refers_to = "post",
     .hint = "For a clinical lead: the key of the management post beside it, and the reverse."},
    {.name = "supports",
     .type = FIELD_REFS,
     .refers_to = "post",
     .hint = "For project support: keys of the posts it works for, separated by \";\"."},
    {.name = "whole_time",
     .type = FIELD_NUMBER,
     .hint = "Size of the post as a share of a full-time job: 1, 0.5, 0.2."},
    {.name = "state",
     .otherwise = "open",
     .type = FIELD_CHOICE,
     .choices = states,
     .hint = "Empty is the same as open."},
    PERIOD_FIELDS,
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind post_kind = {
    .name = "post",
    .sheet = "Posts",
    .what = "a post or office that matters to the programme, whoever holds it",
    .ask =
        "List the posts that matter: who leads, who decides, who supports, in each organisation.",
    .label = "{{title}}",
    .beginner = true,
    .fields = fields,
};
