/* What the team asks of a visitor: the findings whose next move is theirs, since they were given to
 * them, are about a post of theirs, or about a decision that they, their board or their
 * organisation take. */
#ifndef ITHACA_ASK_PAGES_H
#define ITHACA_ASK_PAGES_H

#include "findings/findings_pages.h"
#include "replies/replies.h"

/* What is theirs, read once for a page. */
struct asking {
    const char *lines;  /* as PART_YOURS has them; NULL: nothing is known, or was not asked */
    struct index yours; /* why a finding is theirs that is about "post director" */
};
enum err asking_read(const struct request *request, const struct seen *seen,
                     struct asking *out) MUST_CHECK;

struct asked {
    const char *why;   /* "A decision of yours"; NULL: nothing is asked of them */
    const char *words; /* what exactly, and of whom besides; or NULL */
};
enum err asked_of(const struct request *request, const struct seen *seen,
                  const struct asking *asking, const struct shown_finding *finding,
                  struct asked *out) MUST_CHECK;

/* How far a decision is that a finding is about, and that the team asks several for. */
struct answered {
    const char *words;          /* "1 of the 3 who decide has answered."; or NULL */
    const char *decision, *url; /* its title, and its place among the decisions; or NULL */
};
/* `replies` are those about the finding; NULL: they are read. Boards and organisations that decide
 * are counted as one: which of them somebody spoke for is not known. */
enum err answered_of(const struct request *request, const struct seen *seen, struct asking *asking,
                     const struct shown_finding *finding, const struct replies *replies,
                     struct answered *out) MUST_CHECK;

/* Whether they may answer: the lead, to whom an answer goes, decides instead. */
bool asked_may_answer(const struct request *request, const struct asked *asked);

#endif
