/* From a request to its answer: finds the route, asks who it is, checks what they may do, and has
 * the page made in one transaction. Whoever calls it need not know what was asked.
 *
 * A GET reads and never writes: mail programs follow links. A POST must come from one of our own
 * pages: the browser says so (Origin, Sec-Fetch-Site), and the form brings what only our page
 * knows. */
#ifndef ITHACA_ANSWER_H
#define ITHACA_ANSWER_H

#include "web/request.h"

enum form_origin { FORM_OURS, FORM_FOREIGN };

/* `response` is filled in whatever happens. */
void answer(struct request *request, enum form_origin origin, struct response *response);

/* To be called once the answer has been sent: notes that somebody has been here, at most once an
 * hour. Nobody waits for it. */
void answer_note(struct request *request, const struct response *response);

#endif
