/* The eight steps, for the pages that list them. */
#ifndef ITHACA_STEPS_PAGES_H
#define ITHACA_STEPS_PAGES_H

#include "findings/findings_pages.h"
#include "steps/views.h"

/* Each with its state: how many of the findings that it answers are open. */
struct step_lines step_lines_of(const struct request *request, const struct seen *seen);

#endif
