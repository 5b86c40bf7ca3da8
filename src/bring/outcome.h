/* What came of a look at a list, as JSON for the page that shows it. */
#ifndef ITHACA_BRING_OUTCOME_H
#define ITHACA_BRING_OUTCOME_H

#include "bring/bring.h"

enum { OUTCOME_CHANGES_MAX = 200, OUTCOME_DOUBTS_MAX = 100 };

const char *outcome_json(struct arena *arena, const struct brought *brought);
/* Of undoing. */
const char *outcome_undone_json(struct arena *arena, const struct corrected_many *undone);

#endif
