#include "store/commit.h"
#include "base/text.h"
#include "store/chain.h"
#include "store/merge.h"
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

/* Rows of record_now, record_at or record_since. A kind that this program does not know stays as it
 * is: nobody can have brought it. */
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

static enum err merge_read(struct db *db, const struct programme *programme, struct merge *merge) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_record_now, DB_VALUES(db_integer(programme->id)), &rows);
    if (!err)
        err = stored_read_rows(&rows, merge->arena, merge->now);
    if (err || merge->base_revision == programme->revision)
        return err;
    err = db_query(db, SQL_record_since,
                   DB_VALUES(db_integer(programme->id), db_integer(merge->base_revision)), &rows);
    return err ? err : stored_read_rows(&rows, merge->arena, merge->base);
}

/* Holds off other writers of this programme, and makes it if need be. */
static enum err programme_lock(struct db *db, struct committing *committing) {
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
    struct db_rows rows;
    err = db_query(db, SQL_programme_lock, DB_VALUES(db_integer(programme->id)), &rows);
    if (err)
        return err;
    if (db_next(&rows)) { /* somebody may have saved since we looked */
        programme->revision = db_row_integer(&rows, 0);
        programme->link = arena_copy(committing->arena, db_row_text(&rows, 1));
    }
    return db_rows_end(&rows, OK);
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

/* What is brought was checked with what there was when it was read; if something else is there now,
 * both together must hold. */
static enum err result_check(struct db *db, const struct merge *merge, struct commit *out) {
    struct sheets sheets = {0};
    struct records records = records_new(merge->arena);
    const char *file = arena_format(merge->arena, "%s, programme %s, with your changes",
                                    db_name(db), out->programme.key);
    enum err err = merge_sheets(merge, out, file, &sheets);
    if (!err)
        err = records_read(&sheets, &records, db_problems(db));
    if (err)
        return err;
    const struct record_list *programmes = records_of(&records, kind_find("programme"));
    if (programmes->list.n == 1) {
        const struct record *record = programmes->list.items[0];
        out->programme.name = record_value(record, "name");
        if (!text_equal(record->id, out->programme.key)) {
            problem_add(db_problems(db), (struct place){.file = file, .sheet = "Programme"},
                        "These are the records of \"%s\", not of \"%s\".", record->id,
                        out->programme.key);
            return ERR_INPUT;
        }
    }
    return OK;
}

static int change_compare(const void *a, const void *b) {
    const struct change *const *left = a, *const *right = b;
    return ((*left)->id > (*right)->id) - ((*left)->id < (*right)->id);
}

static enum err change_write(struct db *db, const struct commit *out, const struct change *change,
                             int64_t number, struct chain_link *link) {
    char salt[CHAIN_SALT_SIZE], commitment[CHAIN_HASH_SIZE] = "";
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
    chain_salt_new(salt);
    chain_commit_record(salt, change->kind->name, change->key, change->after, commitment);
    chain_link_add(link, CHAIN_BEGAN, change->id, 0, commitment);
    return db_run(db, SQL_record_add,
                  DB_VALUES(db_integer(programme), db_integer(change->id), db_integer(number),
                            db_text(change->kind->name), db_text(change->key),
                            db_integer(change->position), db_text(change->after), db_text(salt),
                            db_text(commitment)));
}

/* Times never run backwards within a programme, whatever the clock does. */
static enum err time_read(struct db *db, const struct programme *programme,
                          char out[DB_TIME_SIZE]) {
    struct db_rows rows;
    db_now(out);
    enum err err =
        db_query(db, SQL_revision_by_number,
                 DB_VALUES(db_integer(programme->id), db_integer(programme->revision)), &rows);
    if (err)
        return err;
    if (db_next(&rows) && strcmp(db_row_text(&rows, 1), out) > 0)
        snprintf(out, DB_TIME_SIZE, "%s", db_row_text(&rows, 1));
    return db_rows_end(&rows, OK);
}

/* The revision is written first, since its versions refer to it; its link, which stands for all of
 * them, is known at the end. */
static enum err changes_write(struct db *db, struct committing *committing) {
    struct commit *out = committing->out;
    const struct draft *draft = committing->draft;
    struct programme *programme = &out->programme;
    int64_t number = programme->revision + 1;
    char at[DB_TIME_SIZE], salt[CHAIN_SALT_SIZE], commitment[CHAIN_HASH_SIZE];
    char hash[CHAIN_HASH_SIZE];
    const struct change **sorted =
        arena_alloc_array(committing->arena, out->changes.n, sizeof *sorted);
    enum err err = time_read(db, programme, at);
    if (err)
        return err;
    chain_salt_new(salt);
    chain_commit_words(salt, draft->author, draft->reason, commitment);
    struct chain_link link;
    chain_link_begin(&link, programme->link, number, at, commitment);
    err = db_run(db, SQL_revision_add,
                 DB_VALUES(db_integer(programme->id), db_integer(number), db_text(at),
                           db_text(draft->author), db_text(draft->reason), db_text(draft->token),
                           db_text(salt), db_text(commitment)));
    for (size_t i = 0; i < out->changes.n; i++)
        sorted[i] = &out->changes.items[i];
    qsort(sorted, out->changes.n, sizeof *sorted, change_compare);
    for (size_t i = 0; !err && i < out->changes.n; i++) {
        if (draft->progress && i % PROGRESS_EVERY == 0)
            draft->progress(i, out->changes.n);
        err = change_write(db, out, sorted[i], number, &link);
    }
    if (err)
        return err;
    chain_link_end(&link, hash);
    programme->revision = number;
    programme->link = arena_copy(committing->arena, hash);
    err = db_run(db, SQL_revision_link,
                 DB_VALUES(db_integer(programme->id), db_integer(number), db_text(hash)));
    return err ? err
               : db_run(db, SQL_programme_move,
                        DB_VALUES(db_integer(programme->id), db_integer(number), db_text(hash),
                                  db_text(programme->name)));
}

static enum err base_refuse(struct db *db, const struct committing *committing) {
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "What you bring was made from revision %lld of \"%s\", and here the newest is "
                "%lld. Is it from another database? Export again from this one.",
                (long long)committing->draft->base, committing->draft->programme,
                (long long)committing->out->programme.revision);
    return ERR_INPUT;
}

static enum err commit_do(struct db *db, void *context) {
    struct committing *committing = context;
    struct commit *out = committing->out;
    const struct draft *draft = committing->draft;
    struct merge merge = {.arena = committing->arena,
                          .draft = draft,
                          .now = stored_new(committing->arena),
                          .base = stored_new(committing->arena)};
    *out = (struct commit){0};
    enum err err = programme_lock(db, committing);
    if (!err)
        err = token_look(db, committing);
    if (err || out->known)
        return err;
    if (draft->base > out->programme.revision)
        return base_refuse(db, committing);
    merge.base_revision = draft->base ? draft->base : out->programme.revision;
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
