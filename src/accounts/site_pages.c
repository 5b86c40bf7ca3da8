/* For whoever looks after the site: which programmes and accounts there are; inviting a programme's
 * first lead; a link for somebody who cannot sign in; taking off the second factor of somebody who
 * has lost it. */
#include "accounts/account.h"
#include "accounts/invite_pages.h"
#include "accounts/second_factor.h"
#include "base/text.h"
#include "serve/log.h"
#include "store/begin.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>
#include <strings.h>

page_handler site_show, site_begin_do, site_invite_do, site_link_do, site_factor_show,
    site_factor_do;

/* ---- what there is ---- */

static const char *day_of(struct arena *arena, const char *at) {
    return at ? day_of_moment(arena, at) : NULL;
}

static int programme_compare(const void *a, const void *b) {
    return strcmp(((const struct site_programme *)a)->key, ((const struct site_programme *)b)->key);
}

static enum err programmes_fill(const struct request *request, struct site_view *view) {
    struct arena *arena = request->arena;
    struct db_rows rows;
    enum err err = db_query(request->db, SQL_site_programmes, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        const struct programme programme = programme_of_row(arena, &rows);
        list_add(arena, &view->programmes,
                 (struct site_programme){.name = programme.name,
                                         .key = programme.key,
                                         .revision = programme.revision,
                                         .looked_at = day_of(arena, db_row_text(&rows, 5)),
                                         .leads = db_row_integer(&rows, 6)});
    }
    if (view->programmes.n)
        qsort(view->programmes.items, view->programmes.n, sizeof *view->programmes.items,
              programme_compare);
    return db_rows_end(&rows, err);
}

static int account_compare(const void *a, const void *b) {
    const struct site_account *left = a, *right = b;
    int name = strcasecmp(left->name, right->name);
    return name ? name : strcmp(left->login, right->login);
}

static enum err accounts_fill(const struct request *request, struct site_view *view) {
    struct arena *arena = request->arena;
    struct db_rows rows;
    enum err err = db_query(request->db, SQL_site_accounts, DB_NO_VALUES, &rows);
    while (!err && db_next(&rows)) {
        const char *id = arena_format(arena, "%lld", (long long)db_row_integer(&rows, 0));
        bool is_you = db_row_integer(&rows, 0) == request->visitor.account;
        list_add(arena, &view->accounts,
                 (struct site_account){.name = db_row_copy(arena, &rows, 2),
                                       .login = db_row_copy(arena, &rows, 1),
                                       .signed_in = day_of(arena, db_row_text(&rows, 4)),
                                       .url = url_to(arena, ROUTE_site_link, id),
                                       .factor_url = db_row_integer(&rows, 6) && !is_you
                                                         ? url_to(arena, ROUTE_site_factor, id)
                                                         : NULL,
                                       .is_administrator = db_row_integer(&rows, 3) != 0,
                                       .programmes = db_row_integer(&rows, 5)});
    }
    if (view->accounts.n)
        qsort(view->accounts.items, view->accounts.n, sizeof *view->accounts.items,
              account_compare);
    return db_rows_end(&rows, err);
}

/* ---- the page ---- */

static const char *said_words(const char *said) {
    if (said && text_equal(said, "second-factor"))
        return "Their second step is off. They are signed out everywhere, and are told when they "
               "sign in.";
    if (said && text_equal(said, "mailed"))
        return "They lead the programme now. A mail with all they need is on its way to them.";
    if (said && text_equal(said, "begun"))
        return "The programme has begun. Now say below who leads it.";
    return said ? "They lead the programme now. They have an account already: tell them." : NULL;
}

static enum err site_put(struct request *request, struct response *response,
                         const struct invite_view *form, const struct begin_view *begin) {
    struct arena *arena = request->arena;
    const char *chosen = request_field(request, "programme");
    struct site_view view = {.form_token = layout_form_token(request),
                             .mail_url = url_to(arena, ROUTE_site_mail),
                             .jobs_url = url_to(arena, ROUTE_site_jobs),
                             .rules_url = url_to(arena, ROUTE_site_rules),
                             .requests_url = url_to(arena, ROUTE_site_requests),
                             .invite = *form,
                             .begin = *begin};
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct text body = text_new(arena);
    enum err err = programmes_fill(request, &view);
    if (!err)
        err = accounts_fill(request, &view);
    if (err)
        return err;
    token_new(token);
    chosen = chosen ? chosen : request_query(request, "programme");
    view.begin.token = begin->token ? begin->token : token;
    view.begin.url = url_to(arena, ROUTE_site_begin);
    form_fault_add(arena, &view.begin.faults, "begin-name", begin->name_error);
    form_fault_add(arena, &view.begin.faults, "begin-started", begin->started_error);
    view.invite.form_token = view.form_token;
    view.invite.url = url_to(arena, ROUTE_site_invite);
    view.said = said_words(request_query(request, "said"));
    for (size_t i = 0; i < view.programmes.n; i++) {
        const struct site_programme *programme = &view.programmes.items[i];
        list_add(arena, &view.invite.programmes.list,
                 (struct option_view){.value = programme->key,
                                      .label = programme->name,
                                      .is_chosen = chosen && text_equal(chosen, programme->key)});
    }
    template_site(&body, &view);
    layout_page(request, response, "Look after the site", &body);
    if (invite_has_errors(&view.invite) || view.begin.faults.list.n)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

enum err site_show(struct request *request, struct response *response) {
    const struct invite_view form = {0};
    const struct begin_view begin = {0};
    return site_put(request, response, &form, &begin);
}

/* ---- beginning a programme ---- */

enum err site_begin_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct invite_view form = {0};
    struct begin_view begin = {.token = request_filled(request, "token"),
                               .name = text_typed(arena, request_field(request, "begin-name")),
                               .started =
                                   text_typed(arena, request_field(request, "begin-started"))};
    const struct beginning wish = {.name = begin.name,
                                   .started = begin.started,
                                   .author = request->visitor.name,
                                   .token = begin.token};
    struct begun begun = {0};
    enum err err = OK;
    begin.name_error = begin_name_wrong(begin.name);
    begin.started_error = begin_started_wrong(begin.started);
    if (begin.name_error || begin.started_error || !begin.token)
        return site_put(request, response, &form, &begin);
    err = programme_begin(request->db, arena, &wish, &begun);
    if (err)
        return err;
    begin.name_error = begun.problem;
    if (begun.problem)
        return site_put(request, response, &form, &begin);
    log_write(LOG_INFO, "The programme %s was begun by account %lld.", begun.key,
              (long long)request->visitor.account);
    response_see_other(response, arena_format(arena, "%s?said=begun&programme=%s#invite",
                                              url_to(arena, ROUTE_site), begun.key));
    return OK;
}

/* ---- inviting a lead ---- */

enum err site_invite_do(struct request *request, struct response *response) {
    const char *key = request_filled(request, "programme");
    struct invite_view form = {0};
    const struct begin_view begin = {0};
    struct invitation invitation;
    struct invited invited = {0};
    struct programme programme = {0};
    bool good = invite_form_read(request, &form, &invitation);
    enum err err = key ? programme_look(request->db, request->arena, key, &programme) : OK;
    if (err)
        return err;
    if (!programme.id)
        form.programme_error = "Choose the programme that they lead";
    if (!good || !programme.id)
        return site_put(request, response, &form, &begin);
    invitation.role = ROLE_LEAD;
    invitation.by_administrator = true;
    err = invite(request->db, request->arena, &programme, &invitation, &invited);
    if (err)
        return err;
    if (invited.result != INVITED) {
        invite_obstacle(&form, invited.result);
        return site_put(request, response, &form, &begin);
    }
    if (!request->site->sends_mail) {
        link_given(request, response, &invited, url_to(request->arena, ROUTE_site));
        return OK;
    }
    response_see_other(response, arena_format(request->arena, "%s?said=mailed",
                                              url_to(request->arena, ROUTE_site)));
    return invitation_mail(request->db, request->arena, &programme, &invited);
}

/* ---- a link for somebody who cannot sign in ---- */

/* 0: that is no number. */
static int64_t account_named(const struct request *request) {
    char *end;
    int64_t account = strtoll(request->values[0], &end, 10);
    return *end ? 0 : account;
}

static void account_is_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "There is no such account",
                   "Perhaps it was removed meanwhile. The page before lists those there are.");
}

enum err site_link_do(struct request *request, struct response *response) {
    struct invited invited;
    enum err err = account_link(request->db, request->arena, account_named(request), &invited);
    if (err)
        return err;
    if (invited.token)
        link_given(request, response, &invited, url_to(request->arena, ROUTE_site));
    else
        account_is_gone(request, response);
    return OK;
}

/* ---- for somebody who has lost phone and recovery codes ---- */

/* The account whose second factor can be taken off; id 0, with the answer, where that is not so.
 * One's own is turned off with figures: or whoever finds this browser open could do it. */
static enum err factor_account(struct request *request, struct response *response,
                               struct sign_in_account *out) {
    struct second_factor factor = {0};
    enum err err = account_read(request->db, request->arena, account_named(request), out);
    if (!err && out->id)
        err = second_factor_read(request->db, request->arena, out->id, &factor);
    if (err)
        return err;
    if (!out->id)
        account_is_gone(request, response);
    else if (out->id == request->visitor.account)
        response_see_other(response, url_to(request->arena, ROUTE_second_factor));
    else if (!factor.secret)
        response_see_other(response, url_to(request->arena, ROUTE_site));
    else
        return OK;
    out->id = 0;
    return OK;
}

enum err site_factor_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct sign_in_account account;
    enum err err = factor_account(request, response, &account);
    if (err || !account.id)
        return err;
    const struct site_factor_view view = {
        .form_token = layout_form_token(request),
        .name = account.name,
        .login = account.login,
        .url = url_to(arena, ROUTE_site_factor_off, request->values[0]),
        .site_url = url_to(arena, ROUTE_site),
    };
    template_site_factor(&body, &view);
    layout_page(request, response, "Take off a second step", &body);
    return OK;
}

enum err site_factor_do(struct request *request, struct response *response) {
    struct sign_in_account account;
    enum err err = factor_account(request, response, &account);
    if (!err && account.id) {
        response_see_other(response, arena_format(request->arena, "%s?said=second-factor",
                                                  url_to(request->arena, ROUTE_site)));
        err = second_factor_take(request->db, account.id);
        if (!err)
            log_write(LOG_INFO, "The second step of account %lld was taken off by account %lld.",
                      (long long)account.id, (long long)request->visitor.account);
    }
    return err;
}
