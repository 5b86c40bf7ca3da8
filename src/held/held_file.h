/* What is held about somebody, written out: as JSON, or as text for reading. What `ithaca person
 * export` writes, and what people save from their own page. */
#ifndef ITHACA_HELD_FILE_H
#define ITHACA_HELD_FILE_H

#include "store/rights.h"
#include <stdio.h>

void held_print_json(FILE *out, const struct held *held);
void held_print_text(FILE *out, struct arena *arena, const struct held *held);

/* To what it is an answer, and what it says, as people read them. */
const char *held_reply_about(const struct held_reply *reply);
const char *held_reply_title(const struct held_reply *reply);

#endif
