#include "record/ending.h"
#include "base/text.h"
#include <string.h>

struct ender {
    struct arena *arena;
    struct index ended; /* "person gp-chair" */
    char last_day[DAY_SIZE];
};

static const char *ended_name(struct arena *arena, const char *kind, const char *id) {
    return arena_format(arena, "%s %s", kind, id);
}

static bool ended_before(const struct ender *ender, const struct record *record, int until) {
    struct when when;
    return record->values[until] && (!when_parse(record->values[until], &when) || !when.last[0] ||
                                     strcmp(when.last, ender->last_day) <= 0);
}

static bool refers_to_ended(const struct ender *ender, const struct record *record, int f) {
    const struct field *field = &record->kind->fields[f];
    return (field->flags & ENDS_WITH) && record->values[f] &&
           index_find(&ender->ended, ended_name(ender->arena, field->refers_to, record->values[f]));
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

/* Only kinds with a period can end. Those that end with others come after them in the order of the
 * kinds, so that one pass finds all that follows. */
static void kind_end(struct ender *ender, const struct kind *kind, struct record_list *all) {
    int until = kind_field_index(kind, "until");
    bool copied = false;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        const char *name = ended_name(ender->arena, kind->name, record->id);
        bool ends = index_find(&ender->ended, name) || goes_with_another(ender, record);
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
            index_add(ender->arena, &ender->ended, name, all->list.items[i]);
    }
}

struct records records_ending(struct arena *arena, const struct records *records,
                              const struct record_set *ending, const char *day) {
    struct records after = *records;
    struct ender *ender = arena_alloc(arena, sizeof *ender);
    ender->arena = arena;
    day_add(day, -1, ender->last_day);
    after.arena = arena;
    after.of_kind = arena_alloc_array(arena, kind_count, sizeof *after.of_kind);
    memcpy(after.of_kind, records->of_kind, kind_count * sizeof *after.of_kind);
    for (size_t i = 0; i < ending->list.n; i++) {
        const struct record *record = ending->list.items[i];
        index_add(arena, &ender->ended, ended_name(arena, record->kind->name, record->id),
                  (void *)record);
    }
    for (size_t i = 0; i < kind_count; i++)
        if (kind_has_period(kinds[i]))
            kind_end(ender, kinds[i], &after.of_kind[i]);
    return after;
}
