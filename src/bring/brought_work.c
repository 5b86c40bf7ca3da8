/* The worker's part of bringing: files that somebody waits for. */
#include "base/text.h"
#include "bring/brought.h"
#include "bring/outcome.h"
#include "record/origin.h"
#include "workbook/workbook.h"
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORK_MEMORY = 1024 * 1024 * 1024, PROBLEMS_TOLD = 5 };

struct due {
    struct job job;
    const char *programme, *wish;
    int64_t id;
};

struct dues {
    struct arena *arena;
    LIST(struct due) list;
    struct job_states jobs;
};

/* One that is being done. */
struct working {
    struct arena *arena;
    const struct due *due;
    const char *author, *file;
    char *bytes;
    size_t length;
    int64_t revision;
    struct answers own, all; /* what was said of this file; with what was said at other times */
    /* What came of it. */
    const char *outcome, *failed;
    int64_t saved, undone; /* revisions, or 0 */
    const struct plan *plan;
    const char *content; /* a workbook that was made, in base64; or NULL */
    struct records records;
    struct origin origin;
};

/* ---- what is due ---- */

/* Another answer is another piece of work, so that one that failed is tried again with it. */
static enum err dues_read(struct db *db, void *context) {
    struct dues *dues = context;
    struct arena *arena = dues->arena;
    struct db_rows rows;
    dues->list.n = 0;
    enum err err = db_query(db, SQL_brought_due, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        struct due due = {.programme = db_row_copy(arena, &rows, 1),
                          .id = db_row_integer(&rows, 2),
                          .wish = db_row_copy(arena, &rows, 3)};
        due.job = (struct job){db_row_integer(&rows, 0), BROUGHT_KIND,
                               arena_format(arena, "%lld-%s", (long long)due.id, due.wish)};
        list_add(arena, &dues->list, due);
    }
    err = db_rows_end(&rows, err);
    return err || !dues->list.n ? err : jobs_read(db, arena, BROUGHT_KIND, &dues->jobs);
}

/* ---- reading ---- */

static void answers_add(struct working *working, struct answers *answers, const char *name,
                        const char *value) {
    if (name && value)
        list_add(working->arena, &answers->list,
                 (struct answer_line){arena_copy(working->arena, name),
                                      arena_copy(working->arena, value)});
}

static void content_take(struct working *working, const char *content) {
    size_t length = strlen(content);
    working->bytes = arena_alloc(working->arena, length + 1);
    if (sodium_base642bin((unsigned char *)working->bytes, length + 1, content, length, NULL,
                          &working->length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        working->length = 0;
}

static enum err file_read(struct db *db, void *context) {
    enum { AUTHOR, FILE_NAME, CONTENT, ANSWERS, WISH, REVISION };
    struct working *working = context;
    const struct due *due = working->due;
    struct db_rows rows;
    working->own = working->all = (struct answers){0};
    enum err err = db_query(db, SQL_brought_content,
                            DB_VALUES(db_integer(due->job.programme), db_integer(due->id)), &rows);
    if (!err && db_next(&rows)) {
        working->author = db_row_copy(working->arena, &rows, AUTHOR);
        working->file = db_row_copy(working->arena, &rows, FILE_NAME);
        working->revision = db_row_null(&rows, REVISION) ? 0 : db_row_integer(&rows, REVISION);
        content_take(working, db_row_text(&rows, CONTENT));
        json_t *root = json_loads(db_row_text(&rows, ANSWERS), 0, NULL);
        for (size_t i = 0; i < json_array_size(root); i++) {
            const json_t *pair = json_array_get(root, i);
            const char *name = json_string_value(json_array_get(pair, 0));
            const char *value = json_string_value(json_array_get(pair, 1));
            answers_add(working, &working->own, name, value);
            answers_add(working, &working->all, name, value);
        }
        json_decref(root);
    }
    err = db_rows_end(&rows, err);
    if (!err)
        err = db_query(db, SQL_brought_kept, DB_VALUES(db_integer(due->job.programme)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        answers_add(working, &working->all, db_row_text(&rows, 0), db_row_text(&rows, 1));
    return db_rows_end(&rows, OK);
}

/* ---- doing ---- */

static enum err list_bring(struct db *db, struct working *working) {
    const struct due *due = working->due;
    const struct bring_wish wish = {
        .programme = due->programme,
        .file = working->file,
        .bytes = working->bytes,
        .length = working->length,
        .answers = &working->all,
        .save = text_equal(due->wish, BROUGHT_SAVE),
        .author = working->author,
        .token = arena_format(working->arena, "brought-%lld", (long long)due->id)};
    struct brought *brought = arena_alloc(working->arena, sizeof *brought);
    enum err err = bring_file(db, working->arena, &wish, brought);
    if (err)
        return err;
    working->outcome = outcome_json(working->arena, brought);
    working->plan = &brought->plan;
    const struct corrected_many *changes = &brought->changes;
    bool is_clear = brought->is_own || (brought->plan.layout.list && !brought->plan.asked);
    if (wish.save && is_clear && !changes->problems.n && !changes->is_stale)
        working->saved = changes->revision;
    return OK;
}

static enum err undo_within(struct db *db, void *context) {
    struct working *working = context;
    struct programme programme;
    struct corrected_many undone = {0};
    enum err err = programme_find(db, working->arena, working->due->programme, &programme);
    const struct undoing wish = {
        .programme = &programme,
        .revision = working->revision,
        .author = working->author,
        .reason = arena_format(working->arena, "Undone: brought from the file “%s”", working->file),
        .token = arena_format(working->arena, "unbrought-%lld", (long long)working->due->id)};
    if (!err)
        err = correct_undo(db, working->arena, &wish, &undone);
    if (err)
        return err;
    working->outcome = outcome_undone_json(working->arena, &undone);
    if (!undone.problems.n && !undone.is_stale)
        working->undone = undone.revision;
    return OK;
}

/* ---- a workbook of ours, to be taken away ---- */

static enum err programme_take(struct db *db, void *context) {
    struct working *working = context;
    struct records *records = &working->records;
    struct revision_point point;
    struct programme programme;
    struct sheets sheets;
    enum err err = programme_find(db, working->arena, working->due->programme, &programme);
    if (!err)
        err = programme_point(db, working->arena, &programme, 0, &point);
    if (!err)
        err = programme_sheets(db, working->arena, &programme, 0, &sheets);
    if (err)
        return err;
    working->origin = (struct origin){programme.key, point.number, point.link};
    *records = records_new(working->arena);
    err = records_read(&sheets, records, db_problems(db));
    records->origin = &working->origin;
    return err;
}

static const char *base64_of(struct arena *arena, const char *bytes, size_t length) {
    size_t room = sodium_base64_ENCODED_LEN(length, sodium_base64_VARIANT_ORIGINAL);
    char *out = arena_alloc(arena, room);
    return sodium_bin2base64(out, room, (const unsigned char *)bytes, length,
                             sodium_base64_VARIANT_ORIGINAL);
}

/* Workbooks are written to a file: it is in a folder that nobody else may read, and goes at once.
 */
static enum err own_make(struct db *db, struct working *working) {
    char folder[] = "/tmp/ithaca-workbook-XXXXXX";
    char *bytes = NULL;
    size_t length;
    enum err err = db_read(db, programme_take, working);
    if (err)
        return err;
    if (!mkdtemp(folder))
        return ERR_IO;
    const char *path = arena_format(working->arena, "%s/made.xlsx", folder);
    err = xlsx_write(&working->records, path, db_problems(db));
    if (!err)
        err = file_bytes_read(db_problems(db), path, &bytes, &length);
    if (!err)
        working->content = base64_of(working->arena, bytes, length);
    free(bytes);
    unlink(path);
    rmdir(folder);
    return err;
}

/* What was said here holds for the next file. */
static enum err answers_keep(struct db *db, const struct working *working) {
    enum err err = OK;
    const struct plan *plan = working->saved ? working->plan : NULL;
    for (size_t i = 0; plan && !err && i < working->own.list.n; i++) {
        const struct answer_line *line = &working->own.list.items[i];
        bool is_kept = text_starts_with(line->name, "column:");
        for (size_t d = 0; !is_kept && d < plan->doubts.n; d++)
            is_kept = plan->doubts.items[d]->is_kept &&
                      text_equal(plan->doubts.items[d]->name, line->name);
        if (is_kept)
            err = db_run(db, SQL_brought_keep,
                         DB_VALUES(db_integer(working->due->job.programme), db_text(line->name),
                                   db_text(line->value)));
    }
    return err;
}

static struct db_value revision_value(int64_t revision) {
    return revision ? db_integer(revision) : db_text(NULL);
}

static enum err outcome_write(struct db *db, void *context) {
    const struct working *working = context;
    const struct due *due = working->due;
    bool held;
    enum err err = job_done(db, &due->job, &held);
    if (err || !held)
        return err;
    err = answers_keep(db, working);
    return err ? err
               : db_run(db, SQL_brought_outcome,
                        DB_VALUES(db_integer(due->job.programme), db_integer(due->id),
                                  db_text(due->wish), db_text(working->outcome),
                                  db_text(working->failed), revision_value(working->saved),
                                  revision_value(working->undone), db_text(working->content)));
}

static const char *problems_words(struct arena *arena, const struct problems *problems) {
    struct text words = text_new(arena);
    for (size_t i = 0; i < problems->list.n && i < PROBLEMS_TOLD; i++) {
        const struct problem *problem = &problems->list.items[i];
        if (problem->place.row)
            text_add_format(&words, "Row %u: ", problem->place.row);
        text_add_format(&words, "%s\n", problem->message);
    }
    return words.length ? words.bytes : "This file cannot be read.";
}

static enum err due_work(struct db *db, struct working *working) {
    enum err err = db_read(db, file_read, working);
    if (err)
        return err;
    if (text_equal(working->due->wish, BROUGHT_MAKE))
        return own_make(db, working);
    return text_equal(working->due->wish, BROUGHT_UNDO) ? db_write(db, undo_within, working)
                                                        : list_bring(db, working);
}

/* A file that cannot be read is an answer, too. */
static enum err due_do(struct db *db, struct arena *arena, const struct due *due,
                       struct brought_work *out) {
    struct working working = {.arena = arena_new(WORK_MEMORY), .due = due};
    struct problems *outer = db_problems(db), problems = problems_new(working.arena);
    db_problems_set(db, &problems);
    alarm(JOB_SECONDS);
    enum err err = due_work(db, &working);
    alarm(0);
    bool in_trouble = err && db_in_trouble(db);
    db_problems_set(db, outer);
    if (in_trouble) {
        out->error = "The database could not be reached.";
        err = job_put_off(db, &due->job);
    } else {
        if (err)
            working.failed = problems_words(arena, &problems);
        err = db_write(db, outcome_write, &working);
    }
    arena_free(working.arena);
    return err;
}

static enum err give_up(struct db *db, void *context) {
    const struct due *due = context;
    return db_run(db, SQL_brought_outcome,
                  DB_VALUES(db_integer(due->job.programme), db_integer(due->id), db_text(due->wish),
                            db_text(NULL),
                            db_text("This file was too much to read. Save the list that you mean "
                                    "as a file of its own, and try that."),
                            db_text(NULL), db_text(NULL), db_text(NULL)));
}

enum err brought_next(struct db *db, struct arena *arena, struct brought_work *out) {
    struct dues dues = {.arena = arena};
    *out = (struct brought_work){0};
    enum err err = db_read(db, dues_read, &dues);
    for (size_t i = 0; i < dues.list.n && !err; i++) {
        struct due *due = &dues.list.items[i];
        const struct job_state *state = jobs_find(&dues.jobs, &due->job);
        bool claimed = false;
        out->programme = due->programme;
        if (state && job_is_retired(state)) {
            out->worked = true;
            return db_write(db, give_up, due);
        }
        if (!jobs_held(&dues.jobs, &due->job))
            err = job_claim(db, &due->job, &dues.jobs, &claimed);
        if (!err && claimed) {
            out->worked = true;
            return due_do(db, arena, due, out);
        }
        out->held++;
    }
    return err;
}
