/* One's own account: who one is here, and where one is signed in. */
#include "accounts/account.h"
#include "accounts/agent.h"
#include "accounts/keeper_pages.h"
#include "accounts/moment.h"
#include "accounts/second_factor.h"
#include "accounts/views.h"
#include "base/text.h"
#include "mail/mail.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler account_show, account_session_do, account_sessions_do;

static const struct {
    const char *what, *words;
} done[] = {
    {"password", "Your password was changed. Wherever else you were signed in, you are no longer."},
    {"second-factor", "Your second step was turned off. Your password is enough now."},
    {"session", "That session was ended."},
    {"reminders", "Which mails you get is written down."},
    {"sessions", "All your other sessions were ended."},
};

static const char *done_words(const struct request *request) {
    const char *what = request_query(request, "done");
    for (size_t i = 0; what && i < sizeof done / sizeof *done; i++)
        if (text_equal(what, done[i].what))
            return done[i].words;
    return NULL;
}

static enum err sessions_fill(const struct request *request, struct account_view *view) {
    struct arena *arena = request->arena;
    struct signed_in_list sessions;
    enum err err = account_sessions(request->db, arena, request->visitor.account,
                                    request->visitor.token, &sessions);
    for (size_t i = 0; !err && i < sessions.list.n; i++) {
        const struct signed_in *session = &sessions.list.items[i];
        list_add(arena, &view->sessions,
                 (struct session_line){session->id, agent_words(arena, session->agent),
                                       moment_words(arena, session->since), session->is_this});
    }
    return err;
}

static enum err programmes_fill(const struct request *request, struct account_view *view) {
    struct arena *arena = request->arena;
    struct parts_taken parts;
    enum err err = visitor_programmes(request->db, arena, &request->visitor, &parts);
    for (size_t i = 0; !err && i < parts.list.n; i++) {
        const struct programme *programme = &parts.list.items[i].programme;
        list_add(
            arena, &view->programmes,
            (struct programme_link){programme->name, url_to(arena, ROUTE_home, programme->key)});
    }
    return err;
}

static enum err reminders_fill(const struct request *request, const char *email,
                               struct account_view *view) {
    enum mail_choice choice = MAIL_WEEKLY;
    bool meetings = true;
    enum err err = mail_choice_read(request->db, request->visitor.account, &choice);
    if (!err)
        err = mail_meetings_read(request->db, request->visitor.account, &meetings);
    view->reminders = (struct mail_choice_view){.form_token = layout_form_token(request),
                                                .url = url_to(request->arena, ROUTE_mail_choose),
                                                .is_on = request->site->sends_mail && email,
                                                .chosen = mail_choice_names[choice],
                                                .meetings = meetings};
    return err;
}

enum err account_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct sign_in_account account;
    struct second_factor factor;
    enum err err = account_read(request->db, arena, request->visitor.account, &account);
    if (!err)
        err = second_factor_read(request->db, arena, request->visitor.account, &factor);
    if (err)
        return err;
    struct account_view view = {
        .name = account.name,
        .login = account.login,
        .email = account.email,
        .saved = done_words(request),
        .has_password = account.password != NULL,
        .has_second_factor = factor.secret != NULL,
        .second_factor_url = url_to(arena, ROUTE_second_factor),
        .password_url = url_to(arena, ROUTE_password),
        .held_url = url_to(arena, ROUTE_held),
        .calendar_url = url_to(arena, ROUTE_calendar),
        .keys_url = url_to(arena, ROUTE_keys),
        .end_url = url_to(arena, ROUTE_session_end),
        .end_others_url = url_to(arena, ROUTE_sessions_end),
        .form_token = layout_form_token(request),
    };
    err = sessions_fill(request, &view);
    if (!err)
        err = reminders_fill(request, account.email, &view);
    if (!err)
        err = programmes_fill(request, &view);
    if (!err)
        err = keeper_read(request, &view.keeper);
    if (err)
        return err;
    template_account(&body, &view);
    layout_page(request, response, "Your account", &body);
    return OK;
}

static void account_return(const struct request *request, struct response *response,
                           const char *what) {
    response_see_other(response, arena_format(request->arena, "%s?done=%s",
                                              url_to(request->arena, ROUTE_account), what));
}

enum err account_session_do(struct request *request, struct response *response) {
    const char *id = request_filled(request, "session");
    account_return(request, response, "session");
    return id ? account_session_end(request->db, request->visitor.account, id) : OK;
}

enum err account_sessions_do(struct request *request, struct response *response) {
    account_return(request, response, "sessions");
    return account_sessions_end_others(request->db, request->visitor.account,
                                       request->visitor.token);
}
