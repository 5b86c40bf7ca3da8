#include "actions/actions.h"
#include "base/text.h"
#include "store/correct.h"
#include "store/stored.h"

static const char *cell(const char **cells, const char *field) {
    return cells[kind_field_index(kind_find("action"), field)];
}

static struct finding_action action_of(const char *key, const char **cells) {
    const char *state = cell(cells, "state"), *done = cell(cells, "done");
    return (struct finding_action){.key = key,
                                   .title = cell(cells, "title"),
                                   .owner = cell(cells, "owner"),
                                   .due = cell(cells, "due"),
                                   .done = done,
                                   .state = state  ? state
                                            : done ? "done"
                                                   : "open"};
}

enum err finding_actions_read(struct db *db, struct arena *arena, const struct programme *programme,
                              int64_t finding, struct finding_actions *out) {
    const struct kind *kind = kind_find("action");
    struct db_rows rows;
    *out = (struct finding_actions){0};
    enum err err = db_query(db, SQL_finding_actions,
                            DB_VALUES(db_integer(programme->id), db_integer(finding)), &rows);
    while (!err && db_next(&rows)) {
        const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
        const char *key = db_row_copy(arena, &rows, 0);
        if (stored_read(arena, kind, db_row_text(&rows, 1), cells) == OK)
            list_add(arena, &out->list, action_of(key, cells));
    }
    return db_rows_end(&rows, err);
}

enum err finding_of_action(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, const char **identity) {
    struct db_rows rows;
    *identity = NULL;
    enum err err = db_query(db, SQL_finding_of_action,
                            DB_VALUES(db_integer(programme->id), db_integer(record)), &rows);
    if (!err && db_next(&rows))
        *identity = db_row_copy(arena, &rows, 0);
    return db_rows_end(&rows, err);
}

enum err action_given_read(struct db *db, struct arena *arena, const struct programme *programme,
                           int64_t record, const char *owner, struct action_given *out) {
    const struct kind *kind = kind_find("action");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    bool was_theirs = false, is_first = true;
    struct db_rows rows;
    *out = (struct action_given){0};
    enum err err = db_query(db, SQL_action_versions,
                            DB_VALUES(db_integer(programme->id), db_integer(record)), &rows);
    for (; !err && db_next(&rows); is_first = false) {
        bool is_theirs = stored_read(arena, kind, db_row_text(&rows, 0), cells) == OK &&
                         cell(cells, "owner") && text_equal(cell(cells, "owner"), owner);
        if (is_theirs && !was_theirs)
            *out = (struct action_given){.author = db_row_copy(arena, &rows, 1),
                                         .at = db_row_copy(arena, &rows, 2),
                                         .is_first = is_first};
        was_theirs = is_theirs;
    }
    return db_rows_end(&rows, err);
}

/* ---- making one ---- */

static void problems_take(const struct corrected *corrected, struct action_made *out) {
    const struct kind *kind = kind_find("action");
    for (size_t i = 0; i < corrected->problems.n; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        const char *field = problem->field < 0 ? "title" : kind->fields[problem->field].name;
        if (text_equal(field, "owner"))
            out->owner_error = problem->words;
        else if (text_equal(field, "due"))
            out->due_error = problem->words;
        else
            out->title_error = problem->words;
    }
}

static enum err record_add(struct db *db, struct arena *arena, const struct programme *programme,
                           const struct action_wish *wish, struct corrected *out) {
    const struct kind *kind = kind_find("action");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    cells[kind_field_index(kind, "title")] = wish->title;
    cells[kind_field_index(kind, "owner")] = wish->owner;
    cells[kind_field_index(kind, "due")] = wish->due;
    cells[kind_field_index(kind, "agreed")] = wish->today;
    const struct correction correction = {.programme = programme,
                                          .kind = kind,
                                          .cells = cells,
                                          .base = programme->revision,
                                          .author = wish->author,
                                          .reason = "An action was made of a finding",
                                          .token = wish->token};
    return correct_record(db, arena, &correction, out);
}

static enum err finding_take(struct db *db, struct arena *arena, const struct programme *programme,
                             const struct kept_finding *finding, const struct action_wish *wish) {
    const char *assigned = kept_finding_assigned(finding);
    const char *owner = wish->gives_whole ? wish->owner : NULL;
    if (owner ? assigned && text_equal(assigned, owner)
              : assigned || kept_finding_is(finding, DECIDED_ACCEPTED))
        return OK;
    const struct finding_decision decision = {
        .what = owner ? DECIDED_ASSIGNED : DECIDED_ACCEPTED,
        .author = wish->author,
        .assigned_to = owner,
        .reason = arena_format(arena, "With an action: %s", wish->title),
        .token = wish->token};
    return finding_decide_within(db, arena, programme->key, finding->identity, &decision);
}

enum err finding_action_make(struct db *db, struct arena *arena, const struct programme *programme,
                             const struct kept_finding *finding, const struct action_wish *wish,
                             struct action_made *out) {
    struct corrected corrected;
    *out = (struct action_made){0};
    enum err err = record_add(db, arena, programme, wish, &corrected);
    out->is_made = !err && (corrected.as == CORRECT_SAVED || corrected.as == CORRECT_KNOWN);
    problems_take(&corrected, out);
    if (err || corrected.as != CORRECT_SAVED)
        return err;
    err = db_run(
        db, SQL_finding_action_add,
        DB_VALUES(db_integer(programme->id), db_integer(finding->id), db_text(corrected.key)));
    return err ? err : finding_take(db, arena, programme, finding, wish);
}
