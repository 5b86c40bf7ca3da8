/* From nothing to a first diagnosis: a few questions, each answered in one box. */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "start/start.h"
#include "start/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler start_show, start_step_show, start_step_do;

enum { THERE_MOST = 1000 };

static const char *step_url(const struct request *request, const struct start_step *step) {
    return url_to(request->arena, ROUTE_start_step, request->visitor.programme.key, step->name);
}

static const char *next_url(const struct request *request, const struct start_step *step) {
    return step + 1 < start_steps + START_STEPS
               ? step_url(request, step + 1)
               : url_to(request->arena, ROUTE_start, request->visitor.programme.key);
}

static size_t count_of(const size_t *counts, const struct start_step *step) {
    return counts[kind_index(kind_find(step->kind))];
}

/* What is there, and what the last look made of it. */
static enum err so_far(struct request *request, size_t *counts, const char **out) {
    struct seen seen;
    struct text words = text_new(request->arena);
    enum err err = programme_count(request->db, &request->visitor.programme, counts);
    if (!err)
        err = seen_read(request, &seen);
    if (err)
        return err;
    text_add(&words, "So far:");
    for (size_t i = 0; i < START_STEPS; i++)
        text_add_format(&words, "%s %zu %s", i ? "," : "", count_of(counts, &start_steps[i]),
                        start_steps[i].name);
    text_add(&words, seen.shown.is_there && !seen_is_behind(request, &seen)
                         ? ". The diagnosis has looked at all of it."
                         : ". The diagnosis is looking at it: load this page again in a moment.");
    *out = words.bytes;
    return OK;
}

enum err start_show(struct request *request, struct response *response) {
    const char *key = request->visitor.programme.key;
    struct start_view view = {.diagnosis_url = url_to(request->arena, ROUTE_diagnosis, key)};
    struct text body = text_new(request->arena);
    size_t *counts = arena_alloc_array(request->arena, kind_count, sizeof *counts);
    enum err err = so_far(request, counts, &view.so_far);
    if (err)
        return err;
    view.next_url = view.diagnosis_url;
    for (size_t i = START_STEPS; i-- > 0;)
        if (!count_of(counts, &start_steps[i]))
            view.next_url = step_url(request, &start_steps[i]);
    for (size_t i = 0; i < START_STEPS; i++) {
        size_t count = count_of(counts, &start_steps[i]);
        list_add(request->arena, &view.steps.list,
                 (struct start_line){start_steps[i].title, step_url(request, &start_steps[i]),
                                     count ? arena_format(request->arena, "(%zu)", count)
                                           : "(none yet)"});
    }
    template_start(&body, &view);
    layout_page(request, response, "Begin here", &body);
    return OK;
}

/* ---- a question ---- */

static enum err step_put(struct request *request, struct response *response,
                         const struct start_step *step, const struct around_list *there,
                         const char *fault) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    const char *base = request_field(request, "base"), *sent = request_filled(request, "token");
    char *token = arena_alloc(arena, TOKEN_SIZE);
    size_t *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    struct text body = text_new(arena);
    token_new(token);
    struct start_step_view view = {
        .title = step->title,
        .why = step->why,
        .how = step->how,
        .url = step_url(request, step),
        .start_url = url_to(arena, ROUTE_start, programme),
        .next_url = next_url(request, step),
        .diagnosis_url = url_to(arena, ROUTE_diagnosis, programme),
        .token = sent ? sent : token,
        .base = base ? base
                     : arena_format(arena, "%lld", (long long)request->visitor.programme.revision),
        .lines = request_field(request, "lines"),
        .fault = fault,
        .form_token = layout_form_token(request)};
    form_fault_add(arena, &view.faults, "lines", fault);
    for (size_t i = 0; i < there->list.n; i++) {
        const struct record *record = there->list.items[i];
        list_add(arena, &view.there.list,
                 (struct start_line){.title = record->values[1],
                                     .url = record_url(request, record->kind, record->id)});
    }
    enum err err = so_far(request, counts, &view.so_far);
    template_start_step(&body, &view);
    layout_page(request, response, step->title, &body);
    if (fault)
        response->status = STATUS_BAD_REQUEST;
    return err;
}

static void step_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such question",
                   "Under “Begin here” you find those that there are.");
}

enum err start_step_show(struct request *request, struct response *response) {
    const struct start_step *step = start_step_find(request->values[1]);
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_list there = {0};
    if (!step) {
        step_gone(request, response);
        return OK;
    }
    enum err err = around_kind(&around, kind_find(step->kind), 0, THERE_MOST, &there);
    return err ? err : step_put(request, response, step, &there, NULL);
}

enum err start_step_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct start_step *step = start_step_find(request->values[1]);
    const char *lines = request_filled(request, "lines"), *base = request_field(request, "base");
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list there = {0}, organisations = {0};
    struct start_problems problems = {0};
    struct corrected_many saved = {0};
    struct corrections wish = {.programme = &request->visitor.programme,
                               .base = base ? strtoll(base, NULL, 10) : 0,
                               .author = request->visitor.name,
                               .reason = "Written down at the beginning",
                               .token = request_filled(request, "token")};
    if (!step) {
        step_gone(request, response);
        return OK;
    }
    enum err err = around_kind(&around, kind_find(step->kind), 0, THERE_MOST, &there);
    if (!err)
        err = around_kind(&around, kind_find("organisation"), 0, THERE_MOST, &organisations);
    if (err)
        return err;
    if (!lines || !wish.token)
        return step_put(request, response, step, &there, "Write at least one line, or skip this");
    start_lines_read(arena, step, lines, &there, &organisations, &wish, &problems);
    if (!problems.list.n && wish.records.n)
        err = correct_records(request->db, arena, &wish, &saved);
    if (err)
        return err;
    if (saved.is_stale)
        return step_put(request, response, step, &there,
                        "Something was erased since you opened this page. Open it again");
    if (problems.list.n || saved.problems.n)
        return step_put(request, response, step, &there,
                        problems.list.n ? problems.list.items[0] : saved.problems.items[0]);
    response_see_other(response, next_url(request, step));
    return OK;
}
