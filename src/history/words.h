/* A history in words: what text, chart and tables say alike. */
#ifndef ITHACA_HISTORY_WORDS_H
#define ITHACA_HISTORY_WORDS_H

#include "history/history.h"

/* How many days a finding was there: at least and at most, as far as the records tell. */
struct length {
    long least, most;
    bool more; /* it was there before the first day that counts: it may be any number more */
};

struct length span_length(const struct history *history, const struct span *span);

/* "5 days", "7 weeks", "14 months", "4 years". */
char *days_words(struct arena *arena, long days);
/* "14 months", "3 years to 4 years", "at least 14 months". */
char *length_words(struct arena *arena, const struct length *length);

/* "some time in 2016", "about June 2017", "before 2018": a time as written, for a sentence. */
char *dating_words(struct arena *arena, const struct dating *dating);
/* "from about June 2017, still there on 31 December 2017: 5 months to 8 months so far" */
char *span_words(struct arena *arena, const struct history *history, const struct track *track,
                 size_t span_number);
/* Behind a change: what in the records gives the day, in brackets; "" if it is another record than
 * those that the finding rests on. */
char *dating_reason(struct arena *arena, const struct dating *dating);

/* What the finding is about, as people name it: "Final specification", "The whole programme". */
const char *track_about(const struct track *track);

/* From when to when, and on which days the records were read. */
char *history_scope(const struct history *history);
/* What to bear in mind about it. */
char *history_doubts(const struct history *history);
/* How many of those that closed did so only because what they were about ended. */
size_t moment_gone(const struct moment *moment);
/* "3 closed, 1 no longer found" */
char *closed_words(struct arena *arena, size_t closed, size_t gone);
/* What opened and closed, in numbers. */
char *history_summary(const struct history *history);
/* How many findings were there on every day, with no day that tells when they began. */
size_t history_undated(const struct history *history);

#endif
