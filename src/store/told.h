/* What saving did, or would do, in words for people. */
#ifndef ITHACA_TOLD_H
#define ITHACA_TOLD_H

#include "base/print.h"
#include "store/import.h"

/* Sheet by sheet what is added, changed and removed, with a few examples. `records` name them. */
void changes_tell(struct printer *printer, struct arena *arena, const struct commit *commit,
                  const struct records *records);

/* Each record that two have changed: as it was, theirs, mine, for the fields that differ. */
void conflicts_tell(struct printer *printer, struct arena *arena, const struct commit *commit);

#endif
