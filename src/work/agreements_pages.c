/* Agreements: who agreed, and whom to ask again since priorities changed. */
#include "base/text.h"
#include "findings/reader_pages.h"
#include "store/correct.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "work/plan_pages.h"
#include "work/views.h"
#include "work/work.h"

page_handler agreements_show, agreement_ask_show, agreement_ask_do, agreement_answer_show,
    agreement_answer_do;

struct agreements {
    const struct request *request;
    struct around around;
    struct around_list agreements, parties, events, organisations, people;
};

static bool may_write(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_CORRECT);
}

static const char *agreements_url(const struct request *request) {
    return url_to(request->arena, ROUTE_agreements, request->visitor.programme.key);
}

static enum err agreements_read(const struct request *request, struct agreements *out) {
    *out = (struct agreements){
        .request = request,
        .around = around_new(request->db, request->arena, &request->visitor.programme)};
    struct around *around = &out->around;
    enum err err =
        around_kind(around, kind_find("organisation"), 0, WORK_MOST, &out->organisations);
    if (!err)
        err = around_kind(around, kind_find("person"), 0, WORK_MOST, &out->people);
    if (!err)
        err = work_records(around, "agreement", request->today, &out->agreements);
    if (!err)
        err = around_kind(around, kind_find("agreement_party"), 0, WORK_MOST, &out->parties);
    return err ? err : around_kind(around, kind_find("event"), 0, WORK_MOST, &out->events);
}

/* ---- whom to ask again ---- */

/* The organisation that a party stands for: its own, or the one that employs the person. */
static const char *partner_of(const struct agreements *all, const struct record *party) {
    const char *organisation = record_value(party, "organisation");
    const char *person = record_value(party, "person"), *capacity = record_value(party, "capacity");
    const struct record *who =
        person ? records_find(&all->around.records, kind_find("person"), person) : NULL;
    if (organisation || !who || (capacity && !text_equal(capacity, "organisation")))
        return organisation;
    return record_value(who, "employer");
}

/* The change of priorities after which nobody asked the party again; NULL if there is none. */
static const struct record *change_of(const struct agreements *all, const struct record *agreement,
                                      const struct record *party) {
    const char *type = record_value(agreement, "type"), *partner = partner_of(all, party);
    if ((!text_equal(type, "vision") && !text_equal(type, "plan")) || !partner ||
        !text_equal(record_value(party, "state"), "agreed"))
        return NULL;
    for (size_t i = 0; i < all->events.list.n; i++) {
        const struct record *event = all->events.list.items[i];
        const char *whose = record_value(event, "organisation");
        if (text_equal(record_value(event, "type"), "change of priorities") &&
            (!whose || text_equal(whose, partner)) && !work_asked_since(party, event))
            return event;
    }
    return NULL;
}

/* "Hospital trust" */
static const char *party_name(const struct agreements *all, const struct record *party) {
    const char *organisation = record_value(party, "organisation");
    const char *person = record_value(party, "person");
    const struct record *who =
        organisation ? records_find(&all->around.records, kind_find("organisation"), organisation)
        : person     ? records_find(&all->around.records, kind_find("person"), person)
                     : NULL;
    return who ? record_label(&all->around.records, who) : organisation ? organisation : person;
}

/* ---- the page ---- */

static const char *since_words(struct arena *arena, const char *what, const char *time) {
    return time ? arena_format(arena, "%s %s", what, when_long(arena, time)) : NULL;
}

static struct agreement_party_line party_line(const struct agreements *all,
                                              const struct record *agreement,
                                              const struct record *party) {
    const struct request *request = all->request;
    struct arena *arena = request->arena;
    const struct record *change = change_of(all, agreement, party);
    struct agreement_party_line line = {
        .name = party_name(all, party),
        .url = record_url(request, party->kind, party->id),
        .state = text_capital(arena, record_value(party, "state")),
        .when = since_words(arena, "agreed", record_value(party, "agreed_on")),
        .again = since_words(arena, "asked again", record_value(party, "asked_again"))};
    if (!change)
        return line;
    const char *happened = record_value(change, "happened");
    line.changed = arena_format(arena, "%s%s%s", record_label(&all->around.records, change),
                                happened ? ", " : "", happened ? when_long(arena, happened) : "");
    line.changed_url = record_url(request, change->kind, change->id);
    if (may_write(request))
        line.ask_url =
            url_to(arena, ROUTE_agreement_ask, request->visitor.programme.key, party->id);
    return line;
}

static void agreement_add(const struct agreements *all, const struct record *agreement,
                          struct agreements_view *view) {
    struct arena *arena = all->request->arena;
    const char *programme = all->request->visitor.programme.key;
    const char *since = record_value(agreement, "since"), *until = record_value(agreement, "until");
    struct agreement_line line = {
        .title = record_value(agreement, "title"),
        .url = record_url(all->request, agreement->kind, agreement->id),
        .about = arena_format(arena, "%s%s%s%s%s", record_value(agreement, "type"),
                              since ? ", since " : "", since ? when_long(arena, since) : "",
                              until ? ", until " : "", until ? when_long(arena, until) : ""),
        .add_url = may_write(all->request)
                       ? arena_format(arena, "%s?agreement=%s",
                                      url_to(arena, ROUTE_record_new, programme, "agreement_party"),
                                      agreement->id)
                       : NULL};
    for (size_t i = 0; i < all->parties.list.n; i++) {
        const struct record *party = all->parties.list.items[i];
        if (!text_equal(record_value(party, "agreement"), agreement->id))
            continue;
        const struct agreement_party_line added = party_line(all, agreement, party);
        list_add(arena, &line.parties, added);
        view->asks += added.changed != NULL;
    }
    list_add(arena, &view->list, line);
}

enum err agreements_show(struct request *request, struct response *response) {
    struct agreements all;
    struct text body = text_new(request->arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = agreements_read(request, &all);
    struct agreements_view view = {
        .said = request_query(request, "planned")    ? "The action is written down."
                : request_query(request, "answered") ? "The answer is written down."
                                                     : NULL,
        .add_url = may_write(request) ? url_to(request->arena, ROUTE_record_new,
                                               request->visitor.programme.key, "agreement")
                                      : NULL};
    for (size_t i = 0; i < all.agreements.list.n; i++)
        agreement_add(&all, all.agreements.list.items[i], &view);
    template_agreements(&body, &view);
    layout_page(request, response, "Agreements", &body);
    return err;
}

/* ---- asking again ---- */

struct asking {
    struct agreements all;
    const struct record *party, *agreement; /* NULL: there is none */
    const char *name, *title;
};

static enum err asking_read(const struct request *request, struct asking *out) {
    *out = (struct asking){0};
    enum err err = agreements_read(request, &out->all);
    const struct records *records = &out->all.around.records;
    if (err)
        return err;
    out->party = records_find(records, kind_find("agreement_party"), request->values[1]);
    if (out->party)
        out->agreement =
            records_find(records, kind_find("agreement"), record_value(out->party, "agreement"));
    if (!out->agreement)
        return OK;
    out->name = party_name(&out->all, out->party);
    out->title = record_value(out->agreement, "title");
    return OK;
}

static void party_gone(const struct request *request, struct response *response) {
    layout_message_with(request, response, STATUS_NOT_FOUND, "This party is not here",
                        "Somebody has taken it out, or the agreement has ended.",
                        (struct layout_link){"All agreements", agreements_url(request)});
}

static struct work_plan plan_of(const struct request *request, const struct asking *asking) {
    struct arena *arena = request->arena;
    return (struct work_plan){
        .heading = arena_format(arena, "Ask %s again", asking->name),
        .about = "An agreement made before priorities changed may no longer say what the partner "
                 "will do. Ring your contact there: does it still hold, and what has become "
                 "harder?",
        .title =
            arena_format(arena, "Ask %s whether “%s” still stands", asking->name, asking->title),
        .url =
            url_to(arena, ROUTE_agreement_ask, request->visitor.programme.key, asking->party->id),
        .back_url = agreements_url(request)};
}

enum err agreement_ask_show(struct request *request, struct response *response) {
    struct asking asking;
    enum err err = asking_read(request, &asking);
    if (err || !asking.agreement) {
        party_gone(request, response);
        return err;
    }
    const struct work_plan plan = plan_of(request, &asking);
    return work_plan_put(request, response, &plan);
}

enum err agreement_ask_do(struct request *request, struct response *response) {
    struct asking asking;
    enum err err = asking_read(request, &asking);
    if (err || !asking.agreement) {
        party_gone(request, response);
        return err;
    }
    const struct work_plan plan = plan_of(request, &asking);
    return work_plan_make(request, response, &plan);
}

/* ---- the answer ---- */

static void answer_put(const struct request *request, struct response *response,
                       const struct asking *asking, struct agreement_ask_view *view) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    struct text body = text_new(arena);
    view->form_token = layout_form_token(request);
    view->token = work_token(arena);
    view->party = asking->name;
    view->agreement = asking->title;
    view->url = url_to(arena, ROUTE_agreement_answer, programme, asking->party->id);
    view->action_url = url_to(arena, ROUTE_agreement_ask, programme, asking->party->id);
    view->back_url = agreements_url(request);
    form_fault_add(arena, &view->faults, NULL, view->other_error);
    form_fault_add(arena, &view->faults, "answer", view->answer_error);
    form_fault_add(arena, &view->faults, "day", view->day_error);
    template_agreement_answer(&body, view);
    layout_page(request, response, arena_format(arena, "What %s answered", asking->name), &body);
}

enum err agreement_answer_show(struct request *request, struct response *response) {
    struct asking asking;
    enum err err = asking_read(request, &asking);
    if (err || !asking.agreement) {
        party_gone(request, response);
        return err;
    }
    struct agreement_ask_view view = {.day = day_long(request->arena, request->today)};
    answer_put(request, response, &asking, &view);
    return OK;
}

static enum err answer_write(const struct request *request, const struct record *party,
                             const char *day, bool stands, struct corrected *out) {
    const struct kind *kind = party->kind;
    const char **cells = arena_alloc_array(request->arena, kind_field_count(kind), sizeof *cells);
    memcpy(cells, party->values, kind_field_count(kind) * sizeof *cells);
    cells[kind_field_index(kind, "asked_again")] = day;
    cells[kind_field_index(kind, "state")] = stands ? "agreed" : "withdrew";
    const struct correction correction = {.programme = &request->visitor.programme,
                                          .kind = kind,
                                          .key = party->id,
                                          .cells = cells,
                                          .base = request->visitor.programme.revision,
                                          .author = request->visitor.name,
                                          .reason = "It was asked again",
                                          .token = request_filled(request, "token")};
    return correct_record(request->db, request->arena, &correction, out);
}

enum err agreement_answer_do(struct request *request, struct response *response) {
    const char *answer = request_filled(request, "answer"), *typed = request_filled(request, "day");
    const char *day = typed ? day_from_text(request->arena, typed) : NULL;
    struct corrected corrected = {0};
    struct asking asking;
    enum err err = asking_read(request, &asking);
    if (err || !asking.agreement) {
        party_gone(request, response);
        return err;
    }
    struct agreement_ask_view view = {.day = request_field(request, "day"), .answer = answer};
    const bool stands = text_equal(answer, "stands");
    if (!stands && !text_equal(answer, "withdrew"))
        view.answer_error = "Say what they answered";
    if (!day)
        view.day_error = "Say on which day: for example 31 March 2027";
    else if (strcmp(day, request->today) > 0)
        view.day_error = "This day is still to come";
    if (!view.answer_error && !view.day_error) {
        err = answer_write(request, asking.party, day, stands, &corrected);
        if (!err && corrected.key) {
            response_see_other(
                response, arena_format(request->arena, "%s?answered=1", agreements_url(request)));
            return OK;
        }
        view.other_error = corrected.problems.n ? corrected.problems.items[0].words
                                                : "Somebody has just changed it. Look again";
    }
    answer_put(request, response, &asking, &view);
    response->status = STATUS_BAD_REQUEST;
    return err;
}
