#include "findings/worker.h"
#include "db/migrate.h"

enum {
    WORKER_MEMORY = 256 * 1024 * 1024,
    ROUND_MEMORY = 64 * 1024 * 1024, /* to find what is due */
};

static const double others_pause = 0.2; /* seconds, until those who are at it may have ended */
static const double again_pause = 1;    /* before what failed is tried again */

struct looking {
    const struct looker *looker;
    struct arena *arena;
    struct problems problems;
    struct content content;
    struct rules rules;
    struct look look;
    struct db *db;
};

static enum err looking_open(struct looking *looking) {
    const struct looker *looker = looking->looker;
    struct problems *problems = &looking->problems;
    enum err err =
        content_load(looking->arena, looker->content_folder, &looking->content, problems);
    if (!err)
        err = rules_load(looking->arena, &looking->content, looker->rules_folder, &looking->rules,
                         problems);
    looking->look = (struct look){.content = &looking->content,
                                  .rules = &looking->rules,
                                  .day = looker->day,
                                  .programme = looker->programme};
    if (!err)
        err = look_fingerprint(looking->arena, looker->rules_folder, &looking->look.fingerprint,
                               problems);
    if (!err)
        err = db_open(looking->arena, problems, looker->url, DB_EXISTING, &looking->db);
    return err ? err : db_schema_check(looking->db);
}

static enum err programmes_look(const struct looker *looker, struct db *db, const struct look *look,
                                bool *held, bool *stop) {
    struct look_result result = {.worked = true};
    enum err err = OK;
    *stop = worker_pause(0);
    while (!err && result.worked && !*stop) {
        struct arena *arena = arena_new(ROUND_MEMORY);
        err = look_next(db, arena, look, &result);
        if (!err && result.worked)
            looker->looked(&result.looked);
        bool again = !err && result.worked && result.looked.error && !result.looked.retired;
        arena_free(arena);
        *stop = worker_pause(again ? again_pause : 0);
    }
    *held = result.held > 0;
    return err;
}

static enum worker_end looking_run(struct looking *looking) {
    const double pause = looking->looker->pause;
    looker_round *round = looking->looker->round ? looking->looker->round : programmes_look;
    for (;;) {
        bool held, stop;
        if (round(looking->looker, looking->db, &looking->look, &held, &stop) != OK) {
            looking->looker->failed(&looking->problems);
            looking->problems.list.n = 0;
            if (pause <= 0)
                return WORKER_GAVE_UP;
        } else if (pause <= 0 && !held)
            return WORKER_FINISHED;
        if (stop || worker_pause(pause > 0 ? pause : others_pause))
            return WORKER_FINISHED;
    }
}

enum worker_end looker_work(void *context) {
    struct arena *arena = arena_new(WORKER_MEMORY);
    struct looking looking = {.looker = context, .arena = arena, .problems = problems_new(arena)};
    enum err err = looking_open(&looking);
    if (err)
        looking.looker->failed(&looking.problems);
    /* One that waits for its database begins anew, after a pause, in another process. */
    enum worker_end end = !err                        ? looking_run(&looking)
                          : looking.looker->pause > 0 ? WORKER_BROKEN
                                                      : WORKER_GAVE_UP;
    db_close(looking.db);
    arena_free(arena);
    return end;
}
