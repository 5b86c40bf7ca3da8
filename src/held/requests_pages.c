/* What people ask for who have a right to it: their own page, and that of whoever looks after the
 * site. */
#include "accounts/keeper_pages.h"
#include "base/names.h"
#include "base/text.h"
#include "held/requests.h"
#include "held/requests_views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler requests_show, request_ask_do, site_requests_show, site_request_add_do,
    site_request_answer_do;

/* ---- the list ---- */

static const char *advice_of(enum request_what what) {
    switch (what) {
    case ASKS_ACCESS:
        return "With an account they find it under their name; for others: ithaca person export.";
    case ASKS_ERASURE:
        return "It is done with: ithaca person erase. Make a backup go, too.";
    case ASKS_CORRECTION:
        return "The lead of the programme puts records right.";
    case ASKS_OBJECTION:
    case REQUEST_WHATS:
        break;
    }
    return NULL;
}

static struct request_line line_of(const struct request *request,
                                   const struct rights_request *asked, bool is_of_site) {
    struct arena *arena = request->arena;
    const bool waits = asked->state == REQUEST_ASKED;
    const bool is_late = waits && strcmp(asked->due_on, request->today) < 0;
    struct request_line line = {
        .what = request_what_words[asked->what],
        .who = *asked->who ? asked->who : "somebody who was erased since",
        .words = asked->words,
        .asked = day_long(arena, asked->asked_on),
        .due = waits ? arena_format(arena, "%s %s", is_late ? "was due on" : "due on",
                                    day_long(arena, asked->due_on))
                     : arena_format(arena, "%s on %s", request_state_names[asked->state],
                                    day_long(arena, asked->answered_on)),
        .state = is_late ? "Overdue"
                 : waits ? "Waits"
                         : text_capital(arena, request_state_names[asked->state]),
        .colour = is_late ? "red"
                  : waits ? "blue"
                          : "green",
        .answer = asked->answer,
        .id = arena_format(arena, "%lld", (long long)asked->id)};
    if (is_of_site && waits) {
        line.url = url_to(arena, ROUTE_site_request_answer, line.id);
        line.advice = advice_of(asked->what);
    }
    return line;
}

static void whats_fill(const struct request *request, struct requests_view *view) {
    const char *chosen = request_field(request, "what");
    for (int i = 0; i < REQUEST_WHATS; i++)
        list_add(request->arena, &view->whats,
                 (struct request_what_choice){request_what_names[i], request_what_words[i],
                                              text_equal(chosen, request_what_names[i])});
}

/* `answered`: the id of one whose answer came back with `fault`; or NULL. */
static enum err page_put(struct request *request, struct response *response,
                         struct requests_view *view, const char *answered, const char *fault) {
    struct arena *arena = request->arena;
    struct rights_requests all;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct text body = text_new(arena);
    token_new(token);
    view->token = token;
    view->form_token = layout_form_token(request);
    view->back = view->is_of_site ? "the site" : "what is held about you";
    view->back_url = url_to(arena, view->is_of_site ? ROUTE_site : ROUTE_held);
    view->url = url_to(arena, view->is_of_site ? ROUTE_site_request_add : ROUTE_request_ask);
    whats_fill(request, view);
    enum err err = keeper_read(request, &view->keeper);
    view->keeper = view->keeper ? text_capital(arena, view->keeper) : "";
    if (!err)
        err = rights_requests_read(request->db, arena,
                                   view->is_of_site ? 0 : request->visitor.account, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        struct request_line line = line_of(request, &all.list.items[i], view->is_of_site);
        if (line.url && text_equal(line.id, answered)) {
            line.error = fault;
            line.typed = request_field(request, "answer");
            form_fault_add(arena, &view->faults, arena_format(arena, "answer-%s", line.id), fault);
        }
        list_add(arena, &view->lines, line);
    }
    form_fault_add(arena, &view->faults, "who", view->who_error);
    form_fault_add(arena, &view->faults, "day", view->day_error);
    form_fault_add(arena, &view->faults, "what", view->what_error);
    form_fault_add(arena, &view->faults, "words", view->words_error);
    template_requests(&body, view);
    layout_page(request, response, "What people ask for", &body);
    if (view->faults.list.n)
        response->status = STATUS_BAD_REQUEST;
    return err;
}

static enum err list_show(struct request *request, struct response *response, bool is_of_site) {
    struct requests_view view = {
        .is_of_site = is_of_site,
        .said = request_query(request, "asked")      ? "It is written down."
                : request_query(request, "answered") ? "The answer is written down."
                                                     : NULL,
        .day = is_of_site ? day_long(request->arena, request->today) : NULL};
    return page_put(request, response, &view, NULL, NULL);
}

enum err requests_show(struct request *request, struct response *response) {
    return list_show(request, response, false);
}

enum err site_requests_show(struct request *request, struct response *response) {
    return list_show(request, response, true);
}

/* ---- asking ---- */

static void wish_read(struct request *request, struct requests_view *view,
                      struct rights_wish *wish) {
    const char *what = request_field(request, "what"), *words = request_filled(request, "words");
    const int at = what ? name_index(request_what_names, REQUEST_WHATS, what) : -1;
    wish->words = words ? words : "";
    wish->token = request_filled(request, "token");
    wish->what = at < 0 ? ASKS_ACCESS : (enum request_what)at;
    view->words = wish->words;
    if (at < 0)
        view->what_error = "Choose what is asked.";
    if (strlen(wish->words) > REQUEST_WORDS_MOST)
        view->words_error = "Say it shorter: at most 5,000 letters.";
}

/* What whoever looks after the site writes besides. */
static void letter_read(struct request *request, struct requests_view *view,
                        struct rights_wish *wish) {
    const char *who = request_filled(request, "who"), *day = request_filled(request, "day");
    wish->who = who ? who : "";
    wish->asked_on = day ? day_from_text(request->arena, day) : NULL;
    view->who = wish->who;
    view->day = day;
    if (!who)
        view->who_error = "Write who asks.";
    else if (strlen(who) > REQUEST_WHO_MOST)
        view->who_error = "Say it shorter: at most 200 letters.";
    if (!wish->asked_on || strcmp(wish->asked_on, request->today) > 0)
        view->day_error = "Write the day on which it came, such as 31 March 2027; not one to come.";
}

static enum err ask(struct request *request, struct response *response, bool is_of_site) {
    struct requests_view view = {.is_of_site = is_of_site};
    struct rights_wish wish = {.account = is_of_site ? 0 : request->visitor.account,
                               .who = request->visitor.name,
                               .asked_on = request->today};
    wish_read(request, &view, &wish);
    if (is_of_site)
        letter_read(request, &view, &wish);
    if (view.what_error || view.words_error || view.who_error || view.day_error)
        return page_put(request, response, &view, NULL, NULL);
    response_see_other(
        response,
        arena_format(request->arena, "%s?asked=1",
                     url_to(request->arena, is_of_site ? ROUTE_site_requests : ROUTE_requests)));
    return rights_request_add(request->db, &wish);
}

enum err request_ask_do(struct request *request, struct response *response) {
    return ask(request, response, false);
}

enum err site_request_add_do(struct request *request, struct response *response) {
    return ask(request, response, true);
}

/* ---- answering ---- */

enum err site_request_answer_do(struct request *request, struct response *response) {
    const char *answer = request_filled(request, "answer"),
               *state = request_field(request, "state");
    const bool is_refused = text_equal(state, request_state_names[REQUEST_REFUSED]);
    struct requests_view view = {.is_of_site = true};
    bool is_there;
    const char *fault = !answer ? "Write what was done, or why it is refused."
                        : strlen(answer) > REQUEST_WORDS_MOST
                            ? "Say it shorter: at most 5,000 letters."
                            : NULL;
    if (fault)
        return page_put(request, response, &view, request->values[0], fault);
    enum err err = rights_request_answer(request->db, strtoll(request->values[0], NULL, 10),
                                         is_refused ? REQUEST_REFUSED : REQUEST_ANSWERED, answer,
                                         request->today, &is_there);
    response_see_other(response, arena_format(request->arena, "%s?answered=1",
                                              url_to(request->arena, ROUTE_site_requests)));
    return err;
}
