/* For whoever looks after the site: which programmes and accounts there are; inviting a programme's
 * first lead; a link for somebody who cannot sign in. */
#include "accounts/invite_pages.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>
#include <strings.h>

page_handler site_show, site_invite_do, site_link_do;

/* ---- what there is ---- */

static const char *day_of(struct arena *arena, const char *at) {
    char day[DAY_SIZE];
    if (!at)
        return NULL;
    snprintf(day, sizeof day, "%s", at);
    return day_long(arena, day);
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
        list_add(arena, &view->accounts,
                 (struct site_account){.name = db_row_copy(arena, &rows, 2),
                                       .login = db_row_copy(arena, &rows, 1),
                                       .signed_in = day_of(arena, db_row_text(&rows, 4)),
                                       .url = url_to(arena, ROUTE_site_link, id),
                                       .is_administrator = db_row_integer(&rows, 3) != 0,
                                       .programmes = db_row_integer(&rows, 5)});
    }
    if (view->accounts.n)
        qsort(view->accounts.items, view->accounts.n, sizeof *view->accounts.items,
              account_compare);
    return db_rows_end(&rows, err);
}

/* ---- the page ---- */

static enum err site_put(struct request *request, struct response *response,
                         const struct invite_view *form) {
    struct arena *arena = request->arena;
    const char *chosen = request_field(request, "programme");
    struct site_view view = {.form_token = layout_form_token(request), .invite = *form};
    struct text body = text_new(arena);
    enum err err = programmes_fill(request, &view);
    if (!err)
        err = accounts_fill(request, &view);
    if (err)
        return err;
    view.invite.form_token = view.form_token;
    view.invite.url = url_to(arena, ROUTE_site_invite);
    view.said = request_query(request, "said")
                    ? "They lead the programme now. They have an account already: tell them."
                    : NULL;
    for (size_t i = 0; i < view.programmes.n; i++) {
        const struct site_programme *programme = &view.programmes.items[i];
        list_add(arena, &view.invite.programmes.list,
                 (struct option_view){.value = programme->key,
                                      .label = programme->name,
                                      .is_chosen = chosen && text_equal(chosen, programme->key)});
    }
    template_site(&body, &view);
    layout_page(request, response, "Look after the site", &body);
    if (invite_has_errors(&view.invite))
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

enum err site_show(struct request *request, struct response *response) {
    const struct invite_view form = {0};
    return site_put(request, response, &form);
}

/* ---- inviting a lead ---- */

enum err site_invite_do(struct request *request, struct response *response) {
    const char *key = request_filled(request, "programme");
    struct invite_view form = {0};
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
        return site_put(request, response, &form);
    invitation.role = ROLE_LEAD;
    invitation.by_administrator = true;
    err = invite(request->db, request->arena, &programme, &invitation, &invited);
    if (err)
        return err;
    if (invited.result != INVITED) {
        invite_obstacle(&form, invited.result);
        return site_put(request, response, &form);
    }
    link_given(request, response, &invited, url_to(request->arena, ROUTE_site));
    return OK;
}

/* ---- a link for somebody who cannot sign in ---- */

enum err site_link_do(struct request *request, struct response *response) {
    char *end;
    int64_t account = strtoll(request->values[0], &end, 10);
    struct invited invited;
    enum err err = account_link(request->db, request->arena, *end ? 0 : account, &invited);
    if (err)
        return err;
    if (invited.token)
        link_given(request, response, &invited, url_to(request->arena, ROUTE_site));
    else
        layout_message(request, response, STATUS_NOT_FOUND, "There is no such account",
                       "Perhaps it was removed meanwhile. The page before lists those there are.");
    return OK;
}
