#include "reminders/reminders.h"
#include "base/date.h"
#include "base/index.h"
#include "base/text.h"
#include "mail/mail.h"
#include "meetings/meetings.h"
#include "store/open_actions.h"

enum { SOON_DAYS = 1, WEEK_DAYS = 6 }; /* after today */

/* What there is to tell somebody on the sheet People. */
struct tally {
    size_t late, late_since_yesterday;
    size_t due_soon, due_this_week;
    size_t meetings_soon, meetings_this_week;
};

struct looking {
    struct db *db;
    struct arena *arena;
    struct programme programme;
    const char *day;
    char yesterday[DAY_SIZE], soon[DAY_SIZE], week[DAY_SIZE];
    struct index tallies; /* by key of a person */
};

static struct tally *tally_of(struct looking *looking, const char *person) {
    struct tally *tally = index_find(&looking->tallies, person);
    if (!tally) {
        tally = arena_alloc(looking->arena, sizeof *tally);
        *tally = (struct tally){0};
        index_add(looking->arena, &looking->tallies, person, tally);
    }
    return tally;
}

/* ---- what there is ---- */

static void action_tally(struct looking *looking, const struct open_day *action) {
    struct tally *tally = tally_of(looking, action->owner);
    bool is_to_come = strcmp(action->last_day, looking->day) >= 0;
    tally->late += !is_to_come;
    tally->late_since_yesterday += strcmp(action->last_day, looking->yesterday) == 0;
    tally->due_soon += is_to_come && strcmp(action->last_day, looking->soon) <= 0;
    tally->due_this_week += is_to_come && strcmp(action->last_day, looking->week) <= 0;
}

static enum err actions_tally(struct looking *looking) {
    struct open_days actions;
    enum err err = open_days_read(looking->db, looking->arena, &looking->programme, &actions);
    for (size_t i = 0; !err && i < actions.list.n; i++)
        action_tally(looking, &actions.list.items[i]);
    return err;
}

static enum err meeting_tally(struct looking *looking, const struct meeting_line *line) {
    struct meeting meeting;
    enum err err = meeting_read(looking->db, looking->arena, &looking->programme, line->key,
                                looking->day, &meeting);
    for (size_t i = 0; !err && i < meeting.members.n; i++) {
        struct tally *tally = tally_of(looking, meeting.members.items[i].key);
        tally->meetings_this_week++;
        tally->meetings_soon += strcmp(line->day, looking->soon) <= 0;
    }
    return err;
}

static enum err meetings_tally(struct looking *looking) {
    struct meeting_lines meetings;
    enum err err =
        meetings_read(looking->db, looking->arena, &looking->programme, looking->day, &meetings);
    for (size_t i = 0; !err && i < meetings.list.n; i++) {
        const struct meeting_line *line = &meetings.list.items[i];
        if (text_equal(line->state, "planned") && strcmp(line->day, looking->day) >= 0 &&
            strcmp(line->day, looking->week) <= 0)
            err = meeting_tally(looking, line);
    }
    return err;
}

/* ---- whom to tell ---- */

static void line_add(struct text *out, size_t n, const char *one, const char *many) {
    if (n)
        text_add_format(out, "- %zu %s\n", n, n == 1 ? one : many);
}

static const char *words_of(const struct looking *looking, const struct tally *tally,
                            bool is_daily) {
    struct text out = text_new(looking->arena);
    text_add_format(&out, "in %s there is for you:\n\n", looking->programme.name);
    line_add(&out, tally->late, "action whose day is past", "actions whose day is past");
    if (is_daily) {
        line_add(&out, tally->due_soon, "action due today or tomorrow",
                 "actions due today or tomorrow");
        line_add(&out, tally->meetings_soon, "meeting today or tomorrow",
                 "meetings today or tomorrow");
    } else {
        line_add(&out, tally->due_this_week, "action due in the next seven days",
                 "actions due in the next seven days");
        line_add(&out, tally->meetings_this_week, "meeting in the next seven days",
                 "meetings in the next seven days");
    }
    text_add_format(&out,
                    "\nSee them, and say what is done: " MAIL_SITE
                    "/p/%s/actions\n\nHow often you are "
                    "reminded you choose yourself: " MAIL_SITE "/account\n",
                    looking->programme.key);
    return out.bytes;
}

static bool is_worth_it(const struct tally *tally, bool is_daily) {
    return is_daily ? tally->late_since_yesterday || tally->due_soon || tally->meetings_soon
                    : tally->late || tally->due_this_week || tally->meetings_this_week;
}

/* A mail a day, or one in the week that begins on a Monday, tells the same programme once. */
static const char *what_of(const struct looking *looking, bool is_daily) {
    enum { MONDAY = 4 }; /* 1970 began on a Thursday */
    char monday[DAY_SIZE];
    long since = (day_number_of(looking->day) - MONDAY) % 7;
    day_add(looking->day, -since, monday);
    return arena_format(looking->arena, "%s %s %s", looking->programme.key,
                        is_daily ? "on" : "in the week of", is_daily ? looking->day : monday);
}

static void tally_add(struct tally *sum, const struct tally *more) {
    sum->late += more->late;
    sum->late_since_yesterday += more->late_since_yesterday;
    sum->due_soon += more->due_soon;
    sum->due_this_week += more->due_this_week;
    sum->meetings_soon += more->meetings_soon;
    sum->meetings_this_week += more->meetings_this_week;
}

/* Somebody may stand on the sheet under several keys. */
struct told {
    int64_t account;
    bool is_daily;
    struct tally tally;
};
struct told_list {
    LIST(struct told) list;
};

static enum err whom_read(struct looking *looking, struct told_list *out) {
    struct db_rows rows;
    enum err err =
        db_query(looking->db, SQL_remind_whom, DB_VALUES(db_integer(looking->programme.id)), &rows);
    while (!err && db_next(&rows)) {
        const struct tally *tally = index_find(&looking->tallies, db_row_text(&rows, 2));
        struct told *last = out->list.n ? &out->list.items[out->list.n - 1] : NULL;
        if (!tally)
            continue;
        if (!last || last->account != db_row_integer(&rows, 0)) {
            const char *choice = db_row_text(&rows, 1);
            list_add(looking->arena, &out->list,
                     (struct told){.account = db_row_integer(&rows, 0),
                                   .is_daily = choice &&
                                               text_equal(choice, mail_choice_names[MAIL_DAILY])});
            last = &out->list.items[out->list.n - 1];
        }
        tally_add(&last->tally, tally);
    }
    return db_rows_end(&rows, err);
}

static enum err everybody_tell(struct looking *looking) {
    struct told_list all = {0};
    enum err err = whom_read(looking, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct told *told = &all.list.items[i];
        const struct mail mail = {
            .account = told->account,
            .kind = MAIL_REMINDER,
            .what = what_of(looking, told->is_daily),
            .subject =
                arena_format(looking->arena, "What waits for you in %s", looking->programme.name),
            .words = words_of(looking, &told->tally, told->is_daily),
        };
        if (is_worth_it(&told->tally, told->is_daily))
            err = mail_add(looking->db, &mail);
    }
    return err;
}

static enum err programme_look_through(struct looking *looking) {
    day_add(looking->day, -1, looking->yesterday);
    day_add(looking->day, SOON_DAYS, looking->soon);
    day_add(looking->day, WEEK_DAYS, looking->week);
    enum err err = actions_tally(looking);
    if (!err)
        err = meetings_tally(looking);
    return err ? err : everybody_tell(looking);
}

enum err reminders_next(struct db *db, struct arena *arena, const char *day, bool *found) {
    struct looking looking = {.db = db, .arena = arena, .day = day};
    struct db_rows rows;
    *found = false;
    enum err err = db_query(db, SQL_remind_next, DB_VALUES(db_text(day)), &rows);
    if (!err && db_next(&rows)) {
        looking.programme = programme_of_row(arena, &rows);
        *found = true;
    }
    err = db_rows_end(&rows, err);
    if (!err && *found)
        err = programme_look_through(&looking);
    return err || !*found ? err
                          : db_run(db, SQL_remind_done,
                                   DB_VALUES(db_integer(looking.programme.id), db_text(day)));
}
