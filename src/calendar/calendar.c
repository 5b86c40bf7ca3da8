#include "calendar/calendar.h"
#include "base/text.h"
#include "store/around.h"
#include "store/stored.h"
#include <stdlib.h>

/* ---- the address ---- */

static const char purpose[] = "calendar";

enum err calendar_address_new(struct db *db, int64_t account, char secret[TOKEN_SIZE]) {
    char hash[TOKEN_HASH_SIZE], now[DB_TIME_SIZE];
    token_new(secret);
    token_hash(purpose, secret, hash);
    db_now(now);
    return db_run(db, SQL_calendar_feed_add,
                  DB_VALUES(db_text(hash), db_integer(account), db_text(now)));
}

enum err calendar_address_end(struct db *db, int64_t account) {
    return db_run(db, SQL_calendar_feed_remove, DB_VALUES(db_integer(account)));
}

enum err calendar_address_since(struct db *db, struct arena *arena, int64_t account,
                                const char **since) {
    struct db_rows rows;
    *since = NULL;
    enum err err = db_query(db, SQL_calendar_feed_made, DB_VALUES(db_integer(account)), &rows);
    if (!err && db_next(&rows))
        *since = db_row_copy(arena, &rows, 0);
    return db_rows_end(&rows, err);
}

enum err calendar_address_find(struct db *db, const char *secret, int64_t *account,
                               int64_t *person) {
    char hash[TOKEN_HASH_SIZE];
    struct db_rows rows;
    *account = *person = 0;
    token_hash(purpose, secret, hash);
    enum err err = db_query(db, SQL_calendar_feed_find, DB_VALUES(db_text(hash)), &rows);
    if (!err && db_next(&rows)) {
        *account = db_row_integer(&rows, 0);
        *person = db_row_integer(&rows, 1);
    }
    return db_rows_end(&rows, err);
}

/* ---- what is in it ---- */

/* A team in which they sit, and in which days; as it was written down. */
struct seat {
    const char *team, *since, *until; /* the days may be NULL */
};

struct reading {
    struct db *db;
    struct arena *arena;
    struct around around; /* of the programme that is being read */
    const struct programme *programme;
    bool is_lead, names_programme;
    struct names people; /* the keys by which they stand in it */
    LIST(struct seat) seats;
    char first[DAY_SIZE], last[DAY_SIZE]; /* the days that are told */
    struct calendar *out;
};

static enum err seats_add(struct reading *reading, const char *field, const char *key,
                          const struct record *holding) {
    struct around_list list = {0};
    enum err err = around_referring(&reading->around, kind_find("team_member"), field, key, &list);
    for (size_t i = 0; !err && i < list.list.n; i++) {
        const struct record *record = list.list.items[i], *period = holding ? holding : record;
        struct seat seat = {.team = record_value(record, "team"),
                            .since = record_value(period, "since"),
                            .until = record_value(record, "until")};
        if (holding && record_value(holding, "until"))
            seat.until = record_value(holding, "until");
        list_add(reading->arena, &reading->seats, seat);
    }
    return err;
}

/* Of the person, and of every post that they hold. */
static enum err seats_read(struct reading *reading, const char *person) {
    struct around_list posts = {0};
    enum err err = seats_add(reading, "person", person, NULL);
    if (!err)
        err =
            around_referring(&reading->around, kind_find("post_holder"), "person", person, &posts);
    for (size_t i = 0; !err && i < posts.list.n; i++) {
        const char *post = record_value(posts.list.items[i], "post");
        if (post)
            err = seats_add(reading, "post", post, posts.list.items[i]);
    }
    return err;
}

static bool sits_there(const struct reading *reading, const char *team, const char *day) {
    for (size_t i = 0; team && i < reading->seats.n; i++) {
        const struct seat *seat = &reading->seats.items[i];
        struct when since;
        bool has_begun =
            !seat->since || !when_parse(seat->since, &since) || strcmp(since.first, day) <= 0;
        if (text_equal(seat->team, team) && has_begun && !when_is_past(seat->until, day))
            return true;
    }
    return false;
}

/* One line, without what no calendar shows. */
static const char *line_of(struct arena *arena, const char *text) {
    char *line = arena_copy(arena, text);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    return line;
}

static const char *summary_of(const struct reading *reading, const char *words) {
    const char *line = line_of(reading->arena, words);
    return reading->names_programme
               ? arena_format(reading->arena, "%s (%s)", line,
                              line_of(reading->arena, reading->programme->name))
               : line;
}

static void event_add(struct reading *reading, const struct calendar_event *event) {
    if (strcmp(event->day, reading->first) >= 0 && strcmp(event->day, reading->last) <= 0)
        list_add(reading->arena, &reading->out->list, *event);
}

/* A row of a statement above, into an event without a day; false if it cannot be read. */
static bool row_read(const struct reading *reading, const struct kind *kind,
                     const struct db_rows *rows, struct record *record,
                     struct calendar_event *event) {
    const char **cells = arena_alloc_array(reading->arena, kind_field_count(kind), sizeof *cells);
    const char *key = db_row_copy(reading->arena, rows, 1);
    *event = (struct calendar_event){.programme = *reading->programme,
                                     .key = key,
                                     .record = db_row_integer(rows, 0),
                                     .revision = db_row_integer(rows, 2),
                                     .changed_at = db_row_copy(reading->arena, rows, 3)};
    *record = (struct record){.kind = kind, .id = key, .values = cells};
    return stored_read(reading->arena, kind, db_row_text(rows, 4), cells) == OK;
}

static void meeting_take(struct reading *reading, const struct index *teams,
                         const struct record *record, struct calendar_event *event) {
    const char *day = record_value(record, "held_on"), *team = record_value(record, "team");
    const char *chair = record_value(record, "chair"), *state = record_value(record, "state");
    const char *starts = record_value(record, "starts"), *ends = record_value(record, "ends");
    const char *name = team ? index_find(teams, team) : NULL;
    if (!day || !day_valid(day) ||
        !(reading->is_lead || sits_there(reading, team, day) ||
          (chair && names_contain(&reading->people, chair))))
        return;
    memcpy(event->day, day, DAY_SIZE);
    event->what = CALENDAR_MEETING;
    event->is_cancelled = state && text_equal(state, "cancelled");
    event->summary = summary_of(reading, name ? name : team ? team : "Meeting");
    if (event->is_cancelled)
        event->summary = arena_format(reading->arena, "Called off: %s", event->summary);
    if (record_value(record, "place"))
        event->place = line_of(reading->arena, record_value(record, "place"));
    if (starts && clock_parse(starts, event->starts) && ends)
        clock_parse(ends, event->ends);
    event_add(reading, event);
}

static enum err meetings_read(struct reading *reading) {
    enum { MOST = 10000 };
    struct around_list teams = {0};
    struct index names = {0};
    struct db_rows rows;
    enum err err = around_kind(&reading->around, kind_find("team"), 0, MOST, &teams);
    for (size_t i = 0; !err && i < teams.list.n; i++)
        index_add(reading->arena, &names, teams.list.items[i]->id,
                  (void *)record_value(teams.list.items[i], "name"));
    if (err)
        return err;
    err = db_query(reading->db, SQL_calendar_meetings,
                   DB_VALUES(db_integer(reading->programme->id)), &rows);
    while (!err && db_next(&rows)) {
        struct calendar_event event;
        struct record record;
        if (row_read(reading, kind_find("meeting"), &rows, &record, &event))
            meeting_take(reading, &names, &record, &event);
    }
    return db_rows_end(&rows, err);
}

static void action_take(struct reading *reading, const struct record *record,
                        struct calendar_event *event) {
    const char *due = record_value(record, "due"), *title = record_value(record, "title");
    struct when when;
    if (!due || !when_parse(due, &when) || !*when.last)
        return;
    memcpy(event->day, when.last, DAY_SIZE);
    event->what = CALENDAR_ACTION;
    event->summary =
        summary_of(reading, arena_format(reading->arena, "Due: %s", title ? title : event->key));
    event_add(reading, event);
}

static enum err actions_read(struct reading *reading, const char *person) {
    struct db_rows rows;
    enum err err = db_query(reading->db, SQL_calendar_actions,
                            DB_VALUES(db_integer(reading->programme->id), db_text(person)), &rows);
    while (!err && db_next(&rows)) {
        struct calendar_event event;
        struct record record;
        if (row_read(reading, kind_find("action"), &rows, &record, &event))
            action_take(reading, &record, &event);
    }
    return db_rows_end(&rows, err);
}

static enum err programme_take(struct reading *reading, int64_t person,
                               const struct part_taken *part) {
    const struct visitor visitor = {.person = person, .programme = part->programme};
    reading->programme = &part->programme;
    reading->around = around_new(reading->db, reading->arena, reading->programme);
    reading->is_lead = part->role == ROLE_LEAD;
    reading->seats.n = 0;
    enum err err = visitor_records(reading->db, reading->arena, &visitor, &reading->people);
    for (size_t i = 0; !err && i < reading->people.list.n; i++) {
        err = seats_read(reading, reading->people.list.items[i]);
        if (!err)
            err = actions_read(reading, reading->people.list.items[i]);
    }
    return err ? err : meetings_read(reading);
}

static int by_day(const void *a, const void *b) {
    const struct calendar_event *left = a, *right = b;
    int order = strcmp(left->day, right->day);
    order = order ? order : strcmp(left->starts, right->starts);
    return order ? order : (left->record > right->record) - (left->record < right->record);
}

enum err calendar_read(struct db *db, struct arena *arena, int64_t person, const char *today,
                       struct calendar *out) {
    struct reading reading = {.db = db, .arena = arena, .out = out};
    struct parts_taken parts;
    *out = (struct calendar){0};
    day_add(today, -CALENDAR_DAYS_BACK, reading.first);
    day_add(today, CALENDAR_DAYS_AHEAD, reading.last);
    enum err err = visitor_programmes(db, arena, &(const struct visitor){.person = person}, &parts);
    if (err)
        return err;
    reading.names_programme = parts.list.n > 1;
    if (parts.list.n == 1)
        out->name = line_of(arena, parts.list.items[0].programme.name);
    for (size_t i = 0; !err && i < parts.list.n; i++)
        err = programme_take(&reading, person, &parts.list.items[i]);
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, by_day);
    if (out->list.n > CALENDAR_MOST)
        out->list.n = CALENDAR_MOST;
    return err;
}
