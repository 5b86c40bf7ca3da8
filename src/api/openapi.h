/* The description of what other programs can read (OpenAPI 3.1), made from the descriptions of
 * kinds. It tells shapes only, so anybody may read it. */
#ifndef ITHACA_OPENAPI_H
#define ITHACA_OPENAPI_H

#include "base/arena.h"
#include <jansson.h>

enum { API_PAGE_USUAL = 100, API_PAGE_MOST = 500 };

/* The caller's. */
json_t *openapi_make(struct arena *arena);

#endif
