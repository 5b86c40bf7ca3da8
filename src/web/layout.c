#include "web/layout.h"
#include "templates.h"
#include "web/layout_view.h"
#include "web/route.h"
#include "web/static_file.h"

/* Where one can go within a programme, in this order. */
/* clang-format off */
static const struct {
    enum route_name route;
    const char *title;
} places[] = {
    {ROUTE_home, "Home"},
    {ROUTE_diagnosis, "Diagnosis"},
    {ROUTE_steps, "Steps"},
    {ROUTE_actions, "Actions"},
    {ROUTE_meetings, "Meetings"},
    {ROUTE_wins, "Wins"},
    {ROUTE_decisions, "Decisions"},
    {ROUTE_map, "Map"},
    {ROUTE_whatif, "What if?"},
    {ROUTE_history, "History"},
    {ROUTE_records, "Records"},
    {ROUTE_people, "Who takes part"},
};
/* clang-format on */

enum { AROUND = 6 * 1024 }; /* bytes that usually stand around a page */

struct html layout_form_token(const struct request *request) {
    struct text field = text_new(request->arena);
    char token[TOKEN_HASH_SIZE];
    if (request->visitor.account) {
        visitor_form_token(&request->visitor, token);
        template_form_token(&field, token);
    }
    return (struct html){field.bytes};
}

static void places_add(const struct request *request, struct layout_view *view) {
    const char *key = request->visitor.programme.key;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (role_may(request->visitor.role, routes[places[i].route].needs))
            view->places[view->place_count++] = (struct layout_place){
                .title = places[i].title,
                .url = url_to(request->arena, places[i].route, key),
                .is_here = request->route == &routes[places[i].route],
            };
}

void layout_page(const struct request *request, struct response *response, const char *title,
                 const struct text *body) {
    const struct visitor *visitor = &request->visitor;
    struct layout_view view = {
        .title = title,
        .stylesheet = static_file_named("ithaca.css")->path,
        .icon = static_file_named("favicon.svg")->path,
        .programmes_url = url_to(request->arena, ROUTE_programmes),
        .account_url = url_to(request->arena, ROUTE_account),
        .sign_out_url = url_to(request->arena, ROUTE_sign_out),
        .name = visitor->account ? visitor->name : NULL,
        .site_url = visitor->is_administrator ? url_to(request->arena, ROUTE_site) : NULL,
        .form_token = layout_form_token(request),
        .body = {body->bytes},
    };
    if (visitor->programme.id) {
        view.programme = visitor->programme.name;
        view.privacy_url = url_to(request->arena, ROUTE_privacy, visitor->programme.key);
        view.role = role_titles[visitor->role];
        places_add(request, &view);
    }
    response->body.length = 0;
    text_reserve(&response->body, body->length + AROUND);
    template_layout(&response->body, &view);
}

void layout_message_with(const struct request *request, struct response *response,
                         enum status status, const char *heading, const char *words,
                         struct layout_link link) {
    struct text body = text_new(request->arena);
    template_message(&body, heading, words, &link);
    layout_page(request, response, heading, &body);
    response->status = status;
}

void layout_message(const struct request *request, struct response *response, enum status status,
                    const char *heading, const char *words) {
    layout_message_with(request, response, status, heading, words, (struct layout_link){0});
}
