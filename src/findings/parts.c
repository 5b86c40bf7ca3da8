#include "findings/parts.h"
#include "base/text.h"
#include "store/programme.h"

enum err parts_due(struct db *db, struct arena *arena, struct part_dues *out) {
    struct db_rows rows;
    *out = (struct part_dues){0};
    enum err err = db_query(db, SQL_part_due, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        struct part_due due = {.programme = db_row_copy(arena, &rows, 1),
                               .number = db_row_integer(&rows, 2),
                               .revision = db_row_integer(&rows, 3)};
        snprintf(due.day, sizeof due.day, "%s", db_row_text(&rows, 4));
        due.job = (struct job){db_row_integer(&rows, 0), PARTS_KIND,
                               arena_format(arena, "%lld", (long long)due.number)};
        list_add(arena, &out->list, due);
    }
    return db_rows_end(&rows, err);
}

struct keeping {
    struct arena *arena;
    const struct part_due *due;
    const struct made_parts *parts;
    const char *why;
    bool held;
};

static enum err part_write(struct db *db, const struct part_due *due, const char *name,
                           const char *content) {
    return db_run(db, SQL_diagnosis_part_add,
                  DB_VALUES(db_integer(due->job.programme), db_integer(due->number), db_text(name),
                            db_text(content)));
}

static enum err keep(struct db *db, void *context) {
    struct keeping *keeping = context;
    const struct part_due *due = keeping->due;
    struct programme programme = {.id = due->job.programme};
    enum err err = programme_lock(db, keeping->arena, &programme);
    if (!err)
        err = job_done(db, &due->job, &keeping->held);
    if (err || !keeping->held)
        return err;
    for (size_t i = 0; i < keeping->parts->list.n && !err; i++)
        err = part_write(db, due, keeping->parts->list.items[i].name,
                         keeping->parts->list.items[i].content);
    return err ? err : parts_trim(db, due->job.programme);
}

enum err parts_keep(struct db *db, struct arena *arena, const struct part_due *due,
                    const struct made_parts *parts, bool *kept) {
    struct keeping keeping = {.arena = arena, .due = due, .parts = parts};
    enum err err = db_write(db, keep, &keeping);
    *kept = !err && keeping.held;
    return err;
}

static enum err give_up(struct db *db, void *context) {
    const struct keeping *keeping = context;
    enum err err = programme_touch(db, keeping->due->job.programme);
    return err ? err : part_write(db, keeping->due, PART_FAILED, keeping->why);
}

enum err parts_give_up(struct db *db, const struct part_due *due, const char *why) {
    struct keeping keeping = {.due = due, .why = why};
    return db_write(db, give_up, &keeping);
}

enum err parts_trim(struct db *db, int64_t programme) {
    return db_run(db, SQL_part_trim, DB_VALUES(db_integer(programme)));
}

enum err part_read(struct db *db, struct arena *arena, int64_t programme, int64_t number,
                   const char *name, struct part *out) {
    struct db_rows rows;
    *out = (struct part){0};
    enum err err =
        db_query(db, SQL_part_read,
                 DB_VALUES(db_integer(programme), db_integer(number), db_text(name)), &rows);
    while (!err && db_next(&rows)) {
        bool failed = text_equal(db_row_text(&rows, 0), PART_FAILED);
        *(failed ? &out->failed : &out->content) = db_row_copy(arena, &rows, 1);
    }
    return db_rows_end(&rows, err);
}

enum err part_names(struct db *db, struct arena *arena, int64_t programme, int64_t number,
                    struct names *out) {
    struct db_rows rows;
    *out = (struct names){0};
    enum err err =
        db_query(db, SQL_part_names, DB_VALUES(db_integer(programme), db_integer(number)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list, db_row_copy(arena, &rows, 0));
    return db_rows_end(&rows, err);
}
