/* Taking a person's names out of texts.
 *
 * A name is found as whole words, whatever its capitals, however its words are spaced, and with
 * either kind of apostrophe; of two that begin at the same place the longer one is taken. A key is
 * found as it is written: "a-smith" is not in "a-smith-2". Letters are compared without regard to
 * capitals in the Latin, Greek and Cyrillic alphabets; accents count. */
#ifndef ITHACA_REDACT_H
#define ITHACA_REDACT_H

#include "base/list.h"
#include "base/names.h"

#define REDACTED "[name erased]"

struct redact_word {
    const char *word, *instead;
    bool is_key;
};

struct redaction {
    struct arena *arena;
    LIST(struct redact_word) words; /* longest first */
};

struct redaction redaction_new(struct arena *arena);
/* One without a single letter is passed over, and one that is there already. */
void redaction_add_name(struct redaction *redaction, const char *name);
void redaction_add_key(struct redaction *redaction, const char *key, const char *instead);

/* The same text if there is nothing in it; NULL for NULL. */
const char *redact(const struct redaction *redaction, const char *text);

/* The words of the names that may speak of the person also on their own: "Anna" and "Smith" of "Dr
 * Anna Smith". */
struct redaction redaction_parts(const struct redaction *redaction);

#endif
