#include "meetings/close.h"
#include "base/date.h"
#include "base/text.h"
#include "store/correct.h"

struct closing {
    struct db *db;
    struct arena *arena;
    const struct close_wish *wish;
    struct around around;
    const char *day; /* of the meeting */
    struct text minutes;
    LIST(struct also_correct) also;
    LIST(const char *) fields; /* of the form, for each of these */
    size_t open, heard;        /* earlier actions, and those that were spoken of */
};

/* ---- the form ---- */

static const char *row_name(struct arena *arena, const char *what, int row) {
    return arena_format(arena, "%s%d", what, row);
}

struct names meeting_fields(struct arena *arena, const struct meeting *meeting) {
    struct names out = {0};
    for (size_t i = 0; i < meeting->members.n; i++) {
        const char *key = meeting->members.items[i].key;
        list_add(arena, &out.list, arena_format(arena, MEETING_PRESENCE "%s", key));
        list_add(arena, &out.list, arena_format(arena, MEETING_SPOKEN "%s", key));
    }
    for (size_t i = 0; i < meeting->actions.n; i++) {
        const char *key = meeting->actions.items[i]->id;
        list_add(arena, &out.list, arena_format(arena, MEETING_OUTCOME "%s", key));
        list_add(arena, &out.list, arena_format(arena, MEETING_UNTIL "%s", key));
        list_add(arena, &out.list, arena_format(arena, MEETING_WORDS "%s", key));
    }
    for (size_t i = 0; i < meeting->decisions.n; i++)
        list_add(arena, &out.list,
                 arena_format(arena, MEETING_TAKEN "%s", meeting->decisions.items[i]->id));
    for (int i = 1; i <= MEETING_NEW_DECISIONS; i++)
        list_add(arena, &out.list, row_name(arena, MEETING_DECIDED, i));
    for (int i = 1; i <= MEETING_NEW_ACTIONS; i++) {
        list_add(arena, &out.list, row_name(arena, MEETING_TO_DO, i));
        list_add(arena, &out.list, row_name(arena, MEETING_TO_DO_WHO, i));
        list_add(arena, &out.list, row_name(arena, MEETING_TO_DO_WHEN, i));
    }
    list_add(arena, &out.list, MEETING_NOTES);
    return out;
}

const char *minutes_without_actions(struct arena *arena, const char *minutes) {
    struct text out = text_new(arena);
    bool is_left_out = false;
    for (const char *line = minutes, *next; line && *line; line = next) {
        const char *end = strchr(line, '\n');
        next = end ? end + 1 : line + strlen(line);
        if (text_starts_with(line, "## "))
            is_left_out = text_starts_with(line + 3, MINUTES_EARLIER) ||
                          text_starts_with(line + 3, MINUTES_NEW);
        if (!is_left_out)
            text_add_n(&out, line, (size_t)(next - line));
    }
    return out.length ? out.bytes : "";
}

/* NULL where nothing was written. */
static const char *written(const struct closing *closing, const char *what, const char *key) {
    const struct meeting_draft *draft = closing->wish->draft;
    const char *value =
        meeting_draft_value(draft, arena_format(closing->arena, "%s%s", what, key), draft->version);
    return *value ? value : NULL;
}

static const char *written_row(const struct closing *closing, const char *what, int row) {
    return written(closing, what, arena_format(closing->arena, "%d", row));
}

/* ---- what becomes of it ---- */

/* A record's cells, to be changed; of a new one all empty. */
static const char **cells_of(const struct closing *closing, const struct kind *kind,
                             const struct record *record) {
    size_t n = kind_field_count(kind);
    const char **cells = arena_alloc_array(closing->arena, n, sizeof *cells);
    if (record)
        memcpy(cells, record->values, n * sizeof *cells);
    return cells;
}

static void set(const struct kind *kind, const char **cells, const char *field, const char *value) {
    cells[kind_field_index(kind, field)] = value;
}

static void item_add(struct closing *closing, const struct kind *kind, const struct record *record,
                     const char **cells, const char *field) {
    list_add(closing->arena, &closing->also,
             (struct also_correct){kind, record ? record->id : NULL, cells});
    list_add(closing->arena, &closing->fields, field);
}

static void heading(struct closing *closing, const char *words) {
    text_add_format(&closing->minutes, "%s## %s\n\n", closing->minutes.length ? "\n" : "", words);
}

/* In one line, as it stands in a list. */
static const char *one_line(const struct closing *closing, const char *words) {
    return text_replace_char(closing->arena, words, '\n', ' ');
}

static const char *day_typed(const struct closing *closing, const char *typed) {
    const char *day = typed ? day_from_text(closing->arena, typed) : NULL;
    return day ? day : typed;
}

static void attendance_take(struct closing *closing) {
    const struct kind *kind = kind_find("attendance");
    const struct meeting *meeting = closing->wish->meeting;
    bool any = false;
    for (size_t i = 0; i < meeting->members.n; i++) {
        const struct meeting_member *member = &meeting->members.items[i];
        const char *presence = written(closing, MEETING_PRESENCE, member->key);
        const char *spoken = written(closing, MEETING_SPOKEN, member->key);
        if (!presence && !spoken)
            continue;
        presence = presence ? presence : "present"; /* whoever spoke was there */
        const char **cells = cells_of(closing, kind, member->attendance);
        set(kind, cells, "meeting", meeting->key);
        set(kind, cells, "person", member->key);
        set(kind, cells, "presence", presence);
        if (spoken)
            set(kind, cells, "minutes_spoken", spoken);
        item_add(closing, kind, member->attendance, cells,
                 arena_format(closing->arena, "%s%s", spoken ? MEETING_SPOKEN : MEETING_PRESENCE,
                              member->key));
        if (!any)
            heading(closing, "Who was there");
        any = true;
        text_add_format(&closing->minutes, "- %s: %s\n", member->name, presence);
    }
}

static const char *with_note(const struct closing *closing, const char *note, const char *words) {
    const char *said = arena_format(closing->arena, "%s: %s", closing->day, words);
    return note ? arena_format(closing->arena, "%s\n%s", note, said) : said;
}

static void action_change(struct closing *closing, const struct record *action,
                          const char *outcome) {
    const struct kind *kind = action->kind;
    const char **cells = cells_of(closing, kind, action);
    const char *until = written(closing, MEETING_UNTIL, action->id);
    const char *words = written(closing, MEETING_WORDS, action->id);
    set(kind, cells, "reported_back", closing->day);
    if (text_equal(outcome, "done")) {
        if (!record_value(action, "done"))
            set(kind, cells, "done", closing->day);
        if (record_value(action, "state"))
            set(kind, cells, "state", "done");
    } else if (text_equal(outcome, "dropped")) {
        set(kind, cells, "state", "dropped");
    } else if (until) {
        set(kind, cells, "due", day_typed(closing, until));
    }
    if (words)
        set(kind, cells, "note", with_note(closing, record_value(action, "note"), words));
    item_add(
        closing, kind, action, cells,
        arena_format(closing->arena, "%s%s", until ? MEETING_UNTIL : MEETING_OUTCOME, action->id));
    text_add_format(&closing->minutes, "- %s: %s", one_line(closing, record_value(action, "title")),
                    text_equal(outcome, "open") ? "still open" : outcome);
    if (until && text_equal(outcome, "open"))
        text_add_format(&closing->minutes, " until %s",
                        when_long(closing->arena, day_typed(closing, until)));
    text_add_format(&closing->minutes, ". %s\n", words ? one_line(closing, words) : "");
}

static void feedback_take(struct closing *closing) {
    const struct meeting *meeting = closing->wish->meeting;
    for (size_t i = 0; i < meeting->actions.n; i++) {
        const char *key = meeting->actions.items[i]->id;
        const char *outcome = written(closing, MEETING_OUTCOME, key);
        closing->open++;
        if (!outcome &&
            (written(closing, MEETING_WORDS, key) || written(closing, MEETING_UNTIL, key)))
            outcome = "open"; /* it was spoken of */
        if (!outcome)
            continue;
        if (!closing->heard++)
            heading(closing, MINUTES_EARLIER);
        action_change(closing, meeting->actions.items[i], outcome);
    }
}

static void decision_take(struct closing *closing, const struct record *decision, const char *title,
                          const char *field, bool *any) {
    const struct kind *kind = kind_find("decision");
    const char **cells = cells_of(closing, kind, decision);
    if (!decision)
        set(kind, cells, "title", title);
    else if (record_value(decision, "state"))
        set(kind, cells, "state", "taken");
    set(kind, cells, "taken", closing->day);
    set(kind, cells, "taken_by_team", closing->wish->meeting->team);
    item_add(closing, kind, decision, cells, field);
    if (!*any)
        heading(closing, "Decided");
    *any = true;
    text_add_format(&closing->minutes, "- %s\n", one_line(closing, title));
}

static void decisions_take(struct closing *closing) {
    const struct meeting *meeting = closing->wish->meeting;
    bool any = false;
    for (size_t i = 0; i < meeting->decisions.n; i++) {
        const struct record *decision = meeting->decisions.items[i];
        if (written(closing, MEETING_TAKEN, decision->id))
            decision_take(closing, decision, record_value(decision, "title"),
                          arena_format(closing->arena, MEETING_TAKEN "%s", decision->id), &any);
    }
    for (int i = 1; i <= MEETING_NEW_DECISIONS; i++) {
        const char *title = written_row(closing, MEETING_DECIDED, i);
        if (title)
            decision_take(closing, NULL, title, row_name(closing->arena, MEETING_DECIDED, i), &any);
    }
}

static enum err action_add(struct closing *closing, int row, const char *title) {
    const struct kind *kind = kind_find("action");
    const char **cells = cells_of(closing, kind, NULL), *name = NULL;
    const char *who = written_row(closing, MEETING_TO_DO_WHO, row);
    const char *when = day_typed(closing, written_row(closing, MEETING_TO_DO_WHEN, row));
    set(kind, cells, "title", title);
    set(kind, cells, "owner", who);
    set(kind, cells, "team", closing->wish->meeting->team);
    set(kind, cells, "meeting", closing->wish->meeting->key);
    set(kind, cells, "agreed", closing->day);
    set(kind, cells, "due", when);
    item_add(closing, kind, NULL, cells,
             row_name(closing->arena, when ? MEETING_TO_DO_WHEN : MEETING_TO_DO, row));
    enum err err = who ? meeting_person_name(&closing->around, who, &name) : OK;
    text_add_format(&closing->minutes, "- %s: %s", one_line(closing, title),
                    name ? name : "nobody yet");
    if (when)
        text_add_format(&closing->minutes, ", by %s", when_long(closing->arena, when));
    text_add_char(&closing->minutes, '\n');
    return err;
}

static enum err to_do_take(struct closing *closing) {
    enum err err = OK;
    bool any = false;
    for (int i = 1; !err && i <= MEETING_NEW_ACTIONS; i++) {
        const char *title = written_row(closing, MEETING_TO_DO, i);
        if (!title)
            continue;
        if (!any)
            heading(closing, MINUTES_NEW);
        any = true;
        err = action_add(closing, i, title);
    }
    return err;
}

static void notes_take(struct closing *closing) {
    const char *notes = written(closing, MEETING_NOTES, "");
    if (notes) {
        heading(closing, "Notes");
        text_add_format(&closing->minutes, "%s\n", notes);
    }
    if (!closing->minutes.length)
        text_add(&closing->minutes, "Nothing was written down.\n");
}

/* ---- closing ---- */

static void problems_take(const struct closing *closing, const struct corrected *corrected,
                          struct closed_meeting *out) {
    for (size_t i = 0; i < corrected->problems.n; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        const char *field = problem->item ? closing->fields.items[problem->item - 1] : NULL;
        list_add(closing->arena, &out->problems, (struct close_problem){field, problem->words});
    }
    if (!corrected->problems.n)
        list_add(closing->arena, &out->problems,
                 (struct close_problem){NULL, "Somebody else has just changed one of these "
                                              "records. Look at it again, and close it then."});
}

static enum err closing_save(struct closing *closing, struct closed_meeting *out) {
    const struct close_wish *wish = closing->wish;
    const struct record *record = wish->meeting->found.record;
    const struct kind *kind = record->kind;
    const char **cells = cells_of(closing, kind, record);
    struct corrected corrected;
    set(kind, cells, "state", "held");
    set(kind, cells, "minutes", text_typed(closing->arena, closing->minutes.bytes));
    if (closing->open)
        set(kind, cells, "actions_reviewed", closing->heard == closing->open ? "yes" : "no");
    const struct correction correction = {.programme = wish->programme,
                                          .kind = kind,
                                          .key = record->id,
                                          .cells = cells,
                                          .base = wish->programme->revision,
                                          .author = wish->author,
                                          .reason = "A meeting was held",
                                          .token = wish->token,
                                          .also = closing->also.items,
                                          .also_count = closing->also.n};
    enum err err = correct_record(closing->db, closing->arena, &correction, &corrected);
    if (err)
        return err;
    out->is_closed = corrected.as == CORRECT_SAVED || corrected.as == CORRECT_SAME ||
                     corrected.as == CORRECT_KNOWN;
    if (out->is_closed)
        return meeting_draft_remove(closing->db, wish->programme, wish->meeting->found.id);
    problems_take(closing, &corrected, out);
    return OK;
}

enum err meeting_close(struct db *db, struct arena *arena, const struct close_wish *wish,
                       struct closed_meeting *out) {
    struct closing closing = {.db = db,
                              .arena = arena,
                              .wish = wish,
                              .around = around_new(db, arena, wish->programme),
                              .day = wish->meeting->when,
                              .minutes = text_new(arena)};
    *out = (struct closed_meeting){0};
    if (!closing.day || !day_valid(closing.day))
        closing.day = wish->today;
    if (strcmp(closing.day, wish->today) > 0) {
        list_add(arena, &out->problems,
                 (struct close_problem){NULL, "Its day is still to come. What you wrote is kept: "
                                              "close it on the day, or correct the day."});
        return OK;
    }
    attendance_take(&closing);
    feedback_take(&closing);
    decisions_take(&closing);
    enum err err = to_do_take(&closing);
    notes_take(&closing);
    return err ? err : closing_save(&closing, out);
}
