/* Choosing and changing a password. Whoever came in by a link need not know the one before: that is
 * how a forgotten one is replaced. */
#include "accounts/account.h"
#include "accounts/password.h"
#include "accounts/throttle.h"
#include "accounts/views.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdio.h>

page_handler password_show, password_do;

struct changing {
    struct sign_in_account account;
    bool asks_old;
    struct attempt attempt; /* of the old one */
};

static const char wrong[] = "wrong";

static enum err changing_read(const struct request *request, struct changing *out) {
    struct signed_in_list sessions;
    *out = (struct changing){0};
    enum err err =
        account_read(request->db, request->arena, request->visitor.account, &out->account);
    if (!err)
        err = account_sessions(request->db, request->arena, request->visitor.account,
                               request->visitor.token, &sessions);
    if (err)
        return err;
    out->asks_old = out->account.password != NULL;
    for (size_t i = 0; i < sessions.list.n; i++)
        if (sessions.list.items[i].is_this && sessions.list.items[i].by_link)
            out->asks_old = false;
    return OK;
}

static void form_put(const struct request *request, struct response *response, enum status status,
                     const struct changing *changing, struct password_view *view) {
    struct text body = text_new(request->arena);
    struct arena *arena = request->arena;
    bool is_first = !changing->account.password;
    const char *title = is_first ? "Choose a password" : "Change your password";
    view->url = url_to(arena, ROUTE_password_set);
    view->account_url = url_to(arena, ROUTE_account);
    view->later_url = is_first ? url_to(arena, ROUTE_programmes) : NULL;
    view->form_token = layout_form_token(request);
    view->login = changing->account.login;
    view->asks_old = changing->asks_old;
    view->least = PASSWORD_LEAST;
    template_password(&body, view);
    layout_page(request, response,
                status == STATUS_OK ? title : arena_format(arena, "Error: %s", title), &body);
    response->status = status;
}

enum err password_show(struct request *request, struct response *response) {
    struct changing changing;
    enum err err = changing_read(request, &changing);
    if (!err)
        form_put(request, response, STATUS_OK, &changing, &(struct password_view){0});
    return err;
}

/* In the helper: the old password, what it must hash to, the new one; the first two may be NULL. */
static void password_replace(const char *const texts[HELPER_TEXTS],
                             char answer[HELPER_ANSWER_SIZE]) {
    char hash[PASSWORD_HASH_SIZE] = "";
    if (texts[1] && !password_is(texts[0], texts[1]))
        snprintf(answer, HELPER_ANSWER_SIZE, "%s", wrong);
    else if (password_hash(texts[2], hash))
        snprintf(answer, HELPER_ANSWER_SIZE, "%s", hash);
}

/* Old passwords are tried here no more often than at the door. */
static enum err attempt_count(const struct request *request, struct changing *changing,
                              struct password_view *view) {
    if (!changing->asks_old)
        return OK;
    enum err err = attempt_begin(request->db, request->arena, changing->account.login,
                                 request->peer, &changing->attempt);
    if (!err && changing->attempt.minutes)
        view->old_error =
            arena_format(request->arena, "Too many tries. Try again in %d minute%s",
                         changing->attempt.minutes, changing->attempt.minutes == 1 ? "" : "s");
    return err;
}

static void fields_check(const struct request *request, const struct changing *changing,
                         struct password_view *view) {
    const struct sign_in_account *account = &changing->account;
    const char *const own[] = {account->name, account->login, account->email};
    const char *old = request_field(request, "old"), *new = request_field(request, "new");
    if (changing->asks_old && (!old || !*old))
        view->old_error = "Enter the password you have now";
    if (changing->asks_old && old && strlen(old) > PASSWORD_MOST)
        view->old_error = "This is not the password you have now";
    view->new_error = new &&*new
                          ? password_fault(request->arena, new, own, sizeof own / sizeof *own)
                          : "Enter a password";
}

static enum err password_begin(struct request *request, struct response *response) {
    struct changing *changing = arena_alloc(request->arena, sizeof *changing);
    struct password_view view = {0};
    enum err err = changing_read(request, changing);
    if (err)
        return err;
    fields_check(request, changing, &view);
    if (!view.old_error && !view.new_error)
        err = attempt_count(request, changing, &view);
    if (err)
        return err;
    if (view.old_error || view.new_error) {
        form_put(request, response,
                 changing->attempt.minutes ? STATUS_TOO_MANY : STATUS_BAD_REQUEST, changing, &view);
        return OK;
    }
    request->kept = changing;
    response->status = STATUS_WAIT;
    response->question = (struct question){
        .work = password_replace,
        .texts = {changing->asks_old ? request_field(request, "old") : NULL,
                  changing->asks_old ? changing->account.password : NULL,
                  request_field(request, "new")},
    };
    return OK;
}

static enum err password_keep(const struct request *request,
                              const struct sign_in_account *account) {
    struct arena *arena = request->arena;
    enum err err =
        account_password_set(request->db, account->id, request->answer, request->visitor.token);
    if (!err)
        err = attempts_forget(request->db, arena, account->login, request->peer);
    if (!err && account->email)
        err = attempts_forget(request->db, arena, account->email, request->peer);
    return err;
}

static enum err password_end(struct request *request, struct response *response) {
    const struct changing *changing = request->kept;
    struct password_view view = {0};
    bool is_late = !*request->answer;
    if (is_late || text_equal(request->answer, wrong)) {
        if (is_late)
            view.error = "Too many people are signing in just now. Try again in a moment";
        else
            view.old_error = "This is not the password you have now";
        form_put(request, response, is_late ? STATUS_LATER : STATUS_BAD_REQUEST, changing, &view);
        return is_late && changing->asks_old ? attempt_take_back(request->db, &changing->attempt)
                                             : OK;
    }
    const char *changed =
        arena_format(request->arena, "%s?done=password", url_to(request->arena, ROUTE_account));
    response_see_other(
        response, changing->account.password ? changed : url_to(request->arena, ROUTE_programmes));
    return password_keep(request, &changing->account);
}

enum err password_do(struct request *request, struct response *response) {
    return request->answer ? password_end(request, response) : password_begin(request, response);
}
