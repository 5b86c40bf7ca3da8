/* The form by which a record is corrected or added, the same for all kinds: its fields are those of
 * the kind's description (record/kind.h). */
#ifndef ITHACA_RECORDS_FORM_PAGES_H
#define ITHACA_RECORDS_FORM_PAGES_H

#include "records/views.h"
#include "store/around.h"
#include "store/correct.h"
#include "web/request.h"

/* What was filled in, by field, NULL where empty. Of what the form did not bring it is as in
 * `before`. */
const char **form_cells(const struct request *request, const struct kind *kind,
                        const char **before);

/* The fields of the form with what stands in them; `is_new` asks for those that cannot change
 * afterwards, too. */
enum err form_fields(struct around *around, const struct kind *kind, const char **cells,
                     struct correct_view *view) MUST_CHECK;

/* One of them, of a field that is no key. */
enum err form_field_of(struct around *around, const struct field *field, const char *cell,
                       struct form_field *out) MUST_CHECK;

/* Puts what is wrong beside the fields, or above them all. */
void form_problems(const struct request *request, const struct corrected *corrected,
                   const struct kind *kind, struct correct_view *view);
/* Where somebody else was quicker: what only they have changed is taken into the cells; of what
 * both have, the fields show the others' as well. Before and after form_fields. */
void form_merge(const struct kind *kind, const struct corrected *corrected, const char **cells);
void form_conflict(struct arena *arena, const struct kind *kind, const struct corrected *corrected,
                   struct correct_view *view);

/* What a field says in words for people: the heading of its column. */
const char *field_title(struct arena *arena, const struct field *field);
/* Whether a field tells where the record comes from. */
bool field_is_source(const struct field *field);

#endif
