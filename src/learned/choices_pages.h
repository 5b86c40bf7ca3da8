/* What can be chosen in a field of something learned, and what was chosen as it is read: pages of
 * the library, findings, records, evidence. Findings and records only as far as the visitor may see
 * them; what somebody else chose of which they may not stays chosen, unseen. */
#ifndef ITHACA_LEARNED_CHOICES_PAGES_H
#define ITHACA_LEARNED_CHOICES_PAGES_H

#include "findings/findings_pages.h"
#include "learned/learned.h"
#include "learned/views.h"
#include "web/request.h"

enum { CHOICES_OF_A_KIND_MOST = 100 };

/* What is read once for a page. */
struct choosing {
    struct request *request;
    struct seen seen;
    struct learned_list own; /* what the programme has learned */
};
enum err choosing_begin(struct request *request, struct choosing *out) MUST_CHECK;

/* `values`: those chosen now, a line each; or NULL. */
enum err choices_fill(struct choosing *choosing, const struct learned_field *field,
                      const char *values, struct learned_field_view *view) MUST_CHECK;
/* A value to read; false if it is nothing for this visitor. */
enum err chosen_link(struct choosing *choosing, const struct learned_field *field,
                     const char *value, struct learned_link *out, bool *is_theirs) MUST_CHECK;

#endif
