/* The records of one programme, checked.
 *
 * Read from sheets, whole or not at all: either every record is right by the descriptions in
 * kinds/, or the problems list all that is wrong. Everything belongs to the arena handed in. */
#ifndef ITHACA_RECORDS_H
#define ITHACA_RECORDS_H

#include "base/index.h"
#include "base/problem.h"
#include "record/kind.h"
#include "record/origin.h"
#include "record/sheet.h"

struct record {
    const struct kind *kind;
    /* Its key; for a kind without keys its identity fields joined by "/", with "@since" behind
     * where the same thing held at several times. Unique in its kind. */
    const char *id;
    const char **values; /* one per field of the kind; an empty one is NULL */
    const char *file, *sheet;
    unsigned row;
    const unsigned *columns; /* by field: its column on the sheet, 1 is A; 0 if it has none */
    /* `serial` is given when it is read and goes with it wherever it is copied; a copy in which
     * something differs gets a new `version`. */
    unsigned long serial, version;
};

struct record_list {
    LIST(struct record *) list; /* in the order of the sheet */
    struct index by_id;
    /* By the id as names are compared (base/text.h), and such names that several ids have. Made
     * when a reference first needs them, and `named` then. */
    struct index by_name, ambiguous;
    bool named;
    bool there;     /* its sheet was, filled in or not */
    bool unread;    /* its sheet was there, but its headings could not be read */
    size_t awaited; /* cells that refer to it while nothing is on it; 0 if it is told of each */
};

struct records {
    struct arena *arena;
    const char *file;            /* the workbook they were read from */
    const struct origin *origin; /* written along with them; NULL if there is none */
    bool may_be_bare;            /* as of the sheets they are of */
    struct record_list *of_kind; /* one per kind, in the order of `kinds` */
};

struct records records_new(struct arena *arena);

/* Makes records of sheets. Private sheets (sheet.h) are passed over, and so are sheets with nothing
 * in them. */
enum err records_read(const struct sheets *sheets, struct records *out,
                      struct problems *problems) MUST_CHECK;
/* The same of several workbooks: add each, then finish once, which checks what must hold between
 * records. */
void records_add(const struct sheets *sheets, struct records *out, struct problems *problems);
enum err records_finish(struct records *records, struct problems *problems) MUST_CHECK;

/* A number that nothing has had yet, for a record's serial or version. */
unsigned long record_number_new(void);

size_t records_count(const struct records *records);
const struct record_list *records_of(const struct records *records, const struct kind *kind);
/* NULL if there is none. */
struct record *records_find(const struct records *records, const struct kind *kind, const char *id);

/* NULL if the field is empty or the kind has no such field. */
const char *record_value(const struct record *record, const char *field_name);
/* How people name it: the kind's label, with references followed. */
char *record_label(const struct records *records, const struct record *record);

/* The heading of a field on its sheet: "Decision" for decision, "Right held" for right_held. */
char *field_heading(struct arena *arena, const struct field *field);

#endif
