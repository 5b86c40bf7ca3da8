/* Work that is done once, though several workers look for it and any of them may die.
 *
 * A piece of work is a kind ("diagnosis"), a programme and a text that tells this piece from the
 * next of its kind. Which work is due nobody writes down: whoever owns a kind finds it out from
 * what is there and what is not. Here is only who is at it, and how often it was tried. Before it
 * is begun it is claimed; a claim ends with the work, with the process that holds it, or after a
 * while. What was tried JOB_TRIES times and never done is left alone, so that it keeps nobody from
 * other work, until there is other work of its kind and programme.
 *
 * Statements are run on the caller's connection. */
#ifndef ITHACA_JOBS_H
#define ITHACA_JOBS_H

#include "db/db.h"

enum { JOB_TRIES = 3, JOB_SECONDS = 600 }; /* a claim holds at most so long */

struct job {
    int64_t programme;
    const char *kind, *work;
};

/* What is written down of a job. */
struct job_state {
    struct job job;
    int64_t attempts;
    const char *claimed_by, *claimed_until; /* NULL: nobody is at it */
    const char *error;                      /* what the last failure said, or NULL */
};

struct job_states {
    LIST(struct job_state) list;
};

/* All of a kind; within db_read. */
enum err jobs_read(struct db *db, struct arena *arena, const char *kind,
                   struct job_states *out) MUST_CHECK;
/* What is written down of this very piece of work, or NULL. */
const struct job_state *jobs_find(const struct job_states *jobs, const struct job *job);

/* It was tried often enough, and nobody is at it any more. */
bool job_is_retired(const struct job_state *state);
/* Somebody is at it, or at other work of its kind and programme, as far as can be known here. */
bool jobs_held(const struct job_states *jobs, const struct job *job);

/* Claims it for this process, if nobody has been quicker; `jobs` is what was read before. */
enum err job_claim(struct db *db, const struct job *job, const struct job_states *jobs,
                   bool *claimed) MUST_CHECK;
/* Forgets it; to be called in the transaction that writes what came of it. `held` is false, and
 * nothing may be written, if the claim has ended meanwhile. */
enum err job_done(struct db *db, const struct job *job, bool *held) MUST_CHECK;
enum err job_failed(struct db *db, const struct job *job, const char *error) MUST_CHECK;
/* Gives the claim back as if it had not been tried: the store was in trouble, not the work. */
enum err job_put_off(struct db *db, const struct job *job) MUST_CHECK;
/* What was left alone is tried again; nothing happens if it was not, or if somebody is at it. */
enum err job_again(struct db *db, int64_t programme, const char *kind) MUST_CHECK;

#endif
