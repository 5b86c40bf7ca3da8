/* A record of a programme corrected, added or taken out, or several together: by the same checks
 * over the whole programme, the same merging and the same saving as a workbook (store/commit.h),
 * and so as a revision of its own. Nothing is kept of what does not hold, of several nothing at
 * all.
 *
 * Several at once: store/correct_many.h. To be called within db_write. Cost grows with the records
 * of the programme; the memory for that is given back, and what is told belongs to the arena. */
#ifndef ITHACA_CORRECT_H
#define ITHACA_CORRECT_H

#include "store/programme.h"

/* Another record that is corrected or added along with it. */
struct also_correct {
    const struct kind *kind;
    const char *key;    /* NULL: a new one */
    const char **cells; /* never NULL */
};

struct correction {
    const struct programme *programme;
    const struct kind *kind;
    const char *key; /* of which record; NULL: a new one */
    /* By field, as people write them, NULL where empty; NULL altogether: the record goes. A new
     * record's key may be NULL: one is made of what people call it. */
    const char **cells;
    int64_t base;       /* the revision that its writer saw */
    const char *author; /* who, and why; NULL if nobody says */
    const char *reason;
    const char *token; /* sent twice, it is done once */
    /* In the same revision; not with a record that goes. What is wrong with one of them is told as
     * `item` 1 and on. */
    const struct also_correct *also;
    size_t also_count;
};

enum corrected_as {
    CORRECT_SAVED,
    CORRECT_SAME,     /* it reads like that already */
    CORRECT_KNOWN,    /* the token was saved before */
    CORRECT_WRONG,    /* see the problems */
    CORRECT_CONFLICT, /* somebody else has changed it since the base */
    CORRECT_GONE,     /* somebody else has taken it out, or it never was there */
    CORRECT_STALE,    /* what its writer saw may hold what was erased since */
};

struct correct_problem {
    size_t item; /* 0: the record itself, or none of them; 1: the first of `also` */
    int field;   /* of that record; -1: no field in particular */
    const char *words;
    const struct kind *kind; /* of another record that stands against it; NULL: it is one of them */
    const char *key, *label; /* of that record */
};

struct corrected {
    enum corrected_as as;
    const char *key; /* of the record as it is saved, or was with that token; NULL: it went */
    LIST(struct correct_problem) problems;
    /* Of a conflict, by field: as the writer saw it, and as it is now; NULL: not there. */
    const char **base, **now;
    const char *author, *at; /* who changed it and when; NULL if not known */
    int64_t revision;        /* the programme's newest */
};

/* A problem of a programme's records, which is written for people with a workbook before them, in
 * words for a page. */
const char *correct_words(struct arena *arena, const struct records *records,
                          const struct problem *problem);

/* Whether something was saved with that token. */
enum err correct_is_known(struct db *db, const struct programme *programme, const char *token,
                          bool *out) MUST_CHECK;

enum err correct_record(struct db *db, struct arena *arena, const struct correction *correction,
                        struct corrected *out) MUST_CHECK;

#endif
