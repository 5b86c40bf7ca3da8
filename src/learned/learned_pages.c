/* What a programme learned: all of it, and the page of one thing with its history. */
#include "accounts/moment.h"
#include "base/date.h"
#include "base/text.h"
#include "learned/choices_pages.h"
#include "learned/one_pages.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler learned_show, learned_one_show;

enum { FRONT_MOST = 10 };

const char *learned_one_url(const struct request *request, int64_t id) {
    return url_to(request->arena, ROUTE_learned_one, request->visitor.programme.key,
                  arena_format(request->arena, "%lld", (long long)id));
}

bool learned_is_seen(const struct request *request, const struct learned *learned) {
    return learned->state == LEARNED_AGREED || role_may(request->visitor.role, PERMISSION_WRITE_UP);
}

void learned_gone(const struct request *request, struct response *response) {
    layout_message_with(
        request, response, STATUS_NOT_FOUND, "This is not here",
        "Perhaps the address was cut short, or nobody has agreed to it yet.",
        (struct layout_link){"See what was learned", url_to(request->arena, ROUTE_learned,
                                                            request->visitor.programme.key)});
}

static const char *state_words(const struct learned *learned) {
    static const char *const words[LEARNED_STATES] = {"Draft", "Agreed", "Disputed", "Withdrawn"};
    return learned->origin && learned->state == LEARNED_AGREED ? "From elsewhere"
                                                               : words[learned->state];
}

static const char *state_colour(const struct learned *learned) {
    static const char *const colours[LEARNED_STATES] = {"blue", "green", "orange", "grey"};
    return learned->origin ? "purple" : colours[learned->state];
}

/* ---- all of it: what is to be looked at again first ---- */

static bool is_due(const struct request *request, const struct learned *learned) {
    const char *day = learned_value(learned, "review");
    return day && learned->state != LEARNED_WITHDRAWN && strcmp(day, request->today) <= 0;
}

static struct learned_line line_of(const struct request *request, const struct learned *learned) {
    struct arena *arena = request->arena;
    const char *day = learned_value(learned, "review");
    return (struct learned_line){
        .title = learned_title(learned),
        .url = learned_one_url(request, learned->id),
        .state = is_due(request, learned) ? "To be looked at again" : state_words(learned),
        .colour = is_due(request, learned) ? "orange" : state_colour(learned),
        .note = day ? arena_format(arena, "looked at again on %s", day_long(arena, day))
                    : arena_format(arena, "%s by %s on %s", text_capital(arena, learned->what),
                                   learned->author, moment_words(arena, learned->at))};
}

static struct learned_group group_of(const struct request *request, const struct learned_kind *kind,
                                     const struct learned_list *all, bool is_alone) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    struct learned_group group = {.title = kind->many,
                                  .about = kind->about,
                                  .begin = kind->begin,
                                  .begin_url =
                                      role_may(request->visitor.role, PERMISSION_WRITE_UP)
                                          ? url_to(arena, ROUTE_learned_new, programme, kind->name)
                                          : NULL};
    for (int is_first = 1; is_first >= 0; is_first--)
        for (size_t i = 0; i < all->list.n; i++) {
            const struct learned *learned = &all->list.items[i];
            if (learned->kind != kind || !learned_is_seen(request, learned) ||
                is_due(request, learned) != is_first)
                continue;
            if (group.lines.n == FRONT_MOST && !is_alone) {
                group.all_url = arena_format(arena, "%s?kind=%s",
                                             url_to(arena, ROUTE_learned, programme), kind->name);
                return group;
            }
            list_add(arena, &group.lines, line_of(request, learned));
        }
    return group;
}

enum err learned_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct learned_kind *only = learned_kind_find(request_query(request, "kind"));
    const char *all_url = url_to(arena, ROUTE_learned, request->visitor.programme.key);
    struct learned_list all;
    struct text body = text_new(arena);
    enum err err = learned_read_all(request->db, arena, &request->visitor.programme, only, &all);
    if (err)
        return err;
    struct learned_front_view view = {
        .back_url = only ? all_url : NULL,
        .exchange_url = !only && role_may(request->visitor.role, PERMISSION_WRITE_UP)
                            ? url_to(arena, ROUTE_exchange, request->visitor.programme.key)
                            : NULL};
    for (size_t k = 0; learned_kinds[k]; k++)
        if (!only || only == learned_kinds[k])
            list_add(arena, &view.groups, group_of(request, learned_kinds[k], &all, only));
    template_learned_front(&body, &view);
    layout_page(request, response, only ? only->many : "What you learned", &body);
    return OK;
}

/* ---- one ---- */

static enum err links_add(struct choosing *choosing, const struct learned *learned, size_t field,
                          struct learned_view *view) {
    struct arena *arena = choosing->request->arena;
    const struct learned_field *about = &learned->kind->fields[field];
    struct learned_part part = {.label = about->label};
    const char *rest = learned->values[field], *value;
    size_t hidden = 0;
    enum err err = OK;
    while (!err && rest && (value = text_next_piece(arena, &rest, '\n'))) {
        struct learned_link link;
        bool is_theirs;
        err = chosen_link(choosing, about, value, &link, &is_theirs);
        if (is_theirs)
            list_add(arena, &part.links.list, link);
        else
            hidden++;
    }
    if (hidden)
        list_add(arena, &part.links.list,
                 (struct learned_link){
                     .title = arena_format(arena,
                                           "%zu more that %s not here any more, or not for "
                                           "you to see",
                                           hidden, hidden == 1 ? "is" : "are")});
    list_add(arena, &view->parts, part);
    return err;
}

static enum err parts_fill(struct choosing *choosing, const struct learned *learned,
                           struct learned_view *view) {
    struct arena *arena = choosing->request->arena;
    enum err err = OK;
    for (size_t i = 1; !err && learned->kind->fields[i].name; i++) {
        const struct learned_field *field = &learned->kind->fields[i];
        const char *value = learned->values[i];
        if (!value)
            continue;
        struct learned_part part = {.label = field->label, .text = value};
        if (field->type == LEARNED_DAY)
            part.text = day_long(arena, value);
        if (field->type == LEARNED_CHOICE)
            part.text = text_capital(arena, value);
        if (field->is_part)
            list_add(arena, &view->picture, part);
        else if (field->type >= LEARNED_LIBRARY)
            err = links_add(choosing, learned, i, view);
        else
            list_add(arena, &view->parts, part);
    }
    return err;
}

static void past_fill(const struct request *request, const struct learned_list *versions,
                      struct learned_view *view) {
    struct arena *arena = request->arena;
    for (size_t i = 0; i < versions->list.n; i++) {
        const struct learned *version = &versions->list.items[i];
        list_add(arena, &view->past,
                 (struct learned_past){
                     arena_format(arena, "%s by %s on %s", text_capital(arena, version->what),
                                  version->author, moment_words(arena, version->at)),
                     *version->why ? version->why : NULL});
    }
}

static const char *standing_of(struct arena *arena, const struct learned_list *versions) {
    const struct learned *learned = learned_decided(versions);
    const struct learned *written = learned_written(versions);
    switch (learned->state) {
    case LEARNED_AGREED:
        return learned->origin ? "Brought from another site; nobody here has seen it happen."
                               : arena_format(arena,
                                              "Written by %s; %s agrees. Local evidence: one "
                                              "programme, no study.",
                                              written->author, learned->author);
    case LEARNED_DISPUTED:
        return arena_format(arena, "%s sees it otherwise: %s", learned->author, learned->why);
    case LEARNED_WITHDRAWN:
        return *learned->why ? learned->why : "It stands no more.";
    case LEARNED_DRAFT:
    case LEARNED_STATES:
        break;
    }
    return "Not agreed to yet: somebody else than its writer has to.";
}

static void others_fill(const struct choosing *choosing, const struct learned *learned,
                        struct learned_view *view) {
    struct arena *arena = choosing->request->arena;
    for (size_t i = 0; i < choosing->own.list.n; i++) {
        const struct learned *other = &choosing->own.list.items[i];
        if (other->kind == learned->kind && other->id != learned->id && !other->origin &&
            other->state != LEARNED_WITHDRAWN)
            list_add(
                arena, &view->others.list,
                (struct learned_link){.title = learned_title(other),
                                      .url = arena_format(arena, "%lld", (long long)other->id)});
    }
}

/* What the visitor may do with it. */
static void doing_fill(struct choosing *choosing, const struct learned_list *versions,
                       struct learned_view *view) {
    struct request *request = choosing->request;
    struct arena *arena = request->arena;
    const struct learned *learned = &versions->list.items[0];
    const char *programme = request->visitor.programme.key;
    const char *id = arena_format(arena, "%lld", (long long)learned->id);
    const bool is_withdrawn = learned->state == LEARNED_WITHDRAWN;
    const struct learned *written = learned_written(versions);
    char *token = arena_alloc(arena, TOKEN_SIZE);
    token_new(token);
    view->token = token;
    view->base = arena_format(arena, "%lld", (long long)learned->number);
    view->form_token = layout_form_token(request);
    view->gaps = learned->state == LEARNED_DRAFT ? learned_gaps(arena, learned) : (struct names){0};
    view->say_url = url_to(arena, ROUTE_learned_say, programme, id);
    view->may_take_up = is_withdrawn;
    view->may_withdraw = !is_withdrawn;
    if (is_withdrawn || learned->origin)
        return;
    view->may_check = !view->gaps.list.n && written->account != request->visitor.account &&
                      learned->state != LEARNED_AGREED;
    view->may_review = is_due(request, learned);
    view->check_hint =
        view->may_check ? "If you see it otherwise, say what you saw."
        : view->may_review
            ? "What speaks for it or against it since. The next look is three months "
              "from now, unless you change the day."
            : NULL;
    view->change_url = url_to(arena, ROUTE_learned_change, programme, id);
    view->split_url = arena_format(
        arena, "%s?from=%s", url_to(arena, ROUTE_learned_new, programme, learned->kind->name), id);
    view->merge_url = url_to(arena, ROUTE_learned_new, programme, learned->kind->name);
    others_fill(choosing, learned, view);
}

static const char *said_of(const struct request *request) {
    const char *said = request_query(request, "said");
    return !said                          ? NULL
           : text_equal(said, "saved")    ? "It is saved. Ask somebody else who was there to agree."
           : text_equal(said, "agreed")   ? "You agree: it counts as local evidence now."
           : text_equal(said, "disputed") ? "What you saw stands beside it."
           : text_equal(said, "withdrawn") ? "It is withdrawn. Its history stays."
           : text_equal(said, "reviewed")  ? "That you looked at it is written down."
           : text_equal(said, "draft")     ? "It is taken up again."
                                           : NULL;
}

enum err learned_one_put(struct request *request, struct response *response,
                         const struct learned_list *versions, const char *error) {
    struct arena *arena = request->arena;
    const struct learned *learned = &versions->list.items[0];
    struct choosing choosing;
    struct text body = text_new(arena);
    enum err err = choosing_begin(request, &choosing);
    struct learned_view view = {
        .title = learned_title(learned),
        .back_url = url_to(arena, ROUTE_learned, request->visitor.programme.key),
        .kind = text_capital(arena, learned->kind->one),
        .state = state_words(learned),
        .colour = state_colour(learned),
        .standing = standing_of(arena, versions),
        .said = error ? NULL : said_of(request),
        .error = error,
        .typed = error ? request_field(request, "words") : NULL,
        .origin = learned->origin
                      ? arena_format(arena, "From elsewhere: %s. It is shown as it came.",
                                     learned->origin)
                      : NULL,
        .review = is_due(request, learned)
                      ? "Its day has come: does it still hold? Say so below, or change it."
                      : NULL};
    if (!err)
        err = parts_fill(&choosing, learned, &view);
    if (err)
        return err;
    past_fill(request, versions, &view);
    if (role_may(request->visitor.role, PERMISSION_WRITE_UP))
        doing_fill(&choosing, versions, &view);
    template_learned(&body, &view);
    layout_page(request, response, view.title, &body);
    if (error)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

enum err learned_of_address(struct request *request, struct learned_list *versions) {
    return learned_read(request->db, request->arena, &request->visitor.programme,
                        strtoll(request->values[1], NULL, 10), versions);
}

enum err learned_one_show(struct request *request, struct response *response) {
    struct learned_list versions;
    enum err err = learned_of_address(request, &versions);
    if (err || !versions.list.n || !learned_is_seen(request, &versions.list.items[0])) {
        learned_gone(request, response);
        return err;
    }
    return learned_one_put(request, response, &versions, NULL);
}
