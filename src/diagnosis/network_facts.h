/* The measures of the partnership's network, as tables that rules read like records. */
#ifndef ITHACA_NETWORK_FACTS_H
#define ITHACA_NETWORK_FACTS_H

#include "diagnosis/partnership.h"

/* Fills the tables network and network_person of the workbench as it stands, from all kinds of
 * tie. `parts` as in network_measure: what costs time is measured only where a rule reads it. */
enum err network_facts_fill(struct workbench *workbench, struct arena *arena,
                            enum network_parts parts, struct problems *problems) MUST_CHECK;

#endif
