/* Correcting a record, adding one, and taking one out. */
#include "base/text.h"
#include "findings/known_pages.h"
#include "findings/reader_pages.h"
#include "records/form_pages.h"
#include "records/records_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler record_new_show, record_add_do, correct_show, correct_do, record_remove_do;

/* What a page of this kind is about. */
struct correcting {
    struct request *request;
    const struct kind *kind;
    struct around around;
    struct around_found found; /* the record is NULL: a new one */
    const char **cells;        /* what stands in the form */
    int64_t base;
    struct way_back way; /* to the finding from which they came */
};

static enum err correcting_begin(struct request *request, struct correcting *out) {
    *out = (struct correcting){
        .request = request,
        .kind = kind_find(request->values[1]),
        .around = around_new(request->db, request->arena, &request->visitor.programme),
        .base = request->visitor.programme.revision};
    return way_back_read(request, NULL, &out->way);
}

static enum err correcting_find(struct correcting *correcting) {
    if (!correcting->kind)
        return OK;
    enum err err = around_record(&correcting->around, correcting->kind,
                                 correcting->request->values[2], &correcting->found);
    if (!err && correcting->found.record)
        correcting->cells = correcting->found.record->values;
    return err;
}

/* ---- the page ---- */

static void view_begin(struct correcting *correcting, struct correct_view *view) {
    const struct request *request = correcting->request;
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key, *kind = correcting->kind->name;
    const struct record *record = correcting->found.record;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    *view = (struct correct_view){
        .form_token = layout_form_token(request),
        .token = token,
        .base = arena_format(arena, "%lld", (long long)correcting->base),
        .reason = request_field(request, "reason"),
        .record = correcting->kind->what,
        .title = arena_format(arena, "Add to %s", correcting->kind->sheet),
        .button = "Add it",
        .url = url_to(arena, ROUTE_record_add, programme, kind),
        .back_url = url_to(arena, ROUTE_records_of, programme, kind),
        .back = correcting->kind->sheet,
        .finding = correcting->way.finding,
    };
    if (!record)
        return;
    view->record = text_capital(arena, record_label(&correcting->around.records, record));
    view->title = "What is wrong here?";
    view->button = "Save it like this";
    view->url = url_to(arena, ROUTE_correct_save, programme, kind, record->id);
    view->back_url = url_from_finding(arena, record_url(request, correcting->kind, record->id),
                                      correcting->way.finding);
    view->back = "the record";
    if (!text_equal(kind, "programme"))
        view->remove_url = url_to(arena, ROUTE_record_remove, programme, kind, record->id);
}

static void view_put(struct correcting *correcting, struct response *response,
                     const struct correct_view *view) {
    struct text body = text_new(correcting->request->arena);
    template_correct(&body, view);
    layout_page(correcting->request, response, view->title, &body);
}

static enum err form_show(struct correcting *correcting, struct response *response) {
    struct correct_view view;
    view_begin(correcting, &view);
    enum err err = form_fields(&correcting->around, correcting->kind, correcting->cells, &view);
    view_put(correcting, response, &view);
    return err;
}

/* A link may say what is right: ?state=open, or ?until= for nothing. */
static void cells_prefill(struct correcting *correcting, const char *const *before) {
    const struct request *request = correcting->request;
    const struct kind *kind = correcting->kind;
    size_t n = kind_field_count(kind);
    correcting->cells = arena_alloc_array(request->arena, n, sizeof *correcting->cells);
    for (size_t f = 0; f < n; f++) {
        const char *asked = request_query(request, kind->fields[f].name);
        if (asked)
            correcting->cells[f] = text_blank(asked) ? NULL : asked;
        else if (before)
            correcting->cells[f] = before[f];
    }
}

enum err correct_show(struct request *request, struct response *response) {
    struct correcting correcting;
    enum err err = correcting_begin(request, &correcting);
    if (!err)
        err = correcting_find(&correcting);
    if (err || !correcting.found.record) {
        record_gone(request, response);
        return err;
    }
    cells_prefill(&correcting, correcting.found.record->values);
    return form_show(&correcting, response);
}

enum err record_new_show(struct request *request, struct response *response) {
    struct correcting correcting;
    enum err err = correcting_begin(request, &correcting);
    if (err || !correcting.kind) {
        record_gone(request, response);
        return err;
    }
    cells_prefill(&correcting, NULL);
    return form_show(&correcting, response);
}

/* ---- saving ---- */

static int64_t base_of_form(const struct request *request) {
    const char *base = request_field(request, "base");
    return base ? strtoll(base, NULL, 10) : 0;
}

static enum err correction_do(struct correcting *correcting, const char **cells,
                              struct corrected *out) {
    struct request *request = correcting->request;
    const struct record *record = correcting->found.record;
    const struct correction correction = {
        .programme = &request->visitor.programme,
        .kind = correcting->kind,
        .key = record ? record->id : NULL,
        .cells = cells,
        .base = base_of_form(request),
        .author = request->visitor.name,
        .reason = request_filled(request, "reason"),
        .token = request_filled(request, "token"),
    };
    return correct_record(request->db, request->arena, &correction, out);
}

static void stale_answer(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_CONFLICT, "Please open the form again",
                   "What you had before you is too old to be saved: something was erased since, "
                   "and the form may still hold it. Nothing was changed.");
}

static void saved_answer(struct correcting *correcting, struct response *response,
                         const char *key) {
    struct request *request = correcting->request;
    const char *url = key ? record_url(request, correcting->kind, key)
                          : url_to(request->arena, ROUTE_records_of, request->visitor.programme.key,
                                   correcting->kind->name);
    url = arena_format(request->arena, "%s?%s=1", url, key ? "saved" : "removed");
    response_see_other(response, url_from_finding(request->arena, url, correcting->way.finding));
}

/* The form once more, with what was filled in and what stands against it. */
static enum err form_again(struct correcting *correcting, struct response *response,
                           const struct corrected *corrected) {
    struct arena *arena = correcting->request->arena;
    struct correct_view view;
    bool is_conflict = corrected->as == CORRECT_CONFLICT && corrected->now;
    /* What somebody else has saved is seen by the next try, too, until it was shown. */
    correcting->base = is_conflict ? corrected->revision : base_of_form(correcting->request);
    if (is_conflict)
        form_merge(correcting->kind, corrected, correcting->cells);
    view_begin(correcting, &view);
    enum err err = form_fields(&correcting->around, correcting->kind, correcting->cells, &view);
    form_problems(correcting->request, corrected, correcting->kind, &view);
    if (is_conflict)
        form_conflict(arena, correcting->kind, corrected, &view);
    view_put(correcting, response, &view);
    response->status = is_conflict ? STATUS_CONFLICT : STATUS_BAD_REQUEST;
    return err;
}

/* Somebody has taken out what was to be corrected: it can be added anew. */
static enum err gone_again(struct correcting *correcting, struct response *response) {
    struct correct_view view;
    correcting->found.record = NULL;
    view_begin(correcting, &view);
    view.has_errors = true;
    view.conflict = "Somebody has taken this record out since you opened the page. If it is to be "
                    "there all the same, add it again: here is what you wrote.";
    enum err err = form_fields(&correcting->around, correcting->kind, correcting->cells, &view);
    view_put(correcting, response, &view);
    response->status = STATUS_CONFLICT;
    return err;
}

static enum err cells_save(struct correcting *correcting, struct response *response) {
    struct corrected corrected;
    enum err err = correction_do(correcting, correcting->cells, &corrected);
    if (err)
        return err;
    switch (corrected.as) {
    case CORRECT_SAVED:
    case CORRECT_SAME:
    case CORRECT_KNOWN:
        saved_answer(correcting, response, corrected.key);
        return OK;
    case CORRECT_WRONG:
    case CORRECT_CONFLICT:
        return form_again(correcting, response, &corrected);
    case CORRECT_GONE:
        return gone_again(correcting, response);
    case CORRECT_STALE:
        stale_answer(correcting->request, response);
        return OK;
    }
    abort();
}

enum err record_add_do(struct request *request, struct response *response) {
    struct correcting correcting;
    enum err err = correcting_begin(request, &correcting);
    if (err || !correcting.kind) {
        record_gone(request, response);
        return err;
    }
    correcting.cells = form_cells(request, correcting.kind, NULL);
    return cells_save(&correcting, response);
}

enum err correct_do(struct request *request, struct response *response) {
    struct correcting correcting;
    struct corrected corrected = {0};
    enum err err = correcting_begin(request, &correcting);
    if (!err)
        err = correcting_find(&correcting);
    if (err || !correcting.kind) {
        record_gone(request, response);
        return err;
    }
    correcting.cells = form_cells(request, correcting.kind, correcting.cells);
    if (correcting.found.record)
        return cells_save(&correcting, response);
    /* Not there (any more); or saved a moment ago, by the same form, under another name. */
    struct record gone = {.kind = correcting.kind, .id = request->values[2]};
    correcting.found.record = &gone;
    err = correction_do(&correcting, correcting.cells, &corrected);
    if (!err && corrected.as == CORRECT_KNOWN)
        saved_answer(&correcting, response, corrected.key);
    return err || corrected.as == CORRECT_KNOWN ? err : gone_again(&correcting, response);
}

/* ---- taking out ---- */

/* The records that stand in the way, since they refer to this one. */
static enum err referring_fill(struct correcting *correcting, const struct corrected *corrected,
                               struct correct_view *view) {
    enum { MOST = 20 };
    struct arena *arena = correcting->request->arena;
    struct around_found found;
    enum err err = OK;
    if (corrected->problems.n)
        view->conflict = arena_format(
            arena,
            "Other records speak of it (%zu of them), so it stays until they do no more. If it has "
            "come to an end, give it a last day instead.",
            corrected->problems.n);
    for (size_t i = 0; !err && i < corrected->problems.n && i < MOST; i++) {
        const struct correct_problem *problem = &corrected->problems.items[i];
        err = problem->kind
                  ? around_record(&correcting->around, problem->kind, problem->key, &found)
                  : OK;
        if (err || !problem->kind || !found.record)
            continue;
        list_add(arena, &view->wrong.list,
                 (struct record_line){
                     .title = text_capital(arena,
                                           record_label(&correcting->around.records, found.record)),
                     .url = record_url(correcting->request, problem->kind, problem->key)});
    }
    return err;
}

/* The page once more, with what stands against taking the record out. */
static enum err remove_again(struct correcting *correcting, struct response *response,
                             const struct corrected *corrected, bool is_said) {
    struct correct_view view;
    view_begin(correcting, &view);
    view.remove_reason = view.reason;
    view.reason = NULL;
    view.has_errors = true;
    if (!is_said)
        view.remove_error = "Say why it is to be taken out";
    enum err err = referring_fill(correcting, corrected, &view);
    if (corrected->as == CORRECT_CONFLICT || corrected->as == CORRECT_STALE)
        view.conflict = "Somebody else has changed this record since you opened the page. Below it "
                        "stands as it is now: look, and decide again.";
    if (!err)
        err = form_fields(&correcting->around, correcting->kind, correcting->cells, &view);
    view_put(correcting, response, &view);
    response->status = corrected->as == CORRECT_WRONG ? STATUS_BAD_REQUEST : STATUS_CONFLICT;
    return err;
}

enum err record_remove_do(struct request *request, struct response *response) {
    struct correcting correcting;
    struct corrected corrected;
    enum err err = correcting_begin(request, &correcting);
    if (!err)
        err = correcting_find(&correcting);
    if (err || !correcting.kind || text_equal(correcting.kind->name, "programme")) {
        record_gone(request, response);
        return err;
    }
    bool is_there = correcting.found.record, is_said = request_filled(request, "reason");
    corrected = (struct corrected){.as = is_there ? CORRECT_WRONG : CORRECT_KNOWN};
    if (is_there && is_said)
        err = correction_do(&correcting, NULL, &corrected);
    if (err)
        return err;
    if (corrected.as != CORRECT_SAVED && corrected.as != CORRECT_KNOWN)
        return remove_again(&correcting, response, &corrected, is_said);
    saved_answer(&correcting, response, NULL);
    return OK;
}
