#include "record/kind.h"

static const struct choice types[] = {
    {"minutes", ""},
    {"policy", ""},
    {"business case", ""},
    {"contract", ""},
    {"terms of reference", ""},
    {"scheme of delegation", ""},
    {"report", ""},
    {"research paper", ""},
    {"letter", "or e-mail"},
    {"other", ""},
    END_OF_CHOICES,
};

static const struct field fields[] = {
    KEY_FIELD("A short name without spaces, such as minutes-2026-03."),
    {.name = "title", .type = FIELD_TEXT, .flags = REQUIRED, .hint = "Its title."},
    {.name = "type", .type = FIELD_CHOICE, .choices = types, .hint = "What kind of document."},
    {.name = "dated", .type = FIELD_WHEN, .hint = "Its date."},
    {.name = "owner",
     .type = FIELD_REF,
     .refers_to = "organisation",
     .hint = "Key of the organisation whose document it is."},
    {.name = "link", .type = FIELD_TEXT, .hint = "Where it can be found."},
    {.name = "note", .type = FIELD_TEXT, .hint = "Anything else worth knowing."},
    END_OF_FIELDS,
};

const struct kind document_kind = {
    .name = "document",
    .sheet = "Documents",
    .what = "a document that other records point to as their source",
    .ask = "List the documents that your records rest on.",
    .label = "{{title}}",
    .fields = fields,
};
