#include "store/open_actions.h"
#include "base/date.h"
#include "base/index.h"
#include "base/text.h"
#include "store/stored.h"
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

struct keeping {
    struct db *db;
    struct arena *arena;
    int64_t programme;
    struct index by_owner;
    LIST(struct owner_tally *) tallies;
};

static struct owner_tally *tally_of(struct keeping *keeping, const char *owner) {
    struct owner_tally *tally = index_find(&keeping->by_owner, owner);
    if (!tally) {
        tally = arena_alloc(keeping->arena, sizeof *tally);
        *tally = (struct owner_tally){.owner = owner};
        index_add(keeping->arena, &keeping->by_owner, owner, tally);
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

static enum err keeping_begin(struct keeping *keeping) {
    struct db_rows rows;
    enum err err =
        db_query(keeping->db, SQL_open_owners, DB_VALUES(db_integer(keeping->programme)), &rows);
    while (!err && db_next(&rows)) {
        struct owner_tally *tally = tally_of(keeping, db_row_copy(keeping->arena, &rows, 0));
        tally->before = tally->now = (size_t)db_row_integer(&rows, 1);
    }
    return db_rows_end(&rows, err);
}

static enum err keeping_end(struct keeping *keeping) {
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

static enum err one_remove(struct keeping *keeping, int64_t record_id) {
    struct db_rows rows;
    enum err err =
        db_query(keeping->db, SQL_open_action_remove,
                 DB_VALUES(db_integer(keeping->programme), db_integer(record_id)), &rows);
    if (!err && db_next(&rows))
        tally_of(keeping, db_row_copy(keeping->arena, &rows, 0))->now--;
    return db_rows_end(&rows, err);
}

static enum err one_add(struct keeping *keeping, int64_t record_id, int64_t position,
                        const char *content) {
    const struct kind *kind = kind_find("action");
    const char **cells = arena_alloc_array(keeping->arena, kind_field_count(kind), sizeof *cells);
    struct when when = {0};
    if (stored_read(keeping->arena, kind, content, cells) != OK)
        return OK; /* damaged, which `ithaca audit verify` tells */
    const char *due = cells[kind_field_index(kind, "due")];
    const char *owner = cells[kind_field_index(kind, "owner")];
    if (!text_equal(action_state(cells), "open"))
        return OK;
    if (due && !when_parse(due, &when))
        when = (struct when){0};
    owner = owner ? owner : "";
    tally_of(keeping, owner)->now++;
    return db_run(keeping->db, SQL_open_action_add,
                  DB_VALUES(db_integer(keeping->programme), db_integer(record_id),
                            db_integer(position), db_text(owner), db_text(when.last)));
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
        err = one_add(keeping, list.items[i].id, list.items[i].position, list.items[i].content);
    return err;
}

static enum err programme_fill(struct keeping *keeping) {
    tally_of(keeping, "");
    enum err err = all_add(keeping, SQL_open_to_fill, DB_VALUES(db_integer(keeping->programme)));
    return err ? err : keeping_end(keeping);
}

enum err open_actions_keep(struct db *db, struct arena *arena, const struct commit *commit) {
    struct keeping keeping = {.db = db, .arena = arena, .programme = commit->programme.id};
    bool kept;
    enum err err = is_kept(&keeping, &kept);
    if (err || !kept)
        return err ? err : programme_fill(&keeping);
    err = keeping_begin(&keeping);
    for (size_t i = 0; !err && i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        if (!text_equal(change->kind->name, "action"))
            continue;
        if (change->before)
            err = one_remove(&keeping, change->id);
        if (!err && change->after)
            err = one_add(&keeping, change->id, change->position, change->after);
    }
    return err ? err : keeping_end(&keeping);
}

enum err open_action_keep(struct db *db, struct arena *arena, int64_t programme,
                          int64_t record_id) {
    struct keeping keeping = {.db = db, .arena = arena, .programme = programme};
    enum err err = keeping_begin(&keeping);
    if (!err)
        err = one_remove(&keeping, record_id);
    if (!err)
        err = all_add(&keeping, SQL_open_action_now,
                      DB_VALUES(db_integer(programme), db_integer(record_id)));
    return err ? err : keeping_end(&keeping);
}

static enum err fill_do(struct db *db, void *context) {
    struct keeping *keeping = context;
    bool kept;
    *keeping = (struct keeping){.db = db, .arena = keeping->arena, .programme = keeping->programme};
    enum err err = db_run(db, SQL_programme_touch, DB_VALUES(db_integer(keeping->programme)));
    if (!err)
        err = is_kept(keeping, &kept); /* somebody may have saved meanwhile */
    return err || kept ? err : programme_fill(keeping);
}

enum err open_actions_fill(struct db *db, struct arena *arena) {
    for (;;) {
        struct db_rows rows;
        struct keeping keeping = {.arena = arena};
        enum err err = db_query(db, SQL_open_not_kept, DB_NO_VALUES, &rows);
        if (!err && db_next(&rows))
            keeping.programme = db_row_integer(&rows, 0);
        err = db_rows_end(&rows, err);
        if (err || !keeping.programme)
            return err;
        err = db_write(db, fill_do, &keeping);
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
