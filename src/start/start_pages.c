/* Beginning a programme: the list of questions, a page for each, and what the first diagnosis
 * says. */
#include "base/text.h"
#include "findings/reader_pages.h"
#include "start/inside.h"
#include "start/so_far_pages.h"
#include "start/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "web/static_file.h"
#include <stdlib.h>

page_handler start_show, start_step_show, start_step_do;

static const char result_name[] = "diagnosis";

static const char *question_url(const struct request *request, const char *name) {
    return url_to(request->arena, ROUTE_start_step, request->visitor.programme.key, name);
}

static const char *start_url(const struct request *request) {
    return url_to(request->arena, ROUTE_start, request->visitor.programme.key);
}

/* The next that can be answered and was not; after the last the result. */
static const char *next_url(const struct request *request, const struct start_progress *progress,
                            const struct start_question *from) {
    for (; from < start_questions + START_QUESTIONS; from++)
        if (!progress->answered[from - start_questions] && !start_waits_for(progress, from))
            return question_url(request, from->name);
    return question_url(request, result_name);
}

/* ---- all questions ---- */

static struct start_line question_line(const struct request *request,
                                       const struct start_progress *progress,
                                       const struct start_question *question) {
    const struct start_question *before = start_waits_for(progress, question);
    bool is_answered = progress->answered[question - start_questions];
    return (struct start_line){
        .title = question->title,
        .url = before ? NULL : question_url(request, question->name),
        .why = before ? arena_format(request->arena, "First: %s", before->title) : NULL,
        .state = is_answered ? "Answered"
                 : before    ? "Cannot start yet"
                             : "Not yet",
        .colour = is_answered ? NULL
                  : before    ? "grey"
                              : "blue",
    };
}

enum err start_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct start_view view = {.programme = request->visitor.programme.name};
    struct start_progress progress;
    struct text body = text_new(arena);
    enum err err = start_progress_read(request->db, arena, &request->visitor.programme,
                                       request->today, &progress);
    if (!err)
        err = so_far_read(request, start_url(request), &view.so_far);
    if (err)
        return err;
    view.is_whole = progress.n == START_QUESTIONS;
    if (progress.n && !view.is_whole)
        view.result_url = question_url(request, result_name);
    view.next_url = next_url(request, &progress, start_questions);
    view.next_title = view.is_whole ? "Read your first diagnosis" : progress.n ? "Go on" : "Begin";
    view.count = arena_format(arena, "%zu of %d answered", progress.n, START_QUESTIONS);
    for (size_t i = 0; i < START_QUESTIONS; i++)
        list_add(arena, &view.questions.list,
                 question_line(request, &progress, &start_questions[i]));
    response->refresh = view.so_far.is_behind ? SO_FAR_SECONDS : 0;
    template_start(&body, &view);
    layout_page(request, response, "Begin here", &body);
    return OK;
}

/* ---- a question ---- */

static const char *sent_in(const void *context, const char *name) {
    return request_field(context, name);
}

/* What is said of a record, in a few words: "Hillside Council, social worker"; NULL: nothing is. */
static const char *more_words(const struct request *request, const struct start *start,
                              const struct record *record) {
    static const char *const fields[] = {"sector", "employer", "profession", "due"};
    struct text words = text_new(request->arena);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = record_value(record, fields[i]);
        const struct record *employer =
            text_equal(fields[i], "employer") ? start_record(start, "organisation", value) : NULL;
        if (value && !text_equal(value, "none"))
            text_add_format(&words, "%s%s", words.length ? ", " : "",
                            employer ? record_value(employer, "name") : value);
    }
    return words.length ? words.bytes : NULL;
}

/* What there is already of what the question asks for, with what was guessed of it. */
static void there_fill(const struct request *request, const struct start *start,
                       const struct start_question *question, struct start_lines *out) {
    const struct kind *kind = question->there ? kind_find(question->there) : NULL;
    const struct around_list *all = kind ? &start->of_kind[kind_index(kind)] : NULL;
    for (size_t i = 0; all && i < all->list.n; i++)
        list_add(request->arena, &out->list,
                 (struct start_line){.title = all->list.items[i]->values[1],
                                     .url = record_url(request, kind, all->list.items[i]->id),
                                     .state = more_words(request, start, all->list.items[i])});
}

static void faults_fill(struct arena *arena, const struct start_form *form,
                        struct form_faults *out) {
    for (size_t g = 0; g < form->groups.n; g++)
        for (size_t f = 0; f < form->groups.items[g].fields.n; f++) {
            const struct start_field *field = &form->groups.items[g].fields.items[f];
            form_fault_add(arena, out, field->id, field->fault);
        }
}

/* `fault` is none of one field; or NULL. */
static enum err question_put(struct request *request, struct response *response,
                             const struct start_question *question, const struct start *start,
                             const char *fault) {
    struct arena *arena = request->arena;
    const char *base = request_field(request, "base"), *sent = request_filled(request, "token");
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct start_progress progress;
    struct text body = text_new(arena);
    token_new(token);
    struct start_question_view view = {
        .title = question->title,
        .why = question->why,
        .caption = arena_format(arena, "Question %zu of %d",
                                (size_t)(question - start_questions) + 1, START_QUESTIONS),
        .url = question_url(request, question->name),
        .start_url = start_url(request),
        .button = start->form.fields ? "Save and go on" : "Go on",
        .script = static_file_named("start.js")->path,
        .token = sent && !fault ? sent : token,
        .base = base && !fault
                    ? base
                    : arena_format(arena, "%lld", (long long)request->visitor.programme.revision),
        .form_token = layout_form_token(request),
        .form = &start->form};
    enum err err = start_progress_read(request->db, arena, &request->visitor.programme,
                                       request->today, &progress);
    if (!err)
        err = so_far_read(request, view.url, &view.so_far);
    if (err)
        return err;
    view.next_url = next_url(request, &progress, question + 1);
    there_fill(request, start, question, &view.there);
    faults_fill(arena, &start->form, &view.faults);
    if (fault)
        form_fault_add(arena, &view.faults, NULL, fault);
    template_start_question(&body, &view, arena);
    layout_page(request, response, question->title, &body);
    if (view.faults.list.n)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

static void question_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such question",
                   "Under “Begin here” you find those that there are.");
}

static struct start start_of(struct request *request) {
    return (struct start){.db = request->db,
                          .arena = request->arena,
                          .programme = &request->visitor.programme,
                          .today = request->today};
}

/* Says what has to be answered before; whether anything has. */
static enum err waits(struct request *request, struct response *response,
                      const struct start_question *question, bool *out) {
    struct start_progress progress;
    enum err err = start_progress_read(request->db, request->arena, &request->visitor.programme,
                                       request->today, &progress);
    const struct start_question *before = err ? NULL : start_waits_for(&progress, question);
    *out = before;
    if (before)
        layout_message_with(
            request, response, STATUS_OK, question->title,
            "Another question comes before this one.",
            (struct layout_link){before->title, question_url(request, before->name)});
    return err;
}

enum err start_step_show(struct request *request, struct response *response) {
    const struct start_question *question = start_question_find(request->values[1]);
    struct start start = start_of(request);
    bool is_waiting = false;
    if (text_equal(request->values[1], result_name))
        return start_result_put(request, response);
    if (!question) {
        question_gone(request, response);
        return OK;
    }
    enum err err = waits(request, response, question, &is_waiting);
    if (err || is_waiting)
        return err;
    err = start_ask(&start, question, NULL, NULL);
    return err ? err : question_put(request, response, question, &start, NULL);
}

enum err start_step_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct start_question *question = start_question_find(request->values[1]);
    const char *base = request_field(request, "base");
    struct start start = start_of(request);
    struct start_progress progress;
    struct corrected_many saved = {0};
    if (!question) {
        question_gone(request, response);
        return OK;
    }
    enum err err = start_ask(&start, question, sent_in, request);
    if (err)
        return err;
    start.wish.programme = &request->visitor.programme;
    start.wish.base = base ? strtoll(base, NULL, 10) : 0;
    start.wish.author = request->visitor.name;
    start.wish.reason = start_reason(arena, question);
    start.wish.token = request_filled(request, "token");
    if (start.has_fault)
        return question_put(request, response, question, &start, NULL);
    if (!start.wish.token)
        return question_put(request, response, question, &start, "Send the form once more.");
    if (start.wish.records.n)
        err = correct_records(request->db, arena, &start.wish, &saved);
    if (err)
        return err;
    if (saved.is_stale || saved.problems.n)
        return question_put(request, response, question, &start,
                            saved.is_stale
                                ? "Something was erased since you opened this page. Open it again."
                                : saved.problems.items[0]);
    err = start_progress_read(request->db, arena, &request->visitor.programme, request->today,
                              &progress);
    progress.answered[question - start_questions] = true;
    response_see_other(response, next_url(request, &progress, question + 1));
    return err;
}
