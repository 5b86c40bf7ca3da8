#include "record/kind.h"

static const struct choice professions[] = {
    {"doctor", ""},
    {"nurse", ""},
    {"allied health professional", "physiotherapist, occupational therapist, dietitian, ..."},
    {"pharmacist", ""},
    {"psychologist", ""},
    {"social worker", ""},
    {"care worker", ""},
    {"teacher", ""},
    {"manager", "general, operational or project manager"},
    {"commissioner", "plans and buys care"},
    {"analyst", "information, finance, research"},
    {"officer", "elected or public officer"},
    {"none", "takes part as a patient, service user, carer or citizen"},
    {"other", ""},
    END_OF_CHOICES,
};

static const struct choice leavings[] = {
    {"planned", "known in time to hand over"},
    {"unplanned", "came as a surprise"},
    {"unknown", "nobody wrote it down"},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as clinical-lead-hospital."),
    {.name = "name",
     .type = FIELD_TEXT,
     .flags = REQUIRED,
     .hint = "The person's name, or the role if you would rather not name people here."},
    {.name = "profession",
     .type = FIELD_CHOICE,
     .choices = professions,
     .hint = "What the person is by training. Write nothing here about anyone's health."},
    {.name = "employer",
     .type = FIELD_REF,
     .flags = ENDS_WITH,
     .refers_to = "organisation",
     .hint = "Key of the organisation that employs the person, if any."},
    {.name = "leaving",
     .type = FIELD_CHOICE,
     .flags = PERSONAL | OF_END,
     .choices = leavings,
     .hint = "For somebody with an Until date: how it came about."},
    PERIOD_FIELDS_WITH(
        " If they come back, take it out; their posts and seats keep the days of each "
        "time."),
    SOURCE_FIELDS,
    END_OF_FIELDS,
};

const struct kind person_kind = {
    .name = "person",
    .sheet = "People",
    .what = "somebody who works in or for the programme",
    .ask = "List the people who work in or for the programme, with the days they came and left.",
    .label = "{{name}}",
    .ended = "left",
    .beginner = true,
    .fields = fields,
};
