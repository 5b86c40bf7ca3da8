/* One record: all that is written down of it, where it comes from, and the findings that rest on
 * it. */
#include "accounts/invite.h"
#include "actions/actions.h"
#include "actions/own_action_pages.h"
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/holder_pages.h"
#include "findings/known_pages.h"
#include "findings/reader_pages.h"
#include "record/standing.h"
#include "record/value.h"
#include "records/form_pages.h"
#include "records/records_pages.h"
#include "replies/reply_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler record_show;

/* ---- what a field says ---- */

/* An address that people may follow; anything else is only words. */
static const char *address_of(const struct field *field, const char *value) {
    bool is_address = text_starts_with(value, "http://") || text_starts_with(value, "https://");
    return text_equal(field->name, "link") && is_address && !strpbrk(value, " \t\n\"'<>") ? value
                                                                                          : NULL;
}

static void references_add(const struct request *request, const struct record_reader *reader,
                           const struct records *records, const struct field *field,
                           const char *value, struct field_view *out) {
    const struct kind *kind = kind_find(field->refers_to);
    const char *key;
    while ((key = value_next_ref(request->arena, &value))) {
        const struct record *record = records_find(records, kind, key);
        bool is_seen = record && reader_sees(reader, record);
        list_add(request->arena, &out->values,
                 (struct value_view){.words = record ? record_label(records, record) : key,
                                     .url = is_seen ? record_url(request, kind, key) : NULL});
    }
}

struct field_view field_view_of(const struct request *request, const struct record_reader *reader,
                                const struct records *records, const struct field *field,
                                const char *value) {
    struct arena *arena = request->arena;
    struct field_view out = {.heading = field_title(arena, field)};
    struct value_view words = {.words = value};
    switch (field->type) {
    case FIELD_REF:
    case FIELD_REFS:
        references_add(request, reader, records, field, value, &out);
        return out;
    case FIELD_WHEN:
        words.words = when_long(arena, value);
        break;
    case FIELD_CHOICE:
    case FIELD_YES_NO:
    case FIELD_COVERAGE:
        words.words = value_choice(arena, field, value, &words.meaning);
        break;
    case FIELD_KEY:
    case FIELD_TEXT:
    case FIELD_NUMBER:
    case FIELD_CLOCK:
        words.url = address_of(field, value);
        break;
    }
    list_add(arena, &out.values, words);
    return out;
}

static void fields_fill(const struct request *request, const struct record_reader *reader,
                        const struct records *records, const struct record *record,
                        struct record_view *view) {
    struct arena *arena = request->arena;
    struct names unsaid = {0};
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        const char *value = record->values[f];
        bool is_source = field_is_source(field);
        if (!value && text_equal(field->name, "basis"))
            value = field->otherwise;
        if (!reader_sees_field(reader, record, field) || field->type == FIELD_KEY)
            continue;
        if (value)
            list_add(arena, is_source ? &view->source.list : &view->fields.list,
                     field_view_of(request, reader, records, field, value));
        else if (!is_source)
            list_add(arena, &unsaid.list, text_lower(arena, field_title(arena, field)));
    }
    if (unsaid.list.n)
        view->unsaid = text_enumerate(arena, unsaid.list.items, unsaid.list.n, unsaid.list.n);
    view->is_partial = !reader_sees_all(reader, record);
}

/* The document that it is written in, as people cite it: title, date, page. */
static void cited_fill(const struct request *request, const struct record_reader *reader,
                       const struct records *records, const struct record *record,
                       struct record_view *view) {
    const char *key = record_value(record, "document"), *page = record_value(record, "page");
    const struct record *document = key ? records_find(records, kind_find("document"), key) : NULL;
    struct text words = text_new(request->arena);
    if (text_equal(record->kind->name, "document"))
        view->files_url =
            url_to(request->arena, ROUTE_document, request->visitor.programme.key, record->id);
    if (!document || !reader_sees(reader, document))
        return;
    text_add(&words, record_label(records, document));
    if (record_value(document, "dated"))
        text_add_format(&words, ", %s", when_long(request->arena, record_value(document, "dated")));
    if (page)
        text_add_format(&words, ", %s%s",
                        strspn(page, "0123456789-") == strlen(page) ? "page " : "", page);
    view->cited = words.bytes;
    view->cited_url =
        url_to(request->arena, ROUTE_document, request->visitor.programme.key, document->id);
}

/* ---- what rests on it ---- */

static bool rests_on(const struct shown_finding *finding, const struct record *record) {
    for (size_t i = 0; i < finding->records.n; i++)
        if (finding->records.items[i].kind && finding->records.items[i].key &&
            text_equal(finding->records.items[i].kind, record->kind->name) &&
            text_equal(finding->records.items[i].key, record->id))
            return true;
    return false;
}

static void findings_fill(const struct request *request, const struct seen *seen,
                          const struct record *record, struct record_view *view) {
    view->has_findings_seen = seen->shown.is_there;
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        if (rests_on(&seen->shown.findings.items[i], record))
            list_add(request->arena, &view->findings.list,
                     finding_line_of(request, seen, &seen->shown.findings.items[i]));
    view->is_looked_at = seen_is_behind(request, seen);
}

/* The finding of which an action was made, if it is for this visitor. */
static enum err made_of_fill(const struct request *request, const struct seen *seen,
                             const struct around_found *found, struct record_view *view) {
    const char *identity;
    enum err err = finding_of_action(request->db, request->arena, &request->visitor.programme,
                                     found->id, &identity);
    const struct shown_finding *finding =
        !err && identity ? seen_finding(request, seen, identity) : NULL;
    if (finding) {
        const struct finding_line line = finding_line_of(request, seen, finding);
        view->made_of = line.title;
        view->made_of_url = line.url;
    }
    return err;
}

/* An action that the reader is to do. */
static enum err own_fill(const struct request *request, const struct seen *seen,
                         const struct around_found *found, struct record_view *view) {
    if (!text_equal(found->record->kind->name, "action") || !is_own_action(seen, found->record))
        return OK;
    view->own_url =
        url_to(request->arena, ROUTE_own_action, request->visitor.programme.key, found->record->id);
    return own_action_given(request, found, &view->given);
}

/* What was said of an action, for whoever takes it up. */
static enum err replies_fill(const struct request *request, const struct around_found *found,
                             struct record_view *view) {
    struct replies replies;
    if (!text_equal(found->record->kind->name, "action") ||
        !role_may(request->visitor.role, PERMISSION_TAKE_UP))
        return OK;
    enum err err = replies_of_action(request->db, request->arena, &request->visitor.programme,
                                     found->id, &replies);
    if (!err)
        view->replies = reply_lines_of(request, &replies, NULL);
    return err;
}

/* ---- since when ---- */

static enum err history_fill(struct around *around, const struct around_found *found,
                             struct record_view *view) {
    struct arena *arena = around->arena;
    struct around_history history;
    enum err err = around_history(around, found, &history);
    if (err || !history.first_at)
        return err;
    view->since = arena_format(arena, "Since %s (revision %lld)",
                               day_of_moment(arena, history.first_at), (long long)history.first);
    if (history.first != history.last)
        view->last =
            arena_format(arena, "On %s (revision %lld)%s%s", day_of_moment(arena, history.at),
                         (long long)history.last, history.author ? ", by " : "",
                         history.author ? history.author : "");
    view->reason = view->is_partial ? NULL : history.reason;
    return OK;
}

/* ---- the page ---- */

static enum err wrong_fill(const struct request *request, const struct record_reader *reader,
                           const struct record *record, const struct way_back *way,
                           struct record_view *view) {
    struct taking_part all;
    if (reader->may_correct) {
        view->correct_url =
            url_from_finding(request->arena,
                             url_to(request->arena, ROUTE_correct, request->visitor.programme.key,
                                    record->kind->name, record->id),
                             way->finding);
        return OK;
    }
    enum err err = taking_part_read(request->db, request->arena, &request->visitor.programme, &all);
    view->leads = err ? NULL : taking_part_leads(request->arena, &all);
    return err;
}

/* What other records say against it; how it can be said of another time. */
static enum err others_fill(const struct holding_look *look, const struct record *record,
                            struct record_view *view) {
    enum err err = disagreements_find(look, record, &view->disagreements);
    if (!err)
        err = return_ways(look, record, &view->return_ways);
    view->again_url = again_url(look, record);
    return err;
}

static enum err record_put(struct request *request, struct response *response,
                           const struct seen *seen, struct around *around,
                           const struct around_found *found) {
    struct arena *arena = request->arena;
    const struct record_reader reader = reader_of(request, &seen->records);
    const struct record *record = found->record;
    const char *programme = request->visitor.programme.key;
    struct text body = text_new(arena);
    struct way_back way = {0};
    enum err err = around_references(around, record);
    if (!err)
        err = way_back_read(request, seen, &way);
    struct record_view view = {
        .title = text_capital(arena, record_label(&around->records, record)),
        .kind = record->kind->sheet,
        .kind_url = url_to(arena, ROUTE_records_of, programme, record->kind->name),
        .what = record->kind->what,
        .key = kind_has_key(record->kind) ? record->id : NULL,
        .past_url = url_to(arena, ROUTE_record_past, programme, record->kind->name, record->id),
        .path_url = text_equal(record->kind->name, "decision")
                        ? url_to(arena, ROUTE_decision, programme, record->id)
                        : NULL,
        .is_saved = request_query(request, "saved"),
        .finding = way.title,
        .finding_url = way.url,
    };
    fields_fill(request, &reader, &around->records, record, &view);
    cited_fill(request, &reader, &around->records, record, &view);
    findings_fill(request, seen, record, &view);
    if (!err)
        err = made_of_fill(request, seen, found, &view);
    if (!err)
        err = own_fill(request, seen, found, &view);
    if (!err)
        err = replies_fill(request, found, &view);
    if (!err)
        err = history_fill(around, found, &view);
    if (!err)
        err = wrong_fill(request, &reader, record, &way, &view);
    if (!err)
        err = others_fill(&(struct holding_look){request, &reader, around, way.finding}, record,
                          &view);
    template_record(&body, &view);
    layout_page(request, response, view.title, &body);
    return err;
}

enum err record_show(struct request *request, struct response *response) {
    const struct kind *kind = kind_find(request->values[1]);
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_found found = {0};
    struct seen seen;
    enum err err = seen_read(request, &seen);
    if (!err && kind)
        err = around_record(&around, kind, request->values[2], &found);
    if (err)
        return err;
    const struct record_reader reader = reader_of(request, &seen.records);
    if (!found.record || !reader_sees(&reader, found.record)) {
        record_gone(request, response);
        return OK;
    }
    return record_put(request, response, &seen, &around, &found);
}
