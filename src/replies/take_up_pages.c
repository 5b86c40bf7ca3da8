/* One answer, for whoever takes it up, and perhaps says something back. */
#include "base/text.h"
#include "replies/ask_pages.h"
#include "replies/reply_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler take_up_show, reply_take_up_do;

/* The answer of the address; the message that there is none where `found` is false. */
static enum err answer_read(struct request *request, struct response *response, struct reply *out,
                            bool *found) {
    enum err err = reply_read(request->db, request->arena, &request->visitor.programme,
                              strtoll(request->values[1], NULL, 10), out, found);
    if (!err && !*found)
        layout_message(request, response, STATUS_NOT_FOUND, "This answer is not here any more",
                       "What somebody answered goes when they are taken out of the database.");
    return err;
}

static enum err page_put(struct request *request, struct response *response,
                         const struct reply *reply, struct take_up_view *view) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct seen seen;
    struct asking asking = {0};
    struct answered answered = {0};
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    const struct shown_finding *finding =
        reply->finding ? seen_finding(request, &seen, reply->finding) : NULL;
    view->reply = reply_line_of(request, reply);
    err = reply_about_fill(request, &seen, reply, &view->reply);
    if (!err && finding)
        err = answered_of(request, &seen, &asking, finding, NULL, &answered);
    view->reply.together = answered.words;
    view->home_url = arena_format(arena, "%s#answers",
                                  url_to(arena, ROUTE_home, request->visitor.programme.key));
    view->readers = !reply->finding ? "besides only whoever leads can read it"
                    : finding && finding->is_private
                        ? "it stands with the finding, which is private"
                        : "everybody who can see the finding can read it there";
    view->form_token = layout_form_token(request);
    view->finding = finding ? finding->id : NULL;
    form_fault_add(arena, &view->faults, "words", view->words_error);
    template_take_up(&body, view);
    layout_page(request, response, view->reply.what, &body);
    return err;
}

enum err take_up_show(struct request *request, struct response *response) {
    struct reply reply;
    struct take_up_view view = {0};
    bool found;
    enum err err = answer_read(request, response, &reply, &found);
    return err || !found ? err : page_put(request, response, &reply, &view);
}

/* ---- taken up ---- */

/* Back to where it was pressed. */
static void taken_up(const struct request *request, struct response *response) {
    const char *finding = request_filled(request, "finding");
    const char *programme = request->visitor.programme.key;
    response_see_other(
        response, finding ? arena_format(request->arena, "%s?taken-up=1",
                                         url_to(request->arena, ROUTE_finding, programme, finding))
                          : arena_format(request->arena, "%s#answers",
                                         url_to(request->arena, ROUTE_home, programme)));
}

/* Somebody else was faster, and said something else, or nothing. */
static enum err too_late(struct request *request, struct response *response,
                         const struct reply *reply, const char *words) {
    struct take_up_view view = {0};
    form_fault_add(request->arena, &view.faults, NULL,
                   arena_format(request->arena,
                                "It had been taken up already. What you wrote was not kept: “%s”",
                                words));
    enum err err = page_put(request, response, reply, &view);
    response->status = STATUS_CONFLICT;
    return err;
}

enum err reply_take_up_do(struct request *request, struct response *response) {
    const struct visitor *visitor = &request->visitor;
    struct reply reply;
    struct take_up_view view = {0};
    bool found, is_so = false;
    enum err err = answer_read(request, response, &reply, &found);
    if (err || !found)
        return err;
    const char *words = text_typed(request->arena, request_field(request, "words"));
    view.words = request_field(request, "words");
    view.words_error = reply_words_error(words);
    if (view.words_error) {
        err = page_put(request, response, &reply, &view);
        response->status = STATUS_BAD_REQUEST;
        return err;
    }
    err = reply_take_up(request->db, &visitor->programme, reply.id, visitor->name, words, &is_so);
    if (err || is_so || !words) {
        taken_up(request, response);
        return err;
    }
    err = answer_read(request, response, &reply, &found);
    return err || !found ? err : too_late(request, response, &reply, words);
}
