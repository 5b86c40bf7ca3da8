/* The page of an action for whoever is to do it, whatever part they take: "It is done", and what
 * stands in the way. What is done is written into the records as if it were corrected there. */
#include "actions/own_action_pages.h"
#include "actions/actions.h"
#include "actions/views.h"
#include "base/text.h"
#include "findings/reader_pages.h"
#include "replies/reply_pages.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler own_action_show, own_action_done_do, own_action_way_do;

/* What the page is about; the record is NULL where it is not theirs (any more). */
struct doing {
    struct request *request;
    struct seen seen;
    struct around around;
    struct around_found found;
    struct own_action_view view; /* with what was filled in, and what is wrong with it */
};

static bool is_open(const struct record *record) {
    const char *state = record_value(record, "state");
    return !record_value(record, "done") && (!state || text_equal(state, "open"));
}

bool is_own_action(const struct seen *seen, const struct record *action) {
    const char *owner = record_value(action, "owner");
    return owner && names_contain(&seen->records, owner);
}

static enum err doing_read(struct request *request, struct doing *out) {
    *out = (struct doing){.request = request,
                          .around =
                              around_new(request->db, request->arena, &request->visitor.programme)};
    enum err err = seen_read(request, &out->seen);
    return err ? err
               : around_record(&out->around, kind_find("action"), request->values[1], &out->found);
}

static bool is_theirs(const struct doing *doing) {
    return doing->found.record && is_own_action(&doing->seen, doing->found.record);
}

/* ---- whose wish it was ---- */

enum err own_action_given(const struct request *request, const struct around_found *action,
                          const char **words) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const char *identity = NULL, *agreed = record_value(action->record, "agreed");
    struct action_given given;
    *words = NULL;
    enum err err = action_given_read(request->db, arena, programme, action->id,
                                     record_value(action->record, "owner"), &given);
    if (!err)
        err = finding_of_action(request->db, arena, programme, action->id, &identity);
    if (err || !given.at)
        return err;
    const char *day = day_long(arena, arena_copy_n(arena, given.at, DAY_SIZE - 1));
    /* A workbook is written down by one for all. */
    if (given.is_first && !identity)
        *words = agreed ? arena_format(arena, "Agreed on %s", when_long(arena, agreed))
                        : arena_format(arena, "Written down on %s", day);
    else if (given.author && text_equal(given.author, request->visitor.name))
        *words = arena_format(arena, "You promised it on %s", day);
    else
        *words = arena_format(arena, "Given to you%s%s on %s", given.author ? " by " : "",
                              given.author ? given.author : "", day);
    return OK;
}

/* ---- the page ---- */

static const char *said_of(const struct request *request) {
    if (request_query(request, "done"))
        return "It is written down as done. Whoever leads the programme sees that on their Home "
               "page.";
    if (request_query(request, "said"))
        return "It is written down. Whoever leads the programme sees it on their Home page; nobody "
               "is told by mail.";
    return NULL;
}

static void state_fill(struct doing *doing) {
    const struct request *request = doing->request;
    const struct record *record = doing->found.record;
    struct own_action_view *view = &doing->view;
    const char *due = record_value(record, "due"), *done = record_value(record, "done");
    const char *state = record_value(record, "state");
    bool is_late = when_is_past(due, request->today);
    view->title = record_value(record, "title");
    view->is_open = is_open(record);
    view->due = due ? when_long(request->arena, due) : "No day was agreed";
    view->done = done ? when_long(request->arena, done) : NULL;
    view->state = !view->is_open ? text_capital(request->arena, state ? state : "done")
                  : is_late      ? "Overdue"
                                 : "Open";
    view->state_colour = !view->is_open ? "green" : is_late ? "orange" : "blue";
}

static enum err finding_fill(struct doing *doing) {
    const struct request *request = doing->request;
    const char *identity;
    enum err err = finding_of_action(request->db, request->arena, &request->visitor.programme,
                                     doing->found.id, &identity);
    const struct shown_finding *finding =
        !err && identity ? seen_finding(request, &doing->seen, identity) : NULL;
    if (finding) {
        const struct finding_line line = finding_line_of(request, &doing->seen, finding);
        doing->view.finding = line.title;
        doing->view.finding_url = line.url;
    }
    return err;
}

/* Their own: what somebody said who had it before is between them and the lead. */
static enum err replies_fill(struct doing *doing) {
    const struct request *request = doing->request;
    struct replies all;
    enum err err = replies_of_action(request->db, request->arena, &request->visitor.programme,
                                     doing->found.id, &all);
    const struct replies own = replies_by(request->arena, &all, &doing->seen.records);
    doing->view.replies = reply_lines_of(request, &own, NULL);
    return err;
}

static enum err page_put(struct doing *doing, struct response *response) {
    const struct request *request = doing->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key, *key = doing->found.record->id;
    struct own_action_view *view = &doing->view;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    state_fill(doing);
    view->token = token;
    view->base = arena_format(arena, "%lld", (long long)request->visitor.programme.revision);
    view->form_token = layout_form_token(request);
    view->said = said_of(request);
    view->may_say = !role_may(request->visitor.role, PERMISSION_TAKE_UP);
    view->done_url = url_to(arena, ROUTE_own_action_done, programme, key);
    view->in_the_way_url = url_to(arena, ROUTE_own_action_way, programme, key);
    if (role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        view->record_url = record_url(request, kind_find("action"), key);
    if (!view->day && view->is_open)
        view->day = day_long(arena, request->today);
    enum err err = own_action_given(request, &doing->found, &view->given);
    if (!err)
        err = finding_fill(doing);
    if (!err)
        err = reply_readers(request, &view->leads);
    if (!err)
        err = replies_fill(doing);
    form_fault_add(arena, &view->faults, NULL, view->other_error);
    form_fault_add(arena, &view->faults, "day", view->day_error);
    form_fault_add(arena, &view->faults, "done-words", view->done_words_error);
    form_fault_add(arena, &view->faults, "words", view->words_error);
    template_own_action(&body, view);
    layout_page(request, response, view->title, &body);
    return err;
}

static enum err page_again(struct doing *doing, struct response *response, enum status status) {
    enum err err = page_put(doing, response);
    response->status = status;
    return err;
}

/* Who may read records reads there what somebody else is to do. */
enum err own_action_show(struct request *request, struct response *response) {
    struct doing doing;
    enum err err = doing_read(request, &doing);
    if (err)
        return err;
    if (is_theirs(&doing))
        return page_put(&doing, response);
    if (doing.found.record && role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        response_see_other(response,
                           record_url(request, kind_find("action"), doing.found.record->id));
    else
        layout_message(request, response, STATUS_NOT_FOUND, "This is not yours to do",
                       "Either somebody else has it now, or it was taken out. What you are to do "
                       "stands on your Home page.");
    return OK;
}

/* Where it is not theirs to do, that is the answer. */
static enum err doing_begin(struct request *request, struct response *response,
                            struct doing *doing) {
    enum err err = doing_read(request, doing);
    if (!err && !is_theirs(doing))
        layout_message(request, response, STATUS_CONFLICT, "This is not yours to do now",
                       "Somebody else has it, or it was taken out. Nothing was changed.");
    return err;
}

/* ---- it is done ---- */

/* The day that was filled in; NULL, with what is wrong, if it is none. */
static const char *day_read(struct doing *doing) {
    const struct request *request = doing->request;
    const char *typed = request_filled(request, "day");
    const char *day = typed ? day_from_text(request->arena, typed) : NULL;
    doing->view.day = request_field(request, "day");
    if (!day)
        doing->view.day_error = "Say on which day: for example 31 March 2027";
    else if (strcmp(day, request->today) > 0)
        doing->view.day_error = "This day is still to come";
    return doing->view.day_error ? NULL : day;
}

static enum err done_write(const struct doing *doing, const char *day, struct corrected *out) {
    const struct request *request = doing->request;
    const struct record *record = doing->found.record;
    const struct kind *kind = record->kind;
    const char *base = request_field(request, "base");
    const char **cells = arena_alloc_array(request->arena, kind_field_count(kind), sizeof *cells);
    memcpy(cells, record->values, kind_field_count(kind) * sizeof *cells);
    cells[kind_field_index(kind, "done")] = day;
    cells[kind_field_index(kind, "reported_back")] = request->today;
    if (record_value(record, "state"))
        cells[kind_field_index(kind, "state")] = "done";
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .key = record->id,
                                          .cells = cells,
                                          .base = base ? strtoll(base, NULL, 10) : 0,
                                          .author = request->visitor.name,
                                          .reason = "Whoever is to do it says that it is done",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, request->arena, &correction, out);
}

/* What stands against it; each message belongs to no field of this form but the day. */
static enum status done_fault(struct doing *doing, const struct corrected *corrected) {
    if (corrected->as != CORRECT_WRONG) {
        doing->view.other_error = "Somebody else has changed this since you opened the page. Here "
                                  "it stands as it is now: look, and say it again";
        return STATUS_CONFLICT;
    }
    doing->view.day_error = corrected->problems.n ? corrected->problems.items[0].words
                                                  : "The records do not allow this day";
    return STATUS_BAD_REQUEST;
}

static enum err reply_write(const struct doing *doing, enum reply_kind what, const char *words,
                            bool *kept) {
    const struct request *request = doing->request;
    const struct reply_wish wish = {.record = doing->found.id,
                                    .what = what,
                                    .words = words,
                                    .person = record_value(doing->found.record, "owner"),
                                    .author = request->visitor.name,
                                    .token = request_filled(request, "token")};
    return reply_keep(request->db, request->arena, &request->visitor.programme, &wish, kept);
}

static void saved(const struct doing *doing, struct response *response, const char *what) {
    const struct request *request = doing->request;
    response_see_other(response,
                       arena_format(request->arena, "%s?%s=1",
                                    url_to(request->arena, ROUTE_own_action,
                                           request->visitor.programme.key, doing->found.record->id),
                                    what));
}

static bool is_saved(const struct corrected *corrected) {
    return corrected->as == CORRECT_SAVED || corrected->as == CORRECT_SAME ||
           corrected->as == CORRECT_KNOWN;
}

enum err own_action_done_do(struct request *request, struct response *response) {
    struct doing doing;
    struct corrected corrected;
    bool kept;
    enum err err = doing_begin(request, response, &doing);
    if (err || !is_theirs(&doing))
        return err;
    const char *day = day_read(&doing);
    const char *words = text_typed(request->arena, request_field(request, "words"));
    doing.view.done_words = request_field(request, "words");
    doing.view.done_words_error = reply_words_error(words);
    if (!day || doing.view.done_words_error)
        return page_again(&doing, response, STATUS_BAD_REQUEST);
    err = done_write(&doing, day, &corrected);
    if (!err && !is_saved(&corrected))
        return page_again(&doing, response, done_fault(&doing, &corrected));
    if (!err)
        err = reply_write(&doing, REPLY_DONE, words, &kept);
    if (!err)
        saved(&doing, response, "done");
    return err;
}

/* ---- something stands in the way ---- */

enum err own_action_way_do(struct request *request, struct response *response) {
    struct doing doing;
    bool kept = false;
    enum err err = doing_begin(request, response, &doing);
    if (err || !is_theirs(&doing))
        return err;
    const char *words = text_typed(request->arena, request_field(request, "words"));
    doing.view.words = request_field(request, "words");
    doing.view.words_error =
        words ? reply_words_error(words) : "Say what it is, or what would help";
    if (!doing.view.words_error) {
        err = reply_write(&doing, REPLY_IN_THE_WAY, words, &kept);
        if (!kept)
            doing.view.words_error = "You have said this many times. Speak with whoever leads the "
                                     "programme";
    }
    if (err)
        return err;
    if (!kept)
        return page_again(&doing, response, STATUS_BAD_REQUEST);
    saved(&doing, response, "said");
    return OK;
}
