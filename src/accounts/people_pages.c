/* Who takes part in a programme; the lead invites people, changes what they may do, and takes them
 * out. */
#include "accounts/invite_pages.h"
#include "accounts/keeper_pages.h"
#include "accounts/moment.h"
#include "base/text.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler people_show, invite_do, part_show, part_role_do, part_link_do, part_remove_do;

/* ---- the list ---- */

static const char *id_text(struct arena *arena, int64_t id) {
    return arena_format(arena, "%lld", (long long)id);
}

/* The names by which they stand on the sheet People; for the lead, who said so, too. */
static const char *records_words(struct arena *arena, const struct taking_part *all, int64_t person,
                                 bool is_lead) {
    struct names names = {0};
    for (size_t i = 0; i < all->records.n; i++)
        if (all->records.items[i].person == person) {
            const struct part_record *record = &all->records.items[i];
            list_add(arena, &names.list,
                     is_lead && record->joined_at
                         ? arena_format(arena, "%s (%s)", record->name,
                                        joined_words(arena, record->joined_at, record->joined_by))
                         : record->name);
        }
    return names.list.n ? text_enumerate(arena, names.list.items, names.list.n, names.list.n)
                        : NULL;
}

static struct part_line part_line_of(const struct request *request, const struct taking_part *all,
                                     const struct part *part) {
    struct arena *arena = request->arena;
    bool is_lead = role_may(request->visitor.role, PERMISSION_INVITE);
    return (struct part_line){
        .name = part->name,
        .email = is_lead ? part->email : NULL,
        .role = text_capital(arena, role_titles[part->role]),
        .record = records_words(arena, all, part->person, is_lead),
        .url = is_lead ? url_to(arena, ROUTE_part, request->visitor.programme.key,
                                id_text(arena, part->person))
                       : NULL,
        .has_signed_in = part->has_signed_in,
        .is_you = part->person == request->visitor.person,
    };
}

static void form_fill(const struct request *request, const struct taking_part *all,
                      struct invite_view *view) {
    struct arena *arena = request->arena;
    const char *record = request_field(request, "record");
    view->form_token = layout_form_token(request);
    view->url = url_to(arena, ROUTE_invite, request->visitor.programme.key);
    role_options(arena, request_field(request, "role"), &view->roles);
    for (size_t i = 0; i < all->records.n; i++) {
        const struct part_record *of = &all->records.items[i];
        if (!of->person)
            list_add(arena, &view->records.list,
                     (struct option_view){.value = of->key,
                                          .label = of->name,
                                          .is_chosen = record && text_equal(record, of->key)});
    }
}

static const char *said_of(const struct request *request) {
    const char *said = request_query(request, "said");
    if (said && text_equal(said, "there"))
        return "They take part now. They have an account here already, and sign in as they are "
               "used to: tell them.";
    if (said && text_equal(said, "waiting"))
        return "They take part now. They have an account here, but never signed in: only whoever "
               "runs this site can send them a link now.";
    if (said && text_equal(said, "mailed"))
        return "They take part now. A mail with all they need is on its way to them. If it does "
               "not come, open their line below: you can make a link there, and pass it on.";
    if (said && text_equal(said, "removed"))
        return "They take part no more.";
    return NULL;
}

static enum err people_put(struct request *request, struct response *response,
                           const struct invite_view *form) {
    struct arena *arena = request->arena;
    struct taking_part all;
    struct people_view view = {.is_lead = role_may(request->visitor.role, PERMISSION_INVITE),
                               .programme = request->visitor.programme.name,
                               .privacy_url =
                                   url_to(arena, ROUTE_privacy, request->visitor.programme.key),
                               .said = said_of(request),
                               .invite = *form};
    struct text body = text_new(arena);
    enum err err = taking_part_read(request->db, arena, &request->visitor.programme, &all);
    if (err)
        return err;
    for (size_t i = 0; i < all.parts.n; i++)
        list_add(arena, &view.parts, part_line_of(request, &all, &all.parts.items[i]));
    form_fill(request, &all, &view.invite);
    template_people(&body, &view);
    layout_page(request, response, "Who takes part", &body);
    if (invite_has_errors(&view.invite))
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

enum err people_show(struct request *request, struct response *response) {
    const struct invite_view form = {0};
    return people_put(request, response, &form);
}

static const char *people_url(const struct request *request, const char *said) {
    const char *url = url_to(request->arena, ROUTE_people, request->visitor.programme.key);
    return said ? arena_format(request->arena, "%s?said=%s", url, said) : url;
}

/* ---- inviting ---- */

enum err invite_do(struct request *request, struct response *response) {
    struct invite_view form = {0};
    struct invitation invitation;
    struct invited invited = {0};
    if (!invite_form_read(request, &form, &invitation))
        return people_put(request, response, &form);
    enum err err =
        invite(request->db, request->arena, &request->visitor.programme, &invitation, &invited);
    if (err)
        return err;
    if (invited.result != INVITED) {
        invite_obstacle(&form, invited.result);
        return people_put(request, response, &form);
    }
    if (request->site->sends_mail) {
        response_see_other(response, people_url(request, "mailed"));
        return invitation_mail(request->db, request->arena, &request->visitor.programme, &invited);
    }
    if (invited.token)
        link_given(request, response, &invited, people_url(request, NULL));
    else
        response_see_other(response,
                           people_url(request, invited.has_signed_in ? "there" : "waiting"));
    return OK;
}

/* ---- one of them ---- */

static int64_t person_asked(const struct request *request) {
    char *end;
    int64_t person = strtoll(request->values[1], &end, 10);
    return *end ? 0 : person;
}

static void part_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "Nobody like that takes part",
                   "Perhaps somebody has taken them out meanwhile. The page “Who takes part” "
                   "lists who does.");
}

static enum err part_put(struct request *request, struct response *response, const char *error) {
    struct arena *arena = request->arena;
    const char *key = request->visitor.programme.key, *id = request->values[1];
    struct taking_part all;
    struct text body = text_new(arena);
    enum err err = taking_part_read(request->db, arena, &request->visitor.programme, &all);
    if (err)
        return err;
    const struct part *part = part_of(&all, person_asked(request));
    if (!part) {
        part_gone(request, response);
        return OK;
    }
    struct part_view view = {
        .form_token = layout_form_token(request),
        .part = part_line_of(request, &all, part),
        .since = day_of_moment(arena, part->since),
        .people_url = people_url(request, NULL),
        .role_url = url_to(arena, ROUTE_part_role, key, id),
        .link_url = url_to(arena, ROUTE_part_link, key, id),
        .remove_url = url_to(arena, ROUTE_part_remove, key, id),
        .has_account = part->has_account,
        .may_be_linked = part->may_be_linked,
        .is_last_lead = is_last_lead(&all, part),
        .error = error,
        .said = request_query(request, "saved") ? "Saved." : NULL,
    };
    role_options(arena, role_names[part->role], &view.roles);
    err = keeper_read(request, &view.keeper);
    if (err)
        return err;
    template_part(&body, &view);
    layout_page(request, response, part->name, &body);
    if (error)
        response->status = STATUS_CONFLICT;
    return OK;
}

enum err part_show(struct request *request, struct response *response) {
    return part_put(request, response, NULL);
}

/* Changes what they may do, or takes them out; and goes on to `then`. */
static enum err change(struct request *request, struct response *response, enum role role,
                       const char *then) {
    enum part_result result;
    enum err err = part_change(request->db, request->arena, &request->visitor.programme,
                               person_asked(request), role, &result);
    if (err)
        return err;
    if (result == PART_LAST_LEAD)
        return part_put(request, response,
                        "Somebody must lead the programme here. Make somebody else who can sign in "
                        "its lead first");
    if (result == PART_GONE)
        part_gone(request, response);
    else
        response_see_other(response, then);
    return OK;
}

enum err part_role_do(struct request *request, struct response *response) {
    const char *role = request_filled(request, "role");
    int known = role ? name_index(role_names, ROLE_COUNT, role) : -1;
    if (known < 0)
        return part_put(request, response, "Choose which part they take");
    bool is_own = person_asked(request) == request->visitor.person;
    const char *own =
        url_to(request->arena, ROUTE_part, request->visitor.programme.key, request->values[1]);
    return change(request, response, (enum role)known,
                  is_own ? people_url(request, NULL)
                         : arena_format(request->arena, "%s?saved=1", own));
}

enum err part_remove_do(struct request *request, struct response *response) {
    bool is_own = person_asked(request) == request->visitor.person;
    return change(request, response, ROLE_NONE,
                  is_own ? url_to(request->arena, ROUTE_programmes)
                         : people_url(request, "removed"));
}

enum err part_link_do(struct request *request, struct response *response) {
    struct invited invited;
    enum part_result result;
    enum err err = part_link(request->db, request->arena, &request->visitor.programme,
                             person_asked(request), &invited, &result);
    if (err)
        return err;
    if (result == PART_GONE)
        part_gone(request, response);
    else if (result == PART_NO_LINK)
        return part_put(request, response,
                        "They have signed in before, or take part elsewhere too: only whoever runs "
                        "this site can send them a link");
    else
        link_given(request, response, &invited, people_url(request, NULL));
    return OK;
}
