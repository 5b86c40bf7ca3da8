#include "accounts/invite_pages.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

enum { NAME_MOST = 100 /* bytes */ };

void role_options(struct arena *arena, const char *chosen, struct options_view *out) {
    for (int role = 0; role < ROLE_COUNT; role++)
        list_add(arena, &out->list,
                 (struct option_view){.value = role_names[role],
                                      .label = text_capital(arena, role_titles[role]),
                                      .hint = role_hints[role],
                                      .is_chosen = chosen && text_equal(chosen, role_names[role])});
}

bool invite_form_read(const struct request *request, struct invite_view *view,
                      struct invitation *out) {
    const char *role = request_filled(request, "role");
    int known = role ? name_index(role_names, ROLE_COUNT, role) : -1;
    view->name = request_filled(request, "name");
    view->email = request_filled(request, "email");
    *out = (struct invitation){.name = view->name,
                               .email = view->email,
                               .role = known < 0 ? ROLE_NONE : (enum role)known,
                               .record = request_filled(request, "record"),
                               .by = request->visitor.person};
    if (!view->name)
        view->name_error = "Write the name of whoever you invite";
    else if (text_has_control(view->name) || strlen(view->name) > NAME_MOST)
        view->name_error = "Write the name in one line, of 100 letters at most";
    if (!view->email || !email_valid(view->email))
        view->email_error = "Write an e-mail address, such as name@example.org";
    if (known < 0)
        view->role_error = "Choose which part they take";
    return !view->name_error && !view->email_error && !view->role_error;
}

void invite_obstacle(struct invite_view *view, enum invite_result result) {
    if (result == INVITE_TAKES_PART)
        view->email_error = "Whoever has this address takes part already: see the list";
    else if (result == INVITE_LOGIN_TAKEN)
        view->email_error = "Somebody else signs in with this address. Ask whoever runs this site";
    else if (result == INVITE_RECORD_TAKEN)
        view->record_error = "This record is somebody else by now. Choose another, or none";
}

bool invite_has_errors(const struct invite_view *view) {
    return view->name_error || view->email_error || view->role_error || view->record_error ||
           view->programme_error;
}

void link_given(const struct request *request, struct response *response,
                const struct invited *invited, const char *back_url) {
    struct arena *arena = request->arena;
    struct text body = text_new(arena);
    struct welcome_view view = {
        .name = invited->name,
        .link = arena_format(arena, "%s%s", request->site->address,
                             url_to(arena, ROUTE_link, invited->token)),
        .back_url = back_url,
    };
    if (invited->email && email_valid(invited->email)) {
        const char *at = strchr(invited->email, '@');
        view.email = invited->email;
        view.mailbox = arena_copy_n(arena, invited->email, (size_t)(at - invited->email));
        view.host = at + 1;
    }
    response->is_secret = true;
    template_link_given(&body, &view);
    layout_page(request, response, "A link to pass on", &body);
}
