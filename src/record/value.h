/* One field's value: whether a person wrote something that fits, and how it is kept. */
#ifndef ITHACA_VALUE_H
#define ITHACA_VALUE_H

#include "base/problem.h"
#include "record/kind.h"

/* The value as it is kept, or NULL with a problem at `place`. References are checked later, when
 * all records are known. */
const char *value_check(struct problems *problems, struct place place, const struct field *field,
                        const char *text);

/* The keys in a FIELD_REFS value, one after the other: NULL at the end. People part them with ";",
 * "," or line ends. */
char *value_next_ref(struct arena *arena, const char **rest);

/* The allowed values of a field that has a fixed list of them, NULL otherwise; ends with NULL. */
const char *const *value_choices(struct arena *arena, const struct field *field);

/* What was chosen, as people read it, and what it means; NULL if that says no more. Of "none" the
 * meaning stands in its place: alone it reads unkindly. */
const char *value_choice(struct arena *arena, const struct field *field, const char *value,
                         const char **meaning);

/* A key that is like a text; NULL if nothing in it may stand in a key. */
const char *key_of_text(struct arena *arena, const char *text);

/* Whether a text may be a key: letters, digits, "-", "_", "." and what lies beyond ASCII. */
bool key_valid(const char *text);

#endif
