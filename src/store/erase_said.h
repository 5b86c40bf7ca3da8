/* A person's names taken out of what was found in a programme, what people decided about it, what
 * they changed in its steps, what they answered and what is written at a meeting. What the person
 * answered goes altogether. These are kept beside the records, outside the chain. Private to
 * store/. */
#ifndef ITHACA_ERASE_SAID_H
#define ITHACA_ERASE_SAID_H

#include "db/db.h"
#include "store/redact.h"

/* Findings keep their decisions: the person's key in their names becomes the new one, as it does in
 * the records. Gives how many findings, decisions, changes and answers were altered or went. */
struct said_words {
    const struct redaction *names;  /* for words */
    const struct redaction *savers; /* for who decided */
    const struct redaction *keys;   /* for where a person's key stands alone */
};
enum err said_erase(struct db *db, struct arena *arena, int64_t programme,
                    const struct said_words *words, bool only_look, size_t *altered) MUST_CHECK;

#endif
