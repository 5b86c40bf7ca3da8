#include "record/kind.h"

static const struct choice manners[] = {
    {"substantive", "the regular holder"},
    {"job share", "one of several who share the post"},
    {"interim", "until a regular holder is found"},
    {"acting", "while the holder is away"},
    {"deputy", "stands in for the holder"},
    {"joint appointment", "employed by two organisations for it"},
    {"secondment", "lent by another organisation"},
    {"being prepared", "learning the post to follow its holder"},
    END_OF_CHOICES,
};

static const struct choice endings[] = {
    {"planned", "known in time to hand over"},
    {"unplanned", "came as a surprise"},
    {"unknown", "nobody wrote it down"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    {.name = "post",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "post",
     .hint = "Key of the post."},
    {.name = "person",
     .type = FIELD_REF,
     .flags = REQUIRED | IDENTITY | ENDS_WITH,
     .refers_to = "person",
     .hint = "Key of the person who holds it."},
    {.name = "manner",
     .otherwise = "substantive",
     .type = FIELD_CHOICE,
     .choices = manners,
     .hint = "In what manner. Empty is the same as substantive."},
    {.name = "share",
     .type = FIELD_NUMBER,
     .flags = PERSONAL,
     .hint = "Share of a full-time job that this person works in the post: 1, 0.5, 0.2."},
    {.name = "days_set_aside",
     .type = FIELD_NUMBER,
     .flags = PERSONAL,
     .hint = "Days a week set aside for the programme. 0 means none: on top of the day job."},
    {.name = "ended",
     .type = FIELD_CHOICE,
     .flags = PERSONAL | OF_END,
     .choices = endings,
     .hint = "With an Until date: how it came about."},
    PERIOD_FIELDS_WITH(
        " If it begins again later, write that once more with its own Since: this one stays."),
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind post_holder_kind = {
    .name = "post_holder",
    .sheet = "Post holders",
    .what = "a person holding a post for a time",
    .ask = "Say who holds each post, since when, and the days a week set aside for the programme.",
    .label = "{{person}} as {{post}}",
    .ended = "left",
    .beginner = true,
    .fields = fields,
};
