/* Posts and seats that somebody holds, where the records speak of the same thing more than once:
 * the person, the post and the hold of it each say whether somebody is there. Pages say where these
 * disagree, and lead from one to the other until they agree.
 *
 * Everything belongs to the request's arena; to be called within its transaction. */
#ifndef ITHACA_HOLDER_PAGES_H
#define ITHACA_HOLDER_PAGES_H

#include "findings/reader_pages.h"
#include "store/around.h"

/* What is asked while such things are looked at. */
struct holding_look {
    const struct request *request;
    const struct record_reader *reader;
    struct around *around;
    const char *finding; /* from which they came; or NULL */
};

/* What disagrees with a record that says so; nothing for most. */
enum err disagreements_find(const struct holding_look *look, const struct record *record,
                            struct record_notes *out) MUST_CHECK;

/* How to write that somebody who left has come back: none if the record is not of somebody who
 * left, or the reader may not. */
enum err return_ways(const struct holding_look *look, const struct record *person,
                     struct way_links *out) MUST_CHECK;

/* The form that writes what a record says once more, for another time; NULL if it has not ended, is
 * of a kind that is there once only, or the reader may not. */
const char *again_url(const struct holding_look *look, const struct record *record);

/* Of the records of a finding those that say one and the same: that somebody has left a post. Each
 * is told what to do in one place, and `facts` marks which have been. */
enum err left_find(const struct holding_look *look, const struct shown_finding *finding,
                   bool *is_told, struct record_notes *out) MUST_CHECK;

#endif
