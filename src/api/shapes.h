/* What other programs read, as JSON: the shape of each kind of record (JSON Schema), and a record's
 * values in that shape. Both are made from the descriptions of kinds, so that a further kind, or
 * field, is there by itself. */
#ifndef ITHACA_SHAPES_H
#define ITHACA_SHAPES_H

#include "record/records.h"
#include <jansson.h>

/* What is written of one field: a text; a number; yes and no as a boolean; a time as what people
 * wrote, with the first and the last day that can mean; a list of keys. */
json_t *shape_of_field(struct arena *arena, const struct field *field);
json_t *shape_value(struct arena *arena, const struct field *field, const char *value);

/* The schema of a kind's records, in which those fields are needed that no reader is ever denied.
 */
json_t *shape_of_kind(struct arena *arena, const struct kind *kind);

#endif
