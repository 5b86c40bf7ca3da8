/* An action as whoever is to do it sees it. */
#ifndef ITHACA_OWN_ACTION_PAGES_H
#define ITHACA_OWN_ACTION_PAGES_H

#include "findings/findings_pages.h"
#include "store/around.h"

/* Whether the action, a record, is one that the visitor is to do. */
bool is_own_action(const struct seen *seen, const struct record *action);
/* Of such a one: "Given to you by Network manager on 22 November 2026"; NULL where it is not known.
 * They promised it only if they wrote it down themselves. */
enum err own_action_given(const struct request *request, const struct around_found *action,
                          const char **words) MUST_CHECK;

#endif
