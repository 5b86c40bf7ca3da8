/* Looking at the programmes of a store: which are due, the diagnosis of one, and what came of it
 * kept (findings.h reads it).
 *
 * A programme is due if this program with these rules has not looked at its newest revision as of
 * today. That follows from what is stored, so that nothing is forgotten, whoever is killed when;
 * looking is a job (jobs/jobs.h), so that it is done once, and one that cannot be looked at keeps
 * nobody from the others.
 *
 * A programme's day never goes back, though clocks, time zones and summer times do: nothing may
 * close and reopen because of them. Only a day further ahead than LOOK_DAYS_AHEAD was a broken
 * clock's, and does not count. */
#ifndef ITHACA_LOOK_H
#define ITHACA_LOOK_H

#include "db/db.h"
#include "diagnosis/diagnosis.h"

enum { LOOK_DAYS_AHEAD = 2 };
#define LOOK_KIND "diagnosis"

/* With what is looked. */
struct look {
    const struct content *content;
    const struct rules *rules;
    const char *fingerprint;
    const char *day;       /* NULL: today, by the clock */
    const char *programme; /* its key: only this one; NULL: all */
    int64_t limits;        /* how many changes of limits the rules have in them (limits.h) */
};

/* Stands for this version of the program, its content and its rules, with those of a folder (may be
 * NULL). */
enum err look_fingerprint(struct arena *arena, const char *folder, const char **out,
                          struct problems *problems) MUST_CHECK;

/* What came of looking at a programme. */
struct looked {
    const char *programme, *day;
    int64_t revision;
    size_t found, opened, closed;
    const char *error; /* NULL, or why it cannot be looked at */
    bool retired;      /* it will not be tried again, until something changes */
    bool overtaken;    /* nothing was kept: somebody saved or erased meanwhile, or was quicker */
};

struct look_result {
    bool worked; /* something was looked at: `looked` says what */
    struct looked looked;
    size_t held;                 /* others are at these */
    LIST(struct looked) retired; /* given up; of look_given_up alone */
};

/* Looks at one programme that is due, if there is any that nobody is at. The process ends, and
 * another may try, if that takes longer than JOB_SECONDS. Not OK if the store itself fails. */
enum err look_next(struct db *db, struct arena *arena, const struct look *look,
                   struct look_result *out) MUST_CHECK;

/* What is due and was given up, in `out->retired`; looks at nothing. Needs neither content nor
 * rules. */
enum err look_given_up(struct db *db, struct arena *arena, const struct look *look,
                       struct look_result *out) MUST_CHECK;

#endif
