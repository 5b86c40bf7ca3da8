/* Making an action of a finding: what, who takes it on, by when. */
#include "actions/actions.h"
#include "actions/finding_pages.h"
#include "base/text.h"
#include "findings/advice_pages.h"
#include "findings/known_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler action_show, action_do;

/* The finding is NULL where there is nothing to be done about it. */
static enum err acting_read(struct request *request, struct finding_page *out) {
    enum err err = finding_page_read(request, out);
    if (!out->kept || out->kept->state == FINDING_CLOSED)
        out->finding = NULL;
    return err;
}

static const char *one_line(struct arena *arena, const char *text) {
    return text ? text_replace_char(arena, text_replace_char(arena, text, '\r', ' '), '\n', ' ')
                : NULL;
}

static void action_put(const struct request *request, struct response *response,
                       const struct finding_page *acting, struct action_view *view) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key, *id = acting->finding->id;
    struct text body = text_new(arena);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    view->form_token = layout_form_token(request);
    view->token = token;
    view->url = url_to(arena, ROUTE_action_make, programme, id);
    view->finding = finding_line_of(request, &acting->seen, acting->finding).title;
    view->finding_url = url_to(arena, ROUTE_finding, programme, id);
    view->is_private = acting->finding->is_private;
    view->is_shared = acting->seen.shown.shared_at;
    form_fault_add(arena, &view->faults, "title", view->title_error);
    form_fault_add(arena, &view->faults, "owner", view->owner_error);
    form_fault_add(arena, &view->faults, "due", view->due_error);
    template_action(&body, view);
    layout_page(request, response, "Make an action", &body);
}

/* What the finding says to do first, with what it is about: it will be read by itself. */
static const char *first_step(struct arena *arena, const struct shown_finding *finding) {
    const char *step = arena_copy_n(arena, finding->next, sentence_length(finding->next));
    return *finding->about
               ? arena_format(arena, "%s: %s", text_capital(arena, finding->about), step)
               : step;
}

enum err action_show(struct request *request, struct response *response) {
    struct finding_page acting;
    enum err err = acting_read(request, &acting);
    if (err || !acting.finding)
        return err ? err : finding_gone(request, response, &acting.seen);
    /* Everybody who works on the programme reads an action; what is private is not put into it. */
    struct action_view view = {
        .title = acting.finding->is_private ? NULL : first_step(request->arena, acting.finding),
        .people = people_choices(request, &acting.seen, kept_finding_assigned(acting.kept)),
    };
    action_put(request, response, &acting, &view);
    return OK;
}

enum err action_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct finding_page acting;
    struct action_made made = {0};
    enum err err = acting_read(request, &acting);
    if (err || !acting.finding)
        return err ? err : finding_gone(request, response, &acting.seen);
    const char *due = request_filled(request, "due");
    const char *day = due ? day_from_text(arena, due) : NULL;
    const struct action_wish wish = {.title = one_line(arena, request_filled(request, "title")),
                                     .owner = request_filled(request, "owner"),
                                     .due = day ? day : due,
                                     .gives_whole = request_field(request, "whole"),
                                     .today = request->today,
                                     .author = request->visitor.name,
                                     .token = request_filled(request, "token")};
    if (!wish.title)
        made.title_error = "Say what is to be done";
    else if (wish.gives_whole && !wish.owner)
        made.owner_error = "Choose who takes it on, or keep the finding: untick the box below";
    else
        err = finding_action_make(request->db, arena, &request->visitor.programme, acting.kept,
                                  &wish, &made);
    if (!err && made.is_made) {
        response_see_other(response,
                           arena_format(arena, "%s?made=1",
                                        url_to(arena, ROUTE_finding, request->visitor.programme.key,
                                               acting.finding->id)));
        return OK;
    }
    struct action_view view = {
        .title = request_field(request, "title"),
        .due = request_field(request, "due"),
        .people = people_choices(request, &acting.seen, wish.owner),
        .gives_whole = wish.gives_whole,
        .title_error = made.title_error,
        .owner_error = made.owner_error,
        .due_error = made.due_error,
    };
    action_put(request, response, &acting, &view);
    response->status = STATUS_BAD_REQUEST;
    return err;
}
