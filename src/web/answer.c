#include "web/answer.h"
#include "accounts/key.h"
#include "serve/log.h"
#include "web/layout.h"
#include "web/route.h"

struct answering {
    struct request *request;
    struct response *response;
    enum form_origin origin;
};

static void response_clear(const struct request *request, struct response *response) {
    *response = (struct response){
        .status = STATUS_OK, .type = "text/html; charset=utf-8", .body = text_new(request->arena)};
}

/* ---- what they may do ---- */

static void sign_in_ask(struct request *request, struct response *response) {
    if (address_is_for_programs(request->address)) {
        layout_message(
            request, response, STATUS_NOT_KNOWN, "Whose program is this?",
            "Send a key that has not ended, in the header \"Authorization: Bearer KEY\". "
            "People make keys in Ithaca, under their name.");
        return;
    }
    const char *address =
        url_on_way(request->arena, ROUTE_sign_in, url_back(request->arena, request->address));
    if (request->method == METHOD_GET)
        response_see_other(response, address);
    else
        layout_message_with(request, response, STATUS_FORBIDDEN, "You are not signed in any more",
                            "Nothing was changed. If you wrote something, go back and copy it; "
                            "then sign in, and do it once more.",
                            (struct layout_link){"Sign in", address});
}

/* Nobody learns that a programme exists in which they take no part. */
static void not_found(struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is nothing here",
                   "Perhaps the address was cut short, or you take no part in what it is about. "
                   "Ask whoever sent it to you.");
}

static void forbidden(struct request *request, struct response *response) {
    layout_message(
        request, response, STATUS_FORBIDDEN, "This is for others to do",
        arena_format(request->arena,
                     "You take part as %s. This is for a %s: to %s. Nothing was changed.",
                     role_titles[request->visitor.role],
                     permission_roles(request->arena, request->route->needs),
                     permission_words(request->route->needs)));
}

/* Whether the page may be made; otherwise the response says why not. */
static bool may_go_on(struct request *request, struct response *response) {
    enum permission needs = request->route->needs;
    const struct visitor *visitor = &request->visitor;
    if (needs == PERMISSION_PUBLIC)
        return true;
    if (!visitor->account)
        sign_in_ask(request, response);
    else if (needs == PERMISSION_SIGNED_IN)
        return true;
    else if (needs == PERMISSION_ADMINISTRATOR ? !visitor->is_administrator
                                               : visitor->role == ROLE_NONE)
        not_found(request, response);
    else if (needs != PERMISSION_ADMINISTRATOR && !role_may(visitor->role, needs))
        forbidden(request, response);
    else
        return true;
    return false;
}

/* Whether a form comes from one of our pages. */
static bool form_is_ours(const struct answering *answering) {
    const struct request *request = answering->request;
    const char *brought = request_field(request, "form-token");
    if (answering->origin != FORM_OURS)
        return false;
    if (!request->visitor.account)
        return true;
    char token[TOKEN_HASH_SIZE];
    visitor_form_token(&request->visitor, token);
    return brought && token_same(brought, token);
}

/* ---- the page ---- */

static enum err page_make(struct db *db, void *context) {
    struct answering *answering = context;
    struct request *request = answering->request;
    struct response *response = answering->response;
    const char *programme = route_of_programme(request->route) ? request->values[0] : NULL;
    request->db = db;
    response_clear(request, response);
    enum err err =
        address_is_for_programs(request->address)
            ? visitor_read_key(db, request->arena, request->key, programme, request->today,
                               &request->visitor)
            : visitor_read(db, request->arena, request->cookie, programme, &request->visitor);
    if (err || !may_go_on(request, response))
        return err;
    if (request->method == METHOD_POST && !form_is_ours(answering)) {
        layout_message(request, response, STATUS_FORBIDDEN, "This did not come from our page",
                       "Nothing was changed. Perhaps you signed in again in another window: go "
                       "back, load the page anew, and try once more.");
        return OK;
    }
    return request->route->handler(request, response);
}

static void broken(struct request *request, struct response *response) {
    bool later = db_in_trouble(request->db);
    log_problems(request->problems);
    response_clear(request, response);
    layout_message(request, response, later ? STATUS_LATER : STATUS_BROKEN,
                   later ? "Please try again in a moment" : "Something is wrong here",
                   later ? "Too much is going on at once just now. Nothing was changed."
                         : "It is not your fault, and nothing was changed. Whoever runs this site "
                           "finds the reason in its log.");
}

static bool response_shows(const struct response *response) {
    return response->status == STATUS_OK || response->status == STATUS_UNCHANGED;
}

/* A GET writes nothing; so what it shows is noted when it has been sent. */
void answer_note(struct request *request, const struct response *response) {
    if (request->method == METHOD_GET && response_shows(response) && request->route &&
        route_of_programme(request->route) && request->visitor.role != ROLE_NONE &&
        request->visitor.visit_is_due && visit_write(request->db, &request->visitor) != OK)
        log_problems(request->problems);
    if (request->visitor.key_use_is_due && response_shows(response) &&
        key_used(request->db, request->key, request->today) != OK)
        log_problems(request->problems);
}

void answer(struct request *request, enum form_origin origin, struct response *response) {
    struct answering answering = {request, response, origin};
    response_clear(request, response);
    enum route_match match = route_find(request->arena, request->method, request->address,
                                        &request->route, request->values);
    if (match == ROUTE_UNKNOWN) {
        not_found(request, response);
        return;
    }
    if (match == ROUTE_OTHER_METHOD) {
        layout_message(request, response, STATUS_WRONG_METHOD, "This cannot be asked like that",
                       "The address is right, but a browser asks for it in another way.");
        response->allow = request->method == METHOD_POST ? "GET, HEAD" : "POST";
        return;
    }
    if (request->route->needs == PERMISSION_MONITOR) { /* also where there is no database */
        if (request->route->handler(request, response) != OK)
            broken(request, response);
        return;
    }
    enum err err = request->method == METHOD_POST ? db_write(request->db, page_make, &answering)
                                                  : db_read(request->db, page_make, &answering);
    if (err)
        broken(request, response);
}
