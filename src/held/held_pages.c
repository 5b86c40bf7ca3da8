/* What is held about whoever is signed in, as a page and as a file. */
#include "accounts/agent.h"
#include "accounts/keeper_pages.h"
#include "accounts/moment.h"
#include "base/capture.h"
#include "base/text.h"
#include "held/held_file.h"
#include "held/held_own.h"
#include "held/views.h"
#include "record/value.h"
#include "store/stored.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler held_show, held_text_show, held_json_show;

static const char *day_at(struct arena *arena, const char *at) {
    return at ? day_of_moment(arena, at) : "an unknown day";
}

/* ---- records ---- */

/* One programme on its way to the page. */
struct showing {
    const struct request *request;
    const struct held_programme *programme;
    enum role role;
};

static const char *value_words(const struct showing *showing, const struct field *field,
                               const char *value) {
    struct arena *arena = showing->request->arena;
    struct names labels = {0};
    const char *meaning;
    if (field->type == FIELD_WHEN)
        return when_long(arena, value);
    if (field->type == FIELD_CHOICE)
        return value_choice(arena, field, value, &meaning);
    if (field->type != FIELD_REF && field->type != FIELD_REFS)
        return value;
    const struct kind *kind = kind_find(field->refers_to);
    for (const char *key; (key = value_next_ref(arena, &value));) {
        const struct record *record = records_find(&showing->programme->records, kind, key);
        list_add(arena, &labels.list,
                 record ? record_label(&showing->programme->records, record) : key);
    }
    return text_enumerate(arena, labels.list.items, labels.list.n, labels.list.n);
}

/* All that the record says; or, for those who can open it, only where it names them. */
static void facts_fill(const struct showing *showing, const struct held_record *record, bool is_own,
                       struct held_entry *out) {
    struct arena *arena = showing->request->arena;
    const struct kind *kind = record->kind;
    const struct held_version *now = &record->versions.items[record->versions.n - 1];
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    if (now->until || stored_read(arena, kind, now->content, cells) != OK)
        return;
    for (size_t f = 0; kind->fields[f].name; f++) {
        const char *heading = field_heading(arena, &kind->fields[f]);
        bool is_said = is_own || !out->url || names_contain(&record->fields, heading);
        if (cells[f] && is_said && kind->fields[f].type != FIELD_KEY)
            list_add(arena, &out->facts,
                     (struct held_fact){heading, value_words(showing, &kind->fields[f], cells[f])});
    }
}

static const char *since_words(struct arena *arena, const struct held_record *record) {
    const struct held_version *last = &record->versions.items[record->versions.n - 1];
    size_t earlier = record->versions.n - 1;
    if (last->until)
        return arena_format(arena, "Not there any more since %s; what it said is in the file",
                            day_at(arena, last->until_at));
    if (!earlier)
        return arena_format(arena, "Written down on %s", day_at(arena, last->at));
    return arena_format(arena, "Changed on %s; %zu earlier version%s in the file",
                        day_at(arena, last->at), earlier, earlier == 1 ? " is" : "s are");
}

static struct held_entry entry_of(const struct showing *showing, const struct held_record *record,
                                  bool is_own) {
    struct arena *arena = showing->request->arena;
    const struct held_version *last = &record->versions.items[record->versions.n - 1];
    struct held_entry entry = {.title = text_capital(arena, record->label),
                               .since = since_words(arena, record)};
    if (!last->until && role_may(showing->role, PERMISSION_SEE_RECORDS))
        entry.url = url_to(arena, ROUTE_record, showing->programme->programme.key,
                           record->kind->name, record->key);
    facts_fill(showing, record, is_own, &entry);
    return entry;
}

static void sheets_fill(const struct showing *showing, struct held_place *out) {
    struct arena *arena = showing->request->arena;
    const struct held_programme *programme = showing->programme;
    for (size_t k = 0; k < kind_count; k++) {
        struct held_sheet sheet = {.title = kinds[k]->sheet};
        for (size_t i = 0; i < programme->others.n; i++)
            if (programme->others.items[i].kind == kinds[k])
                list_add(arena, &sheet.entries.list,
                         entry_of(showing, &programme->others.items[i], false));
        if (sheet.entries.list.n)
            list_add(arena, &out->sheets, sheet);
    }
    out->others = programme->others.n;
}

/* ---- what was said and done ---- */

static const char *by_words(struct arena *arena, const char *what, const char *at,
                            const char *author, const char *reason) {
    return arena_format(arena, "%s on %s by %s%s%s", what, day_at(arena, at),
                        author ? author : "somebody", reason ? ": " : "", reason ? reason : "");
}

static const char *person_name(const struct showing *showing, const char *key) {
    const struct record *record =
        records_find(&showing->programme->records, kind_find("person"), key);
    return record ? record_label(&showing->programme->records, record) : key;
}

static void findings_fill(const struct showing *showing, struct held_said_list *out) {
    struct arena *arena = showing->request->arena;
    const struct held_programme *programme = showing->programme;
    for (size_t i = 0; i < programme->findings.n; i++) {
        const struct held_finding *finding = &programme->findings.items[i];
        struct held_said said = {.title = text_capital(arena, finding->sentence)};
        if (finding->is_open && *finding->identity && showing->role != ROLE_NONE)
            said.url = url_to(arena, ROUTE_finding, programme->programme.key, finding->identity);
        if (finding->is_private)
            list_add(arena, &said.words.list,
                     finding->is_open ? "Private: only you and the programme lead can see it"
                                      : "Private, and closed");
        else if (!finding->is_open)
            list_add(arena, &said.words.list, "Closed");
        for (size_t d = 0; d < finding->decisions.n; d++) {
            const struct held_decision *decision = &finding->decisions.items[d];
            const char *what = text_capital(arena, decision->what);
            if (decision->assigned_to)
                what =
                    arena_format(arena, "Given to %s", person_name(showing, decision->assigned_to));
            list_add(arena, &said.words.list,
                     by_words(arena, what, decision->at, decision->author, decision->reason));
        }
        list_add(arena, &out->list, said);
    }
}

static void changes_fill(const struct showing *showing, struct held_place *out) {
    struct arena *arena = showing->request->arena;
    const struct held_programme *programme = showing->programme;
    for (size_t i = 0; i < programme->saves.n; i++) {
        const struct revision *save = &programme->saves.items[i];
        list_add(arena, &out->saves.list,
                 (struct held_said){.title = by_words(arena, "Records saved", save->at,
                                                      save->author, save->reason)});
    }
    for (size_t i = 0; i < programme->steps.n; i++) {
        const struct held_step *step = &programme->steps.items[i];
        struct held_said said = {.title =
                                     by_words(arena, arena_format(arena, "Steps: %s", step->what),
                                              step->at, step->author, NULL),
                                 .words = names_paragraphs(arena, step->words)};
        list_add(arena, &out->steps.list, said);
    }
    for (size_t i = 0; i < programme->shares.n; i++) {
        const struct held_share *share = &programme->shares.items[i];
        list_add(arena, &out->shares.list,
                 (struct held_said){.title = by_words(arena, "A diagnosis, shared", share->at,
                                                      share->author, NULL)});
    }
    for (size_t i = 0; i < programme->brought.n; i++) {
        const struct held_brought *brought = &programme->brought.items[i];
        list_add(arena, &out->brought.list,
                 (struct held_said){
                     .title = by_words(arena, brought->file, brought->at, brought->author, NULL)});
    }
    for (size_t i = 0; i < programme->documents.n; i++) {
        const struct held_document *document = &programme->documents.items[i];
        list_add(arena, &out->documents.list,
                 (struct held_said){.title = by_words(arena, document->file, document->at,
                                                      document->author, NULL)});
    }
    for (size_t i = 0; i < programme->drafts.n; i++) {
        const struct held_draft *draft = &programme->drafts.items[i];
        list_add(arena, &out->drafts.list,
                 (struct held_said){
                     .title = arena_format(arena, "%s, %s", draft->meeting, draft->words)});
    }
}

static void answers_fill(const struct showing *showing, struct held_said_list *out) {
    struct arena *arena = showing->request->arena;
    const struct held_programme *programme = showing->programme;
    const char *key = programme->programme.key;
    for (size_t i = 0; i < programme->replies.n; i++) {
        const struct held_reply *reply = &programme->replies.items[i];
        const struct held_finding *finding = &reply->finding;
        struct held_said said = {.title = text_capital(arena, held_reply_about(reply))};
        if (finding->id && finding->is_open && *finding->identity && showing->role != ROLE_NONE)
            said.url = url_to(arena, ROUTE_finding, key, finding->identity);
        else if (reply->action && showing->role != ROLE_NONE)
            said.url = url_to(arena, ROUTE_own_action, key, reply->action);
        list_add(arena, &said.words.list,
                 by_words(arena, held_reply_title(reply), reply->at, reply->author, reply->words));
        if (reply->taken_up_at)
            list_add(arena, &said.words.list,
                     by_words(arena, "Taken up", reply->taken_up_at, reply->taken_up_by,
                              reply->taken_up_words));
        list_add(arena, &out->list, said);
    }
}

static const char *part_words(struct arena *arena, const struct held *held,
                              const struct programme *programme) {
    for (size_t i = 0; i < held->person.memberships.n; i++) {
        const struct membership *part = &held->person.memberships.items[i];
        if (part->programme.id == programme->id)
            return arena_format(arena, "You take part as %s, since %s%s%s.",
                                role_titles[held_role(held, programme)], day_at(arena, part->since),
                                part->visited_at ? ", and were last here on " : "",
                                part->visited_at ? day_at(arena, part->visited_at) : "");
    }
    return NULL;
}

/* For each record that they are: who said so. */
static struct names joined_fill(struct arena *arena, const struct held *held,
                                const struct programme *programme) {
    struct names joined = {0};
    for (size_t i = 0; i < held->person.records.n; i++) {
        const struct person_record *record = &held->person.records.items[i];
        if (record->programme.id == programme->id && record->joined_at)
            list_add(arena, &joined.list,
                     arena_format(arena, "“%s” was %s", record->name,
                                  joined_words(arena, record->joined_at, record->joined_by)));
    }
    return joined;
}

static void place_add(const struct request *request, const struct held *held,
                      const struct held_programme *programme, struct held_view *view) {
    struct arena *arena = request->arena;
    const struct showing showing = {request, programme, held_role(held, &programme->programme)};
    struct held_place place = {
        .name = programme->programme.name,
        .part = part_words(arena, held, &programme->programme),
        .url = url_to(arena, ROUTE_home, programme->programme.key),
        .joined = joined_fill(arena, held, &programme->programme),
    };
    for (size_t i = 0; i < programme->own.n; i++)
        list_add(arena, &place.own.list, entry_of(&showing, &programme->own.items[i], true));
    sheets_fill(&showing, &place);
    findings_fill(&showing, &place.findings);
    changes_fill(&showing, &place);
    answers_fill(&showing, &place.answers);
    list_add(arena, &view->places, place);
}

/* ---- the account ---- */

static void account_fact(struct arena *arena, struct held_view *view, const char *heading,
                         const char *words) {
    list_add(arena, &view->account, (struct held_fact){heading, words});
}

static void account_fill(struct arena *arena, const struct held *held, struct held_view *view) {
    const struct person *person = &held->person;
    account_fact(arena, view, "Name", person->name);
    account_fact(arena, view, "E-mail address", person->email ? person->email : "None is known");
    for (size_t i = 0; i < person->accounts.n; i++) {
        const struct account *account = &person->accounts.items[i];
        account_fact(arena, view, "Login", account->login);
        account_fact(arena, view, "Account made", day_at(arena, account->created_at));
        account_fact(arena, view, "Last signed in",
                     account->signed_in_at ? day_at(arena, account->signed_in_at) : "Never");
        if (account->calendar_at)
            account_fact(arena, view, "Address of the calendar made",
                         day_at(arena, account->calendar_at));
    }
    for (size_t i = 0; i < held->sessions.n; i++)
        account_fact(arena, view, "Signed in",
                     arena_format(arena, "%s, since %s",
                                  agent_words(arena, held->sessions.items[i].agent),
                                  moment_words(arena, held->sessions.items[i].since)));
    for (size_t i = 0; i < held->keys.n; i++)
        account_fact(arena, view, "Key for other programs",
                     arena_format(arena, "%s, until %s", held->keys.items[i].name,
                                  day_of_moment(arena, held->keys.items[i].ends_at)));
}

/* ---- the page and the files ---- */

enum err held_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct held held;
    struct text body = text_new(arena);
    enum err err = held_own_read(request->db, arena, request->visitor.login, &held);
    if (err)
        return err;
    struct held_view view = {.name = held.person.name,
                             .account_url = url_to(arena, ROUTE_account),
                             .requests_url = url_to(arena, ROUTE_requests),
                             .left_out = held.left_out,
                             .most = arena_format(arena, "%d MB", HELD_OWN_MEGABYTES)};
    if (!held.is_too_much) {
        view.text_url = url_to(arena, ROUTE_held_text);
        view.json_url = url_to(arena, ROUTE_held_json);
    }
    err = keeper_read(request, &view.keeper);
    if (err)
        return err;
    account_fill(arena, &held, &view);
    for (size_t i = 0; i < held.programmes.n; i++)
        place_add(request, &held, &held.programmes.items[i], &view);
    template_held(&body, &view);
    layout_page(request, response, "What is held about you", &body);
    return OK;
}

static enum err file_put(struct request *request, struct response *response, bool as_json) {
    struct held held;
    struct capture capture;
    enum err err = held_own_read(request->db, request->arena, request->visitor.login, &held);
    if (err)
        return err;
    if (held.is_too_much) {
        layout_message(request, response, STATUS_LATER, "There is too much to look through",
                       "Whoever runs this site can write the file for you: ask them.");
        return OK;
    }
    capture_begin(&capture);
    if (as_json)
        held_print_json(capture.file, &held);
    else
        held_print_text(capture.file, request->arena, &held);
    text_add(&response->body, capture_end(&capture, request->arena));
    response->type = as_json ? "application/json" : "text/plain; charset=utf-8";
    response->download = as_json ? "held-about-you.json" : "held-about-you.txt";
    return OK;
}

enum err held_text_show(struct request *request, struct response *response) {
    return file_put(request, response, false);
}

enum err held_json_show(struct request *request, struct response *response) {
    return file_put(request, response, true);
}
