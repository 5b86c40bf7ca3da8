/* A record as the store keeps it: its fields as one line of JSON, by name, in the order of its
 * description, those that are empty left out. The same record always gives the same line, so that
 * lines can be compared; a field that a later version of the program adds is simply not there yet.
 */
#ifndef ITHACA_STORED_H
#define ITHACA_STORED_H

#include "base/text.h"
#include "record/records.h"

/* The line is in `room`, and stays there until the next one is written into it. */
const char *stored_write(struct text *room, const struct record *record);

/* The line with other values: `change` gives the value to put in the place of each, the same one,
 * or NULL to leave it out; `value` is gone when all is done. It is told the field, or NULL for one
 * that this program does not know. Gives the same line where nothing changes. ERR_INPUT if it is no
 * such line. */
typedef const char *stored_change(void *context, const struct field *field, const char *value);
enum err stored_alter(struct arena *arena, const struct kind *kind, const char *content,
                      stored_change *change, void *context, const char **out) MUST_CHECK;

/* The line back into cells, one for each field of the kind. ERR_INPUT if it is no such line. */
enum err stored_read(struct arena *arena, const struct kind *kind, const char *content,
                     const char **cells) MUST_CHECK;

/* What the line has in a field; NULL if nothing, or if it is no such line. */
const char *stored_value(struct arena *arena, const struct kind *kind, const char *content,
                         const char *field);

/* An empty sheet for records of a kind, its headings in the first row; then a row for each record.
 * `file` is what messages will call it. */
struct sheet stored_sheet(struct arena *arena, const struct kind *kind, const char *file);
enum err stored_sheet_add(struct arena *arena, struct sheet *sheet, const struct kind *kind,
                          const char *content) MUST_CHECK;

#endif
