/* Which browser somebody uses, in words that they know it by. */
#ifndef ITHACA_AGENT_H
#define ITHACA_AGENT_H

#include "base/arena.h"

/* "Firefox on Linux", of what a browser says of itself (the header User-Agent; or NULL). */
const char *agent_words(struct arena *arena, const char *agent);

#endif
