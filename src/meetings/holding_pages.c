/* Holding a meeting: one form, saved while it goes on, and closed at the end. */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "meetings/close.h"
#include "meetings/views.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler meeting_hold_show, meeting_save_do;

/* The form as it comes back: what somebody typed, and what stands against it. */
struct holding {
    struct request *request;
    struct meeting meeting;
    struct meeting_draft draft;
    struct seen seen;
    struct index instead; /* by field: what somebody else wrote there since (const char *) */
    struct closed_meeting closed;
};

static enum err holding_read(struct request *request, struct holding *out) {
    *out = (struct holding){.request = request};
    enum err err = meeting_read(request->db, request->arena, &request->visitor.programme,
                                request->values[1], request->today, &out->meeting);
    if (!err && out->meeting.found.record)
        err = meeting_draft_read(request->db, request->arena, &request->visitor.programme,
                                 out->meeting.found.id, &out->draft);
    return err;
}

/* Where it is closed already, its minutes are the answer. */
static bool holding_is_over(const struct holding *holding, struct response *response) {
    const struct request *request = holding->request;
    if (!holding->meeting.found.record)
        layout_message(request, response, STATUS_NOT_FOUND, "This meeting is not here",
                       "Somebody has taken it out. Under Meetings you find what there is.");
    else if (holding->meeting.is_closed)
        response_see_other(response, url_to(request->arena, ROUTE_meeting,
                                            request->visitor.programme.key, holding->meeting.key));
    else
        return false;
    return true;
}

/* ---- the page ---- */

/* What stands in a field; NULL if nothing. Where two wrote at once, what this one typed; all else
 * is kept already, and shown as it is kept, with what others wrote. */
static const char *value_of(const struct holding *holding, const char *what, const char *key) {
    const char *field = arena_format(holding->request->arena, "%s%s", what, key);
    const char *value = index_find(&holding->instead, field)
                            ? request_field(holding->request, field)
                            : meeting_draft_value(&holding->draft, field, holding->draft.version);
    return value && *value ? value : NULL;
}

/* What a field's value is called; the first word of each field's name tells what it is. */
static const char *value_words(const struct holding *holding, const char *field,
                               const char *value) {
    static const char *const words[][2] = {{"present", "Present"}, {"apologies", "Sent apologies"},
                                           {"absent", "Absent"},   {"done", "Done"},
                                           {"open", "Still open"}, {"dropped", "Dropped"},
                                           {"taken", "Decided"}};
    bool is_choice = text_starts_with(field, MEETING_PRESENCE) ||
                     text_starts_with(field, MEETING_OUTCOME) ||
                     text_starts_with(field, MEETING_TAKEN);
    if (!value || !*value)
        return "nothing";
    if (text_starts_with(field, MEETING_TO_DO_WHO))
        return name_of(&holding->seen, value);
    for (size_t i = 0; is_choice && i < sizeof words / sizeof *words; i++)
        if (text_equal(words[i][0], value))
            return words[i][1];
    return value;
}

static const char *field_words(const char *field) {
    static const char *const words[][2] = {
        {MEETING_PRESENCE, "Presence"},       {MEETING_SPOKEN, "Minutes spoken"},
        {MEETING_OUTCOME, "Where it stands"}, {MEETING_UNTIL, "Until when"},
        {MEETING_WORDS, "What was said"},     {MEETING_TAKEN, "Whether it is decided"},
        {MEETING_DECIDED, "The decision"},    {MEETING_TO_DO, "What is to be done"},
        {MEETING_TO_DO_WHO, "Who does it"},   {MEETING_TO_DO_WHEN, "By when"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts_with(field, words[i][0]))
            return words[i][1];
    return "Notes";
}

/* Of these fields, each in which somebody else wrote since, with both versions. */
static struct other_notes notes_of(const struct holding *holding, const char *const *what,
                                   const char *key) {
    struct arena *arena = holding->request->arena;
    struct other_notes out = {0};
    for (; *what; what++) {
        const char *field = arena_format(arena, "%s%s", *what, key);
        const char *now = index_find(&holding->instead, field);
        if (now)
            list_add(
                arena, &out.list,
                (struct other_note){
                    .field = field,
                    .id = text_replace_char(arena, field, ':', '-'),
                    .what = field_words(field),
                    .theirs = value_words(holding, field, now),
                    .yours = value_words(holding, field,
                                         text_typed(arena, request_field(holding->request, field))),
                    .can_both = text_equal(field, MEETING_NOTES)});
    }
    return out;
}

static const char *error_of(const struct holding *holding, const char *const *what,
                            const char *key) {
    for (; *what; what++)
        for (size_t i = 0; i < holding->closed.problems.n; i++) {
            const struct close_problem *problem = &holding->closed.problems.items[i];
            if (problem->field && text_equal(problem->field, arena_format(holding->request->arena,
                                                                          "%s%s", *what, key)))
                return problem->words;
        }
    return NULL;
}

static struct meeting_options options_of(struct arena *arena, const char *const (*choices)[2],
                                         const char *chosen) {
    struct meeting_options out = {0};
    for (; (*choices)[0]; choices++)
        list_add(arena, &out.list,
                 (struct meeting_option){(*choices)[0], (*choices)[1],
                                         chosen && text_equal(chosen, (*choices)[0])});
    return out;
}

static void members_fill(const struct holding *holding, struct holding_view *view) {
    static const char *const presences[][2] = {{"present", "Present"},
                                               {"apologies", "Sent apologies"},
                                               {"absent", "Absent"},
                                               {NULL, NULL}};
    static const char *const what[] = {MEETING_PRESENCE, MEETING_SPOKEN, NULL};
    struct arena *arena = holding->request->arena;
    for (size_t i = 0; i < holding->meeting.members.n; i++) {
        const struct meeting_member *member = &holding->meeting.members.items[i];
        list_add(arena, &view->members,
                 (struct presence_view){
                     .key = member->key,
                     .name = member->name,
                     .spoken = value_of(holding, MEETING_SPOKEN, member->key),
                     .notes = notes_of(holding, what, member->key),
                     .error = error_of(holding, what, member->key),
                     .presence = options_of(arena, presences,
                                            value_of(holding, MEETING_PRESENCE, member->key))});
    }
}

static void actions_fill(const struct holding *holding, struct holding_view *view) {
    static const char *const outcomes[][2] = {
        {"done", "Done"}, {"open", "Still open"}, {"dropped", "Dropped"}, {NULL, NULL}};
    static const char *const what[] = {MEETING_OUTCOME, MEETING_UNTIL, MEETING_WORDS, NULL};
    struct arena *arena = holding->request->arena;
    for (size_t i = 0; i < holding->meeting.actions.n; i++) {
        const struct record *action = holding->meeting.actions.items[i];
        const char *owner = record_value(action, "owner"), *due = record_value(action, "due");
        bool is_open = meeting_action_is_open(action);
        list_add(arena, &view->actions,
                 (struct feedback_view){
                     .key = action->id,
                     .title = record_value(action, "title"),
                     .more = arena_format(arena, "%s%s%s%s",
                                          owner ? name_of(&holding->seen, owner) : "nobody yet",
                                          due ? ", by " : "", due ? when_long(arena, due) : "",
                                          !is_open                                     ? "; done"
                                          : when_is_past(due, holding->request->today) ? "; overdue"
                                                                                       : ""),
                     .until = value_of(holding, MEETING_UNTIL, action->id),
                     .words = value_of(holding, MEETING_WORDS, action->id),
                     .notes = notes_of(holding, what, action->id),
                     .error = error_of(holding, what, action->id),
                     .outcome = options_of(arena, outcomes,
                                           value_of(holding, MEETING_OUTCOME, action->id))});
    }
}

static void decisions_fill(const struct holding *holding, struct holding_view *view) {
    static const char *const taken[] = {MEETING_TAKEN, NULL}, *const decided[] = {MEETING_DECIDED,
                                                                                  NULL};
    struct arena *arena = holding->request->arena;
    for (size_t i = 0; i < holding->meeting.decisions.n; i++) {
        const struct record *decision = holding->meeting.decisions.items[i];
        const char *due = record_value(decision, "due");
        list_add(
            arena, &view->decisions,
            (struct taken_view){
                .key = decision->id,
                .title = record_value(decision, "title"),
                .more = due ? arena_format(arena, "needed by %s", when_long(arena, due)) : NULL,
                .notes = notes_of(holding, taken, decision->id),
                .error = error_of(holding, taken, decision->id),
                .is_taken = value_of(holding, MEETING_TAKEN, decision->id)});
    }
    for (int row = 1; row <= MEETING_NEW_DECISIONS; row++) {
        const char *key = arena_format(arena, "%d", row);
        list_add(arena, &view->decided,
                 (struct decided_view){.row = row,
                                       .title = value_of(holding, MEETING_DECIDED, key),
                                       .notes = notes_of(holding, decided, key),
                                       .error = error_of(holding, decided, key)});
    }
}

static void to_do_fill(const struct holding *holding, struct holding_view *view) {
    static const char *const what[] = {MEETING_TO_DO, MEETING_TO_DO_WHO, MEETING_TO_DO_WHEN, NULL};
    struct arena *arena = holding->request->arena;
    for (int row = 1; row <= MEETING_NEW_ACTIONS; row++) {
        const char *key = arena_format(arena, "%d", row);
        list_add(arena, &view->to_do,
                 (struct to_do_view){
                     .row = row,
                     .what = value_of(holding, MEETING_TO_DO, key),
                     .when = value_of(holding, MEETING_TO_DO_WHEN, key),
                     .notes = notes_of(holding, what, key),
                     .error = error_of(holding, what, key),
                     .people = people_choices(holding->request, &holding->seen,
                                              value_of(holding, MEETING_TO_DO_WHO, key))});
    }
}

static void faults_fill(const struct holding *holding, struct holding_view *view) {
    struct arena *arena = holding->request->arena;
    view->is_conflict = holding->instead.n;
    if (view->is_conflict)
        form_fault_add(
            arena, &view->faults, NULL,
            "Look where it is marked, choose yours or theirs, and save again. All else that you "
            "wrote is saved.");
    const struct names fields = meeting_fields(arena, &holding->meeting);
    for (size_t i = 0; view->is_conflict && i < fields.list.n; i++)
        if (index_find(&holding->instead, fields.list.items[i]))
            form_fault_add(arena, &view->faults,
                           arena_format(arena, "both-%s",
                                        text_replace_char(arena, fields.list.items[i], ':', '-')),
                           field_words(fields.list.items[i]));
    for (size_t i = 0; i < holding->closed.problems.n; i++) {
        const struct close_problem *problem = &holding->closed.problems.items[i];
        /* Its id has no colon. */
        form_fault_add(arena, &view->faults,
                       problem->field ? text_replace_char(arena, problem->field, ':', '-') : NULL,
                       problem->words);
    }
}

static enum err page_put(struct holding *holding, struct response *response) {
    static const char *const notes[] = {MEETING_NOTES, NULL};
    struct request *request = holding->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key, *key = holding->meeting.key;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct text body = text_new(arena);
    token_new(token);
    enum err err = visitor_records(request->db, arena, &request->visitor, &holding->seen.records);
    if (!err)
        err = seen_people_read(request, &holding->seen);
    struct holding_view view = {
        .form_token = layout_form_token(request),
        .title = arena_format(arena, "%s, %s", holding->meeting.team_name,
                              when_long(arena, holding->meeting.when)),
        .url = url_to(arena, ROUTE_meeting_save, programme, key),
        .back_url = url_to(arena, ROUTE_meeting, programme, key),
        .token = token,
        .base = arena_format(arena, "%lld", (long long)holding->draft.version),
        .said = request_query(request, "saved") ? "Saved. Go on writing; close the meeting at its "
                                                  "end."
                                                : NULL,
        .items = holding->meeting.items,
        .notes = value_of(holding, MEETING_NOTES, ""),
        .notes_notes = notes_of(holding, notes, ""),
    };
    members_fill(holding, &view);
    actions_fill(holding, &view);
    decisions_fill(holding, &view);
    to_do_fill(holding, &view);
    faults_fill(holding, &view);
    template_holding(&body, &view);
    layout_page(request, response, "Hold the meeting", &body);
    return err;
}

enum err meeting_hold_show(struct request *request, struct response *response) {
    struct holding holding;
    enum err err = holding_read(request, &holding);
    if (err || holding_is_over(&holding, response))
        return err;
    return page_put(&holding, response);
}

/* ---- saving ---- */

/* Where two wrote at once, the second has seen both, and chooses. */
static const char *value_chosen(const struct holding *holding, const char *field, const char *typed,
                                int64_t base) {
    struct arena *arena = holding->request->arena;
    const char *wish = request_field(holding->request, arena_format(arena, "keep:%s", field));
    const char *theirs = meeting_draft_value(&holding->draft, field, base);
    if (wish && text_equal(wish, "theirs"))
        return theirs;
    if (wish && text_equal(wish, "both") && *theirs)
        return typed ? arena_format(arena, "%s\n\n%s", theirs, typed) : theirs;
    return typed;
}

/* Keeps what is new of what was sent, and notes where somebody else was first. */
static enum err draft_save(struct holding *holding) {
    struct request *request = holding->request;
    const struct names fields = meeting_fields(request->arena, &holding->meeting);
    const char *sent = request_field(request, "base");
    int64_t base = sent ? strtoll(sent, NULL, 10) : 0;
    enum err err = OK;
    for (size_t i = 0; !err && i < fields.list.n; i++) {
        const char *field = fields.list.items[i], *instead;
        const char *value = text_typed(request->arena, request_field(request, field));
        value = value_chosen(holding, field, value, base);
        err = meeting_draft_put(request->db, &request->visitor.programme, holding->meeting.found.id,
                                &holding->draft, base, field, value ? value : "", &instead);
        if (!err && instead)
            index_add(request->arena, &holding->instead, field, (void *)instead);
    }
    if (!err)
        err = meeting_draft_read(request->db, request->arena, &request->visitor.programme,
                                 holding->meeting.found.id, &holding->draft);
    return err;
}

static enum err close_try(struct holding *holding) {
    struct request *request = holding->request;
    const struct close_wish wish = {.programme = &request->visitor.programme,
                                    .meeting = &holding->meeting,
                                    .draft = &holding->draft,
                                    .today = request->today,
                                    .author = request->visitor.name,
                                    .token = request_filled(request, "token")};
    return meeting_close(request->db, request->arena, &wish, &holding->closed);
}

static enum err page_again(struct holding *holding, struct response *response, enum status status) {
    enum err err = page_put(holding, response);
    response->status = status;
    return err;
}

/* Somebody else has closed it while they wrote: what they had is given back, not dropped. */
static enum err late_put(struct holding *holding, struct response *response) {
    struct request *request = holding->request;
    struct arena *arena = request->arena;
    struct text typed = text_new(arena), body = text_new(arena);
    bool is_own = false;
    enum err err = correct_is_known(request->db, &request->visitor.programme,
                                    request_filled(request, "token"), &is_own);
    if (!err && !is_own)
        err = seen_people_read(request, &holding->seen);
    for (size_t i = 0; !is_own && i < request->form.list.n; i++) {
        const char *field = request->form.list.items[i].name;
        const char *value = text_typed(arena, request->form.list.items[i].value);
        const char *about = strchr(field, ':');
        bool is_written =
            about ? !text_starts_with(field, "keep:") : text_equal(field, MEETING_NOTES);
        if (value && is_written)
            text_add_format(&typed, "%s%s%s%s: %s\n", field_words(field), about ? " (" : "",
                            about ? name_of(&holding->seen, about + 1) : "", about ? ")" : "",
                            value_words(holding, field, value));
    }
    if (err || !typed.length) {
        holding_is_over(holding, response);
        return err;
    }
    template_holding_late(
        &body, url_to(arena, ROUTE_meeting, request->visitor.programme.key, holding->meeting.key),
        typed.bytes);
    layout_page(request, response, "The meeting was closed meanwhile", &body);
    response->status = STATUS_CONFLICT;
    return OK;
}

enum err meeting_save_do(struct request *request, struct response *response) {
    struct holding holding;
    const char *wished = request_field(request, "do");
    bool closes = wished && text_equal(wished, "close");
    struct programme locked = request->visitor.programme;
    /* Two who save at the same moment do so one after the other. */
    enum err err = programme_lock(request->db, request->arena, &locked);
    if (!err)
        err = holding_read(request, &holding);
    if (!err && holding.meeting.found.record && holding.meeting.is_closed)
        return late_put(&holding, response);
    if (err || holding_is_over(&holding, response))
        return err;
    err = draft_save(&holding);
    if (!err && holding.instead.n)
        return page_again(&holding, response, STATUS_CONFLICT);
    if (!err && closes)
        err = close_try(&holding);
    if (!err && closes && !holding.closed.is_closed)
        return page_again(&holding, response, STATUS_BAD_REQUEST);
    if (!err)
        response_see_other(
            response,
            closes ? arena_format(request->arena, "%s?closed=1",
                                  url_to(request->arena, ROUTE_meeting,
                                         request->visitor.programme.key, holding.meeting.key))
                   : arena_format(request->arena, "%s?saved=1",
                                  url_to(request->arena, ROUTE_meeting_hold,
                                         request->visitor.programme.key, holding.meeting.key)));
    return err;
}
