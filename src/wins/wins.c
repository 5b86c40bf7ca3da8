#include "wins/wins.h"
#include "base/text.h"
#include "store/around.h"
#include <stdlib.h>

enum { MOST = 10000 };

static bool is_reached(const struct record *record) {
    const char *state = record_value(record, "state");
    return state ? text_equal(state, "reached") : record_value(record, "reached") != NULL;
}

static int newest_first(const void *a, const void *b) {
    const struct win *left = a, *right = b;
    int order = strcmp(right->day, left->day);
    return order ? order : strcmp(left->record->id, right->record->id);
}

enum err wins_read(struct db *db, struct arena *arena, const struct programme *programme,
                   struct wins *out) {
    struct around around = around_new(db, arena, programme);
    struct around_list all = {0};
    *out = (struct wins){0};
    enum err err = around_kind(&around, kind_find("milestone"), 0, MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const char *reached = record_value(all.list.items[i], "reached");
        struct win win = {.record = all.list.items[i]};
        struct when when;
        if (!is_reached(win.record))
            continue;
        if (reached && when_parse(reached, &when))
            memcpy(win.day, when.first, DAY_SIZE);
        list_add(arena, &out->list, win);
    }
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, newest_first);
    return err;
}
