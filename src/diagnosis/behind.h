/* What stands behind the records that a rule names: a post is empty because its last holder's day
 * has come. Rules speak of the post; who looks for the mistake needs the holder, too. What stands
 * behind what is told by the fact `behind` (rules/facts.sql), so that no rule has to. */
#ifndef ITHACA_BEHIND_H
#define ITHACA_BEHIND_H

#include "diagnosis/diagnosis.h"

/* By "kind id": a struct record_refs. Belongs to the arena with which it was read. */
struct behind {
    struct index of;
};

enum err behind_read(struct workbench *workbench, struct arena *arena,
                     const struct records *records, struct behind *out,
                     struct problems *problems) MUST_CHECK;

/* Adds what stands behind those that are there, each once. */
void behind_add(struct arena *arena, const struct behind *behind, struct record_refs *refs);

#endif
