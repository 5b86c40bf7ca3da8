#include "meetings/meetings.h"
#include "base/date.h"
#include "base/text.h"
#include <stdlib.h>

enum { MOST = 20000 }; /* meetings, decisions of a programme */

/* Empty: held if the day is past, planned if it is to come. */
static const char *state_of(const struct record *record, const char *today) {
    const char *state = record_value(record, "state");
    if (state)
        return state;
    return when_is_past(record_value(record, "held_on"), today) ? "held" : "planned";
}

static int newest_first(const void *a, const void *b) {
    const struct meeting_line *left = a, *right = b;
    int order = strcmp(right->day, left->day);
    if (!order)
        order = strcmp(right->starts ? right->starts : "", left->starts ? left->starts : "");
    return order ? order : strcmp(left->key, right->key);
}

static enum err referred_name(struct around *around, const char *kind, const char *key,
                              const char **name) {
    struct around_found found = {0};
    enum err err = key ? around_record(around, kind_find(kind), key, &found) : OK;
    *name = found.record ? record_value(found.record, "name") : NULL;
    if (!*name)
        *name = key ? key : "";
    return err;
}

enum err meeting_person_name(struct around *around, const char *key, const char **name) {
    return referred_name(around, "person", key, name);
}

enum err meetings_read(struct db *db, struct arena *arena, const struct programme *programme,
                       const char *today, struct meeting_lines *out) {
    struct around around = around_new(db, arena, programme);
    struct around_list all = {0}, teams = {0};
    struct index names = {0};
    *out = (struct meeting_lines){0};
    enum err err = around_kind(&around, kind_find("meeting"), 0, MOST, &all);
    if (!err)
        err = around_kind(&around, kind_find("team"), 0, MOST, &teams);
    for (size_t i = 0; !err && i < teams.list.n; i++)
        index_add(arena, &names, teams.list.items[i]->id,
                  (void *)record_value(teams.list.items[i], "name"));
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct record *record = all.list.items[i];
        const char *team = record_value(record, "team");
        const char *name = team ? index_find(&names, team) : NULL;
        struct meeting_line line = {.key = record->id,
                                    .team = name ? name : team,
                                    .when = record_value(record, "held_on"),
                                    .starts = record_value(record, "starts"),
                                    .ends = record_value(record, "ends"),
                                    .state = state_of(record, today)};
        struct when when;
        if (line.when && when_parse(line.when, &when))
            memcpy(line.day, when.first, DAY_SIZE);
        list_add(arena, &out->list, line);
    }
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, newest_first);
    return err;
}

/* ---- one ---- */

struct reading {
    struct around around;
    const char *today;
    struct meeting *out;
};

static struct meeting_member *member_find(struct meeting *meeting, const char *key) {
    for (size_t i = 0; i < meeting->members.n; i++)
        if (text_equal(meeting->members.items[i].key, key))
            return &meeting->members.items[i];
    return NULL;
}

static enum err member_add(struct reading *reading, const char *key) {
    struct meeting_member member = {.key = key};
    if (member_find(reading->out, key))
        return OK;
    enum err err = meeting_person_name(&reading->around, key, &member.name);
    list_add(reading->around.arena, &reading->out->members, member);
    return err;
}

/* Whoever holds the post now. */
static enum err holders_add(struct reading *reading, const char *post) {
    struct around_list holders = {0};
    enum err err =
        around_referring(&reading->around, kind_find("post_holder"), "post", post, &holders);
    for (size_t i = 0; !err && i < holders.list.n; i++) {
        const char *person = record_value(holders.list.items[i], "person");
        const char *until = record_value(holders.list.items[i], "until");
        if (person && !when_is_past(until, reading->today))
            err = member_add(reading, person);
    }
    return err;
}

static enum err members_read(struct reading *reading) {
    struct around_list seats = {0}, there = {0};
    enum err err = around_referring(&reading->around, kind_find("team_member"), "team",
                                    reading->out->team, &seats);
    for (size_t i = 0; !err && i < seats.list.n; i++) {
        const char *person = record_value(seats.list.items[i], "person");
        const char *post = record_value(seats.list.items[i], "post");
        if (when_is_past(record_value(seats.list.items[i], "until"), reading->today))
            continue;
        err = person ? member_add(reading, person) : post ? holders_add(reading, post) : OK;
    }
    if (!err)
        err = around_referring(&reading->around, kind_find("attendance"), "meeting",
                               reading->out->key, &there);
    for (size_t i = 0; !err && i < there.list.n; i++) {
        const char *person = record_value(there.list.items[i], "person");
        err = member_add(reading, person);
        member_find(reading->out, person)->attendance = there.list.items[i];
    }
    return err;
}

bool meeting_action_is_open(const struct record *action) {
    const char *state = record_value(action, "state");
    return !record_value(action, "done") && (!state || text_equal(state, "open"));
}

static enum err actions_read(struct reading *reading) {
    struct around_list all = {0};
    enum err err =
        around_referring(&reading->around, kind_find("action"), "team", reading->out->team, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct record *action = all.list.items[i];
        const char *at = record_value(action, "meeting");
        if (at && text_equal(at, reading->out->key))
            list_add(reading->around.arena, &reading->out->agreed, action);
        else if (meeting_action_is_open(action) || !record_value(action, "reported_back"))
            list_add(reading->around.arena, &reading->out->actions, action);
    }
    return err;
}

/* Open, and asked of the team, or due by the day of the meeting. */
static enum err decisions_read(struct reading *reading) {
    const char *day =
        reading->out->when && day_valid(reading->out->when) ? reading->out->when : reading->today;
    struct around_list all = {0};
    enum err err = around_kind(&reading->around, kind_find("decision"), 0, MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct record *decision = all.list.items[i];
        const char *state = record_value(decision, "state"), *due = record_value(decision, "due");
        const char *asked_of = record_value(decision, "asked_of");
        bool is_open = state ? text_equal(state, "open") || text_equal(state, "proposed")
                             : !record_value(decision, "taken");
        bool is_due = due && (when_is_past(due, day) || text_equal(due, day));
        if (is_open && (is_due || (asked_of && text_equal(asked_of, reading->out->team))))
            list_add(reading->around.arena, &reading->out->decisions, decision);
    }
    return err;
}

static void items_read(struct reading *reading) {
    const char *rest = record_value(reading->out->found.record, "agenda"), *item;
    while (rest && (item = text_next_piece(reading->around.arena, &rest, '\n')))
        if (!text_blank(item))
            list_add(reading->around.arena, &reading->out->items.list, item);
}

enum err meeting_read(struct db *db, struct arena *arena, const struct programme *programme,
                      const char *key, const char *today, struct meeting *out) {
    struct reading reading = {around_new(db, arena, programme), today, out};
    *out = (struct meeting){0};
    enum err err = around_record(&reading.around, kind_find("meeting"), key, &out->found);
    if (err || !out->found.record)
        return err;
    out->key = out->found.record->id;
    out->team = record_value(out->found.record, "team");
    out->when = record_value(out->found.record, "held_on");
    out->state = state_of(out->found.record, today);
    out->is_closed = record_value(out->found.record, "minutes") != NULL;
    items_read(&reading);
    err = referred_name(&reading.around, "team", out->team, &out->team_name);
    if (!err)
        err = members_read(&reading);
    if (!err)
        err = actions_read(&reading);
    return err ? err : decisions_read(&reading);
}

/* ---- taken out, and still expected ---- */

enum err meetings_orphans(struct db *db, struct arena *arena, const struct programme *programme,
                          const char *today, struct orphans *out) {
    struct db_rows rows;
    *out = (struct orphans){0};
    enum err err = db_query(db, SQL_meeting_orphans,
                            DB_VALUES(db_integer(programme->id), db_text(today)), &rows);
    while (!err && db_next(&rows))
        list_add(arena, &out->list,
                 (struct orphan){.key = db_row_copy(arena, &rows, 0),
                                 .day = db_row_copy(arena, &rows, 1),
                                 .people = db_row_integer(&rows, 2)});
    return db_rows_end(&rows, err);
}
