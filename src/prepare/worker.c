#include "bring/brought.h"
#include "content/content.h"
#include "library/search.h"
#include "prepare/prepare.h"
#include "serve/log.h"
#include "store/search.h"

enum { ROUND_MEMORY = 64 * 1024 * 1024 }; /* to find what is due */

static const double again_pause = 1; /* seconds, before what failed is tried again */

static void tell(const struct prepared *prepared) {
    const char *what =
        prepared->is_answer ? "an answer to a question" : "its decisions and its map";
    if (prepared->error)
        log_write(LOG_ERROR, "%s: %s could not be made ready%s: %s", prepared->programme, what,
                  prepared->retired ? ", and will not be tried again" : "", prepared->error);
    else
        log_write(LOG_DEBUG, "%s: %s: made ready", prepared->programme, what);
}

/* Files that somebody waits for come before all else. */
static enum err brought_round(struct db *db, size_t *held, bool *stop) {
    struct brought_work work = {.worked = true};
    enum err err = OK;
    while (!err && work.worked && !*stop) {
        struct arena *arena = arena_new(ROUND_MEMORY);
        err = brought_next(db, arena, &work);
        if (!err && work.worked)
            log_write(work.error ? LOG_ERROR : LOG_DEBUG, "%s: a list that was brought: %s",
                      work.programme, work.error ? work.error : "done");
        bool again = !err && work.error;
        arena_free(arena);
        *stop = worker_pause(again ? again_pause : 0);
    }
    *held = work.held;
    return err;
}

/* What was saved can be found soon after. */
static enum err search_round(struct db *db, bool *stop) {
    bool worked = true;
    enum err err = OK;
    while (!err && worked && !*stop) {
        struct arena *arena = arena_new(ROUND_MEMORY);
        err = search_index_next(db, arena, &worked);
        arena_free(arena);
        *stop = worker_pause(0);
    }
    return err;
}

/* The library that is built in may be another than yesterday's. */
static enum err library_round(struct db *db, const struct look *look) {
    bool worked;
    struct arena *arena = arena_new(ROUND_MEMORY);
    enum err err = library_index(db, arena, &look->content->library, &worked);
    arena_free(arena);
    return err;
}

enum err prepare_round(const struct looker *looker, struct db *db, const struct look *look,
                       bool *held, bool *stop) {
    (void)looker;
    struct prepared prepared = {.worked = true};
    size_t brought_held = 0;
    *stop = worker_pause(0);
    enum err err = brought_round(db, &brought_held, stop);
    while (!err && prepared.worked && !*stop) {
        struct arena *arena = arena_new(ROUND_MEMORY);
        err = prepare_next(db, arena, look, &prepared);
        if (!err && prepared.worked)
            tell(&prepared);
        bool again = !err && prepared.worked && prepared.error && !prepared.retired;
        arena_free(arena);
        *stop = worker_pause(again ? again_pause : 0);
    }
    *held = prepared.held > 0 || brought_held > 0;
    if (!err && !*stop)
        err = library_round(db, look);
    return err || *stop ? err : search_round(db, stop);
}
