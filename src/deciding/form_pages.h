/* The form of a decision: what was typed becomes lines (deciding/deciding.h), and lines become what
 * the form shows. Nothing that was typed is lost on the way: what nobody knows is kept as it was
 * written. */
#ifndef ITHACA_DECIDING_FORM_PAGES_H
#define ITHACA_DECIDING_FORM_PAGES_H

#include "deciding/deciding.h"
#include "deciding/views.h"
#include "web/request.h"

struct deciding_lines form_read(const struct deciding *deciding, const struct request *request);

/* Lines as a hidden field keeps them, and back. */
const char *form_kept(struct arena *arena, const struct deciding_lines *lines);
struct deciding_lines form_kept_read(struct arena *arena, const char *kept);

/* The fields of the form. `more`: the place that gets one more row; or NULL. */
void form_fill(const struct deciding *deciding, const struct deciding_lines *lines,
               const struct deciding_problems *problems, const char *more,
               struct deciding_form *view);

#endif
