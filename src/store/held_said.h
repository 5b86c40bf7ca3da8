/* What the diagnosis said about somebody, what people decided about that, the steps and answers,
 * for store/rights.h. Private to store/. */
#ifndef ITHACA_HELD_SAID_H
#define ITHACA_HELD_SAID_H

#include "store/redact.h"
#include "store/rights.h"

/* Fills in out->findings, out->steps, out->replies, out->shares, out->brought, out->documents,
 * out->drafts and out->learned. `key` is the person's in this programme, or NULL; `names` are the
 * words that stand for them. */
enum err held_said_read(struct db *db, struct arena *arena, const char *key,
                        const struct redaction *names, struct held_programme *out) MUST_CHECK;

#endif
