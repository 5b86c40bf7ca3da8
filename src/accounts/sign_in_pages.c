/* Signing in by a link that can be used once, and out. A GET of the link only shows a button: mail
 * programs open links to look at them. */
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler sign_in_show, sign_out_do, link_show, link_use_do;

enum err sign_in_show(struct request *request, struct response *response) {
    struct text body = text_new(request->arena);
    template_sign_in(&body, "Open the link that you were sent. It lets you in once; whoever runs "
                            "this site can send you another.");
    layout_page(request, response, "Sign in", &body);
    return OK;
}

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
    template_link_page(&body, url_to(request->arena, ROUTE_link_use, request->values[0]), name);
    layout_page(request, response, "Sign in", &body);
    return OK;
}

enum err link_use_do(struct request *request, struct response *response) {
    int64_t account = 0;
    const char *token;
    enum err err = sign_in_link_spend(request->db, request->values[0], &account);
    if (!err && !account) {
        link_is_dead(request, response);
        return OK;
    }
    if (!err)
        err = session_begin(request->db, request->arena, account, request->agent, &token);
    if (err)
        return err;
    response->cookie = token;
    response_see_other(response, url_to(request->arena, ROUTE_programmes));
    return OK;
}

enum err sign_out_do(struct request *request, struct response *response) {
    response->cookie = "";
    response_see_other(response, url_to(request->arena, ROUTE_sign_in));
    return session_end(request->db, request->visitor.token);
}
