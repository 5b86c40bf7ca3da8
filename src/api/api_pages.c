/* What other programs read: programmes, records and findings as JSON, and the description of that.
 */
#include "api/openapi.h"
#include "api/shapes.h"
#include "content/json.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler api_description_show, api_programmes_show, api_records_show, api_record_show,
    api_findings_show;

/* Gives up the caller's reference. */
static void answer_put(struct response *response, json_t *root) {
    char *written = json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(15));
    response->type = "application/json";
    text_add(&response->body, written ? written : "{}");
    free(written);
    json_decref(root);
}

enum err api_description_show(struct request *request, struct response *response) {
    answer_put(response, openapi_make(request->arena));
    return OK;
}

/* ---- programmes ---- */

enum err api_programmes_show(struct request *request, struct response *response) {
    const struct visitor *visitor = &request->visitor;
    struct parts_taken parts;
    json_t *list = json_array();
    enum err err = visitor_programmes(request->db, request->arena, visitor, &parts);
    for (size_t i = 0; !err && i < parts.list.n; i++) {
        const struct programme *programme = &parts.list.items[i].programme;
        if (visitor->key_programme && visitor->key_programme != programme->id)
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I}", "key", programme->key, "name",
                                              programme->name, "role",
                                              role_titles[parts.list.items[i].role], "revision",
                                              (json_int_t)programme->revision));
    }
    answer_put(response, json_pack("{s:o}", "programmes", list));
    return err;
}

/* ---- pages of lists ---- */

struct paging {
    const char *after; /* the key of the last one of the page before; NULL: from the beginning */
    size_t limit;
};

static bool paging_read(struct request *request, struct response *response, struct paging *out) {
    const char *limit = request_query(request, "limit");
    char *end = NULL;
    const unsigned long n = limit ? strtoul(limit, &end, 10) : API_PAGE_USUAL;
    *out = (struct paging){request_query(request, "after"), n};
    if (!limit || (end != limit && !*end && n >= 1 && n <= API_PAGE_MOST))
        return true;
    layout_message(
        request, response, STATUS_BAD_REQUEST, "The limit cannot be understood",
        arena_format(request->arena, "Write a whole number from 1 to %d.", API_PAGE_MOST));
    return false;
}

/* The page is put after the others of its kind: `next` leads on after the thing of that key. */
static void page_put(const struct request *request, struct response *response, const char *things,
                     json_t *list, const struct paging *paging, const char *last) {
    const struct programme *programme = &request->visitor.programme;
    struct text next = text_new(request->arena);
    if (last) {
        const char *state = request_query(request, "state");
        text_add_format(&next, "%s?limit=%zu", request->address, paging->limit);
        if (state) {
            text_add(&next, "&state=");
            html_url_part(&next, state);
        }
        text_add(&next, "&after=");
        html_url_part(&next, last);
    }
    answer_put(response, json_pack("{s:s, s:I, s:o, s:s?}", "programme", programme->key, "revision",
                                   (json_int_t)programme->revision, things, list, "next",
                                   last ? next.bytes : NULL));
}

static void page_lost(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "The list cannot be gone on with",
                   "What the page before ended with has been taken out since, or \"after\" was "
                   "not copied whole. Begin again with the first page.");
}

/* ---- records ---- */

static json_t *record_json(const struct request *request, const struct record_reader *reader,
                           const struct around *around, const struct record *record) {
    json_t *values = json_object();
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (record->values[f] && reader_sees_field(reader, record, field))
            json_object_set_new(values, field->name,
                                shape_value(request->arena, field, record->values[f]));
    }
    return json_pack("{s:s, s:s, s:s, s:o}", "kind", record->kind->name, "key", record->id, "label",
                     record_label(&around->records, record), "values", values);
}

static const struct kind *kind_asked(const struct request *request, struct response *response) {
    const struct kind *kind = kind_find(request->values[1]);
    if (!kind)
        layout_message(request, response, STATUS_NOT_FOUND, "There is no such kind of record",
                       "/api/v1/openapi.json lists them.");
    return kind;
}

enum err api_records_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_asked(request, response);
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list all = {0};
    struct names own;
    struct paging paging;
    bool is_there = true;
    if (!kind || !paging_read(request, response, &paging) ||
        response_is_unchanged(request, response))
        return OK;
    enum err err = visitor_records(request->db, arena, &request->visitor, &own);
    if (!err)
        err = around_after(&around, kind, paging.after, paging.limit, &all, &is_there);
    if (!is_there)
        page_lost(request, response);
    if (err || !is_there)
        return err;
    const struct record_reader reader = reader_of(request, &own);
    json_t *list = json_array();
    for (size_t i = 0; i < all.list.n; i++)
        if (reader_sees(&reader, all.list.items[i]))
            json_array_append_new(list, record_json(request, &reader, &around, all.list.items[i]));
    page_put(request, response, "records", list, &paging,
             all.more ? all.list.items[all.list.n - 1]->id : NULL);
    return OK;
}

enum err api_record_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct kind *kind = kind_asked(request, response);
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_found found = {0};
    struct names own;
    if (!kind || response_is_unchanged(request, response))
        return OK;
    enum err err = visitor_records(request->db, arena, &request->visitor, &own);
    if (!err)
        err = around_record(&around, kind, request->values[2], &found);
    if (err)
        return err;
    const struct record_reader reader = reader_of(request, &own);
    if (!found.record || !reader_sees(&reader, found.record))
        layout_message(request, response, STATUS_NOT_FOUND, "There is no such record",
                       "It has been taken out, or has another key, or is for others to read.");
    else
        answer_put(response, record_json(request, &reader, &around, found.record));
    return OK;
}

/* ---- findings ---- */

static json_t *records_json(const struct shown_finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->records.n; i++) {
        const struct shown_record *record = &finding->records.items[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s}", "kind", record->kind, "key",
                                        record->key, "label", record->label, "said", record->said));
    }
    return list;
}

static const char *state_of(const struct kept_finding *kept) {
    return finding_state_names[kept ? kept->state : FINDING_OPEN];
}

static json_t *finding_json(const struct shown_finding *finding, const struct kept_finding *kept) {
    const char *since =
        kept && kept->periods.n ? kept->periods.items[kept->periods.n - 1].opened : NULL;
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:s, s:b, s:s?, s:o, "
        "s:o, s:o, s:o}",
        "id", finding->id, "rule", finding->rule, "title", finding->title, "sentence",
        finding->sentence, "next", finding->next, "level", finding->level, "outcome",
        finding->outcome, "severity", finding->severity, "state", state_of(kept), "since", since,
        "source", finding->source, "evidence", finding->evidence, "private", finding->is_private,
        "step", finding->step, "barriers", names_json(&finding->barriers), "mechanisms",
        names_json(&finding->mechanisms), "competences", names_json(&finding->competences),
        "records", records_json(finding));
}

/* Those about the visitor come after those of the diagnosis; one that is in both is told once. */
static struct shown_findings findings_of_visitor(const struct request *request,
                                                 const struct seen *seen) {
    struct shown_findings out = {0};
    const struct shown_findings own = seen_about_you(request, seen);
    for (size_t i = 0; i < seen->shown.findings.n; i++)
        list_add(request->arena, &out.list, seen->shown.findings.items[i]);
    for (size_t i = 0; i < own.list.n; i++)
        if (!shown_find(&seen->shown, own.list.items[i].id))
            list_add(request->arena, &out.list, own.list.items[i]);
    return out;
}

/* Where the list goes on; its length if nothing is left, more than that if the place is lost. */
static size_t place_after(const struct shown_findings *all, const char *after) {
    size_t i = 0;
    while (after && i < all->list.n && !text_equal(all->list.items[i].id, after))
        i++;
    return after ? i + 1 : 0;
}

enum err api_findings_show(struct request *request, struct response *response) {
    struct seen seen;
    struct paging paging;
    const char *state = request_query(request, "state"), *last = NULL;
    if (!paging_read(request, response, &paging) || response_is_unchanged(request, response))
        return OK;
    if (state && name_index(finding_state_names, FINDING_CLOSED, state) < 0) {
        layout_message(request, response, STATUS_BAD_REQUEST, "There is no such state",
                       "Write open or set-aside.");
        return OK;
    }
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    const struct shown_findings all = findings_of_visitor(request, &seen);
    size_t i = place_after(&all, paging.after);
    if (i > all.list.n) {
        page_lost(request, response);
        return OK;
    }
    json_t *list = json_array();
    for (; i < all.list.n && json_array_size(list) < paging.limit; i++) {
        const struct shown_finding *finding = &all.list.items[i];
        const struct kept_finding *kept = seen_kept(&seen, finding->id);
        if (!state || text_equal(state, state_of(kept)))
            json_array_append_new(list, finding_json(finding, kept));
    }
    if (i < all.list.n && i)
        last = all.list.items[i - 1].id;
    page_put(request, response, "findings", list, &paging, last);
    return OK;
}
