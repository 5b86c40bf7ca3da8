#include "store/open_actions.h"
#include "base/date.h"
#include "base/index.h"
#include "base/text.h"
#include "store/stored.h"
#include <stdlib.h>
#include <string.h>

const char *action_state(const char *const *cells) {
    const struct kind *kind = kind_find("action");
    const char *state = cells[kind_field_index(kind, "state")];
    bool is_over = cells[kind_field_index(kind, "done")];
    return is_over && (!state || text_equal(state, "open")) ? "done" : state ? state : "open";
}

/* ---- keeping ---- */

/* How many somebody had, and has. */
struct owner_tally {
    const char *owner;
    size_t before, now;
};

struct addition {
    int64_t record_id, position;
    const char *owner;
    char last_day[DAY_SIZE];
};

struct keeping {
    struct db *db;
    struct arena *arena, *scratch; /* the latter for one action at a time */
    int64_t programme;
    struct index by_owner;
    LIST(struct owner_tally *) tallies;
    LIST(struct addition) additions;
};

static struct owner_tally *tally_of(struct keeping *keeping, const char *owner) {
    struct owner_tally *tally = index_find(&keeping->by_owner, owner);
    if (!tally) {
        tally = arena_alloc(keeping->arena, sizeof *tally);
        *tally = (struct owner_tally){.owner = arena_copy(keeping->arena, owner)};
        index_add(keeping->arena, &keeping->by_owner, tally->owner, tally);
        list_add(keeping->arena, &keeping->tallies, tally);
    }
    return tally;
}

static enum err is_kept(struct keeping *keeping, bool *out) {
    struct db_rows rows;
    enum err err =
        db_query(keeping->db, SQL_open_is_kept, DB_VALUES(db_integer(keeping->programme)), &rows);
    *out = !err && db_next(&rows);
    return db_rows_end(&rows, err);
}

enum {
    ROWS = 12, /* as open_action_add_twelve has them */
    ROW_VALUES = 5,
    SCRATCH = 1 << 26 /* bytes: more than any record has */
};

static struct keeping keeping_new(struct db *db, struct arena *arena, int64_t programme) {
    return (struct keeping){
        .db = db, .arena = arena, .scratch = arena_new(SCRATCH), .programme = programme};
}

static enum err keeping_begin(struct keeping *keeping) {
    struct db_rows rows;
    enum err err =
        db_query(keeping->db, SQL_open_owners, DB_VALUES(db_integer(keeping->programme)), &rows);
    while (!err && db_next(&rows)) {
        struct owner_tally *tally = tally_of(keeping, db_row_text(&rows, 0));
        tally->before = tally->now = (size_t)db_row_integer(&rows, 1);
    }
    return db_rows_end(&rows, err);
}

static int addition_compare(const void *a, const void *b) {
    const struct addition *left = a, *right = b;
    return (left->record_id > right->record_id) - (left->record_id < right->record_id);
}

/* In the order of the table, several at a time: a workbook may bring a hundred thousand. */
static enum err additions_send(struct keeping *keeping) {
    struct db_value values[ROWS * ROW_VALUES];
    enum err err = OK;
    if (keeping->additions.n)
        qsort(keeping->additions.items, keeping->additions.n, sizeof *keeping->additions.items,
              addition_compare);
    for (size_t i = 0, n; !err && i < keeping->additions.n; i += n) {
        n = keeping->additions.n - i < ROWS ? 1 : ROWS;
        for (size_t r = 0; r < n; r++) {
            const struct addition *addition = &keeping->additions.items[i + r];
            const struct db_value row[ROW_VALUES] = {
                db_integer(keeping->programme), db_integer(addition->record_id),
                db_integer(addition->position), db_text(addition->owner),
                db_text(addition->last_day)};
            memcpy(&values[r * ROW_VALUES], row, sizeof row);
        }
        err = db_run(keeping->db, n == 1 ? SQL_open_action_add : SQL_open_action_add_twelve, values,
                     n * ROW_VALUES);
    }
    return err;
}

static enum err tallies_send(struct keeping *keeping) {
    enum err err = OK;
    for (size_t i = 0; !err && i < keeping->tallies.n; i++) {
        const struct owner_tally *tally = keeping->tallies.items[i];
        if (!tally->now && *tally->owner) /* no key stays of somebody who has none any more */
            err = db_run(keeping->db, SQL_open_action_count_remove,
                         DB_VALUES(db_integer(keeping->programme), db_text(tally->owner)));
        else if (tally->now != tally->before || !*tally->owner)
            err = db_run(keeping->db, SQL_open_action_count,
                         DB_VALUES(db_integer(keeping->programme), db_text(tally->owner),
                                   db_integer((int64_t)tally->now)));
    }
    return err;
}

/* Writes what was found, unless something went wrong before. */
static enum err keeping_end(struct keeping *keeping, enum err err) {
    if (!err)
        err = additions_send(keeping);
    if (!err)
        err = tallies_send(keeping);
    arena_free(keeping->scratch);
    return err;
}

static enum err one_remove(struct keeping *keeping, int64_t record_id) {
    struct db_rows rows;
    enum err err =
        db_query(keeping->db, SQL_open_action_remove,
                 DB_VALUES(db_integer(keeping->programme), db_integer(record_id)), &rows);
    if (!err && db_next(&rows))
        tally_of(keeping, db_row_text(&rows, 0))->now--;
    return db_rows_end(&rows, err);
}

static void one_add(struct keeping *keeping, int64_t record_id, int64_t position,
                    const char *content) {
    const struct kind *kind = kind_find("action");
    struct when when = {0};
    arena_clear(keeping->scratch);
    const char **cells = arena_alloc_array(keeping->scratch, kind_field_count(kind), sizeof *cells);
    if (stored_read(keeping->scratch, kind, content, cells) != OK)
        return; /* damaged, which `ithaca audit verify` tells */
    const char *due = cells[kind_field_index(kind, "due")];
    const char *owner = cells[kind_field_index(kind, "owner")];
    if (!text_equal(action_state(cells), "open"))
        return;
    if (due && !when_parse(due, &when))
        when = (struct when){0};
    struct owner_tally *tally = tally_of(keeping, owner ? owner : "");
    tally->now++;
    struct addition addition = {record_id, position, tally->owner, ""};
    memcpy(addition.last_day, when.last, sizeof addition.last_day);
    list_add(keeping->arena, &keeping->additions, addition);
}

/* All that the query gives, each once. */
static enum err all_add(struct keeping *keeping, enum statement statement,
                        const struct db_value *values, size_t n) {
    struct row {
        int64_t id, position;
        const char *content;
    };
    LIST(struct row) list = {0};
    struct db_rows rows;
    enum err err = db_query(keeping->db, statement, values, n, &rows);
    while (!err && db_next(&rows)) {
        const struct row row = {db_row_integer(&rows, 0), db_row_integer(&rows, 1),
                                db_row_copy(keeping->arena, &rows, 2)};
        list_add(keeping->arena, &list, row);
    }
    err = db_rows_end(&rows, err);
    for (size_t i = 0; !err && i < list.n; i++)
        one_add(keeping, list.items[i].id, list.items[i].position, list.items[i].content);
    return err;
}

static enum err programme_fill(struct keeping *keeping) {
    tally_of(keeping, "");
    return all_add(keeping, SQL_open_to_fill, DB_VALUES(db_integer(keeping->programme)));
}

static enum err changes_keep(struct keeping *keeping, const struct commit *commit) {
    enum err err = OK;
    for (size_t i = 0; !err && i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        if (!text_equal(change->kind->name, "action"))
            continue;
        if (change->before)
            err = one_remove(keeping, change->id);
        if (!err && change->after)
            one_add(keeping, change->id, change->position, change->after);
    }
    return err;
}

enum err open_actions_keep(struct db *db, struct arena *arena, const struct commit *commit) {
    struct keeping keeping = keeping_new(db, arena, commit->programme.id);
    bool kept = false;
    enum err err = OK;
    if (commit->is_new)
        tally_of(&keeping, ""); /* all there is comes with these changes */
    else if (!(err = is_kept(&keeping, &kept)))
        err = kept ? keeping_begin(&keeping) : programme_fill(&keeping);
    if (!err && (kept || commit->is_new))
        err = changes_keep(&keeping, commit);
    return keeping_end(&keeping, err);
}

enum err open_action_keep(struct db *db, struct arena *arena, int64_t programme,
                          int64_t record_id) {
    struct keeping keeping = keeping_new(db, arena, programme);
    enum err err = keeping_begin(&keeping);
    if (!err)
        err = one_remove(&keeping, record_id);
    if (!err)
        err = all_add(&keeping, SQL_open_action_now,
                      DB_VALUES(db_integer(programme), db_integer(record_id)));
    return keeping_end(&keeping, err);
}

struct filling {
    struct arena *arena;
    int64_t programme;
};

static enum err fill_do(struct db *db, void *context) {
    const struct filling *filling = context;
    struct keeping keeping = keeping_new(db, filling->arena, filling->programme);
    bool kept = false;
    enum err err = db_run(db, SQL_programme_touch, DB_VALUES(db_integer(filling->programme)));
    if (!err)
        err = is_kept(&keeping, &kept); /* somebody may have saved meanwhile */
    if (!err && !kept)
        err = programme_fill(&keeping);
    return keeping_end(&keeping, err);
}

enum err open_actions_fill(struct db *db, struct arena *arena) {
    for (;;) {
        struct db_rows rows;
        struct filling filling = {.arena = arena};
        enum err err = db_query(db, SQL_open_not_kept, DB_NO_VALUES, &rows);
        if (!err && db_next(&rows))
            filling.programme = db_row_integer(&rows, 0);
        err = db_rows_end(&rows, err);
        if (err || !filling.programme)
            return err;
        err = db_write(db, fill_do, &filling);
        if (err)
            return err;
    }
}

/* ---- listing ---- */

enum err open_owners_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct open_owners *out) {
    struct db_rows rows;
    *out = (struct open_owners){0};
    enum err err = db_query(db, SQL_open_owners, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        const struct open_owner owner = {db_row_copy(arena, &rows, 0),
                                         (size_t)db_row_integer(&rows, 1)};
        out->actions += owner.actions;
        if (owner.actions) /* nobody may have none */
            list_add(arena, &out->list, owner);
    }
    return db_rows_end(&rows, err);
}

enum err open_actions_late(struct db *db, const struct programme *programme, const char *day,
                           size_t most, size_t *out) {
    struct db_rows rows;
    *out = 0;
    enum err err = db_query(
        db, SQL_open_late_count,
        DB_VALUES(db_integer(programme->id), db_text(day), db_integer((int64_t)most)), &rows);
    if (!err && db_next(&rows))
        *out = (size_t)db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

static enum err rows_read(struct db *db, struct arena *arena, enum statement statement,
                          const struct programme *programme, const char *which, size_t from,
                          size_t most, struct open_rows *out) {
    const struct kind *kind = kind_find("action");
    struct db_rows rows;
    *out = (struct open_rows){0};
    enum err err = db_query(db, statement,
                            DB_VALUES(db_integer(programme->id), db_text(which),
                                      db_integer((int64_t)most + 1), db_integer((int64_t)from)),
                            &rows);
    for (size_t n = 0; !err && db_next(&rows); n++) {
        const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
        out->more = n == most;
        if (!out->more && stored_read(arena, kind, db_row_text(&rows, 0), cells) == OK)
            list_add(arena, &out->list, cells);
    }
    return db_rows_end(&rows, err);
}

enum err open_actions_of(struct db *db, struct arena *arena, const struct programme *programme,
                         const char *owner, size_t from, size_t most, struct open_rows *out) {
    return rows_read(db, arena, SQL_open_of_owner, programme, owner, from, most, out);
}

enum err open_actions_late_rows(struct db *db, struct arena *arena,
                                const struct programme *programme, const char *day, size_t from,
                                size_t most, struct open_rows *out) {
    return rows_read(db, arena, SQL_open_late, programme, day, from, most, out);
}

enum err open_days_read(struct db *db, struct arena *arena, const struct programme *programme,
                        struct open_days *out) {
    struct db_rows rows;
    *out = (struct open_days){0};
    enum err err = db_query(db, SQL_open_days, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows)) {
        const struct open_day day = {db_row_copy(arena, &rows, 0), db_row_copy(arena, &rows, 1)};
        list_add(arena, &out->list, day);
    }
    return db_rows_end(&rows, err);
}
