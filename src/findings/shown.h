/* The diagnosis as it is shown to somebody: the newest look for the lead; for everybody else who
 * takes part the newest that the lead has shared, without what is private. Read from what was kept;
 * nothing is diagnosed here.
 *
 * All of this is to be called within db_read or db_write, and belongs to the arena. */
#ifndef ITHACA_SHOWN_H
#define ITHACA_SHOWN_H

#include "findings/findings.h"

struct shown_record {
    const char *kind, *key, *sheet, *label, *said; /* `said`: on whose word it rests */
    const char *standing; /* on the day of the look (record/standing.h); NULL: nothing to tell */
};

struct shown_finding {
    const char *id, *rule, *title, *about, *level, *outcome, *severity, *effect, *sentence, *next;
    const char *basis, *source, *evidence, *step; /* the step is NULL where there is none */
    bool is_private;
    struct names barriers, mechanisms, competences; /* their ids */
    LIST(struct shown_record) records;
};

struct shown_evidence {
    const char *level, *outcome, *sentence, *since; /* `since` may be NULL */
};

struct shown_cell {
    const char *reading; /* "mostly lacking" */
    size_t in_order, findings;
};

struct shown {
    int64_t number; /* of the look; 0: there is none to be shown */
    int64_t revision;
    const char *day, *made_at;
    const char *shared_at; /* NULL: only the lead sees it */
    bool is_there;         /* false: there was one, and it is being made again */
    const char *overall;   /* how far the whole is in order; NULL: kept before that was said */
    LIST(struct shown_finding) findings;
    LIST(struct shown_evidence) in_order;
    struct shown_cell grid[LEVEL_COUNT][OUTCOME_COUNT];
    size_t doubts;         /* questions that records do not answer yet */
    struct names unsure;   /* the rules that ask them; empty in what was kept before that was */
    struct names requests; /* what to write down so that more can be told */
};

enum err shown_read(struct db *db, struct arena *arena, const struct programme *programme,
                    bool unshared, struct shown *out) MUST_CHECK;

/* NULL if it is not among them. */
const struct shown_finding *shown_find(const struct shown *shown, const char *id);

/* Shares a look with everybody who takes part in the programme. */
enum err shown_share(struct db *db, const struct programme *programme, int64_t number,
                     const char *author) MUST_CHECK;

#endif
