/* Signing in, with a password or by a link that can be used once, and out. A GET of the link only
 * shows a button: mail programs open links to look at them. */
#include "accounts/account.h"
#include "accounts/password.h"
#include "accounts/throttle.h"
#include "accounts/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdio.h>

page_handler sign_in_show, sign_in_do, sign_out_do, link_show, link_use_do;

/* ---- with a password ---- */

/* What is known of a try while its password is looked at. */
struct trying {
    struct attempt attempt;
    struct sign_in_account account;
};

static const char right[] = "right", wrong[] = "wrong";

static void form_put(const struct request *request, struct response *response, enum status status,
                     struct sign_in_view *view) {
    struct text body = text_new(request->arena);
    view->url = url_to(request->arena, ROUTE_sign_in_do);
    view->form_token = layout_form_token(request);
    view->who = request_field(request, "who");
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
        response_see_other(response, url_to(request->arena, ROUTE_programmes));
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

static enum err session_change(struct request *request, struct response *response, int64_t account,
                               bool by_link) {
    const char *token;
    enum err err = request->visitor.account ? session_end(request->db, request->visitor.token) : OK;
    if (!err)
        err = session_begin(request->db, request->arena, account, request->agent, by_link, &token);
    if (!err)
        response->cookie = token;
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
                  "This is not the name of an account with its password. Check both");
        return OK;
    }
    response_see_other(response, url_to(request->arena, ROUTE_programmes));
    enum err err = attempt_succeeded(request->db, &trying->attempt);
    return err ? err : session_change(request, response, trying->account.id, false);
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
    if (!err)
        err = session_change(request, response, id, true);
    if (err)
        return err;
    /* A demonstration is over before anybody would come back. */
    bool asks_password = !account.password && !request->site->day;
    response_see_other(response,
                       url_to(request->arena, asks_password ? ROUTE_password : ROUTE_programmes));
    return OK;
}

/* ---- out ---- */

enum err sign_out_do(struct request *request, struct response *response) {
    response->cookie = "";
    response_see_other(response, url_to(request->arena, ROUTE_sign_in));
    return session_end(request->db, request->visitor.token);
}
