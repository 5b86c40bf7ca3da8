#include "store/search.h"
#include "base/text.h"
#include "db/fulltext.h"
#include "record/personal.h"
#include "store/stored.h"
#include <string.h>

enum { AT_ONCE = 2000, /* records brought in in one transaction */ MARK_SIZE = 32 };

/* A programme's mark in the index. */
static const char *mark_of(struct arena *arena, int64_t programme) {
    return arena_format(arena, "p%lld", (long long)programme);
}

/* How far the index has come: all of `revision` is in it; of `target`, up to the id `cursor`. All 0
 * if nothing was begun. */
struct progress {
    int64_t revision, target, cursor;
};

static enum err progress_read(struct db *db, int64_t programme, struct progress *out) {
    struct db_rows rows;
    *out = (struct progress){0};
    enum err err = db_query(db, SQL_search_progress, DB_VALUES(db_integer(programme)), &rows);
    if (!err && db_next(&rows))
        *out = (struct progress){db_row_integer(&rows, 0), db_row_integer(&rows, 1),
                                 db_row_integer(&rows, 2)};
    return db_rows_end(&rows, err);
}

/* ---- asking ---- */

/* The first words, if there are too many. */
static const char *words_of(struct arena *arena, const char *typed, bool *is_cut) {
    struct text out = text_new(arena);
    size_t n = 0, length = strlen(typed);
    *is_cut = length > SEARCH_BYTES_MOST;
    for (length = *is_cut ? SEARCH_BYTES_MOST : length;
         length && ((unsigned char)typed[length] & 0xC0) == 0x80;)
        length--;
    const char *rest = fulltext_fold(arena, arena_copy_n(arena, typed, length)), *word;
    while (*rest && (word = text_next_piece(arena, &rest, ' '))) {
        if (n++ < SEARCH_WORDS_MOST)
            text_add_format(&out, "%s%s", out.length ? " " : "", word);
        else
            *is_cut = true;
        if (!rest)
            break;
    }
    return out.bytes ? out.bytes : "";
}

static bool hits_contain(const struct fulltext_hits *hits, int64_t id) {
    size_t low = 0, high = hits->list.n; /* the greatest first */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hits->list.items[middle].id == id)
            return true;
        if (hits->list.items[middle].id > id)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* What the index knows a record by: "post/gp-lead". */
static const char *about_record(struct arena *arena, const struct kind *kind, const char *key) {
    return arena_format(arena, "%s/%s", kind->name, key);
}

static void hit_add(struct arena *arena, const struct fulltext_hit *hit, struct search_found *out) {
    const char *slash = strchr(hit->about, '/');
    const struct kind *kind =
        slash ? kind_find(arena_copy_n(arena, hit->about, (size_t)(slash - hit->about))) : NULL;
    if (kind && out->hits.n < SEARCH_MOST)
        list_add(arena, &out->hits, (struct search_hit){kind, slash + 1});
}

/* Those that say it in their title come first. */
static enum err hits_read(struct db *db, struct arena *arena, struct fulltext_query *query,
                          struct search_found *out) {
    const enum fulltext_where where = query->where;
    struct fulltext_hits by_title, all;
    query->where = FULLTEXT_TITLE;
    enum err err = fulltext_find(db, arena, query, SEARCH_MOST + 1, &by_title);
    query->where = where;
    if (!err)
        err = fulltext_find(db, arena, query, SEARCH_MOST + 1, &all);
    for (size_t i = 0; !err && i < by_title.list.n; i++)
        hit_add(arena, &by_title.list.items[i], out);
    for (size_t i = 0; !err && i < all.list.n; i++)
        if (!hits_contain(&by_title, all.list.items[i].id))
            hit_add(arena, &all.list.items[i], out);
    out->more = !err && all.list.n > SEARCH_MOST;
    return err;
}

enum err search(struct db *db, struct arena *arena, const struct programme *programme,
                const struct search_question *question, struct search_found *out) {
    const char *mark = mark_of(arena, programme->id);
    struct progress progress = {0};
    *out = (struct search_found){0};
    out->words = words_of(arena, question->words, &out->is_cut);
    enum err err = progress_read(db, programme->id, &progress);
    out->is_there = progress.target > 0;
    out->is_behind = progress.revision < programme->revision;
    if (err || !out->is_there || !*out->words)
        return err;
    struct fulltext_query query = {.marks = mark,
                                   .words = out->words,
                                   .last_begins = !out->is_cut,
                                   .where = question->sees_personal ? FULLTEXT_RESERVED
                                                                    : FULLTEXT_WORDS};
    return hits_read(db, arena, &query, out);
}

/* ---- bringing in ---- */

struct indexing {
    struct arena *arena;
    struct programme programme;
    const char *mark;
    struct progress progress;
    bool worked;
};

/* Whether the field says how the record is called, in words of its own: not what it refers to. */
static bool is_title(const struct kind *kind, const struct field *field) {
    const char *at = strstr(kind->label, field->name);
    return field->type == FIELD_TEXT && at && at != kind->label && at[-1] == '{';
}

/* A record's own key stays what it was called first: nobody looks for that. */
static void item_fill(struct arena *arena, const struct kind *kind, const char **cells,
                      struct fulltext_item *item) {
    enum { WORDS_MOST = 200000 }; /* bytes; PostgreSQL takes a megabyte */
    struct text texts[3] = {text_new(arena), text_new(arena), text_new(arena)};
    const bool is_reserved = kind_is_personal(kind);
    for (size_t f = 0; kind->fields[f].name; f++) {
        const struct field *field = &kind->fields[f];
        struct text *to = is_reserved || field_is_personal(kind, field) ? &texts[2]
                          : is_title(kind, field)                       ? &texts[0]
                                                                        : &texts[1];
        if (cells[f] && field->type != FIELD_KEY && to->length < WORDS_MOST)
            text_add_format(to, "%s\n", cells[f]);
    }
    item->title = fulltext_fold(arena, texts[0].bytes ? texts[0].bytes : "");
    item->words = fulltext_fold(arena, texts[1].bytes ? texts[1].bytes : "");
    item->reserved = fulltext_fold(arena, texts[2].bytes ? texts[2].bytes : "");
}

struct changed {
    int64_t id;
    const struct kind *kind; /* NULL: it is gone */
    const char *key, *content;
};
struct changed_list {
    LIST(struct changed) list;
};

static enum err changed_read(struct db *db, const struct indexing *indexing,
                             struct changed_list *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_search_changed,
                            DB_VALUES(db_integer(indexing->programme.id),
                                      db_integer(indexing->progress.revision),
                                      db_integer(indexing->progress.cursor), db_integer(AT_ONCE)),
                            &rows);
    while (!err && db_next(&rows))
        list_add(indexing->arena, &out->list,
                 (struct changed){.id = db_row_integer(&rows, 0),
                                  .kind = db_row_null(&rows, 1) ? NULL
                                                                : kind_find(db_row_text(&rows, 1)),
                                  .key = db_row_copy(indexing->arena, &rows, 2),
                                  .content = db_row_copy(indexing->arena, &rows, 3)});
    return db_rows_end(&rows, err);
}

static enum err changed_put(struct db *db, const struct indexing *indexing,
                            const struct changed *changed) {
    struct fulltext_item item = {.id = changed->id, .marks = indexing->mark};
    if (!changed->kind)
        return fulltext_remove(db, changed->id);
    const char **cells =
        arena_alloc_array(indexing->arena, kind_field_count(changed->kind), sizeof *cells);
    if (stored_read(indexing->arena, changed->kind, changed->content, cells) != OK)
        return OK;
    item.about = about_record(indexing->arena, changed->kind, changed->key);
    item_fill(indexing->arena, changed->kind, cells, &item);
    return fulltext_put(db, indexing->arena, &item);
}

/* While several saves are brought in at a time, later ones wait for the next round. */
static enum err some_bring_in(struct db *db, struct indexing *indexing) {
    struct progress *progress = &indexing->progress;
    struct changed_list changed = {0};
    if (progress->target <= progress->revision)
        progress->target = indexing->programme.revision;
    enum err err = changed_read(db, indexing, &changed);
    for (size_t i = 0; !err && i < changed.list.n; i++)
        err = changed_put(db, indexing, &changed.list.items[i]);
    if (err)
        return err;
    if (changed.list.n == AT_ONCE)
        progress->cursor = changed.list.items[AT_ONCE - 1].id;
    else
        *progress = (struct progress){progress->target, progress->target, 0};
    return db_run(db, SQL_search_progress_set,
                  DB_VALUES(db_integer(indexing->programme.id), db_integer(progress->revision),
                            db_integer(progress->target), db_integer(progress->cursor)));
}

static enum err behind_find(struct db *db, void *context) {
    struct indexing *indexing = context;
    struct db_rows rows;
    enum err err = db_query(db, SQL_search_behind, DB_NO_VALUES, &rows);
    indexing->worked = !err && db_next(&rows);
    if (indexing->worked)
        indexing->programme = programme_of_row(indexing->arena, &rows);
    return db_rows_end(&rows, err);
}

/* Somebody may have been at it since it was found. */
static enum err bring_in(struct db *db, void *context) {
    struct indexing *indexing = context;
    indexing->mark = mark_of(indexing->arena, indexing->programme.id);
    enum err err = fulltext_make(db);
    if (!err)
        err = progress_read(db, indexing->programme.id, &indexing->progress);
    return err || indexing->progress.revision >= indexing->programme.revision
               ? err
               : some_bring_in(db, indexing);
}

enum err search_index_next(struct db *db, struct arena *arena, bool *worked) {
    struct indexing indexing = {.arena = arena};
    enum err err = db_read(db, behind_find, &indexing);
    *worked = !err && indexing.worked;
    return *worked ? db_write(db, bring_in, &indexing) : err;
}

enum err search_forget(struct db *db, int64_t programme) {
    char mark[MARK_SIZE];
    bool is_there;
    snprintf(mark, sizeof mark, "p%lld", (long long)programme);
    enum err err = fulltext_is_there(db, &is_there);
    if (!err && is_there)
        err = fulltext_clear(db, mark);
    return err ? err : db_run(db, SQL_search_progress_forget, DB_VALUES(db_integer(programme)));
}
