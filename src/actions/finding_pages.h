/* The page of a finding, as those share it who answer what is done there: deciding
 * (decide_pages.c), answering (reply_form_pages.c), making an action (action_pages.c). */
#ifndef ITHACA_FINDING_PAGES_H
#define ITHACA_FINDING_PAGES_H

#include "actions/views.h"
#include "findings/findings_pages.h"

struct finding_page {
    struct seen seen;
    const struct shown_finding *finding; /* NULL: there is none, or none for this visitor */
    const struct kept_finding *kept;     /* NULL: nothing is kept of it */
};
/* The finding of the address, and everybody on the sheet People. */
enum err finding_page_read(struct request *request, struct finding_page *out) MUST_CHECK;

/* The page; a form that could not be taken is filled in with what was tried, the other (NULL) is
 * empty. */
enum err finding_page_put(const struct request *request, struct response *response,
                          const struct finding_page *page, const struct decide_view *decide,
                          const struct reply_view *reply) MUST_CHECK;

/* The form by which this visitor decides, with what they have filled in (decide_pages.c). */
void decide_form_fill(const struct request *request, const struct finding_page *page,
                      struct decide_view *view);

#endif
