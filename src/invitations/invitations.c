#include "invitations/invitations.h"
#include "base/index.h"
#include "base/text.h"
#include "base/token.h"
#include "calendar/ical.h"
#include "mail/mail.h"
#include "meetings/meetings.h"
#include <stdlib.h>

/* Somebody who takes part, and stands on the sheet People. */
struct guest {
    int64_t account;
    const char *name, *email;
    bool wants;
};

struct reading {
    struct db *db;
    struct arena *arena;
    const struct programme *programme;
    const char *key, *today;
    struct index people; /* struct guest by their keys on the sheet People */
    struct meeting meeting;
    bool is_there, is_off;       /* the meeting; it was called off */
    struct calendar_event event; /* as it stands now */
    char hash[TOKEN_HASH_SIZE];
    struct invitations *out;
};

/* ---- what there is ---- */

static enum err people_read(struct reading *reading) {
    struct db_rows rows;
    enum err err = db_query(reading->db, SQL_invitation_people,
                            DB_VALUES(db_integer(reading->programme->id)), &rows);
    while (!err && db_next(&rows)) {
        struct guest *person = arena_alloc(reading->arena, sizeof *person);
        *person = (struct guest){.account = db_row_integer(&rows, 1),
                                 .name = db_row_copy(reading->arena, &rows, 2),
                                 .email = db_row_copy(reading->arena, &rows, 3),
                                 .wants = db_row_integer(&rows, 4)};
        index_add(reading->arena, &reading->people, db_row_copy(reading->arena, &rows, 0), person);
    }
    return db_rows_end(&rows, err);
}

/* One line, without what no mail shows. */
static const char *line_of(struct arena *arena, const char *text) {
    char *line = arena_copy(arena, text ? text : "");
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    return line;
}

/* Why nobody can be invited to it, whoever they are. */
static const char *hurdle_of(const struct reading *reading) {
    const struct meeting *meeting = &reading->meeting;
    if (!reading->is_there)
        return "This meeting was taken out of the records.";
    if (meeting->is_closed || text_equal(meeting->state, "held"))
        return "It has been held.";
    if (!*reading->event.day)
        return "Its day is not known exactly. Correct the day first.";
    if (strcmp(reading->event.day, reading->today) < 0)
        return "Its day is past.";
    return reading->is_off ? "It is called off." : NULL;
}

/* What a calendar shows of it. Only this is kept: a place may name somebody who has it forgotten.
 */
static void event_hash(struct arena *arena, const struct calendar_event *event,
                       char out[TOKEN_HASH_SIZE]) {
    token_hash("invitation",
               arena_format(arena, "%s\n%s\n%s\n%s\n%s", event->summary, event->day, event->starts,
                            event->ends, event->place),
               out);
}

/* Whoever is to lead it, though they sit elsewhere. */
static enum err chair_add(struct reading *reading) {
    struct meeting *meeting = &reading->meeting;
    struct meeting_member chair = {.key = record_value(meeting->found.record, "chair")};
    struct around around = around_new(reading->db, reading->arena, reading->programme);
    for (size_t i = 0; chair.key && i < meeting->members.n; i++)
        if (text_equal(meeting->members.items[i].key, chair.key))
            return OK;
    if (!chair.key)
        return OK;
    enum err err = meeting_person_name(&around, chair.key, &chair.name);
    list_add(reading->arena, &meeting->members, chair);
    return err;
}

static enum err meeting_take(struct reading *reading) {
    struct meeting *meeting = &reading->meeting;
    struct calendar_event *event = &reading->event;
    enum err err = meeting_read(reading->db, reading->arena, reading->programme, reading->key,
                                reading->today, meeting);
    const struct record *record = meeting->found.record;
    reading->is_there = record;
    if (err || !record)
        return err;
    const char *starts = record_value(record, "starts"), *ends = record_value(record, "ends");
    reading->is_off = text_equal(meeting->state, "cancelled");
    *event = (struct calendar_event){
        .what = CALENDAR_MEETING,
        .programme = *reading->programme,
        .key = meeting->key,
        .summary =
            arena_format(reading->arena, "%s (%s)", line_of(reading->arena, meeting->team_name),
                         line_of(reading->arena, reading->programme->name)),
        .place = line_of(reading->arena, record_value(record, "place")),
        .record = meeting->found.id,
        .revision = meeting->found.revision};
    if (meeting->when && day_valid(meeting->when))
        memcpy(event->day, meeting->when, DAY_SIZE);
    if (starts && clock_parse(starts, event->starts) && ends)
        clock_parse(ends, event->ends);
    event_hash(reading->arena, event, reading->hash);
    return chair_add(reading);
}

/* ---- what was told ---- */

static const struct guest *member_of(const struct reading *reading, int64_t account) {
    for (size_t i = 0; i < reading->meeting.members.n; i++) {
        const struct guest *person =
            index_find(&reading->people, reading->meeting.members.items[i].key);
        if (person && person->account == account)
            return person;
    }
    return NULL;
}

/* What somebody who was invited is to hear. */
static void next_decide(const struct reading *reading, const char *known, struct invitation *line) {
    const struct guest *member = member_of(reading, line->account);
    if (strcmp(line->event.day, reading->today) < 0) {
        line->why = "its day is past";
    } else if (!reading->is_there || reading->is_off || !member) {
        line->next = INVITATION_END;
        line->why = !reading->is_there ? "it was taken out of the records"
                    : reading->is_off  ? "it is called off"
                                       : "they no longer sit in the team";
    } else if (!reading->out->hurdle && !text_equal(reading->hash, known)) {
        line->next = INVITATION_CHANGE;
        line->event = reading->event;
    } else {
        line->why = "know it as it stands";
    }
    if (line->next != INVITATION_NONE && member && !member->wants) {
        line->next = INVITATION_NONE;
        line->why = "want no meetings by mail: tell them yourself";
    }
}

static void text_keep(char *out, size_t size, const char *text) {
    size_t length = strlen(text);
    if (length < size)
        memcpy(out, text, length + 1);
}

/* As they know it: of one that is there still, its team is known. */
static struct calendar_event event_known(const struct reading *reading,
                                         const struct db_rows *rows) {
    struct calendar_event event = {
        .what = CALENDAR_MEETING,
        .programme = *reading->programme,
        .key = reading->key,
        .summary = reading->is_there
                       ? reading->event.summary
                       : arena_format(reading->arena, "A meeting (%s)",
                                      line_of(reading->arena, reading->programme->name)),
        .place = ""};
    text_keep(event.day, sizeof event.day, db_row_text(rows, 7));
    text_keep(event.starts, sizeof event.starts, db_row_text(rows, 8));
    text_keep(event.ends, sizeof event.ends, db_row_text(rows, 9));
    return event;
}

static void sent_take(struct reading *reading, const struct db_rows *rows) {
    struct arena *arena = reading->arena;
    struct invitation line = {.account = db_row_integer(rows, 0),
                              .name = db_row_copy(arena, rows, 1),
                              .email = db_row_copy(arena, rows, 2),
                              .record = db_row_integer(rows, 3),
                              .sequence = db_row_integer(rows, 4) + 1,
                              .sent_at = db_row_copy(arena, rows, 10),
                              .event = event_known(reading, rows)};
    if (text_equal(db_row_text(rows, 5), "invited"))
        next_decide(reading, db_row_text(rows, 6), &line);
    else if (!reading->out->hurdle && member_of(reading, line.account)) {
        line.next = INVITATION_FIRST;
        line.event = reading->event;
    } else
        line.why = "it has left their calendar";
    if (line.next != INVITATION_NONE && !line.email) {
        line.next = INVITATION_NONE;
        line.why = "no mail address is known any more: tell them yourself";
    }
    list_add(arena, &reading->out->list, line);
}

static enum err sent_read(struct reading *reading) {
    struct db_rows rows;
    enum err err =
        db_query(reading->db, SQL_invitation_sent,
                 DB_VALUES(db_integer(reading->programme->id), db_text(reading->key)), &rows);
    while (!err && db_next(&rows))
        sent_take(reading, &rows);
    return db_rows_end(&rows, err);
}

/* ---- who was told nothing yet ---- */

static bool is_listed(const struct invitations *invitations, int64_t account) {
    for (size_t i = 0; i < invitations->list.n; i++)
        if (invitations->list.items[i].account == account)
            return true;
    return false;
}

static const char *why_not(const struct guest *person) {
    if (!person)
        return "do not sign in here yet";
    if (!person->email)
        return "no mail address is known";
    return person->wants ? NULL : "want no meetings by mail: tell them yourself";
}

static void members_take(struct reading *reading) {
    struct invitations *out = reading->out;
    for (size_t i = 0; i < reading->meeting.members.n; i++) {
        const struct meeting_member *member = &reading->meeting.members.items[i];
        const struct guest *person = index_find(&reading->people, member->key);
        if (person && is_listed(out, person->account))
            continue;
        struct invitation line = {.name = person ? person->name : member->name,
                                  .account = person ? person->account : 0,
                                  .email = person ? person->email : NULL,
                                  .record = reading->event.record,
                                  .sequence = 0,
                                  .event = reading->event,
                                  .why = why_not(person)};
        if (!line.why && !out->hurdle)
            line.next = INVITATION_FIRST;
        list_add(reading->arena, &out->list, line);
    }
}

static int by_name(const void *a, const void *b) {
    const struct invitation *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    return order ? order : (left->account > right->account) - (left->account < right->account);
}

/* "3 December 2026, 14:00 to 16:00" */
static const char *when_of(struct arena *arena, const struct calendar_event *event) {
    return arena_format(arena, "%s%s%s%s%s", when_long(arena, event->day),
                        *event->starts ? ", " : "", event->starts, *event->ends ? " to " : "",
                        event->ends);
}

static void invitations_finish(struct reading *reading) {
    struct invitations *out = reading->out;
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, by_name);
    for (size_t i = 0; i < out->list.n; i++) {
        struct invitation *line = &out->list.items[i];
        out->to_send += line->next != INVITATION_NONE;
        if (line->sequence < reading->event.revision)
            line->sequence = reading->event.revision;
    }
    const struct calendar_event *event = reading->is_there ? &reading->event
                                         : out->list.n     ? &out->list.items[0].event
                                                           : NULL;
    out->is_known = event;
    out->team = !event ? NULL : reading->is_there ? reading->meeting.team_name : event->summary;
    out->when = !event        ? NULL
                : *event->day ? when_of(reading->arena, event)
                              : when_long(reading->arena, reading->meeting.when);
}

enum err invitations_read(struct db *db, struct arena *arena, const struct programme *programme,
                          const char *key, const char *today, struct invitations *out) {
    struct reading reading = {
        .db = db, .arena = arena, .programme = programme, .key = key, .today = today, .out = out};
    *out = (struct invitations){0};
    enum err err = people_read(&reading);
    if (!err)
        err = meeting_take(&reading);
    out->hurdle = hurdle_of(&reading);
    if (!err)
        err = sent_read(&reading);
    if (err)
        return err;
    members_take(&reading);
    invitations_finish(&reading);
    return OK;
}

/* ---- sending ---- */

static const char *subject_of(struct arena *arena, const struct invitation *line) {
    static const char *const begins[] = {[INVITATION_NONE] = "",
                                         [INVITATION_FIRST] = "Meeting",
                                         [INVITATION_CHANGE] = "Changed",
                                         [INVITATION_END] = "Called off"};
    return arena_format(arena, "%s: %s, %s", begins[line->next], line->event.summary,
                        when_of(arena, &line->event));
}

static const char *words_of(struct arena *arena, const struct invitation *line,
                            const char *address) {
    static const char *const begins[] = {[INVITATION_NONE] = "",
                                         [INVITATION_FIRST] = "you are invited to a meeting",
                                         [INVITATION_CHANGE] =
                                             "a meeting to which you were invited is now",
                                         [INVITATION_END] = "a meeting leaves your calendar"};
    struct text out = text_new(arena);
    text_add_format(&out, "%s%s%s:\n\n%s\n%s\n", begins[line->next],
                    line->next == INVITATION_END ? ", since " : "",
                    line->next == INVITATION_END ? line->why : "", line->event.summary,
                    when_of(arena, &line->event));
    if (*line->event.place)
        text_add_format(&out, "%s\n", line->event.place);
    if (line->next != INVITATION_END)
        text_add_format(&out,
                        "\nThe agenda: %s\n\nYour calendar can take it in from this mail. Answers "
                        "to it are not read: if you cannot come, tell whoever leads the meeting.\n",
                        address);
    text_add(&out, "\nWhich mails you get you choose yourself: " MAIL_SITE "/account\n");
    return out.bytes;
}

struct sending {
    struct db *db;
    struct arena *arena;
    const struct invitations_wish *wish;
    char now[DB_TIME_SIZE];
};

static const char *page_address(void *context, const struct calendar_event *event) {
    const struct invitations_wish *wish = context;
    (void)event; /* there is one */
    return wish->address;
}

static const char *calendar_of(const struct sending *sending, const struct invitation *line) {
    struct calendar_event event = line->event;
    struct calendar calendar = {0};
    event.record = line->record;
    event.revision = line->sequence;
    event.changed_at = sending->now;
    event.is_cancelled = line->next == INVITATION_END;
    if (!*event.place)
        event.place = NULL;
    list_add(sending->arena, &calendar.list, event);
    const struct ical_call call = {.method =
                                       event.is_cancelled ? ICAL_CALL_CANCEL : ICAL_CALL_REQUEST,
                                   .organizer = sending->wish->programme->name,
                                   .organizer_address = sending->wish->mail_from,
                                   .attendee = line->name,
                                   .attendee_address = line->email};
    const struct ical_wish wish = {.calendar = &calendar,
                                   .zone = ical_zone_here(),
                                   .call = &call,
                                   .address = page_address,
                                   .context = (void *)sending->wish};
    return ical_write(sending->arena, &wish);
}

static enum err line_send(const struct sending *sending, const struct invitation *line) {
    struct arena *arena = sending->arena;
    bool ends = line->next == INVITATION_END;
    const struct calendar_event *event = &line->event;
    char hash[TOKEN_HASH_SIZE];
    event_hash(arena, event, hash);
    const struct mail mail = {
        .account = line->account,
        .kind = MAIL_MEETING,
        .what =
            arena_format(arena, "%lld %lld", (long long)line->record, (long long)line->sequence),
        .subject = subject_of(arena, line),
        .words = words_of(arena, line, sending->wish->address),
        .calendar = calendar_of(sending, line),
        .calendar_method = ends ? "CANCEL" : "REQUEST",
    };
    enum err err = mail_add(sending->db, &mail);
    return err ? err
               : db_run(sending->db, SQL_invitation_write,
                        DB_VALUES(db_integer(sending->wish->programme->id),
                                  db_text(sending->wish->key), db_integer(line->account),
                                  db_integer(line->record), db_integer(line->sequence),
                                  db_text(ends ? "cancelled" : "invited"), db_text(hash),
                                  db_text(event->day), db_text(event->starts), db_text(event->ends),
                                  db_text(sending->now)));
}

enum err invitations_send(struct db *db, struct arena *arena, const struct invitations_wish *wish) {
    struct sending sending = {.db = db, .arena = arena, .wish = wish};
    const struct invitations *all = wish->invitations;
    enum err err = OK;
    db_now(sending.now);
    for (size_t i = 0; !err && i < all->list.n; i++)
        if (all->list.items[i].next != INVITATION_NONE)
            err = line_send(&sending, &all->list.items[i]);
    return err;
}
