/* Listings: one readable file each (content/...), a SELECT over the workbench and a sentence that
 * is said of each row. Where a rule judges, a listing only tells: what somebody carries, what has
 * lost its carrier, who decides what.
 *
 *     # Messages that nobody carries         the heading
 *
 *     line: {{message_route}} ...            the sentence of a row (sentence.h)
 *     none: All messages have a messenger.   what is said if there is no row; may be left out
 *     identity: message_route                columns that tell one row from another
 *     weight: 3 because ...                  how much one row counts where rows are weighed
 *     repair: A second messenger to ...      what would mend the row, as a sentence
 *
 * and a block that begins with ```sql. Listings are built in. */
#ifndef ITHACA_LISTING_H
#define ITHACA_LISTING_H

#include "content/page.h"
#include "diagnosis/workbench.h"

struct listing {
    const char *name; /* its file's, without folder and ending: "messages" */
    const char *title, *line;
    const char *none, *repair; /* NULL if it has none */
    struct names identity;
    double weight; /* 0 if it has none */
    struct query query;
};

struct listings {
    LIST(struct listing *) list; /* in the order of their files' names */
};

/* The listings below a folder of content: "content/handover/". They are ours: a wrong one stops the
 * program. */
struct listings listings_load(struct arena *arena, const char *folder);

/* One row, spoken. */
struct listed {
    const struct listing *listing;
    const char *identity; /* "messages/gp-federation": the same row has the same at another time */
    const char *sentence;
    const char *repair; /* NULL if the listing has none */
};

struct listed_rows {
    LIST(struct listed) list;
};

/* Adds what the listing gives, each row once, of the workbench as it is filled now. `subject` as in
 * workbench_run. */
void listing_run(const struct listing *listing, struct workbench *workbench, struct arena *arena,
                 const struct records *records, const char *subject, struct listed_rows *out);

#endif
