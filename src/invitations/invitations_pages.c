/* Sending a meeting into people's calendars: who is to hear what, and the button that sends it. */
#include "accounts/moment.h"
#include "base/text.h"
#include "invitations/invitations.h"
#include "invitations/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler invitations_show, invitations_send_do;

static const char *own_url(const struct request *request) {
    return url_to(request->arena, ROUTE_invitations, request->visitor.programme.key,
                  request->values[1]);
}

static enum err all_read(struct request *request, struct invitations *out) {
    return invitations_read(request->db, request->arena, &request->visitor.programme,
                            request->values[1], request->today, out);
}

static void meeting_gone(const struct request *request, struct response *response) {
    layout_message(request, response, STATUS_NOT_FOUND, "This meeting is not here",
                   "Somebody has taken it out. Under Meetings you find what there is.");
}

static const char *group_words(struct arena *arena, const struct invitation *line) {
    switch (line->next) {
    case INVITATION_FIRST:
        return "To be invited";
    case INVITATION_CHANGE:
        return "To hear of the change";
    case INVITATION_END:
        return arena_format(arena, "It leaves their calendar, since %s", line->why);
    case INVITATION_NONE:
        break;
    }
    return line->why ? text_capital(arena, line->why) : "Hear nothing now";
}

/* Few groups, however many people: as many as there are words for. */
static struct invitation_group *group_find(struct arena *arena, struct invitations_view *view,
                                           const struct invitation *line) {
    const char *words = group_words(arena, line);
    for (size_t i = 0; i < view->groups.n; i++)
        if (text_equal(view->groups.items[i].words, words))
            return &view->groups.items[i];
    list_add(arena, &view->groups, (struct invitation_group){.words = words});
    return &view->groups.items[view->groups.n - 1];
}

static void groups_fill(struct arena *arena, const struct invitations *all,
                        struct invitations_view *view) {
    for (int is_next = 1; is_next >= 0; is_next--)
        for (size_t i = 0; i < all->list.n; i++) {
            const struct invitation *line = &all->list.items[i];
            const char *sent = line->sent_at ? moment_words(arena, line->sent_at) : NULL;
            if ((line->next != INVITATION_NONE) != is_next)
                continue;
            struct invitation_group *group = group_find(arena, view, line);
            list_add(arena, &group->list, (struct invitation_line){line->name, sent});
        }
}

/* Why nothing can be sent from here. */
static const char *off_words(const struct request *request, const struct invitations *all) {
    if (!request->site->sends_mail)
        return "This site sends no mail. Whoever looks after it can have it sent. Until then, "
               "people "
               "subscribe to their own calendar under their name.";
    return all->to_send > INVITATIONS_MOST
               ? arena_format(
                     request->arena,
                     "At most %d people can be sent a meeting at once, and here are %zu. Ask "
                     "them to subscribe to their calendar under their name instead.",
                     INVITATIONS_MOST, all->to_send)
               : NULL;
}

enum err invitations_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct invitations all;
    struct text body = text_new(arena);
    const char *sent = request_query(request, "sent"), *programme = request->visitor.programme.key;
    enum err err = all_read(request, &all);
    if (err || !all.is_known) {
        meeting_gone(request, response);
        return err;
    }
    bool is_out = all.hurdle && !all.list.n;
    struct invitations_view view = {.form_token = layout_form_token(request),
                                    .url = own_url(request),
                                    .back_url =
                                        url_to(arena, ROUTE_meeting, programme, request->values[1]),
                                    .back = "Back to the meeting",
                                    .team = all.team,
                                    .when = all.when,
                                    .hurdle = is_out ? NULL : all.hurdle,
                                    .people_url = url_to(arena, ROUTE_people, programme),
                                    .off = off_words(request, &all)};
    if (sent)
        view.said = "It is on its way. Mails go out within a minute or two.";
    if (all.to_send && !view.off)
        view.button = all.to_send == 1 ? "Send this mail"
                                       : arena_format(arena, "Send these %zu mails", all.to_send);
    groups_fill(arena, &all, &view);
    template_invitations(&body, &view);
    layout_page(request, response, "Into people\u2019s calendars", &body);
    return OK;
}

/* Sent twice, it finds nothing more to send the second time. */
enum err invitations_send_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct invitations all = {0};
    enum err err = programme_lock(request->db, arena, &request->visitor.programme);
    if (!err)
        err = all_read(request, &all);
    if (err || !all.is_known) {
        meeting_gone(request, response);
        return err;
    }
    response_see_other(response, arena_format(arena, "%s?sent=1", own_url(request)));
    if (off_words(request, &all)) {
        response_see_other(response, own_url(request));
        return OK;
    }
    const struct invitations_wish wish = {
        .programme = &request->visitor.programme,
        .invitations = &all,
        .key = request->values[1],
        .address = arena_format(
            arena, "%s%s", request->site->address,
            url_to(arena, ROUTE_meeting, request->visitor.programme.key, request->values[1])),
        .mail_from = request->site->mail_from};
    err = invitations_send(request->db, arena, &wish);
    return err ? err : programme_touch(request->db, request->visitor.programme.id);
}
