#include "home/agenda.h"
#include "base/date.h"
#include "base/text.h"
#include "store/open_actions.h"
#include "store/stored.h"

struct reading {
    struct db *db;
    struct arena *arena;
    const struct programme *programme;
    const char *today;
    struct agenda *out;
};

/* The fields of a record, in the order of its kind; NULL where it cannot be read. */
static const char **cells_of(const struct reading *reading, const struct kind *kind,
                             const struct db_rows *rows, int column) {
    const char **cells = arena_alloc_array(reading->arena, kind_field_count(kind), sizeof *cells);
    return stored_read(reading->arena, kind, db_row_text(rows, column), cells) == OK ? cells : NULL;
}

static const char *cell(const struct kind *kind, const char **cells, const char *field) {
    return cells[kind_field_index(kind, field)];
}

/* ---- the next meeting ---- */

static void meeting_take(const struct reading *reading, const struct kind *kind,
                         const char **cells) {
    struct agenda *out = reading->out;
    const char *day = cell(kind, cells, "held_on"), *state = cell(kind, cells, "state");
    if (!day || !day_valid(day) || strcmp(day, reading->today) < 0 ||
        (state && !text_equal(state, "planned")) ||
        (out->meeting_day && strcmp(out->meeting_day, day) <= 0))
        return;
    out->meeting_day = day;
    out->meeting_team = cell(kind, cells, "team");
}

/* Its name instead of its key. */
static enum err team_name(const struct reading *reading) {
    const struct kind *kind = kind_find("team");
    struct db_rows rows;
    if (!reading->out->meeting_team)
        return OK;
    enum err err = db_query(
        reading->db, SQL_home_team,
        DB_VALUES(db_integer(reading->programme->id), db_text(reading->out->meeting_team)), &rows);
    if (!err && db_next(&rows)) {
        const char **cells = cells_of(reading, kind, &rows, 0);
        if (cells && cell(kind, cells, "name"))
            reading->out->meeting_team = cell(kind, cells, "name");
    }
    return db_rows_end(&rows, err);
}

/* ---- the last win ---- */

static void win_take(const struct reading *reading, const struct kind *kind, const char **cells,
                     char latest[DAY_SIZE]) {
    const char *reached = cell(kind, cells, "reached"), *state = cell(kind, cells, "state");
    struct when when;
    if (!reached || (state && !text_equal(state, "reached")) || !when_parse(reached, &when) ||
        !*when.first || strcmp(when.first, reading->today) > 0 || strcmp(when.first, latest) <= 0)
        return;
    memcpy(latest, when.first, DAY_SIZE);
    reading->out->win = cell(kind, cells, "title");
    reading->out->win_day = reached;
}

/* Meetings and wins, in one question. */
static enum err days_read(const struct reading *reading) {
    const struct kind *meeting = kind_find("meeting"), *milestone = kind_find("milestone");
    char latest[DAY_SIZE] = "";
    struct db_rows rows;
    enum err err = db_query(reading->db, SQL_home_agenda,
                            DB_VALUES(db_integer(reading->programme->id)), &rows);
    while (!err && db_next(&rows)) {
        bool is_win = text_equal(db_row_text(&rows, 0), milestone->name);
        const char **cells = cells_of(reading, is_win ? milestone : meeting, &rows, 1);
        if (cells && is_win)
            win_take(reading, milestone, cells, latest);
        else if (cells)
            meeting_take(reading, meeting, cells);
    }
    err = db_rows_end(&rows, err);
    return err ? err : team_name(reading);
}

/* ---- what they are to do ---- */

static enum err actions_read(const struct reading *reading, const char *person) {
    enum { MOST = 10000 };
    const struct kind *kind = kind_find("action");
    struct open_rows rows;
    enum err err =
        open_actions_of(reading->db, reading->arena, reading->programme, person, 0, MOST, &rows);
    for (size_t i = 0; !err && i < rows.list.n; i++) {
        const char **cells = rows.list.items[i];
        const char *due = cell(kind, cells, "due");
        list_add(reading->arena, &reading->out->actions,
                 (struct agenda_action){.key = cell(kind, cells, "key"),
                                        .title = cell(kind, cells, "title"),
                                        .due = due,
                                        .is_late = when_is_past(due, reading->today)});
    }
    return err;
}

enum err agenda_read(struct db *db, struct arena *arena, const struct programme *programme,
                     const char *today, const struct names *people, struct agenda *out) {
    const struct reading reading = {db, arena, programme, today, out};
    *out = (struct agenda){0};
    enum err err = days_read(&reading);
    for (size_t i = 0; !err && i < people->list.n; i++)
        err = actions_read(&reading, people->list.items[i]);
    return err;
}
