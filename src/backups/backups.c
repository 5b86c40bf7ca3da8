#include "backups/backups.h"
#include "base/names.h"
#include "base/text.h"
#include "db/migrate.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUSY_SECONDS = 600, MILLISECONDS = 1000 }; /* until another may be asked for */

static const char *const state_names[BACKUP_STATES] = {"asked", "working", "made", "failed"};

enum err backups_read(struct db *db, struct arena *arena, struct backup_lines *out) {
    struct db_rows rows;
    *out = (struct backup_lines){0};
    enum err err = db_query(db, SQL_backup_list, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        const int state = name_index(state_names, BACKUP_STATES, db_row_text(&rows, 1));
        list_add(arena, &out->list,
                 (struct backup_line){.is_of_command = text_equal(db_row_text(&rows, 0), "command"),
                                      .state = state < 0 ? BACKUP_FAILED : (enum backup_state)state,
                                      .asked_at = db_row_copy(arena, &rows, 2),
                                      .begun_at = db_row_copy(arena, &rows, 3),
                                      .ended_at = db_row_copy(arena, &rows, 4),
                                      .place = db_row_copy(arena, &rows, 5),
                                      .bytes = db_row_integer(&rows, 6),
                                      .is_whole = !db_row_null(&rows, 7) &&
                                                  text_equal(db_row_text(&rows, 7), "whole"),
                                      .words = db_row_copy(arena, &rows, 8),
                                      .by = db_row_copy(arena, &rows, 9)});
    }
    return db_rows_end(&rows, err);
}

enum err backup_ask(struct db *db, int64_t account, const char *token) {
    char now[DB_TIME_SIZE], busy_since[DB_TIME_SIZE];
    db_now(now);
    db_time_write(((int64_t)time(NULL) - BUSY_SECONDS) * MILLISECONDS, busy_since);
    return db_run(db, SQL_backup_ask,
                  DB_VALUES(db_integer(db_id_new()), db_text(token), db_integer(account),
                            db_text(now), db_text(busy_since)));
}

static const char *verdict_of(const struct contents *contents) {
    return contents->faults || contents->kept.missed ? "faulty" : "whole";
}

static int64_t size_of(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 ? (int64_t)about.st_size : 0;
}

struct note {
    const char *place;
    const struct contents *contents;
};

static enum err note_write(struct db *db, void *context) {
    const struct note *note = context;
    char now[DB_TIME_SIZE];
    db_now(now);
    return db_run(db, SQL_backup_note,
                  DB_VALUES(db_integer(db_id_new()), db_text(now), db_text(note->place),
                            db_integer(size_of(note->place)), db_text(verdict_of(note->contents))));
}

bool backup_note(struct arena *arena, const char *url, const char *path,
                 const struct contents *contents) {
    struct problems own = problems_new(arena); /* the backup is there: nothing is wrong with it */
    char *whole = realpath(path, NULL);
    struct note note = {whole ? whole : path, contents};
    struct db *db = NULL;
    enum err err = db_open(arena, &own, url, DB_EXISTING, &db);
    if (!err)
        err = db_schema_check(db);
    if (!err)
        err = db_write(db, note_write, &note);
    db_close(db);
    free(whole);
    return !err;
}

const char *backups_obstacle(struct arena *arena, const char *folder) {
    struct stat about;
    if (stat(folder, &about) != 0)
        return errno == ENOENT
                   ? arena_format(arena,
                                  "The folder %s is not there. Make it, for the user as whom "
                                  "Ithaca runs: mkdir -m 700 %s",
                                  folder, folder)
                   : arena_format(arena, "The folder %s cannot be looked at: %s.", folder,
                                  strerror(errno));
    if (!S_ISDIR(about.st_mode))
        return arena_format(arena, "%s is not a folder. Name one in the setting \"backups\".",
                            folder);
    if (access(folder, W_OK | X_OK) != 0)
        return arena_format(arena,
                            "Ithaca may not write into the folder %s. Give it to the user as whom "
                            "Ithaca runs (chown).",
                            folder);
    return NULL;
}

/* ---- the worker ---- */

enum { WORKER_MEMORY = 4 * 1024 * 1024, ROUND_MEMORY = 256 * 1024 * 1024 };

struct making {
    const struct backup_maker *maker;
    struct arena *arena;
    int64_t id; /* 0: none waits */
    bool is_ours;
    const char *place, *why; /* one of them is NULL, in the end */
    struct contents contents;
};

static enum err claim(struct db *db, void *context) {
    struct making *making = context;
    struct db_rows rows;
    char now[DB_TIME_SIZE];
    making->id = 0;
    making->is_ours = false;
    enum err err = db_query(db, SQL_backup_asked, DB_NO_VALUES, &rows);
    if (!err && db_next(&rows))
        making->id = db_row_integer(&rows, 0);
    err = db_rows_end(&rows, err);
    if (err || !making->id)
        return err;
    db_now(now);
    err = db_query(db, SQL_backup_begin, DB_VALUES(db_integer(making->id), db_text(now)), &rows);
    if (!err)
        making->is_ours = db_next(&rows);
    return db_rows_end(&rows, err);
}

static enum err result_write(struct db *db, void *context) {
    const struct making *making = context;
    char now[DB_TIME_SIZE];
    db_now(now);
    const bool is_made = making->place;
    return db_run(
        db, SQL_backup_end,
        DB_VALUES(db_integer(making->id),
                  db_text(state_names[is_made ? BACKUP_MADE : BACKUP_FAILED]), db_text(now),
                  db_text(making->place), db_integer(is_made ? size_of(making->place) : 0),
                  db_text(is_made ? verdict_of(&making->contents) : NULL), db_text(making->why)));
}

/* "ithaca-2026-11-23T140500Z.backup": nobody chooses it but the clock. */
static const char *file_named(struct arena *arena, const char *folder) {
    char stamp[sizeof "2026-11-23T140500Z"];
    const time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H%M%SZ", &parts);
    return arena_format(arena, "%s/ithaca-%s.backup", folder, stamp);
}

static const char *words_of(struct arena *arena, const struct problems *problems) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < problems->list.n; i++) {
        const struct problem *problem = &problems->list.items[i];
        if (problem->place.file)
            text_add_format(&out, "%s%s: %s", i ? " " : "", problem->place.file, problem->message);
        else
            text_add_format(&out, "%s%s", i ? " " : "", problem->message);
    }
    return out.length ? out.bytes : "No backup was made, and the program cannot say why.";
}

static void make(struct making *making) {
    const struct backup_maker *maker = making->maker;
    struct problems problems = problems_new(making->arena);
    const struct backup_watch watch = {0};
    const char *path = file_named(making->arena, maker->folder);
    making->why = backups_obstacle(making->arena, maker->folder);
    if (making->why)
        return;
    if (backup_make(making->arena, &problems, maker->url, path, &watch, &making->contents) == OK) {
        char *whole = realpath(path, NULL);
        making->place = arena_copy(making->arena, whole ? whole : path);
        free(whole);
    } else {
        making->why = words_of(making->arena, &problems);
    }
}

/* Makes one that waits, if there is any. */
static enum err maker_round(const struct backup_maker *maker, struct db *db, bool *worked) {
    struct arena *arena = arena_new(ROUND_MEMORY);
    struct making making = {.maker = maker, .arena = arena};
    enum err err = db_write(db, claim, &making);
    *worked = !err && making.is_ours;
    if (*worked) {
        make(&making);
        maker->told(making.place, making.why);
        err = db_write(db, result_write, &making);
    }
    arena_free(arena);
    return err;
}

enum worker_end backup_maker_work(void *context) {
    const struct backup_maker *maker = context;
    struct arena *arena = arena_new(WORKER_MEMORY);
    struct problems problems = problems_new(arena);
    struct db *db = NULL;
    bool worked = false;
    enum err err = db_open(arena, &problems, maker->url, DB_EXISTING, &db);
    if (!err)
        err = db_schema_check(db);
    while (!err && !worker_pause(worked ? 0 : maker->pause))
        err = maker_round(maker, db, &worked);
    if (err)
        maker->failed(&problems);
    db_close(db);
    arena_free(arena);
    return err ? WORKER_BROKEN : WORKER_FINISHED;
}
