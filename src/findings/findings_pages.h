/* What the pages about findings share with those that list some (home). */
#ifndef ITHACA_FINDINGS_PAGES_H
#define ITHACA_FINDINGS_PAGES_H

#include "diagnosis/first.h"
#include "findings/views.h"
#include "web/request.h"

struct person_seen {
    const char *key, *name, *employer, *until; /* the last two as they were written, or NULL */
};

/* Everything about a programme's findings that a visitor may see. */
struct seen {
    struct shown shown;        /* the diagnosis as it is for them */
    struct kept_findings kept; /* since when, and what was decided: findings_standing */
    struct index kept_by_name;
    struct names records; /* the keys by which they stand on the sheet People */
    /* The name (const char *), by key, of those on that sheet to whom something was given; or of
     * everybody, who then stand in `everybody` in the order of the sheet. */
    struct index people;
    LIST(struct person_seen) everybody;
    struct index organisations; /* then, too: their names, by key */
};
enum err seen_read(struct request *request, struct seen *out) MUST_CHECK;
/* Everybody on the sheet People, for those who choose among them. */
enum err seen_people_read(struct request *request, struct seen *seen) MUST_CHECK;
/* Of these, to choose from: the visitor first, then by organisation, those who have left last. */
struct person_choices people_choices(const struct request *request, const struct seen *seen,
                                     const char *chosen);
/* Whether the records have changed since the diagnosis that a lead sees. */
bool seen_is_behind(const struct request *request, const struct seen *seen);
/* What is kept of a finding; NULL if nothing is. */
const struct kept_finding *seen_kept(const struct seen *seen, const char *id);

/* A finding of that id, if they may see it: one of the diagnosis, or a private one about
 * themselves, in words for them. NULL otherwise. */
const struct shown_finding *seen_finding(const struct request *request, const struct seen *seen,
                                         const char *id);
/* Those that are private and about the visitor, in words for them. */
struct shown_findings {
    LIST(struct shown_finding) list;
};
struct shown_findings seen_about_you(const struct request *request, const struct seen *seen);
/* The name of somebody on the sheet People. */
const char *name_of(const struct seen *seen, const char *key);

/* A finding as a line of a list; the second with what to do next. */
struct finding_line finding_line_of(const struct request *request, const struct seen *seen,
                                    const struct shown_finding *finding);
struct finding_line finding_line_to_do(const struct request *request, const struct seen *seen,
                                       const struct shown_finding *finding);
/* A finding as one that may be among the first things to look at. */
struct first_candidate seen_candidate(const struct request *request,
                                      const struct shown_finding *finding);
/* The colour of a severity's tag; its word says the same. */
const char *severity_colour(const char *severity);
/* Whether it needs nobody's attention now: set aside, or closed. */
bool is_at_rest(const struct kept_finding *finding);

#endif
