/* What the pages of the steps share, and their list at home. */
#ifndef ITHACA_STEPS_PAGES_H
#define ITHACA_STEPS_PAGES_H

#include "findings/findings_pages.h"
#include "steps/programme_steps.h"
#include "steps/views.h"

/* Each with its state: how many of the findings that it answers are open. */
enum err step_lines_read(struct request *request, const struct seen *seen,
                         struct step_lines *out) MUST_CHECK;

/* The page of one step; `form` is what was wrong with setting it aside, or NULL. */
enum err step_put(struct request *request, struct response *response, const char *id,
                  const struct aside_view *form) MUST_CHECK;

/* The text of a section of what the papers have ("Why"); NULL if there is none. */
const char *step_section(const struct programme_step *step, const char *name);

#endif
