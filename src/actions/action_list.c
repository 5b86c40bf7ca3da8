#include "actions/action_list.h"
#include "base/date.h"
#include "base/text.h"
#include "store/stored.h"

struct listed_action listed_action_of(const char *const *cells, const char *today) {
    const struct kind *kind = kind_find("action");
    const char *state = cells[kind_field_index(kind, "state")];
    const char *due = cells[kind_field_index(kind, "due")];
    if (!state)
        state = cells[kind_field_index(kind, "done")] ? "done" : "open";
    return (struct listed_action){.key = cells[kind_field_index(kind, "key")],
                                  .title = cells[kind_field_index(kind, "title")],
                                  .owner = cells[kind_field_index(kind, "owner")],
                                  .team = cells[kind_field_index(kind, "team")],
                                  .due = due,
                                  .state = state,
                                  .is_late = text_equal(state, "open") && when_is_past(due, today)};
}

enum err actions_open_read(struct db *db, struct arena *arena, const struct programme *programme,
                           const char *today, struct listed_actions *out) {
    const struct kind *kind = kind_find("action");
    struct db_rows rows;
    *out = (struct listed_actions){0};
    enum err err = db_query(db, SQL_actions_open, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
        if (stored_read(arena, kind, db_row_text(&rows, 0), cells) != OK)
            continue;
        const struct listed_action action = listed_action_of(cells, today);
        if (text_equal(action.state, "open"))
            list_add(arena, &out->list, action);
    }
    return db_rows_end(&rows, err);
}
