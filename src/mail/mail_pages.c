/* Ending reminders from a mail, choosing them on one's account, and what whoever looks after the
 * site sees of mail. */
#include "base/text.h"
#include "mail/mail.h"
#include "mail/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler mail_stop_show, mail_stop_do, mail_choose_do, site_mail_show, site_mail_again_do;

/* ---- ending them ---- */

static void stop_put(const struct request *request, struct response *response, enum mail_kind kind,
                     bool is_done) {
    struct text body = text_new(request->arena);
    bool meetings = kind == MAIL_MEETING;
    const struct mail_stop_view view = {
        .form_token = layout_form_token(request),
        .url = url_to(request->arena, ROUTE_mail_stop_do, request->values[0]),
        .meetings = meetings,
        .is_done = is_done};
    template_mail_stop(&body, &view);
    layout_page(request, response,
                is_done    ? "You get no more of these"
                : meetings ? "No more meetings by mail?"
                           : "No more reminders?",
                &body);
}

static void stop_is_unknown(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This link does not work any more",
                   "Sign in and choose under your name which mails you get.");
}

enum err mail_stop_show(struct request *request, struct response *response) {
    int64_t account;
    enum mail_kind kind;
    enum err err = mail_stop_find(request->db, request->values[0], &account, &kind);
    if (err)
        return err;
    if (account)
        stop_put(request, response, kind, false);
    else
        stop_is_unknown(request, response);
    return OK;
}

/* Mail programs send this by themselves when somebody presses their button (RFC 8058): without a
 * cookie, and without a page of ours. All it can do is to end mails of that kind. */
enum err mail_stop_do(struct request *request, struct response *response) {
    int64_t account;
    enum mail_kind kind;
    enum err err = mail_stop_find(request->db, request->values[0], &account, &kind);
    if (err)
        return err;
    if (!account) {
        stop_is_unknown(request, response);
        return OK;
    }
    stop_put(request, response, kind, true);
    return kind == MAIL_MEETING ? mail_meetings_write(request->db, account, false)
                                : mail_choice_write(request->db, account, MAIL_NEVER);
}

/* ---- choosing ---- */

enum err mail_choose_do(struct request *request, struct response *response) {
    const char *chosen = request_filled(request, "reminders");
    int choice = chosen ? name_index(mail_choice_names, MAIL_CHOICES, chosen) : -1;
    const char *account = url_to(request->arena, ROUTE_account);
    response_see_other(response, choice < 0
                                     ? account
                                     : arena_format(request->arena, "%s?done=reminders", account));
    if (choice < 0)
        return OK;
    enum err err =
        mail_choice_write(request->db, request->visitor.account, (enum mail_choice)choice);
    return err ? err
               : mail_meetings_write(request->db, request->visitor.account,
                                     request_filled(request, "meetings") != NULL);
}

/* ---- for whoever looks after the site ---- */

static const char *state_words(struct arena *arena, const struct mail_state *state) {
    struct text out = text_new(arena);
    if (!state->waiting)
        text_add(&out, "None waits to be sent.");
    else
        text_add_format(&out, "%lld wait%s to be sent, the oldest since %s.",
                        (long long)state->waiting, state->waiting == 1 ? "s" : "",
                        day_of_moment(arena, state->oldest));
    text_add_format(&out, " %lld %s sent in the last 60 days.", (long long)state->sent,
                    state->sent == 1 ? "was" : "were");
    return out.bytes;
}

enum err site_mail_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct mail_state state;
    enum err err = mail_state_read(request->db, arena, &state);
    if (err)
        return err;
    struct site_mail_view view = {.form_token = layout_form_token(request),
                                  .site_url = url_to(arena, ROUTE_site),
                                  .is_on = request->site->sends_mail,
                                  .state = state_words(arena, &state),
                                  .said = state.said};
    for (size_t i = 0; i < state.given_up.n; i++) {
        const struct mail_given_up *mail = &state.given_up.items[i];
        const char *id = arena_format(arena, "%lld", (long long)mail->id);
        list_add(arena, &view.given_up,
                 (struct mail_line){.name = mail->name,
                                    .what = text_capital(arena, mail->kind),
                                    .at = day_of_moment(arena, mail->at),
                                    .said = mail->said,
                                    .url = url_to(arena, ROUTE_site_mail_again, id)});
    }
    template_site_mail(&body, &view);
    layout_page(request, response, "Mail", &body);
    return OK;
}

enum err site_mail_again_do(struct request *request, struct response *response) {
    response_see_other(response, url_to(request->arena, ROUTE_site_mail));
    return mail_try_again(request->db, strtoll(request->values[0], NULL, 10));
}
