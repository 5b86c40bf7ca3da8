/* Sentences with gaps, as rules write them:
 *
 *     {{decision}}             the value of that name
 *     {{#who}} by {{who}}{{/who}}   only if there is such a value
 *     {{^who}} by nobody{{/who}}    only if there is not
 *     {{n:decision|decisions}}      the number and the right word: "1 decision", "3 decisions"
 *     {{n?has|have}}                the right word only
 */
#ifndef ITHACA_SENTENCE_H
#define ITHACA_SENTENCE_H

#include "base/list.h"

/* Gives the value of a name, or NULL. */
typedef const char *sentence_lookup(void *context, const char *name);

char *sentence_expand(struct arena *arena, const char *sentence, sentence_lookup *lookup,
                      void *context);

/* What is wrong with how a sentence is built, in words, or NULL: a gap that is not closed, a part
 * that is not ended or ends another. Sentences are checked when a rule is loaded. */
const char *sentence_fault(struct arena *arena, const char *sentence);

struct sentence_names {
    LIST(const char *) list;
};

/* The names that a sentence uses, each once. */
void sentence_list_names(struct arena *arena, const char *sentence, struct sentence_names *out);

#endif
