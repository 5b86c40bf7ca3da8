#include "store/commit.h"
#include "base/text.h"
#include "store/chain.h"
#include "store/counts.h"
#include "store/erase.h"
#include "store/merge.h"
#include "store/open_actions.h"
#include "store/organisations.h"
#include "store/revision.h"
#include <stdlib.h>
#include <time.h>

enum { FIND_OUT_TRIES = 40, FIND_OUT_PAUSE = 250 * 1000 * 1000 /* nanoseconds */ };

enum { PROGRESS_EVERY = 1000 }; /* records */

struct committing {
    struct arena *arena;
    const struct draft *draft;
    struct commit *out;
};

static struct stored_list *stored_new(struct arena *arena) {
    return arena_alloc_array(arena, kind_count, sizeof(struct stored_list));
}

/* Rows of record_now, record_now_of_kind or record_since. A kind that this program does not know
 * stays as it is: nobody can have brought it. */
static enum err stored_read_rows(struct db_rows *rows, struct arena *arena,
                                 struct stored_list *of_kind) {
    while (db_next(rows)) {
        const struct kind *kind = kind_find(db_row_text(rows, 2));
        if (!kind)
            continue;
        struct stored *stored = arena_alloc(arena, sizeof *stored);
        *stored = (struct stored){
            .id = db_row_integer(rows, 0),
            .revision = db_row_integer(rows, 1),
            .kind = kind,
            .key = arena_copy(arena, db_row_text(rows, 3)),
            .position = db_row_integer(rows, 4),
            .content = arena_copy(arena, db_row_text(rows, 5)),
        };
        struct stored_list *all = &of_kind[kind_index(kind)];
        list_add(arena, &all->list, stored);
        index_add(arena, &all->by_key, stored->key, stored);
    }
    return db_rows_end(rows, OK);
}

static enum err all_read(struct db *db, const struct programme *programme, struct merge *merge) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_record_now, DB_VALUES(db_integer(programme->id)), &rows);
    merge->now = stored_new(merge->arena);
    return err ? err : stored_read_rows(&rows, merge->arena, merge->now);
}

static enum err brought_read(struct db *db, const struct programme *programme,
                             struct merge *merge) {
    enum err err = OK;
    merge->now = stored_new(merge->arena);
    for (size_t i = 0; !err && i < kind_count; i++) {
        struct db_rows rows;
        if (!merge->draft->kinds[i])
            continue;
        err = db_query(db, SQL_record_now_of_kind,
                       DB_VALUES(db_integer(programme->id), db_text(kinds[i]->name)), &rows);
        if (!err)
            err = stored_read_rows(&rows, merge->arena, merge->now);
    }
    return err;
}

/* To read all of a large programme once more would be a third of what saving one record takes. */
static enum err merge_read(struct db *db, const struct programme *programme, struct merge *merge) {
    struct db_rows rows;
    enum err err = merge->draft->others_fresh ? brought_read(db, programme, merge)
                                              : all_read(db, programme, merge);
    if (err || merge->base_revision == programme->revision)
        return err;
    err = db_query(db, SQL_record_since,
                   DB_VALUES(db_integer(programme->id), db_integer(merge->base_revision)), &rows);
    return err ? err : stored_read_rows(&rows, merge->arena, merge->base);
}

/* Holds off other writers of this programme, and makes it if need be. */
static enum err programme_take(struct db *db, struct committing *committing) {
    const struct draft *draft = committing->draft;
    struct programme *programme = &committing->out->programme;
    enum err err = programme_look(db, committing->arena, draft->programme, programme);
    committing->out->is_new = programme->id == 0;
    if (err || (draft->only_look && programme->id))
        return err;
    if (!programme->id) {
        char now[DB_TIME_SIZE];
        db_now(now);
        *programme = (struct programme){
            .id = db_id_new(), .key = draft->programme, .name = draft->programme, .link = ""};
        return draft->only_look
                   ? OK
                   : db_run(db, SQL_programme_add,
                            DB_VALUES(db_integer(programme->id), db_text(programme->key),
                                      db_text(programme->name), db_text(now)));
    }
    return programme_lock(db, committing->arena, programme);
}

static enum err token_look(struct db *db, struct committing *committing) {
    struct commit *out = committing->out;
    struct db_rows rows;
    if (!committing->draft->token)
        return OK;
    enum err err = db_query(
        db, SQL_revision_by_token,
        DB_VALUES(db_integer(out->programme.id), db_text(committing->draft->token)), &rows);
    if (err)
        return err;
    out->known = db_next(&rows);
    return db_rows_end(&rows, OK);
}

/* When it was removed, where that is what we are in conflict with. */
static enum err removal_find(struct db *db, const struct commit *out, struct conflict *conflict) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_record_removed,
                            DB_VALUES(db_integer(out->programme.id), db_text(conflict->kind->name),
                                      db_text(conflict->key)),
                            &rows);
    if (err)
        return err;
    if (db_next(&rows))
        conflict->revision = db_row_integer(&rows, 0);
    return db_rows_end(&rows, OK);
}

/* Who changed what we are in conflict with. */
static enum err conflicts_explain(struct db *db, struct committing *committing) {
    struct commit *out = committing->out;
    for (size_t i = 0; i < out->conflicts.n; i++) {
        struct conflict *conflict = &out->conflicts.items[i];
        struct db_rows rows;
        enum err err = conflict->now ? OK : removal_find(db, out, conflict);
        if (!err)
            err = db_query(db, SQL_revision_by_number,
                           DB_VALUES(db_integer(out->programme.id), db_integer(conflict->revision)),
                           &rows);
        if (err)
            return err;
        if (db_next(&rows)) {
            conflict->at = arena_copy(committing->arena, db_row_text(&rows, 1));
            if (!db_row_null(&rows, 2))
                conflict->author = arena_copy(committing->arena, db_row_text(&rows, 2));
        }
        err = db_rows_end(&rows, OK);
        if (err)
            return err;
    }
    return ERR_INPUT;
}

/* What the programme will read like, as records made in `scratch`. */
static enum err result_read(struct db *db, struct arena *scratch, const struct merge *merge,
                            const struct commit *out, const char *file, struct records *result) {
    struct sheets sheets = {.may_be_bare = true};
    enum err err = merge_sheets(merge, scratch, out, file, &sheets);
    if (err)
        problem_add(db_problems(db), (struct place){.file = db_name(db)},
                    "A record of the programme \"%s\" cannot be read: the database was damaged or "
                    "changed by another program. `ithaca audit verify` tells more.",
                    out->programme.key);
    return err ? err : records_read(&sheets, result, db_problems(db));
}

/* The programme takes its name from its records. */
static enum err name_take(struct db *db, const struct merge *merge, const struct records *records,
                          const char *file, struct commit *out) {
    const struct record_list *programmes = records_of(records, kind_find("programme"));
    if (programmes->list.n != 1)
        return OK;
    const struct record *record = programmes->list.items[0];
    if (!text_equal(record->id, out->programme.key)) {
        problem_add(db_problems(db), (struct place){.file = file, .sheet = "Programme"},
                    "These are the records of \"%s\", not of \"%s\".", record->id,
                    out->programme.key);
        return ERR_INPUT;
    }
    out->programme.name = arena_copy(merge->arena, record_value(record, "name"));
    return OK;
}

/* What is brought was checked with what there was when it was read; if something else is there now,
 * both together must hold. */
static enum err result_check(struct db *db, struct merge *merge, struct commit *out) {
    enum { ROOM = 1 << 30 }; /* bytes */
    const char *file = arena_format(merge->arena, "%s, programme %s, with your changes",
                                    db_name(db), out->programme.key);
    if (!merge->differs)
        return name_take(db, merge, merge->draft->records, file, out);
    struct arena *scratch = arena_new(ROOM);
    struct records result = records_new(scratch);
    enum err err = merge->draft->others_fresh ? all_read(db, &out->programme, merge) : OK;
    if (!err)
        err = result_read(db, scratch, merge, out, file, &result);
    if (!err)
        err = name_take(db, merge, &result, file, out);
    arena_free(scratch);
    return err;
}

static int change_compare(const void *a, const void *b) {
    const struct change *const *left = a, *const *right = b;
    return ((*left)->id > (*right)->id) - ((*left)->id < (*right)->id);
}

/* New versions on their way to the store, several at a time. */
enum { ADDITIONS_MAX = 11, ADDITION_VALUES = 9 }; /* as record_add_eleven has them */
struct additions {
    struct db_value values[ADDITIONS_MAX * ADDITION_VALUES];
    char salts[ADDITIONS_MAX][CHAIN_SALT_SIZE], commitments[ADDITIONS_MAX][CHAIN_HASH_SIZE];
    size_t n;
};

static enum err additions_send(struct db *db, struct additions *additions) {
    size_t n = additions->n;
    additions->n = 0;
    if (n == ADDITIONS_MAX)
        return db_run(db, SQL_record_add_eleven, additions->values, n * ADDITION_VALUES);
    enum err err = OK;
    for (size_t i = 0; !err && i < n; i++)
        err = db_run(db, SQL_record_add, &additions->values[i * ADDITION_VALUES], ADDITION_VALUES);
    return err;
}

static enum err change_write(struct db *db, const struct commit *out, const struct change *change,
                             int64_t number, struct chain_link *link, struct additions *additions) {
    int64_t programme = out->programme.id;
    if (change->old_revision) {
        enum err err = db_run(db, SQL_record_end,
                              DB_VALUES(db_integer(programme), db_integer(change->id),
                                        db_integer(change->old_revision), db_integer(number)));
        if (err)
            return err;
    }
    if (!change->after) {
        chain_link_add(link, CHAIN_ENDED, change->id, 0, "");
        return OK;
    }
    char *salt = additions->salts[additions->n], *commitment = additions->commitments[additions->n];
    chain_salt_new(salt);
    chain_commit_record(salt, change->kind->name, change->key, change->after, commitment);
    chain_link_add(link, CHAIN_BEGAN, change->id, 0, commitment);
    const struct db_value values[ADDITION_VALUES] = {
        db_integer(programme),       db_integer(change->id), db_integer(number),
        db_text(change->kind->name), db_text(change->key),   db_integer(change->position),
        db_text(change->after),      db_text(salt),          db_text(commitment),
    };
    memcpy(&additions->values[additions->n++ * ADDITION_VALUES], values, sizeof values);
    return additions->n == ADDITIONS_MAX ? additions_send(db, additions) : OK;
}

/* In the order of their ids, as the chain wants them. */
static enum err all_changes_write(struct db *db, const struct committing *committing,
                                  struct new_revision *revision) {
    const struct commit *out = committing->out;
    const struct draft *draft = committing->draft;
    struct additions *additions = arena_alloc(committing->arena, sizeof *additions);
    const struct change **sorted =
        arena_alloc_array(committing->arena, out->changes.n, sizeof *sorted);
    enum err err = OK;
    for (size_t i = 0; i < out->changes.n; i++)
        sorted[i] = &out->changes.items[i];
    if (out->changes.n)
        qsort(sorted, out->changes.n, sizeof *sorted, change_compare);
    for (size_t i = 0; !err && i < out->changes.n; i++) {
        if (draft->progress && i % PROGRESS_EVERY == 0)
            draft->progress(i, out->changes.n);
        err = change_write(db, out, sorted[i], revision->number, &revision->link, additions);
    }
    return err ? err : additions_send(db, additions);
}

static enum err changes_write(struct db *db, struct committing *committing) {
    struct commit *out = committing->out;
    const struct draft *draft = committing->draft;
    struct new_revision revision = {
        .author = draft->author, .reason = draft->reason, .token = draft->token};
    enum err err = revision_begin(db, &out->programme, &revision);
    if (!err)
        err = all_changes_write(db, committing, &revision);
    if (!err)
        err = organisations_keep(db, committing->arena, out->programme.id, out);
    if (!err)
        err = counts_keep(db, committing->arena, out);
    if (!err)
        err = open_actions_keep(db, committing->arena, out);
    return err ? err : revision_end(db, committing->arena, &revision, &out->programme);
}

/* Whether what is brought can be compared with its base: that there is one, and that nothing was
 * erased since, which it would bring back. */
static enum err base_check(struct db *db, const struct committing *committing) {
    const struct draft *draft = committing->draft;
    const struct programme *programme = &committing->out->programme;
    struct place place = {.file = db_name(db)};
    int64_t erased = 0;
    if (!draft->base)
        return OK;
    enum err err = erase_latest(db, programme->id, &erased);
    if (err)
        return err;
    if (draft->base > programme->revision)
        problem_add(db_problems(db), place,
                    "What you bring was made from revision %lld of \"%s\", and here the newest is "
                    "%lld. Is it from another database? Export again from this one.",
                    (long long)draft->base, draft->programme, (long long)programme->revision);
    else if (draft->base < erased)
        problem_add(db_problems(db), place,
                    "What you bring was made from revision %lld of \"%s\". In revision %lld "
                    "somebody's data were erased, and your copy may still hold them. Export again, "
                    "write your changes into the new workbook, and delete the old one.",
                    (long long)draft->base, draft->programme, (long long)erased);
    else
        return OK;
    return ERR_INPUT;
}

static enum err commit_do(struct db *db, void *context) {
    struct committing *committing = context;
    struct commit *out = committing->out;
    const struct draft *draft = committing->draft;
    struct merge merge = {
        .arena = committing->arena, .draft = draft, .base = stored_new(committing->arena)};
    *out = (struct commit){0};
    enum err err = programme_take(db, committing);
    if (!err)
        err = token_look(db, committing);
    if (err || out->known)
        return err;
    merge.base_revision = draft->base;
    err = base_check(db, committing);
    if (!err)
        err = merge_read(db, &out->programme, &merge);
    if (err)
        return err;
    merge_make(&merge, out);
    if (out->conflicts.n)
        return conflicts_explain(db, committing);
    if (!out->changes.n)
        return OK;
    err = result_check(db, &merge, out);
    return err || draft->only_look ? err : changes_write(db, committing);
}

/* A connection that broke at the very end leaves it open whether everything was saved. The token
 * tells when the server is there again; if it was not, it is saved now. */
static enum err commit_find_out(struct db *db, struct committing *committing) {
    struct problems *problems = db_problems(db);
    const struct commit first = *committing->out;
    const struct problem cannot_tell = problems->list.items[problems->list.n - 1];
    size_t told = problems->list.n - 1;
    for (int tries = 0; tries < FIND_OUT_TRIES; tries++) {
        nanosleep(&(struct timespec){.tv_nsec = FIND_OUT_PAUSE}, NULL);
        problems->list.n = told;
        enum err err = db_write(db, commit_do, committing);
        if (!err && committing->out->known)
            *committing->out = first;
        if (!db_lost(db))
            return err;
    }
    problems->list.n = told;
    list_add(problems->arena, &problems->list, cannot_tell);
    return ERR_IO;
}

enum err commit_draft_within(struct db *db, struct arena *arena, const struct draft *draft,
                             struct commit *out) {
    struct committing committing = {arena, draft, out};
    chain_start();
    return commit_do(db, &committing);
}

enum err commit_draft(struct db *db, struct arena *arena, const struct draft *draft,
                      struct commit *out) {
    struct draft named = *draft;
    struct committing committing = {arena, &named, out};
    chain_start();
    if (draft->only_look)
        return db_read(db, commit_do, &committing);
    if (!draft->token)
        named.token = arena_format(arena, "%016llx", (unsigned long long)db_id_random());
    enum err err = db_write(db, commit_do, &committing);
    return err && db_unsure(db) ? commit_find_out(db, &committing) : err;
}
