/* What can be recorded about a programme.
 *
 * Each kind of record is described once, as a constant table in kinds/, and listed in kinds.def.
 * Reading, writing, checking, the empty template, error messages, help and the workbench are
 * generic code over these tables. */
#ifndef ITHACA_KIND_H
#define ITHACA_KIND_H

#include <stdbool.h>
#include <stddef.h>

enum field_type {
    FIELD_KEY,      /* a short name by which other records refer to this one */
    FIELD_TEXT,     /* words */
    FIELD_NUMBER,   /* a number, not negative, with a decimal point if need be */
    FIELD_YES_NO,   /* "yes" or "no" */
    FIELD_CHOICE,   /* one of a few values */
    FIELD_WHEN,     /* a time as people write it (base/date.h) */
    FIELD_CLOCK,    /* a time of day, "14:30" (base/date.h) */
    FIELD_REF,      /* the key of a record of kind `refers_to` */
    FIELD_REFS,     /* several such keys, separated by ";" */
    FIELD_COVERAGE, /* a sheet's name, or a level's: what a coverage record speaks of */
};

enum field_flag {
    REQUIRED = 1,
    IDENTITY = 2,   /* together these tell one record of its kind from another */
    ONE_OF = 4,     /* at least one of the fields so marked must be filled in */
    ACYCLIC = 8,    /* following this reference never comes back to where it began */
    BEGINS = 16,    /* a time before which the record does not exist */
    HAPPENED = 32,  /* a time that is empty until it has come */
    ENDS_WITH = 64, /* when the record it refers to comes to an end, so does this one */
    PERSONAL = 128, /* about one person's own situation: record/personal.h */
    OF_END = 256,   /* how it came to an end: means something with an Until date only */
};

struct choice {
    const char *value, *meaning;
};

struct field {
    /* The SQL column; the sheet's heading is the same with spaces and a capital. */
    const char *name;
    enum field_type type;
    unsigned flags;
    const char *refers_to;        /* name of a kind, for FIELD_REF and FIELD_REFS */
    const struct choice *choices; /* for FIELD_CHOICE; ends with a NULL value */
    const char *hint;             /* one or two sentences for the person who fills it in */
    const char *otherwise;        /* what an empty cell means, where it means something */
    /* A state that comes about at a time: until the day in the field `until` it reads as `before`,
     * so that the programme can be seen as of an earlier day; an empty one reads as `after` from
     * that day on. */
    const char *until, *before, *after;
    const char *follows; /* of a time of day: the field whose time comes first */
};

struct kind {
    const char *name;  /* "decision_right": the workbench's table; also what rules call it */
    const char *sheet; /* "Decision rights": the sheet; its CSV file is decision-rights.csv */
    const char *what;  /* what one row stands for */
    const char *ask;   /* what to write down when the diagnosis lacks this kind, as a request */
    const char *label; /* how people name one record: text with {{field}} in it */
    const char *ended; /* what is said of one that has ended: "left"; NULL: "ended" */
    bool beginner;     /* among the sheets to fill in first */
    const struct field *fields; /* ends with a NULL name */
};

/* All kinds, in the order of the sheets. */
extern const struct kind *const kinds[];
extern const size_t kind_count;

/* Its place in `kinds`. */
size_t kind_index(const struct kind *kind);
/* By its name, NULL if there is none. */
const struct kind *kind_find(const char *name);
/* By any name a person may give a sheet or a file: "Decision rights", "decision_rights.csv". */
const struct kind *kind_of_sheet(const char *sheet_name);

size_t kind_field_count(const struct kind *kind);
/* Index of the field of that name, or -1. */
int kind_field_index(const struct kind *kind, const char *name);
/* Records of this kind have a key of their own that others may refer to. */
bool kind_has_key(const struct kind *kind);
/* Records of this kind hold from `since` until `until`. */
bool kind_has_period(const struct kind *kind);
/* Whether the label of its records may name a person. */
bool kind_names_person(const struct kind *kind);

size_t choice_count(const struct choice *choices);

/* The five levels of leadership, from system to individual (Ferlie & Shortell 2001; the
 * transformation team is added by Kozłowska et al. 2020). */
enum { LEVEL_COUNT = 5 };
extern const char *const level_names[LEVEL_COUNT];
extern const struct choice level_choices[];

/* The field that opens the description of what other records refer to. */
#define KEY_FIELD(words)                                                                           \
    { .name = "key", .type = FIELD_KEY, .flags = REQUIRED | IDENTITY, .hint = (words) }

/* Fields that close every description: where the record comes from. */
extern const struct choice basis_choices[];
#define SOURCE_FIELDS                                                                              \
    {.name = "basis",                                                                              \
     .otherwise = "own record",                                                                    \
     .type = FIELD_CHOICE,                                                                         \
     .choices = basis_choices,                                                                     \
     .hint = "How we know. Leave empty for your own record of your own programme."},               \
        {.name = "stated_by",                                                                      \
         .type = FIELD_TEXT,                                                                       \
         .hint = "Who says so, if it is somebody's statement. A role will do."},                   \
        {.name = "document",                                                                       \
         .type = FIELD_REF,                                                                        \
         .refers_to = "document",                                                                  \
         .hint = "Key of the document it is written in (sheet Documents)."},                       \
        {.name = "page",                                                                           \
         .type = FIELD_TEXT,                                                                       \
         .hint = "Where in that document: page, section, minute."},                                \
    {                                                                                              \
        .name = "note", .type = FIELD_TEXT, .hint = "Anything else worth knowing."                 \
    }

/* Fields of whatever holds for a time; the second form says more about its end. */
#define PERIOD_FIELDS PERIOD_FIELDS_WITH("")
#define PERIOD_FIELDS_WITH(about_end)                                                              \
    {.name = "since",                                                                              \
     .type = FIELD_WHEN,                                                                           \
     .hint = "From when it holds: 2016-04-01, 2016, about 2016, unknown. Empty: for as long as "   \
             "anyone knows."},                                                                     \
    {                                                                                              \
        .name = "until", .type = FIELD_WHEN,                                                       \
        .hint = "The last day it held. Empty: it still holds. Write \"unknown\" if it has ended "  \
                "and nobody knows when." about_end                                                 \
    }

#define END_OF_FIELDS                                                                              \
    { .name = NULL }
#define END_OF_CHOICES                                                                             \
    { NULL, NULL }

#endif
