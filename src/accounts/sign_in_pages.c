/* Signing in, with a password or by a link that can be used once, then with the second factor of
 * those who have one; and out. A GET of the link only
 * shows a button: mail programs open links to look at them. */
#include "accounts/account.h"
#include "accounts/keeper_pages.h"
#include "accounts/password.h"
#include "accounts/second_factor.h"
#include "accounts/throttle.h"
#include "accounts/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdio.h>

page_handler sign_in_show, sign_in_do, sign_in_code_show, sign_in_code_do, sign_out_do, link_show,
    link_use_do;

/* What is known of a try while its password is looked at. */
struct trying {
    struct attempt attempt;
    struct sign_in_account account;
};

static const char right[] = "right", wrong[] = "wrong";

/* ---- in ---- */

/* The page that was asked for before, as the address or the form brings it; NULL: none. */
static const char *page_before(const struct request *request) {
    return url_back(request->arena, request->method == METHOD_GET ? request_query(request, "to")
                                                                  : request_field(request, "to"));
}

static const char *page_to_go_on(const struct request *request) {
    const char *before = page_before(request);
    return before ? before : url_to(request->arena, ROUTE_programmes);
}

/* Whose second factor was taken off is told. Whoever has come in by a link and has no password is
 * asked to choose one; not in a demonstration,
 * which is over before anybody would come back. */
static const char *first_page(const struct request *request, const struct sign_in_account *account,
                              const struct second_factor *factor, enum session_way way) {
    if (factor->taken_at)
        return url_to(request->arena, ROUTE_second_factor);
    bool asks_password = way == BY_LINK && !account->password && !request->site->day;
    return asks_password ? url_to(request->arena, ROUTE_password) : page_to_go_on(request);
}

static enum err session_give(struct request *request, struct response *response,
                             const struct sign_in_account *account,
                             const struct second_factor *factor, const struct session_wish *wish) {
    const char *token;
    enum err err = request->visitor.account ? session_end(request->db, request->visitor.token) : OK;
    if (!err)
        err = session_begin(request->db, request->arena, wish, &token);
    if (err)
        return err;
    response->cookie = token;
    response_see_other(
        response, wish->waits ? url_on_way(request->arena, ROUTE_sign_in_code, page_before(request))
                              : first_page(request, account, factor, wish->way));
    return OK;
}

/* Lets in, or asks for the second factor. */
static enum err let_in(struct request *request, struct response *response,
                       const struct sign_in_account *account, enum session_way way) {
    struct second_factor factor;
    enum err err = second_factor_read(request->db, request->arena, account->id, &factor);
    const struct session_wish wish = {account->id, way, factor.secret != NULL, request->agent};
    return err ? err : session_give(request, response, account, &factor, &wish);
}

/* ---- with a password ---- */

static void form_put(const struct request *request, struct response *response, enum status status,
                     struct sign_in_view *view) {
    struct text body = text_new(request->arena);
    view->url = url_to(request->arena, ROUTE_sign_in_do);
    view->form_token = layout_form_token(request);
    view->to = page_before(request);
    view->who = request_field(request, "who");
    view->keeper = keeper_for_everybody(request);
    view->forgotten_url =
        request->site->sends_mail ? url_to(request->arena, ROUTE_forgotten) : NULL;
    template_sign_in(&body, view);
    layout_page(request, response, status == STATUS_OK ? "Sign in" : "Error: Sign in", &body);
    response->status = status;
}

static void fault_put(const struct request *request, struct response *response, enum status status,
                      const char *words) {
    form_put(request, response, status, &(struct sign_in_view){.error = words});
}

enum err sign_in_show(struct request *request, struct response *response) {
    if (request->visitor.account)
        response_see_other(response, page_to_go_on(request));
    else
        form_put(request, response, STATUS_OK, &(struct sign_in_view){0});
    return OK;
}

/* In the helper. */
static void password_check(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]) {
    snprintf(answer, HELPER_ANSWER_SIZE, "%s", password_is(texts[0], texts[1]) ? right : wrong);
}

/* Nobody learns whether there is such an account: not by words, and not by how long it takes. */
static enum err sign_in_begin(struct request *request, struct response *response) {
    struct trying *trying = arena_alloc(request->arena, sizeof *trying);
    const char *who = request_filled(request, "who"),
               *password = request_field(request, "password");
    struct sign_in_view view = {
        .who_error = who ? NULL : "Enter your email address or your login",
        .password_error = password && *password ? NULL : "Enter your password",
    };
    if (view.who_error || view.password_error) {
        form_put(request, response, STATUS_BAD_REQUEST, &view);
        return OK;
    }
    enum err err = attempt_begin(request->db, request->arena, who, request->peer, &trying->attempt);
    if (!err)
        err = account_find(request->db, request->arena, who, &trying->account);
    if (err)
        return err;
    if (trying->attempt.minutes) {
        fault_put(request, response, STATUS_TOO_MANY,
                  arena_format(request->arena,
                               "Too many tries. Try again in %d minute%s, or ask for a link",
                               trying->attempt.minutes, trying->attempt.minutes == 1 ? "" : "s"));
        return OK;
    }
    const char *hash = trying->account.password;
    request->kept = trying;
    response->status = STATUS_WAIT;
    response->question = (struct question){
        .work = password_check,
        .texts = {strlen(password) > PASSWORD_MOST ? "" : password,
                  hash ? hash : password_of_nobody},
    };
    return OK;
}

/* Whether it is still so that this is the account's password. */
static enum err account_holds(struct request *request, const struct trying *trying, bool *holds) {
    struct sign_in_account now;
    enum err err = account_read(request->db, request->arena, trying->account.id, &now);
    *holds = !err && now.id && now.password && text_equal(now.password, trying->account.password);
    return err;
}

static enum err sign_in_end(struct request *request, struct response *response) {
    const struct trying *trying = request->kept;
    bool holds = false;
    if (!*request->answer) {
        fault_put(request, response, STATUS_LATER,
                  "Too many people are signing in just now. Try again in a moment");
        return attempt_take_back(request->db, &trying->attempt);
    }
    if (trying->account.password && text_equal(request->answer, right)) {
        enum err err = account_holds(request, trying, &holds);
        if (err)
            return err;
    }
    if (!holds) {
        fault_put(request, response, STATUS_BAD_REQUEST,
                  "The name or the password is not right. Try again");
        return OK;
    }
    enum err err = attempt_succeeded(request->db, &trying->attempt);
    return err ? err : let_in(request, response, &trying->account, BY_PASSWORD);
}

enum err sign_in_do(struct request *request, struct response *response) {
    return request->answer ? sign_in_end(request, response) : sign_in_begin(request, response);
}

/* ---- by a link ---- */

static void link_is_dead(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This link does not work any more",
                   "A link lets you in once, and only for two days. Ask whoever sent it to you for "
                   "another.");
}

enum err link_show(struct request *request, struct response *response) {
    struct text body = text_new(request->arena);
    const char *name;
    enum err err = sign_in_link_look(request->db, request->arena, request->values[0], &name);
    if (err)
        return err;
    if (!name) {
        link_is_dead(request, response);
        return OK;
    }
    template_link_page(&body, url_to(request->arena, ROUTE_link_use, request->values[0]),
                       layout_form_token(request), name);
    layout_page(request, response, "Sign in", &body);
    return OK;
}

enum err link_use_do(struct request *request, struct response *response) {
    int64_t id = 0;
    struct sign_in_account account;
    enum err err = sign_in_link_spend(request->db, request->values[0], &id);
    if (!err && !id) {
        link_is_dead(request, response);
        return OK;
    }
    if (!err)
        err = account_read(request->db, request->arena, id, &account);
    return err ? err : let_in(request, response, &account, BY_LINK);
}

/* ---- the second factor ---- */

static void code_form_put(const struct request *request, struct response *response,
                          enum status status, const char *error) {
    struct text body = text_new(request->arena);
    struct code_view view = {
        .keeper = keeper_for_everybody(request),
        .url = url_to(request->arena, ROUTE_sign_in_code_do),
        .form_token = layout_form_token(request),
        .to = page_before(request),
        .error = error,
    };
    template_sign_in_code(&body, &view);
    layout_page(request, response, error ? "Error: Second step" : "Second step", &body);
    response->status = status;
}

enum err sign_in_code_show(struct request *request, struct response *response) {
    struct session_wish waiting;
    const char *login;
    enum err err = session_waiting(request->db, request->arena, request->cookie, &waiting, &login);
    if (!err && waiting.account)
        code_form_put(request, response, STATUS_OK, NULL);
    else
        response_see_other(response, page_to_go_on(request));
    return err;
}

enum err sign_in_code_do(struct request *request, struct response *response) {
    struct session_wish waiting;
    const char *login, *error = NULL;
    bool is_tried = true;
    enum err err = session_waiting(request->db, request->arena, request->cookie, &waiting, &login);
    if (!err && !waiting.account) {
        response_see_other(response, page_to_go_on(request));
        return OK;
    }
    if (!err)
        err = second_factor_try(request->db, request->arena, waiting.account,
                                request_filled(request, "code"), &error, &is_tried);
    if (err)
        return err;
    if (error) {
        code_form_put(request, response, is_tried ? STATUS_BAD_REQUEST : STATUS_TOO_MANY, error);
        return OK;
    }
    struct sign_in_account account;
    const struct second_factor shown = {0};
    const struct session_wish wish = {waiting.account, waiting.way, false, request->agent};
    err = account_read(request->db, request->arena, waiting.account, &account);
    if (!err)
        err = session_end(request->db, request->cookie);
    return err ? err : session_give(request, response, &account, &shown, &wish);
}

/* ---- out ---- */

enum err sign_out_do(struct request *request, struct response *response) {
    response->cookie = "";
    response_see_other(response, url_to(request->arena, ROUTE_sign_in));
    return session_end(request->db, request->visitor.token);
}
