#include "jobs/jobs.h"
#include "base/text.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- who is at it ---- */

enum { PLACE_SIZE = 128, WORKER_SIZE = PLACE_SIZE + 32 };

/* Where a process number means this process: this machine since it was started, and in it this
 * container. "" where that cannot be known. */
static const char *place_of_processes(void) {
    static char place[PLACE_SIZE];
    char boot[64] = "", space[64] = "";
    FILE *file = *place ? NULL : fopen("/proc/sys/kernel/random/boot_id", "re");
    if (!file)
        return place;
    if (fscanf(file, "%63s", boot) == 1 &&
        readlink("/proc/self/ns/pid", space, sizeof space - 1) > 0)
        snprintf(place, sizeof place, "%s %s", boot, space);
    fclose(file);
    return place;
}

static void worker_name(char out[WORKER_SIZE]) {
    snprintf(out, WORKER_SIZE, "%s %ld", place_of_processes(), (long)getpid());
}

/* Also one that has ended and that nobody has asked how: where a container has no init, such ones
 * stay for good. */
static bool process_is_gone(long process) {
    char path[64], state = 'Z';
    if (process <= 0)
        return false;
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *file = fopen(path, "re");
    if (!file)
        return kill((pid_t)process, 0) != 0 && errno == ESRCH;
    int read = fscanf(file, "%*d (%*[^)]) %c", &state); /* ours have no bracket in their name */
    fclose(file);
    return read == 1 && (state == 'Z' || state == 'X');
}

/* It was a process of this place and is no more. */
static bool worker_is_gone(const char *name) {
    const char *place = place_of_processes();
    size_t length = strlen(place);
    if (!length || strncmp(name, place, length) != 0 || name[length] != ' ')
        return false;
    long process = strtol(name + length, NULL, 10);
    return process == (long)getpid() || process_is_gone(process);
}

static void time_after(unsigned seconds, char out[DB_TIME_SIZE]) {
    db_time_write(((int64_t)time(NULL) + seconds) * 1000, out);
}

static bool is_held(const struct job_state *state) {
    char now[DB_TIME_SIZE];
    db_now(now);
    return state->claimed_by && strcmp(state->claimed_until, now) >= 0 &&
           !worker_is_gone(state->claimed_by);
}

bool job_is_retired(const struct job_state *state) {
    return state->attempts >= JOB_TRIES && !is_held(state);
}

/* ---- what is written down ---- */

enum err jobs_read(struct db *db, struct arena *arena, const char *kind, struct job_states *out) {
    struct db_rows rows;
    *out = (struct job_states){0};
    enum err err = db_query(db, SQL_job_list, DB_VALUES(db_text(kind)), &rows);
    while (!err && db_next(&rows)) {
        const char *texts[4] = {0}; /* work, claimed by, until, error */
        for (int i = 0; i < 4; i++) {
            const char *text = db_row_text(&rows, i ? i + 2 : 1);
            texts[i] = text ? arena_copy(arena, text) : NULL;
        }
        list_add(arena, &out->list,
                 (struct job_state){.job = {db_row_integer(&rows, 0), kind, texts[0]},
                                    .attempts = db_row_integer(&rows, 2),
                                    .claimed_by = texts[1],
                                    .claimed_until = texts[2],
                                    .error = texts[3]});
    }
    return db_rows_end(&rows, err);
}

/* There is one at most of a kind and a programme. */
static const struct job_state *state_of(const struct job_states *jobs, const struct job *job) {
    for (size_t i = 0; i < jobs->list.n; i++)
        if (jobs->list.items[i].job.programme == job->programme)
            return &jobs->list.items[i];
    return NULL;
}

const struct job_state *jobs_find(const struct job_states *jobs, const struct job *job) {
    const struct job_state *state = state_of(jobs, job);
    return state && text_equal(state->job.work, job->work) ? state : NULL;
}

bool jobs_held(const struct job_states *jobs, const struct job *job) {
    const struct job_state *state = state_of(jobs, job);
    return state && is_held(state);
}

/* ---- claiming ---- */

struct claiming {
    const struct job *job;
    const char *gone;  /* whose claim counts no more */
    const char *error; /* of a failure */
    bool claimed;
};

static enum err claim(struct db *db, void *context) {
    struct claiming *claiming = context;
    const struct job *job = claiming->job;
    char worker[WORKER_SIZE], now[DB_TIME_SIZE], until[DB_TIME_SIZE];
    struct db_rows rows;
    worker_name(worker);
    db_now(now);
    time_after(JOB_SECONDS, until);
    enum err err = db_query(db, SQL_job_claim,
                            DB_VALUES(db_integer(job->programme), db_text(job->kind),
                                      db_text(job->work), db_text(worker), db_text(until),
                                      db_text(now), db_integer(JOB_TRIES), db_text(claiming->gone)),
                            &rows);
    claiming->claimed = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum err job_claim(struct db *db, const struct job *job, const struct job_states *jobs,
                   bool *claimed) {
    const struct job_state *state = state_of(jobs, job);
    const char *holder = state ? state->claimed_by : NULL;
    struct claiming claiming = {.job = job, .gone = holder && worker_is_gone(holder) ? holder : ""};
    enum err err = db_write(db, claim, &claiming);
    *claimed = !err && claiming.claimed;
    return err;
}

enum err job_done(struct db *db, const struct job *job, bool *held) {
    char worker[WORKER_SIZE];
    struct db_rows rows;
    worker_name(worker);
    enum err err = db_query(db, SQL_job_done,
                            DB_VALUES(db_integer(job->programme), db_text(job->kind),
                                      db_text(job->work), db_text(worker)),
                            &rows);
    *held = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

static enum err put_off(struct db *db, void *context) {
    const struct job *job = context;
    char worker[WORKER_SIZE];
    worker_name(worker);
    const struct db_value values[] = {db_integer(job->programme), db_text(job->kind),
                                      db_text(job->work), db_text(worker)};
    const size_t n = sizeof values / sizeof *values;
    enum err err = db_run(db, SQL_job_forget_first, values, n);
    return err ? err : db_run(db, SQL_job_put_off, values, n);
}

enum err job_put_off(struct db *db, const struct job *job) {
    struct job copy = *job;
    return db_write(db, put_off, &copy);
}

static enum err fail(struct db *db, void *context) {
    struct claiming *claiming = context;
    const struct job *job = claiming->job;
    char worker[WORKER_SIZE];
    worker_name(worker);
    return db_run(db, SQL_job_failed,
                  DB_VALUES(db_integer(job->programme), db_text(job->kind), db_text(job->work),
                            db_text(worker), db_text(claiming->error)));
}

enum err job_failed(struct db *db, const struct job *job, const char *error) {
    struct claiming claiming = {.job = job, .error = error};
    return db_write(db, fail, &claiming);
}

enum err job_again(struct db *db, int64_t programme, const char *kind) {
    char now[DB_TIME_SIZE];
    db_now(now);
    return db_run(
        db, SQL_job_again,
        DB_VALUES(db_integer(programme), db_text(kind), db_integer(JOB_TRIES), db_text(now)));
}
