/* What a record says about one person's own situation: the time they are given, what they do to
 * learn, how they came to leave. It is for that person and for the lead, who keeps the records;
 * others who may read the records do not get to see it. Which fields that are, the descriptions in
 * kinds/ say (PERSONAL); the note of such a record goes with them.
 *
 * Where a personal field is needed to name the record at all, all of it is personal. */
#ifndef ITHACA_PERSONAL_H
#define ITHACA_PERSONAL_H

#include "record/records.h"

/* The key of the person whom a record is about in that way; NULL: nobody. */
const char *record_personal(const struct record *record);
/* Whether a field of such a record is personal; whether all of the record is. */
bool field_is_personal(const struct kind *kind, const struct field *field);
bool kind_is_personal(const struct kind *kind);

#endif
