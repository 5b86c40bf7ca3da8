/* What `ithaca person` does for somebody's rights: telling everything that is held, and erasing. */
#ifndef ITHACA_PERSON_RIGHTS_H
#define ITHACA_PERSON_RIGHTS_H

#include "command/command.h"
#include "store/rights.h"

/* Everything that is held, into a new file; JSON, or text for reading. */
enum err held_write(struct session *session, const struct held *held, bool as_json,
                    const char *path) MUST_CHECK;

/* What erasing did, or would do. */
void outcome_tell(struct arena *arena, const struct rights_outcome *outcome,
                  const struct rights_wish *wish);

#endif
