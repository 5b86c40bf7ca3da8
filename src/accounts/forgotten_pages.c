/* A link by mail for somebody who cannot sign in. The answer is the same whether there is such an
 * account or not. */
#include "accounts/account.h"
#include "accounts/keeper_pages.h"
#include "accounts/views.h"
#include "base/text.h"
#include "mail/mail.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler forgotten_show, forgotten_do;

enum { LINKS_AN_HOUR = 5 }; /* to one account: nobody fills somebody's mailbox */

static struct forgotten_view view_of(const struct request *request) {
    return (struct forgotten_view){.url = url_to(request->arena, ROUTE_forgotten_do),
                                   .back_url = url_to(request->arena, ROUTE_sign_in),
                                   .form_token = layout_form_token(request),
                                   .who = request_field(request, "who"),
                                   .keeper = keeper_for_everybody(request)};
}

static void form_put(const struct request *request, struct response *response, const char *error) {
    struct text body = text_new(request->arena);
    struct forgotten_view view = view_of(request);
    view.error = error;
    template_forgotten(&body, &view);
    layout_page(request, response,
                error ? "Error: Have a link sent to you" : "Have a link sent to you", &body);
    if (error)
        response->status = STATUS_BAD_REQUEST;
}

/* Where no mail is sent there is nothing to ask for. */
static bool sends(const struct request *request, struct response *response) {
    if (!request->site->sends_mail)
        layout_message(
            request, response, STATUS_NOT_FOUND, "No mail is sent from here",
            arena_format(request->arena, "Ask %s for a link.", keeper_for_everybody(request)));
    return request->site->sends_mail;
}

enum err forgotten_show(struct request *request, struct response *response) {
    if (sends(request, response))
        form_put(request, response, NULL);
    return OK;
}

static enum err link_mail(struct db *db, int64_t account) {
    size_t lately;
    const struct mail mail = {
        .account = account,
        .kind = MAIL_RESET,
        .subject = "Your link to sign in",
        .words =
            "somebody, probably you, has asked for a link to sign in:\n\n" MAIL_LINK "\n\nIt lets "
            "you in once, within two days; then you can choose another password. If it was "
            "not you, do nothing: nothing has changed.",
    };
    enum err err = mail_count_lately(db, account, MAIL_RESET, &lately);
    return err || lately >= LINKS_AN_HOUR ? err : mail_add(db, &mail);
}

enum err forgotten_do(struct request *request, struct response *response) {
    struct text body = text_new(request->arena);
    const char *who = request_filled(request, "who");
    struct sign_in_account account;
    if (!sends(request, response))
        return OK;
    if (!who) {
        form_put(request, response, "Enter your email address or your login");
        return OK;
    }
    enum err err = account_find(request->db, request->arena, who, &account);
    if (!err && account.id && account.email)
        err = link_mail(request->db, account.id);
    const struct forgotten_view view = view_of(request);
    template_forgotten_sent(&body, &view);
    layout_page(request, response, "Look into your mailbox", &body);
    return err;
}
