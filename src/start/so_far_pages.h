/* What the diagnosis says so far, beside the questions; and the first diagnosis as a page. */
#ifndef ITHACA_START_SO_FAR_PAGES_H
#define ITHACA_START_SO_FAR_PAGES_H

#include "start/views.h"
#include "web/request.h"

enum { SO_FAR_SECONDS = 2 }; /* after which a page without a form looks again */

/* `again_url` is the page on which it stands. Where the diagnosis has not seen the newest answer it
 * tells no numbers. */
enum err so_far_read(struct request *request, const char *again_url,
                     struct start_so_far *out) MUST_CHECK;
enum err start_result_put(struct request *request, struct response *response) MUST_CHECK;

/* Of a field: the ids of what describes it. */
const char *start_described(struct arena *arena, const struct start_field *field);

#endif
