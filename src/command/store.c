#include "command/store.h"
#include "base/date.h"
#include "db/migrate.h"
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One that was made by an older program is left alone: bringing it up to date is a step that people
 * take knowingly, after a backup. */
static enum err prepare(struct db *db, enum db_open_mode mode) {
    struct db_schema schema;
    if (mode != DB_CREATE && mode != DB_REHEARSE)
        return db_schema_check(db);
    enum err err = db_schema_look(db, &schema);
    if (err)
        return err;
    return schema.state == DB_SCHEMA_EMPTY ? db_migrate(db) : db_schema_check(db);
}

enum err store_open(struct session *session, const char *url, enum db_open_mode mode,
                    struct db **out) {
    enum err err = db_open(session->arena, &session->problems, url, mode, out);
    if (!err)
        err = prepare(*out, mode);
    if (err) {
        db_close(*out);
        *out = NULL;
    }
    return err;
}

enum err store_read(struct session *session, const char *url, db_work *work, void *context) {
    struct db *db = NULL;
    enum err err = store_open(session, url, DB_READ_ONLY, &db);
    if (!err)
        err = db_read(db, work, context);
    db_close(db);
    return err;
}

bool store_named(const struct command *command, const char *url) {
    if (!url)
        usage_refuse(command, "say which database: --db FILE, or --db postgresql://...");
    return url;
}

const char *author_otherwise(struct arena *arena, const char *author) {
    const struct passwd *user = author ? NULL : getpwuid(getuid());
    return author ? author : user ? arena_copy(arena, user->pw_name) : NULL;
}

char *time_long(struct arena *arena, const char *at) {
    char day[DAY_SIZE] = "";
    if (strlen(at) < sizeof "2026-06-30T12:00" - 1)
        return arena_copy(arena, at);
    memcpy(day, at, DAY_SIZE - 1);
    return arena_format(arena, "%s, %.5s UTC", day_long(arena, day), at + DAY_SIZE);
}

static void progress_tell(void *context, const struct db_copy_progress *progress) {
    (void)context;
    fprintf(stderr, "\rCopying table %zu of %zu, %llu rows so far ", progress->table_number,
            progress->tables, (unsigned long long)progress->rows);
    fflush(stderr);
}

struct backup_watch store_watch(void) {
    return (struct backup_watch){.tell = isatty(STDERR_FILENO) ? progress_tell : NULL};
}

void store_watch_end(const struct backup_watch *watch) {
    if (watch->tell)
        fputs("\r\033[K", stderr);
}
