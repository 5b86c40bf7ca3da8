/* Meetings: the list, planning one, and the page of one: its agenda before, its minutes after. */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "meetings/close.h"
#include "meetings/markdown.h"
#include "meetings/meetings.h"
#include "meetings/views.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler meetings_show, meeting_plan_show, meeting_add_do, meeting_show, meeting_agenda_do;

static const char *meeting_url(const struct request *request, const char *key) {
    return url_to(request->arena, ROUTE_meeting, request->visitor.programme.key, key);
}

static const char *meetings_url(const struct request *request) {
    return url_to(request->arena, ROUTE_meetings, request->visitor.programme.key);
}

static bool may_write(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_CORRECT);
}

static const char *token_made(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static bool is_saved(const struct corrected *corrected) {
    return corrected->as == CORRECT_SAVED || corrected->as == CORRECT_SAME ||
           corrected->as == CORRECT_KNOWN;
}

/* ---- the list ---- */

/* The next one first. */
static void coming_turn(struct meeting_entries *entries) {
    for (size_t i = 0, n = entries->list.n; i < n / 2; i++) {
        const struct meeting_entry entry = entries->list.items[i];
        entries->list.items[i] = entries->list.items[n - 1 - i];
        entries->list.items[n - 1 - i] = entry;
    }
}

/* For whoever can call it off. */
static enum err orphans_fill(struct request *request, struct meetings_view *view) {
    struct arena *arena = request->arena;
    struct orphans orphans = {0};
    enum err err = may_write(request)
                       ? meetings_orphans(request->db, arena, &request->visitor.programme,
                                          request->today, &orphans)
                       : OK;
    for (size_t i = 0; i < orphans.list.n; i++) {
        const struct orphan *orphan = &orphans.list.items[i];
        const char *words = arena_format(
            arena,
            "A meeting on %s was taken out of the records, and %lld %s it in their calendar.",
            when_long(arena, orphan->day), (long long)orphan->people,
            orphan->people == 1 ? "person has" : "people have");
        list_add(
            arena, &view->orphans,
            (struct meeting_orphan){words, url_to(arena, ROUTE_invitations,
                                                  request->visitor.programme.key, orphan->key)});
    }
    return err;
}

/* "3 March 2027, 14:30 to 16:00, Board". */
static const char *line_title(struct arena *arena, const struct meeting_line *line) {
    const char *day = when_long(arena, line->when);
    if (line->starts && line->ends)
        return arena_format(arena, "%s, %s to %s, %s", day, line->starts, line->ends, line->team);
    return line->starts ? arena_format(arena, "%s, %s, %s", day, line->starts, line->team)
                        : arena_format(arena, "%s, %s", day, line->team);
}

enum err meetings_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct meeting_lines lines;
    struct text body = text_new(arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err =
        meetings_read(request->db, arena, &request->visitor.programme, request->today, &lines);
    struct meetings_view view = {
        .plan_url = may_write(request)
                        ? url_to(arena, ROUTE_meeting_plan, request->visitor.programme.key)
                        : NULL};
    for (size_t i = 0; i < lines.list.n; i++) {
        const struct meeting_line *line = &lines.list.items[i];
        bool is_planned = text_equal(line->state, "planned");
        list_add(
            arena, is_planned ? &view.coming.list : &view.held.list,
            (struct meeting_entry){.title = line_title(arena, line),
                                   .url = meeting_url(request, line->key),
                                   .state = text_equal(line->state, "cancelled") ? "cancelled"
                                            : is_planned && when_is_past(line->when, request->today)
                                                ? "its day is past: close it, or correct the day"
                                                : NULL});
    }
    coming_turn(&view.coming);
    if (!err)
        err = orphans_fill(request, &view);
    template_meetings(&body, &view);
    layout_page(request, response, "Meetings", &body);
    return err;
}

/* ---- planning one ---- */

static enum err teams_fill(struct request *request, const char *chosen,
                           struct meeting_options *out) {
    enum { MOST = 10000 };
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_list teams = {0};
    enum err err = around_kind(&around, kind_find("team"), 0, MOST, &teams);
    for (size_t i = 0; !err && i < teams.list.n; i++) {
        const struct record *team = teams.list.items[i];
        const char *name = record_value(team, "name");
        if (!when_is_past(record_value(team, "until"), request->today))
            list_add(request->arena, &out->list,
                     (struct meeting_option){.value = team->id,
                                             .label = name ? name : team->id,
                                             .is_chosen = chosen && text_equal(chosen, team->id)});
    }
    return err;
}

static enum err plan_put(struct request *request, struct response *response,
                         struct plan_view *view) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    enum err err = teams_fill(request, request_filled(request, "team"), &view->teams);
    view->form_token = layout_form_token(request);
    view->token = token_made(arena);
    view->url = url_to(arena, ROUTE_meeting_add, request->visitor.programme.key);
    view->all_url = meetings_url(request);
    form_fault_add(arena, &view->faults, NULL, view->other_error);
    form_fault_add(arena, &view->faults, "team", view->team_error);
    form_fault_add(arena, &view->faults, "day", view->day_error);
    form_fault_add(arena, &view->faults, "starts", view->starts_error);
    form_fault_add(arena, &view->faults, "ends", view->ends_error);
    template_meeting_plan(&body, view);
    layout_page(request, response, "Plan a meeting", &body);
    return err;
}

enum err meeting_plan_show(struct request *request, struct response *response) {
    struct plan_view view = {0};
    return plan_put(request, response, &view);
}

/* What was typed as a time of day, as it is kept; NULL if nothing was, or with an error. */
static const char *clock_typed(const struct request *request, const char *name,
                               const char **error) {
    const char *typed = request_filled(request, name);
    char *clock = arena_alloc(request->arena, CLOCK_SIZE);
    if (!typed || clock_parse(typed, clock))
        return typed ? clock : NULL;
    *error = "This is no time of day: " CLOCK_ADVICE;
    return NULL;
}

/* When it begins and ends, as far as anybody says so. */
static void times_check(const struct request *request, struct plan_view *view, const char **starts,
                        const char **ends) {
    *starts = clock_typed(request, "starts", &view->starts_error);
    *ends = clock_typed(request, "ends", &view->ends_error);
    if (*ends && !*starts && !view->starts_error)
        view->starts_error = "Say when it begins, too";
    else if (*ends && *starts && strcmp(*ends, *starts) <= 0)
        view->ends_error = "It would end before it begins";
}

struct plan {
    const char *team, *day, *starts, *ends; /* the times may be NULL */
};

static enum err plan_write(const struct request *request, const struct plan *plan,
                           struct corrected *out) {
    const struct kind *kind = kind_find("meeting");
    const char **cells = arena_alloc_array(request->arena, kind_field_count(kind), sizeof *cells);
    cells[kind_field_index(kind, "key")] = NULL;
    cells[kind_field_index(kind, "team")] = plan->team;
    cells[kind_field_index(kind, "held_on")] = plan->day;
    cells[kind_field_index(kind, "starts")] = plan->starts;
    cells[kind_field_index(kind, "ends")] = plan->ends;
    cells[kind_field_index(kind, "place")] = request_filled(request, "place");
    cells[kind_field_index(kind, "state")] = "planned";
    cells[kind_field_index(kind, "agenda")] =
        text_typed(request->arena, request_field(request, "agenda"));
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "A meeting was planned",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, request->arena, &correction, out);
}

enum err meeting_add_do(struct request *request, struct response *response) {
    struct corrected corrected = {0};
    const char *typed = request_filled(request, "day");
    struct plan plan = {.team = request_filled(request, "team"),
                        .day = typed ? day_from_text(request->arena, typed) : NULL};
    struct plan_view view = {.day = request_field(request, "day"),
                             .starts = request_field(request, "starts"),
                             .ends = request_field(request, "ends"),
                             .place = request_field(request, "place"),
                             .agenda = request_field(request, "agenda"),
                             .team_error = plan.team ? NULL : "Choose which team meets",
                             .day_error =
                                 plan.day ? NULL : "Say on which day: for example 31 March 2027"};
    enum err err = OK;
    times_check(request, &view, &plan.starts, &plan.ends);
    if (plan.team && plan.day && !view.starts_error && !view.ends_error) {
        err = plan_write(request, &plan, &corrected);
        if (!err && is_saved(&corrected) && corrected.key) {
            response_see_other(response, arena_format(request->arena, "%s?planned=1",
                                                      meeting_url(request, corrected.key)));
            return OK;
        }
        view.other_error = corrected.problems.n ? corrected.problems.items[0].words
                                                : "The records do not allow this";
    }
    if (!err)
        err = plan_put(request, response, &view);
    response->status = STATUS_BAD_REQUEST;
    return err;
}

/* ---- one ---- */

/* "31 March 2027, 14:30 to 16:00" */
static const char *when_words(struct arena *arena, const struct meeting *meeting) {
    const char *starts = record_value(meeting->found.record, "starts");
    const char *ends = record_value(meeting->found.record, "ends");
    return arena_format(arena, "%s%s%s%s%s", when_long(arena, meeting->when), starts ? ", " : "",
                        starts ? starts : "", starts && ends ? " to " : "",
                        starts && ends ? ends : "");
}

static void meeting_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This meeting is not here",
                   "Somebody has taken it out. Under Meetings you find what there is.");
}

static void actions_fill(const struct request *request, const struct seen *seen,
                         const struct meeting *meeting, struct meeting_view *view) {
    struct arena *arena = request->arena;
    view->reads_actions = role_may(request->visitor.role, PERMISSION_SEE_RECORDS);
    for (size_t i = 0; view->reads_actions && i < meeting->actions.n; i++) {
        const struct record *action = meeting->actions.items[i];
        const char *owner = record_value(action, "owner"), *due = record_value(action, "due");
        bool is_open = meeting_action_is_open(action),
             is_late = is_open && when_is_past(due, request->today);
        list_add(arena, &view->actions.list,
                 (struct agenda_line){
                     .title = record_value(action, "title"),
                     .url = record_url(request, action->kind, action->id),
                     .more = arena_format(arena, "%s%s%s", owner ? name_of(seen, owner) : "nobody",
                                          due ? ", by " : "", due ? when_long(arena, due) : ""),
                     .state = is_late   ? "Overdue"
                              : is_open ? "Open"
                              : text_equal(record_value(action, "state"), "dropped")
                                  ? "Dropped, not heard yet"
                                  : "Done, not heard yet",
                     .colour = is_late   ? "orange"
                               : is_open ? "blue"
                                         : "green"});
    }
}

static void decisions_fill(const struct request *request, const struct meeting *meeting,
                           struct meeting_view *view) {
    bool may_read = role_may(request->visitor.role, PERMISSION_SEE_RECORDS);
    for (size_t i = 0; i < meeting->decisions.n; i++) {
        const struct record *decision = meeting->decisions.items[i];
        const char *due = record_value(decision, "due");
        bool is_late = when_is_past(due, request->today);
        list_add(request->arena, &view->decisions.list,
                 (struct agenda_line){
                     .title = record_value(decision, "title"),
                     .url = may_read ? record_url(request, decision->kind, decision->id) : NULL,
                     .more = due ? arena_format(request->arena, "needed by %s",
                                                when_long(request->arena, due))
                                 : NULL,
                     .state = is_late ? "Overdue" : NULL,
                     .colour = "orange"});
    }
}

static bool finding_is_about(const struct shown_finding *finding, const char *team) {
    for (size_t i = 0; i < finding->records.n; i++)
        if (text_equal(finding->records.items[i].kind, "team") &&
            text_equal(finding->records.items[i].key, team))
            return true;
    return false;
}

/* Only what everybody who sits there may read: what was shared, even where a lead knows more. */
static enum err findings_fill(struct request *request, const struct seen *seen,
                              const struct meeting *meeting, struct meeting_view *view) {
    struct shown shared;
    enum err err =
        shown_read(request->db, request->arena, &request->visitor.programme, false, &shared);
    for (size_t i = 0; !err && i < shared.findings.n; i++) {
        const struct shown_finding *finding = &shared.findings.items[i];
        const struct kept_finding *kept = seen_kept(seen, finding->id);
        if (finding->is_private || !kept || is_at_rest(kept) ||
            !finding_is_about(finding, meeting->team))
            continue;
        const struct finding_line line = finding_line_of(request, seen, finding);
        list_add(request->arena, &view->findings.list,
                 (struct agenda_line){.title = line.title, .url = line.url});
    }
    return err;
}

static const char *said_of(const struct request *request) {
    return request_query(request, "planned") ? "It is planned, and stands on everybody's Home page."
           : request_query(request, "changed") ? "The items are saved."
           : request_query(request, "closed")
               ? "The meeting is closed, and all of it stands in the records."
               : NULL;
}

static void minutes_fill(const struct request *request, const struct meeting *meeting,
                         struct meeting_view *view) {
    const char *minutes = record_value(meeting->found.record, "minutes");
    view->reads_actions = role_may(request->visitor.role, PERMISSION_SEE_RECORDS);
    if (!view->reads_actions)
        minutes = minutes_without_actions(request->arena, minutes);
    view->minutes = (struct html){markdown_html(request->arena, minutes)};
    view->letter = arena_format(request->arena, "%s, %s\n%s%s\n\n%s", view->title, view->when,
                                request->site->address ? request->site->address : "",
                                meeting_url(request, meeting->key), minutes);
}

static enum err agenda_fill(struct request *request, const struct meeting *meeting,
                            struct meeting_view *view) {
    struct seen seen;
    enum err err = seen_read(request, &seen);
    if (!err)
        err = seen_people_read(request, &seen);
    if (!err)
        err = findings_fill(request, &seen, meeting, view);
    actions_fill(request, &seen, meeting, view);
    decisions_fill(request, meeting, view);
    view->items = meeting->items;
    view->agenda = text_typed(request->arena, record_value(meeting->found.record, "agenda"));
    return err;
}

enum err meeting_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    struct meeting meeting;
    struct text body = text_new(arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = meeting_read(request->db, arena, &request->visitor.programme, request->values[1],
                                request->today, &meeting);
    if (err || !meeting.found.record) {
        meeting_gone(request, response);
        return err;
    }
    bool writes = may_write(request) && !meeting.is_closed;
    struct meeting_view view = {
        .title = meeting.team_name,
        .when = when_words(arena, &meeting),
        .place = record_value(meeting.found.record, "place"),
        .all_url = meetings_url(request),
        .said = said_of(request),
        .is_closed = meeting.is_closed,
        .form_token = layout_form_token(request),
        .token = token_made(arena),
        .write_url = writes ? url_to(arena, ROUTE_meeting_hold, programme, meeting.key) : NULL,
        .invite_url = writes ? url_to(arena, ROUTE_invitations, programme, meeting.key) : NULL,
        .agenda_url = writes ? url_to(arena, ROUTE_meeting_agenda, programme, meeting.key) : NULL,
        .record_url = role_may(request->visitor.role, PERMISSION_SEE_RECORDS)
                          ? record_url(request, kind_find("meeting"), meeting.key)
                          : NULL,
    };
    if (meeting.is_closed)
        minutes_fill(request, &meeting, &view);
    else
        err = agenda_fill(request, &meeting, &view);
    template_meeting(&body, &view);
    layout_page(request, response, view.title, &body);
    return err;
}

/* ---- the agenda's own items ---- */

struct agenda_change {
    struct request *request;
    const struct record *record;
    const char *was, *mine, *theirs; /* as it was seen, is typed, and stands now; NULL: empty */
};

static enum err agenda_save(const struct agenda_change *change, const char *agenda,
                            struct corrected *out) {
    const struct request *request = change->request;
    const struct kind *kind = change->record->kind;
    size_t n = kind_field_count(kind);
    const char **cells = arena_alloc_array(request->arena, n, sizeof *cells);
    memcpy(cells, change->record->values, n * sizeof *cells);
    cells[kind_field_index(kind, "agenda")] = agenda;
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .key = change->record->id,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "The agenda was changed",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, request->arena, &correction, out);
}

/* Theirs, then those of mine that are not among them. */
static const char *agenda_both(const struct agenda_change *change) {
    struct arena *arena = change->request->arena;
    struct text both = text_new(arena);
    struct names there = {0};
    const char *item;
    for (int i = 0; i < 2; i++)
        for (const char *rest = i ? change->mine : change->theirs;
             rest && (item = text_next_piece(arena, &rest, '\n'));)
            if (!names_contain(&there, item)) {
                list_add(arena, &there.list, item);
                text_add_format(&both, "%s\n", item);
            }
    return both.length ? both.bytes : "";
}

/* Two changed the items at once: both versions, to choose from. */
static void agenda_ask(const struct agenda_change *change, struct response *response) {
    const struct request *request = change->request;
    struct text body = text_new(request->arena);
    const struct agenda_view view = {.form_token = layout_form_token(request),
                                     .url =
                                         url_to(request->arena, ROUTE_meeting_agenda,
                                                request->visitor.programme.key, change->record->id),
                                     .meeting_url = meeting_url(request, change->record->id),
                                     .token = token_made(request->arena),
                                     .theirs = change->theirs,
                                     .mine = change->mine,
                                     .both = agenda_both(change)};
    template_agenda_both(&body, &view);
    layout_page(request, response, "Somebody else changed these items", &body);
    response->status = STATUS_CONFLICT;
}

static void agenda_late(const struct agenda_change *change, struct response *response) {
    const struct request *request = change->request;
    layout_message_with(
        request, response, STATUS_CONFLICT, "The meeting was closed meanwhile",
        arena_format(request->arena, "Its agenda is not changed any more. What you had: %s",
                     change->mine ? text_replace_char(request->arena, change->mine, '\n', ';')
                                  : "nothing"),
        (struct layout_link){"Read the minutes", meeting_url(request, change->record->id)});
}

enum err meeting_agenda_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_found found = {0};
    struct corrected corrected = {0};
    bool is_known = false;
    /* What stands there now is compared and written by one after the other. */
    enum err err = programme_lock(request->db, arena, &request->visitor.programme);
    if (!err)
        err = around_record(&around, kind_find("meeting"), request->values[1], &found);
    if (err || !found.record) {
        meeting_gone(request, response);
        return err;
    }
    const struct agenda_change change = {
        request, found.record, text_typed(arena, request_field(request, "was")),
        text_typed(arena, request_field(request, "agenda")), record_value(found.record, "agenda")};
    err = correct_is_known(request->db, &request->visitor.programme,
                           request_filled(request, "token"), &is_known);
    if (!err && !is_known && record_value(found.record, "minutes")) {
        agenda_late(&change, response);
        return OK;
    }
    if (!err && !is_known && !text_equal(change.was, change.theirs) &&
        !text_equal(change.mine, change.theirs)) {
        agenda_ask(&change, response);
        return OK;
    }
    if (!err && !is_known)
        err = agenda_save(&change, change.mine, &corrected);
    if (!err && (is_known || is_saved(&corrected)))
        response_see_other(
            response, arena_format(arena, "%s?changed=1", meeting_url(request, found.record->id)));
    else if (!err)
        layout_message(request, response, STATUS_CONFLICT, "Nothing was changed",
                       corrected.problems.n ? corrected.problems.items[0].words
                                            : "Somebody else has just changed it. Open it again.");
    return err;
}
