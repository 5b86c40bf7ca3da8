/* What leads ask on pages: what if somebody left? And: who are we most exposed to? A question is
 * written down at once and answered by a worker (prepare/); the answer is kept until it is removed,
 * or so many newer ones were asked.
 *
 * All belongs to the arena. */
#ifndef ITHACA_ASKED_H
#define ITHACA_ASKED_H

#include "jobs/jobs.h"
#include "whatif/whatif.h"

enum { ASKED_KEPT = 20 }; /* of a programme */
#define ASKED_KIND "whatif"

struct asked {
    int64_t id;
    const char *asked_at;
    const char *person, *person_name; /* NULL: everybody in turn */
    const char *day;                  /* from which they would be gone */
    int64_t revision;                 /* of the records that the answer is about; 0: none yet */
    const char *answered_at, *answer; /* JSON; NULL: there is none yet */
    const char *failed;               /* why there will be none, or NULL */
    int64_t done, done_of; /* of everybody in turn: how many of how many; 0 of 0: not begun */
};
struct all_asked {
    LIST(struct asked) list; /* the newest first, without their answers */
};

/* Within db_write: gives its id; the same for the same token. */
enum err asked_add(struct db *db, int64_t programme, const char *token,
                   const struct asked *question, int64_t *id) MUST_CHECK;
/* Within db_write: withdraws it, answered or not. */
enum err asked_remove(struct db *db, int64_t programme, int64_t id) MUST_CHECK;
/* Within db_write: whoever works it out stops, and it says so; nothing if there is an answer. */
enum err asked_stop(struct db *db, int64_t programme, int64_t id) MUST_CHECK;
/* Within db_read or db_write. */
enum err asked_list(struct db *db, struct arena *arena, int64_t programme,
                    struct all_asked *out) MUST_CHECK;
/* `out->id` is 0 if there is none. */
enum err asked_find(struct db *db, struct arena *arena, int64_t programme, int64_t id,
                    struct asked *out) MUST_CHECK;

/* ---- for workers ---- */

struct asked_due {
    struct job job;
    const char *programme; /* its key */
    int64_t id;
    const char *person; /* NULL: everybody */
    char day[DAY_SIZE];
};
struct asked_dues {
    LIST(struct asked_due) list;
};
/* Within db_read. */
enum err asked_waiting(struct db *db, struct arena *arena, struct asked_dues *out) MUST_CHECK;
/* Writes how far it has come; `goes_on` is false if it was stopped or removed. */
enum err asked_progress(struct db *db, const struct asked_due *due, size_t done, size_t of,
                        bool *goes_on) MUST_CHECK;
/* What came of it: an answer, or why there can be none (`failed`). */
struct answer {
    const char *answer, *failed;
    int64_t revision;
};
/* Writes that, and the job off; nothing if the job is no longer ours. */
enum err asked_answer(struct db *db, struct arena *arena, const struct asked_due *due,
                      const struct answer *answer) MUST_CHECK;
/* Notes why there will be none, so that nobody tries again. */
enum err asked_give_up(struct db *db, const struct asked_due *due, const char *why) MUST_CHECK;

#endif
