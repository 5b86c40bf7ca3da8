/* What must hold between the records of one programme: each thing once at a time, references that
 * lead somewhere, periods that do not run backwards, lines that do not go in circles, and a few
 * contradictions. Lawful untidiness is no problem here; what is merely unwise is the diagnosis's
 * business. */
#ifndef ITHACA_CHECK_H
#define ITHACA_CHECK_H

#include "record/records.h"

/* Gives every record its id, writes references as the keys are written where only capitals, spaces
 * or hyphens differ, and adds a problem for everything that does not hold. */
void records_check(struct records *records, struct problems *problems);

/* The id of a record with these values, before what tells it from another of the same id; NULL if
 * there is nothing to make it of. */
const char *record_id_plain(struct arena *arena, const struct kind *kind, const char **values);

#endif
