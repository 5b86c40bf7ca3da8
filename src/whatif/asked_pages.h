/* What the two pages of "what if?" share. Private to whatif/. */
#ifndef ITHACA_ASKED_PAGES_H
#define ITHACA_ASKED_PAGES_H

#include "web/request.h"
#include "whatif/asked.h"

/* "What if the clinical lead left?" */
const char *asked_title(struct arena *arena, const struct asked *asked);

#endif
