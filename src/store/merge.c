#include "store/merge.h"
#include "base/text.h"
#include "store/stored.h"
#include <stdlib.h>
#include <string.h>

/* Room between neighbours on a sheet, so that a row can be put between them later. */
enum { POSITION_STEP = 1 << 20 };

static bool same(const char *a, const char *b) {
    return a && b ? text_equal(a, b) : a == b;
}

/* What the record said at the base: NULL if it was not there. */
static const char *content_at_base(const struct merge *merge, const struct kind *kind,
                                   const char *key, const struct stored *now) {
    const struct stored *then = index_find(&merge->base[kind_index(kind)].by_key, key);
    if (then)
        return then->content;
    return now && now->revision <= merge->base_revision ? now->content : NULL;
}

static void change_add(struct merge *merge, struct commit *out, const struct kind *kind,
                       const char *key, const struct stored *now, const char *after,
                       int64_t position) {
    struct change change = {
        .what = !now    ? CHANGE_ADDED
                : after ? CHANGE_CHANGED
                        : CHANGE_REMOVED,
        .kind = kind,
        .key = key,
        .before = now ? now->content : NULL,
        .after = after,
        .id = now ? now->id : 0,
        .old_revision = now ? now->revision : 0,
        .position = now ? now->position : position,
    };
    list_add(merge->arena, &out->changes, change);
}

/* Both changed the record: field by field, what only one of them changed is taken. Sets `*collide`
 * if both changed a field in different ways; then that field is as the draft says. NULL if a
 * version cannot be read. */
static const char *fields_merge(struct merge *merge, const struct kind *kind, const char *base,
                                const char *there, const char *mine, bool *collide) {
    struct arena *arena = merge->arena;
    size_t n = kind_field_count(kind);
    const char **was = arena_alloc_array(arena, n, sizeof *was);
    const char **theirs = arena_alloc_array(arena, n, sizeof *theirs);
    const char **cells = arena_alloc_array(arena, n, sizeof *cells);
    *collide = true;
    if (stored_read(arena, kind, base, was) || stored_read(arena, kind, there, theirs) ||
        stored_read(arena, kind, mine, cells))
        return NULL;
    *collide = false;
    for (size_t f = 0; f < n; f++) {
        bool i_changed = !same(cells[f], was[f]), they_changed = !same(theirs[f], was[f]);
        bool both = i_changed && they_changed && !same(cells[f], theirs[f]);
        *collide |= both;
        if (!i_changed || (both && merge->draft->conflicts != CONFLICT_TAKE_MINE))
            cells[f] = theirs[f];
    }
    const struct record merged = {.kind = kind, .values = cells};
    return arena_copy(arena, stored_write(&merge->line, &merged));
}

/* What a record becomes that both have changed; as it is there, where that is not to be decided
 * here. */
static const char *both_merge(struct merge *merge, struct commit *out,
                              const struct conflict *both) {
    bool collide = true;
    const char *merged =
        both->base && both->now && both->mine
            ? fields_merge(merge, both->kind, both->base, both->now, both->mine, &collide)
            : NULL;
    if (!collide)
        return merged;
    switch (merge->draft->conflicts) {
    case CONFLICT_TAKE_MINE:
        return merged ? merged : both->mine;
    case CONFLICT_TAKE_THEIRS:
        return merged ? merged : both->now;
    case CONFLICT_REFUSE:
        break;
    }
    list_add(merge->arena, &out->conflicts, *both);
    return both->now;
}

/* One record: what is to be done with it. `mine` is NULL where it is not brought. */
static void record_merge(struct merge *merge, struct commit *out, const struct kind *kind,
                         const char *key, const struct stored *now, const char *mine,
                         int64_t position) {
    const char *base = content_at_base(merge, kind, key, now);
    const char *there = now ? now->content : NULL;
    if (same(mine, there))
        return;
    bool only_they = same(mine, base), stays = !mine && !merge->draft->may_remove;
    out->theirs += only_they;
    out->kept += stays && !only_they;
    merge->differs |= only_they || stays || !same(there, base);
    if (only_they || stays)
        return;
    if (!same(there, base))
        mine = both_merge(merge, out,
                          &(struct conflict){.kind = kind,
                                             .key = key,
                                             .base = base,
                                             .now = there,
                                             .mine = mine,
                                             .revision = now ? now->revision : 0});
    if (!same(mine, there))
        change_add(merge, out, kind, key, now, mine, position);
}

/* Where a new row goes that follows one at `from` on the sheet that is brought: between that and
 * the next one in the store, or behind them all. Rows with the same position stay in the order in
 * which they came. */
static int64_t position_after(const struct stored_list *list, int64_t from) {
    size_t low = 0, high = list->list.n;
    while (low < high) { /* the first that stands behind */
        size_t middle = low + (high - low) / 2;
        if (list->list.items[middle]->position <= from)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == list->list.n)
        return from + POSITION_STEP;
    return from + (list->list.items[low]->position - from) / 2;
}

/* What a record that is brought says; the very text of the store where it says the same there. */
static const char *content_brought(struct merge *merge, const struct record *record,
                                   const struct stored *now) {
    const char *line = stored_write(&merge->line, record);
    return now && text_equal(line, now->content) ? now->content : arena_copy(merge->arena, line);
}

/* Whether what is not brought is still as it was when the rest was checked along with it. */
static bool kind_stands(struct merge *merge, const struct kind *kind) {
    const struct stored_list *stored = &merge->now[kind_index(kind)];
    const struct record_list *known = records_of(merge->draft->records, kind);
    for (size_t i = 0; i < known->list.n; i++) {
        const struct record *record = known->list.items[i];
        const struct stored *now = index_find(&stored->by_key, record->id);
        if (!now || !text_equal(now->content, stored_write(&merge->line, record)))
            return false;
    }
    return known->list.n == stored->list.n;
}

static void kind_merge(struct merge *merge, struct commit *out, const struct kind *kind) {
    struct stored_list *stored = &merge->now[kind_index(kind)];
    const struct record_list *mine = records_of(merge->draft->records, kind);
    int64_t position = 0;
    for (size_t i = 0; i < mine->list.n; i++) {
        const struct record *record = mine->list.items[i];
        struct stored *now = index_find(&stored->by_key, record->id);
        if (now)
            now->brought = true;
        position = now ? now->position : position_after(stored, position);
        record_merge(merge, out, kind, record->id, now, content_brought(merge, record, now),
                     position);
    }
    for (size_t i = 0; i < stored->list.n; i++) {
        const struct stored *now = stored->list.items[i];
        if (!now->brought)
            record_merge(merge, out, kind, now->key, now, NULL, 0);
    }
}

static int new_compare(const void *a, const void *b) {
    const struct change *const *left = a, *const *right = b;
    int order = strcmp((*left)->kind->name, (*right)->kind->name);
    return order ? order : strcmp((*left)->key, (*right)->key);
}

/* In the order of their keys: so the index of ids and that of keys both grow at their ends, where a
 * hundred thousand new records would else be put between each other. */
static void new_ids_give(struct merge *merge, struct commit *out) {
    LIST(struct change *) new = {0};
    for (size_t i = 0; i < out->changes.n; i++)
        if (!out->changes.items[i].id)
            list_add(merge->arena, &new, &out->changes.items[i]);
    if (new.n)
        qsort(new.items, new.n, sizeof *new.items, new_compare);
    for (size_t i = 0; i < new.n; i++)
        new.items[i]->id = db_id_new();
}

void merge_make(struct merge *merge, struct commit *out) {
    merge->line = text_new(merge->arena);
    merge->differs = false;
    for (size_t i = 0; i < kind_count; i++)
        if (merge->draft->kinds[i])
            kind_merge(merge, out, kinds[i]);
        else if (!merge->draft->others_fresh && !kind_stands(merge, kinds[i]))
            merge->differs = true;
    new_ids_give(merge, out);
}

/* A row as it will be, for sorting. */
struct result_row {
    int64_t position, id;
    const struct kind *kind;
    const char *content;
};

static int result_compare(const void *a, const void *b) {
    const struct result_row *left = a, *right = b;
    if (left->position != right->position)
        return left->position < right->position ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

enum err merge_sheets(const struct merge *merge, struct arena *arena, const struct commit *commit,
                      const char *file, struct sheets *out) {
    struct index changed = {0};
    LIST(struct result_row) rows = {0};
    struct sheet *sheets = arena_alloc_array(arena, kind_count, sizeof *sheets);
    for (size_t i = 0; i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        index_add(arena, &changed, arena_format(arena, "%s/%s", change->kind->name, change->key),
                  (void *)change);
        if (change->after)
            list_add(
                arena, &rows,
                (struct result_row){change->position, change->id, change->kind, change->after});
    }
    for (size_t k = 0; k < kind_count; k++) {
        sheets[k] = stored_sheet(arena, kinds[k], file);
        for (size_t i = 0; i < merge->now[k].list.n; i++) {
            const struct stored *now = merge->now[k].list.items[i];
            if (!index_find(&changed, arena_format(arena, "%s/%s", kinds[k]->name, now->key)))
                list_add(arena, &rows,
                         (struct result_row){now->position, now->id, kinds[k], now->content});
        }
    }
    if (rows.n)
        qsort(rows.items, rows.n, sizeof *rows.items, result_compare);
    for (size_t i = 0; i < rows.n; i++) {
        const struct kind *kind = rows.items[i].kind;
        if (stored_sheet_add(arena, &sheets[kind_index(kind)], kind, rows.items[i].content) != OK)
            return ERR_IO;
    }
    for (size_t k = 0; k < kind_count; k++)
        list_add(arena, &out->list, sheets[k]);
    out->path = file;
    return OK;
}
