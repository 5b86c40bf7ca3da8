/* What became of a record over time, and which records were taken out. */
#include "accounts/moment.h"
#include "accounts/visitor.h"
#include "base/text.h"
#include "records/form_pages.h"
#include "records/records_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler record_past_show, records_gone_show;

enum { GONE_MOST = 50 }; /* records on one page */

/* "Changed on 3 March 2027 at 14:05, by the lead". */
static const char *event_words(struct arena *arena, const char *what,
                               const struct past_moment *moment) {
    return arena_format(arena, "%s on %s%s%s", what, moment_words(arena, moment->at),
                        moment->author ? ", by " : "", moment->author ? moment->author : "");
}

/* ---- what differs ---- */

static struct field_view side_of(const struct request *request, const struct record_reader *reader,
                                 const struct records *records, const struct record *record,
                                 size_t f) {
    const struct field *field = record ? &record->kind->fields[f] : NULL;
    if (!record || !record->values[f])
        return (struct field_view){0};
    return field_view_of(request, reader, records, field, record->values[f]);
}

bool differences_add(const struct request *request, const struct record_reader *reader,
                     const struct records *records, const struct record *before,
                     const struct record *after, struct field_changes *out) {
    const struct kind *kind = after->kind;
    bool is_all = true;
    for (size_t f = 0; kind->fields[f].name; f++) {
        const struct field *field = &kind->fields[f];
        const char *was = before ? before->values[f] : NULL, *is = after->values[f];
        if (text_equal(was, is) || field->type == FIELD_KEY)
            continue;
        if ((before && !reader_sees_field(reader, before, field)) ||
            !reader_sees_field(reader, after, field)) {
            is_all = false;
            continue;
        }
        struct field_change change = {
            .before = side_of(request, reader, records, before, f),
            .after = side_of(request, reader, records, after, f),
        };
        change.after.heading = field_title(request->arena, field);
        list_add(request->arena, &out->list, change);
    }
    return is_all;
}

/* ---- the history of one ---- */

struct history {
    const struct request *request;
    const struct record_reader *reader;
    struct around around;
    const struct kind *kind;
    const char *key;
    struct past past;
    struct record **records; /* one for each version */
    struct past_view view;
};

static void ending_add(struct history *history, const struct past_version *version, size_t at) {
    struct arena *arena = history->request->arena;
    bool sees = reader_sees_all(history->reader, history->records[at]);
    list_add(arena, &history->view.events,
             (struct past_event){.title = event_words(arena, "Taken out", &version->ended),
                                 .reason = sees ? version->ended.reason : NULL});
}

static const char *restore_url(const struct history *history, const struct past_version *version) {
    struct arena *arena = history->request->arena;
    if (!history->reader->may_correct || !version->ended.revision)
        return NULL;
    return arena_format(arena, "%s?revision=%lld",
                        url_to(arena, ROUTE_restore, history->request->visitor.programme.key,
                               history->kind->name, history->key),
                        (long long)version->began.revision);
}

static void beginning_add(struct history *history, size_t at) {
    struct arena *arena = history->request->arena;
    const struct past *past = &history->past;
    const struct past_version *version = &past->list.items[at];
    bool has_older = at + 1 < past->list.n;
    bool has_before =
        has_older && past->list.items[at + 1].ended.revision == version->began.revision;
    const struct record *before = has_before ? history->records[at + 1] : NULL;
    struct past_event event = {
        .title = event_words(arena,
                             has_before   ? "Changed"
                             : has_older  ? "Put back"
                             : past->more ? "Written down like this"
                                          : "Added",
                             &version->began),
        .is_erased = version->is_erased,
        .has_before = has_before,
        .restore_url = restore_url(history, version),
    };
    event.is_partial = !differences_add(history->request, history->reader, &history->around.records,
                                        before, history->records[at], &event.changes) ||
                       !reader_sees_all(history->reader, history->records[at]);
    event.reason = event.is_partial ? NULL : version->began.reason;
    list_add(arena, &history->view.events, event);
}

/* Of a version that is not for the reader nothing is told. */
static void events_fill(struct history *history) {
    const struct past *past = &history->past;
    for (size_t at = 0; at < past->list.n; at++) {
        const struct past_version *version = &past->list.items[at];
        bool goes_on = at && past->list.items[at - 1].began.revision == version->ended.revision;
        if (!reader_sees(history->reader, history->records[at]))
            continue;
        if (version->ended.revision && !goes_on)
            ending_add(history, version, at);
        beginning_add(history, at);
    }
}

static enum err versions_look(struct history *history) {
    const struct past *past = &history->past;
    enum err err = OK;
    history->records =
        arena_alloc_array(history->request->arena, past->list.n + 1, sizeof *history->records);
    for (size_t at = 0; !err && at < past->list.n; at++) {
        err = around_version(&history->around, history->kind, history->key,
                             past->list.items[at].cells, &history->records[at]);
        if (!err)
            err = around_references(&history->around, history->records[at]);
    }
    return err;
}

static void history_put(struct history *history, struct response *response) {
    const struct request *request = history->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    struct text body = text_new(arena);
    struct past_view *view = &history->view;
    view->is_gone = history->past.list.items[0].ended.revision;
    view->more = history->past.more;
    view->kind = history->kind->sheet;
    view->title = text_capital(arena, record_label(&history->around.records, history->records[0]));
    view->back = view->is_gone ? "what was taken out" : "the record";
    view->back_url = view->is_gone
                         ? url_to(arena, ROUTE_records_gone, programme, history->kind->name)
                         : record_url(request, history->kind, history->key);
    events_fill(history);
    template_past(&body, view);
    layout_page(request, response, view->title, &body);
}

enum err record_past_show(struct request *request, struct response *response) {
    struct names own = {0};
    struct history history = {
        .request = request,
        .around = around_new(request->db, request->arena, &request->visitor.programme),
        .kind = kind_find(request->values[1]),
        .key = request->values[2]};
    enum err err = visitor_records(request->db, request->arena, &request->visitor, &own);
    const struct record_reader reader = reader_of(request, &own);
    history.reader = &reader;
    if (!err && history.kind)
        err = past_read(request->db, request->arena, &request->visitor.programme, history.kind,
                        history.key, &history.past);
    if (!err && history.past.list.n)
        err = versions_look(&history);
    if (err)
        return err;
    if (history.past.list.n && reader_sees(&reader, history.records[0]))
        history_put(&history, response);
    else
        record_gone(request, response);
    return OK;
}

/* ---- what was taken out ---- */

static enum err gone_lines(struct around *around, const struct request *request,
                           const struct record_reader *reader, const struct kind *kind,
                           const struct past *past, struct records_of_view *view) {
    struct arena *arena = request->arena;
    enum err err = OK;
    for (size_t i = 0; !err && i < past->list.n; i++) {
        const struct past_version *version = &past->list.items[i];
        struct record *record;
        err = around_version(around, kind, version->key, version->cells, &record);
        if (err || !reader_sees(reader, record))
            continue;
        list_add(arena, &view->past.list,
                 (struct record_line){
                     .title = text_capital(arena, record_label(&around->records, record)),
                     .url = url_to(arena, ROUTE_record_past, request->visitor.programme.key,
                                   kind->name, version->key),
                     .what = event_words(arena, "taken out", &version->ended)});
    }
    return err;
}

static const char *gone_page(const char *url, struct arena *arena, bool is_there, size_t from) {
    return is_there ? arena_format(arena, "%s?from=%zu", url, from) : NULL;
}

enum err records_gone_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const struct kind *kind = kind_find(request->values[1]);
    const char *asked = request_query(request, "from");
    size_t from = asked ? strtoul(asked, NULL, 10) % 1000000000 : 0;
    struct around around = around_new(request->db, arena, programme);
    struct past past = {0};
    struct names own = {0};
    struct text body = text_new(arena);
    if (!kind) {
        record_gone(request, response);
        return OK;
    }
    enum err err = past_gone(request->db, arena, programme, kind, from, GONE_MOST, &past);
    if (!err)
        err = visitor_records(request->db, arena, &request->visitor, &own);
    const struct record_reader reader = reader_of(request, &own);
    const char *url = url_to(arena, ROUTE_records_gone, programme->key, kind->name);
    struct records_of_view view = {
        .title = kind->sheet,
        .all_url = url_to(arena, ROUTE_records_of, programme->key, kind->name),
        .add_url = reader.may_correct ? url : NULL,
        .before_url = gone_page(url, arena, from, from > GONE_MOST ? from - GONE_MOST : 0),
        .after_url = gone_page(url, arena, past.more, from + GONE_MOST),
        .which = from || past.more ? arena_format(arena, "%zu to %zu", from + 1, from + past.list.n)
                                   : NULL,
    };
    if (!err)
        err = gone_lines(&around, request, &reader, kind, &past, &view);
    template_gone(&body, &view);
    layout_page(request, response, arena_format(arena, "%s taken out", kind->sheet), &body);
    return err;
}
