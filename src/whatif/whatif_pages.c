/* Asking: what if somebody left? Who would we miss most? */
#include "base/text.h"
#include "findings/findings_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "whatif/asked_pages.h"
#include "whatif/views.h"
#include <stdlib.h>

page_handler whatif_show, whatif_ask_do, whatif_remove_do, whatif_stop_do;

const char *asked_title(struct arena *arena, const struct asked *asked) {
    return asked->person ? arena_format(arena, "What if “%s” left?", asked->person_name)
                         : "Who would we miss most?";
}

static const char *state_words(struct arena *arena, const struct asked *asked) {
    const char *from = day_long(arena, asked->day);
    if (asked->failed)
        return arena_format(arena, "from %s: it was not worked out", from);
    if (!asked->answered_at && asked->done_of)
        return arena_format(arena, "from %s: being worked out, %lld of %lld people", from,
                            (long long)asked->done, (long long)asked->done_of);
    if (!asked->answered_at)
        return arena_format(arena, "from %s: being worked out", from);
    return arena_format(arena, "from %s; worked out on %s", from,
                        day_of_moment(arena, asked->answered_at));
}

static const char *token_made(struct arena *arena) {
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    return token;
}

static const char *answer_url(const struct request *request, int64_t id) {
    return url_to(request->arena, ROUTE_whatif_answer, request->visitor.programme.key,
                  arena_format(request->arena, "%lld", (long long)id));
}

/* The page with the form, as it was filled in. */
static enum err form_put(struct request *request, struct response *response,
                         const struct seen *seen, struct whatif_view *view) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const char *chosen = request->method == METHOD_POST ? request_field(request, "person")
                                                        : request_query(request, "person");
    struct all_asked asked;
    struct text body = text_new(arena);
    enum err err = asked_list(request->db, arena, programme->id, &asked);
    view->url = url_to(arena, ROUTE_whatif_ask, programme->key);
    view->form_token = layout_form_token(request);
    view->token = token_made(arena);
    view->other_token = token_made(arena);
    view->day = request_field(request, "day");
    view->people = people_choices(request, seen, chosen);
    for (size_t i = 0; !err && i < asked.list.n; i++) {
        const struct asked *one = &asked.list.items[i];
        list_add(arena, &view->asked,
                 (struct asked_line){asked_title(arena, one), answer_url(request, one->id),
                                     state_words(arena, one)});
    }
    template_whatif(&body, view);
    layout_page(request, response, "What if?", &body);
    return err;
}

enum err whatif_show(struct request *request, struct response *response) {
    struct seen seen = {0};
    struct whatif_view view = {0};
    enum err err = seen_people_read(request, &seen);
    return err ? err : form_put(request, response, &seen, &view);
}

/* What was filled in, as a question; what is wrong with it goes into the form. */
static bool question_read(const struct request *request, const struct seen *seen,
                          struct whatif_view *form, struct asked *out) {
    const char *person = request_filled(request, "person"), *day = request_filled(request, "day");
    const char *what = request_field(request, "what");
    *out = (struct asked){.day = request->today};
    if (what && text_equal(what, "everybody"))
        return true;
    if (!person || !index_find(&seen->people, person))
        form->person_error = "Choose who would leave";
    else {
        out->person = person;
        out->person_name = name_of(seen, person);
    }
    out->day = day ? day_from_text(request->arena, day) : request->today;
    if (!out->day)
        form->day_error = "Write a day, such as 31 March 2027";
    return !form->person_error && !form->day_error;
}

enum err whatif_ask_do(struct request *request, struct response *response) {
    const char *token = request_filled(request, "token");
    struct seen seen = {0};
    struct whatif_view form = {0};
    struct asked question;
    int64_t id;
    enum err err = seen_people_read(request, &seen);
    if (err)
        return err;
    if (!question_read(request, &seen, &form, &question)) {
        err = form_put(request, response, &seen, &form);
        response->status = STATUS_BAD_REQUEST;
        return err;
    }
    err = asked_add(request->db, request->visitor.programme.id,
                    token ? token : token_made(request->arena), &question, &id);
    response_see_other(response, answer_url(request, id));
    return err;
}

enum err whatif_remove_do(struct request *request, struct response *response) {
    const struct programme *programme = &request->visitor.programme;
    response_see_other(response, url_to(request->arena, ROUTE_whatif, programme->key));
    return asked_remove(request->db, programme->id, strtoll(request->values[1], NULL, 10));
}

enum err whatif_stop_do(struct request *request, struct response *response) {
    int64_t id = strtoll(request->values[1], NULL, 10);
    response_see_other(response, answer_url(request, id));
    return asked_stop(request->db, request->visitor.programme.id, id);
}
