#include "record/ending.h"
#include "base/text.h"
#include <string.h>

struct ender {
    struct arena *arena;
    struct index *ended; /* by kind: what has ended, by its id */
    /* Of the kind being looked at, by field: where what it ends with may be found, else NULL. */
    const struct index **ends_with;
    char last_day[DAY_SIZE];
};

static struct index *ended_of(const struct ender *ender, const struct kind *kind) {
    return &ender->ended[kind_index(kind)];
}

static bool ended_before(const struct ender *ender, const struct record *record, int until) {
    struct when when;
    return record->values[until] && (!when_parse(record->values[until], &when) || !when.last[0] ||
                                     strcmp(when.last, ender->last_day) <= 0);
}

static bool refers_to_ended(const struct ender *ender, const struct record *record, int f) {
    return ender->ends_with[f] && record->values[f] &&
           index_find(ender->ends_with[f], record->values[f]);
}

/* Where one of several fields is enough, and another one still stands, it goes on without this one:
 * a seat that goes with a post is there when its holder leaves. */
static bool another_stands(const struct ender *ender, const struct record *record, int f) {
    if (!(record->kind->fields[f].flags & ONE_OF))
        return false;
    for (int other = 0; record->kind->fields[other].name; other++)
        if (other != f && (record->kind->fields[other].flags & ONE_OF) && record->values[other] &&
            !refers_to_ended(ender, record, other))
            return true;
    return false;
}

static bool goes_with_another(const struct ender *ender, const struct record *record) {
    for (int f = 0; record->kind->fields[f].name; f++)
        if (refers_to_ended(ender, record, f) && !another_stands(ender, record, f))
            return true;
    return false;
}

static bool goes_on_without(const struct ender *ender, const struct record *record) {
    for (int f = 0; record->kind->fields[f].name; f++)
        if (refers_to_ended(ender, record, f) && another_stands(ender, record, f))
            return true;
    return false;
}

static struct record *record_changed(struct ender *ender, const struct record *record) {
    size_t n = kind_field_count(record->kind);
    struct record *changed = arena_alloc(ender->arena, sizeof *changed);
    *changed = *record;
    changed->values = arena_alloc_array(ender->arena, n, sizeof *changed->values);
    memcpy(changed->values, record->values, n * sizeof *changed->values);
    changed->version = record_number_new();
    return changed;
}

static struct record *record_ended(struct ender *ender, const struct record *record, int until) {
    struct record *ended = record_changed(ender, record);
    ended->values[until] = ender->last_day;
    return ended;
}

static struct record *record_without(struct ender *ender, const struct record *record) {
    struct record *left = record_changed(ender, record);
    for (int f = 0; record->kind->fields[f].name; f++)
        if (refers_to_ended(ender, record, f))
            left->values[f] = NULL;
    return left;
}

/* Finds out what records of the kind end with; false if nothing of that has ended, nor any of them.
 */
static bool kind_touched(struct ender *ender, const struct kind *kind) {
    bool touched = ended_of(ender, kind)->n > 0;
    ender->ends_with =
        arena_alloc_array(ender->arena, kind_field_count(kind), sizeof *ender->ends_with);
    for (int f = 0; kind->fields[f].name; f++)
        if (kind->fields[f].flags & ENDS_WITH) {
            ender->ends_with[f] = ended_of(ender, kind_find(kind->fields[f].refers_to));
            touched = touched || ender->ends_with[f]->n > 0;
        }
    return touched;
}

/* Only kinds with a period can end. Those that end with others come after them in the order of the
 * kinds, so that one pass finds all that follows. */
static void kind_end(struct ender *ender, const struct kind *kind, struct record_list *all) {
    int until = kind_field_index(kind, "until");
    bool copied = false;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        bool ends =
            index_find(ended_of(ender, kind), record->id) || goes_with_another(ender, record);
        if ((!ends && !goes_on_without(ender, record)) || ended_before(ender, record, until))
            continue;
        if (!copied) {
            struct record **items = arena_alloc_array(ender->arena, all->list.n, sizeof *items);
            memcpy(items, all->list.items, all->list.n * sizeof *items);
            all->list.items = items;
            all->list.room = all->list.n;
            copied = true;
        }
        all->list.items[i] =
            ends ? record_ended(ender, record, until) : record_without(ender, record);
        if (ends)
            index_add(ender->arena, ended_of(ender, kind), record->id, all->list.items[i]);
    }
}

struct records records_ending(struct arena *arena, const struct records *records,
                              const struct record_set *ending, const char *day) {
    struct records after = *records;
    struct ender *ender = arena_alloc(arena, sizeof *ender);
    ender->arena = arena;
    ender->ended = arena_alloc_array(arena, kind_count, sizeof *ender->ended);
    day_add(day, -1, ender->last_day);
    after.arena = arena;
    after.of_kind = arena_alloc_array(arena, kind_count, sizeof *after.of_kind);
    memcpy(after.of_kind, records->of_kind, kind_count * sizeof *after.of_kind);
    for (size_t i = 0; i < ending->list.n; i++) {
        const struct record *record = ending->list.items[i];
        index_add(arena, ended_of(ender, record->kind), record->id, (void *)record);
    }
    for (size_t i = 0; i < kind_count; i++)
        if (kind_has_period(kinds[i]) && kind_touched(ender, kinds[i]))
            kind_end(ender, kinds[i], &after.of_kind[i]);
    return after;
}
