/* What a visitor may know of findings that were there once: the lead all of them; others those that
 * were shared with them; whom a private one is about, that one. And the way back to a finding from
 * the records that it rests on. */
#ifndef ITHACA_KNOWN_PAGES_H
#define ITHACA_KNOWN_PAGES_H

#include "findings/findings_pages.h"
#include "findings/looks.h"

struct known_times {
    const struct seen *seen;
    bool is_lead;
    struct look_points shared; /* not read for the lead */
};
enum err known_times_read(const struct request *request, const struct seen *seen,
                          struct known_times *out) MUST_CHECK;
/* Whether the visitor may know that the finding was there in its period of that number; private
 * ones are known to the lead only. */
bool known_period(const struct known_times *times, const struct kept_finding *kept, size_t period);
/* When it closed; NULL where it is there, or that it is gone was not shared yet. */
const char *known_closing(const struct known_times *times, const struct finding_period *period);

/* What a finding was called that has closed; NULL if it has not, or they could never see it. */
enum err known_past(const struct request *request, const struct seen *seen, const char *id,
                    const char **title) MUST_CHECK;

/* Says that the finding of the address has closed, to those who could see it while it was there; to
 * everybody else only that there is none for them. */
enum err finding_gone(const struct request *request, struct response *response,
                      const struct seen *seen) MUST_CHECK;

/* The finding from which somebody came to a record, as the address or the form says it; all NULL if
 * none is said, or not one that they could ever see. */
struct way_back {
    const char *finding, *title, *url;
};
/* `seen` may be NULL: then it is read, if there is need. */
enum err way_back_read(struct request *request, const struct seen *seen,
                       struct way_back *out) MUST_CHECK;
/* An address that takes the way back along: "...?finding=A1%2Fbudget"; unchanged if there is none.
 */
const char *url_from_finding(struct arena *arena, const char *url, const char *finding);

#endif
