#include "web/layout.h"
#include "templates.h"
#include "web/layout_view.h"
#include "web/route.h"
#include "web/static_file.h"
#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Where one can go within a programme, in this order. Neighbours with one group share a link in the
 * row of a wide screen, and have a row of their own where one of them is shown. */
/* clang-format off */
static const struct {
    const char *group;
    enum route_name route;
    const char *title;
} places[] = {
    {"Home", ROUTE_home, "Home"},
    {"Diagnosis", ROUTE_diagnosis, "Diagnosis"},
    {"Diagnosis", ROUTE_history, "History"},
    {"Diagnosis", ROUTE_rules, "Rules"},
    {"Steps", ROUTE_steps, "Steps"},
    {"Library", ROUTE_library, "Library"},
    {"Library", ROUTE_learned, "What you learned"},
    {"Work", ROUTE_actions, "Actions"},
    {"Work", ROUTE_meetings, "Meetings"},
    {"Work", ROUTE_wins, "Wins"},
    {"Work", ROUTE_resources, "Resources"},
    {"Work", ROUTE_policies, "Policies"},
    {"Work", ROUTE_agreements, "Agreements"},
    {"Work", ROUTE_visits, "Visits"},
    {"Decisions", ROUTE_decisions, "Decisions"},
    {"Map", ROUTE_map, "Map"},
    {"Map", ROUTE_whatif, "What if?"},
    {"Records", ROUTE_records, "Records"},
    {"Records", ROUTE_search, "Search"},
    {"Records", ROUTE_documents, "Documents"},
    {"Records", ROUTE_coverage, "Coverage"},
    {"Records", ROUTE_bring, "Bring a list"},
    {"Who takes part", ROUTE_people, "Who takes part"},
};

/* The same for whoever looks after the site: a link on each of its pages. */
static const struct {
    enum route_name route;
    const char *title;
} site_places[] = {
    {ROUTE_site, "Programmes and accounts"},
    {ROUTE_site_jobs, "Jobs"},
    {ROUTE_site_mail, "Mail"},
    {ROUTE_site_rules, "Rules"},
    {ROUTE_site_requests, "Requests"},
    {ROUTE_site_backup, "Backups"},
    {ROUTE_site_notice, "Privacy notice"},
    {ROUTE_site_audit, "Who saved what"},
    {ROUTE_site_settings, "Settings"},
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

static void place_add(struct layout_view *view, const char *group, struct layout_place place) {
    struct layout_group *last = view->groups + view->group_count - 1;
    if (!view->group_count || strcmp(last->title, group) != 0) {
        last = &view->groups[view->group_count++];
        *last = (struct layout_group){.title = group, .places = view->places + view->place_count};
    }
    view->places[view->place_count++] = place;
    last->place_count++;
    if (place.is_here)
        view->here = last;
}

static void places_add(const struct request *request, struct layout_view *view) {
    const char *key = request->visitor.programme.key;
    static_assert(sizeof places / sizeof *places <= LAYOUT_PLACES_MAX, "room for every place");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (role_may(request->visitor.role, routes[places[i].route].needs))
            place_add(view, places[i].group,
                      (struct layout_place){
                          .title = places[i].title,
                          .url = url_to(request->arena, places[i].route, key),
                          .is_here = request->route == &routes[places[i].route],
                      });
}

static void site_places_add(const struct request *request, struct layout_view *view) {
    static_assert(sizeof site_places / sizeof *site_places <= LAYOUT_PLACES_MAX,
                  "room for every place");
    for (size_t i = 0; i < sizeof site_places / sizeof *site_places; i++)
        place_add(view, site_places[i].title,
                  (struct layout_place){
                      .title = site_places[i].title,
                      .url = url_to(request->arena, site_places[i].route),
                      .is_here = request->route == &routes[site_places[i].route],
                  });
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
        view.places_of = "Programme";
        places_add(request, &view);
    } else if (visitor->is_administrator && request->route &&
               request->route->needs == PERMISSION_ADMINISTRATOR) {
        view.places_of = "Site";
        site_places_add(request, &view);
    }
    response->body.length = 0;
    text_reserve(&response->body, body->length + AROUND);
    template_layout(&response->body, &view);
}

/* As RFC 9457 has it. */
static void message_for_program(struct response *response, enum status status, const char *heading,
                                const char *words) {
    json_t *problem = json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title", heading,
                                "status", (int)status, "detail", words);
    char *written = json_dumps(problem, 0);
    response->body.length = 0;
    text_add(&response->body, written ? written : "{}");
    response->type = "application/problem+json";
    response->status = status;
    free(written);
    json_decref(problem);
}

void layout_message_with(const struct request *request, struct response *response,
                         enum status status, const char *heading, const char *words,
                         struct layout_link link) {
    struct text body = text_new(request->arena);
    if (address_is_for_programs(request->address)) {
        message_for_program(response, status, heading, words);
        return;
    }
    template_message(&body, heading, words, &link);
    layout_page(request, response, heading, &body);
    response->status = status;
}

void layout_message(const struct request *request, struct response *response, enum status status,
                    const char *heading, const char *words) {
    layout_message_with(request, response, status, heading, words, (struct layout_link){0});
}
