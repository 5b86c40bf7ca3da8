/* Giving what was learned to other sites: which, as it would go, and the file. */
#include "base/text.h"
#include "exchange/exchange_pages.h"
#include "exchange/known.h"
#include "exchange/parcel.h"
#include "exchange/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler exchange_show, give_show, give_do;

static const char unnamed[] = "A programme that is not named";

static bool can_be_given(const struct learned *learned) {
    return learned->state == LEARNED_AGREED && !learned->origin && parcel_takes(learned->kind);
}

static const char *said_of(const struct request *request) {
    const char *brought = request_query(request, "brought");
    return brought ? text_equal(brought, "0") ? "Nothing in it was new."
                                              : "It is kept here, and marked as from elsewhere."
                   : NULL;
}

enum err exchange_put(struct request *request, struct response *response, const char *give_fault,
                      const char *take_fault) {
    struct arena *arena = request->arena;
    const char *programme = request->visitor.programme.key;
    struct learned_list all;
    struct text body = text_new(arena);
    enum err err = learned_read_all(request->db, arena, &request->visitor.programme, NULL, &all);
    if (err)
        return err;
    struct exchange_view view = {.form_token = layout_form_token(request),
                                 .learned_url = url_to(arena, ROUTE_learned, programme),
                                 .preview_url = url_to(arena, ROUTE_give, programme),
                                 .take_url = url_to(arena, ROUTE_take, programme),
                                 .said = said_of(request),
                                 .give_fault = give_fault,
                                 .take_fault = take_fault};
    for (size_t i = 0; i < all.list.n; i++) {
        const struct learned *learned = &all.list.items[i];
        if (can_be_given(learned))
            list_add(arena, &view.choices,
                     (struct give_choice){arena_format(arena, "%lld", (long long)learned->id),
                                          learned_title(learned), learned->kind->one});
    }
    template_exchange(&body, &view);
    layout_page(request, response, "Give to others, and take from them", &body);
    if (request->method == METHOD_POST)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

enum err exchange_show(struct request *request, struct response *response) {
    return exchange_put(request, response, NULL, NULL);
}

/* ---- what is to go ---- */

struct giving {
    struct request *request;
    const struct leftover_finder *finder;
    struct parcel parcel;
    struct give_view view;
};

static enum err item_add(struct giving *giving, const char *id) {
    struct request *request = giving->request;
    struct learned_list versions;
    enum err err = learned_read(request->db, request->arena, &request->visitor.programme,
                                strtoll(id, NULL, 10), &versions);
    if (err || !versions.list.n || !can_be_given(&versions.list.items[0]))
        return err;
    list_add(request->arena, &giving->parcel.items.list, versions.list.items[0]);
    list_add(request->arena, &giving->view.ids.list,
             arena_format(request->arena, "%lld", (long long)versions.list.items[0].id));
    return OK;
}

static enum err giving_begin(struct request *request, const struct parameters *sent,
                             struct giving *out) {
    struct known_names known;
    *out = (struct giving){.request = request, .parcel = {.made_on = request->today}};
    enum err err =
        known_names_read(request->db, request->arena, &request->visitor.programme, &known);
    if (err)
        return err;
    out->finder = leftover_finder_new(request->arena, known.list.items, known.list.n);
    for (size_t i = 0; !err && i < sent->list.n; i++)
        if (text_equal(sent->list.items[i].name, "item[]"))
            err = item_add(out, sent->list.items[i].value);
    return err;
}

static bool is_text(const struct learned_field *field) {
    return field->type == LEARNED_LINE || field->type == LEARNED_TEXT;
}

static void found_fill(struct giving *giving, const char *text, const struct leftovers *found,
                       struct give_field *field) {
    struct arena *arena = giving->request->arena;
    for (size_t i = 0; i < found->list.n; i++) {
        const struct leftover *at = &found->list.items[i];
        list_add(arena, &field->found,
                 (struct give_found){arena_copy_n(arena, text + at->start, at->length),
                                     leftover_kind_words[at->kind],
                                     giving->view.is_sent ? NULL : at->instead});
    }
    giving->view.found += found->list.n;
}

/* As it stands here with what was found replaced; or, once it was sent, as it was typed. */
static const char *value_of(struct giving *giving, const char *name, const char *stored,
                            struct give_field *field) {
    struct arena *arena = giving->request->arena;
    struct leftovers found;
    const char *text = giving->request->method == METHOD_POST
                           ? text_typed(arena, request_field(giving->request, name))
                           : stored;
    if (!text)
        return NULL;
    leftover_find(giving->finder, arena, text, &found);
    found_fill(giving, text, &found, field);
    return giving->view.is_sent ? text : leftover_generalise(arena, text, &found);
}

static void field_add(struct giving *giving, struct learned *item, size_t i,
                      struct give_item *out) {
    struct arena *arena = giving->request->arena;
    const struct learned_field *field = &item->kind->fields[i];
    struct give_field view = {.name =
                                  arena_format(arena, "i%lld-%s", (long long)item->id, field->name),
                              .label = field->label,
                              .is_line = field->type == LEARNED_LINE};
    if (!is_text(field) || !item->values[i])
        return;
    const char *value = value_of(giving, view.name, item->values[i], &view);
    size_t most = view.is_line ? LEARNED_LINE_MOST : LEARNED_TEXT_MOST;
    view.value = item->values[i] = value;
    if (!i && !value)
        view.error = "It needs a title";
    if (value && strlen(value) > most)
        view.error = "Say it shorter";
    form_fault_add(arena, &giving->view.faults, view.name, view.error);
    list_add(arena, &out->fields, view);
}

static void items_fill(struct giving *giving) {
    for (size_t i = 0; i < giving->parcel.items.list.n; i++) {
        struct learned *item = &giving->parcel.items.list.items[i];
        struct give_item out = {.title = learned_title(item), .kind = item->kind->one};
        for (size_t f = 0; item->kind->fields[f].name; f++)
            field_add(giving, item, f, &out);
        list_add(giving->request->arena, &giving->view.items, out);
    }
}

static enum err give_put(struct giving *giving, struct response *response) {
    struct request *request = giving->request;
    struct text body = text_new(request->arena);
    struct give_view *view = &giving->view;
    view->form_token = layout_form_token(request);
    view->url = url_to(request->arena, ROUTE_give_make, request->visitor.programme.key);
    view->back_url = url_to(request->arena, ROUTE_exchange, request->visitor.programme.key);
    template_give(&body, view);
    layout_page(request, response, "What would go", &body);
    if (view->is_sent)
        response->status = STATUS_BAD_REQUEST;
    return OK;
}

static const char *choice_fault(const struct giving *giving) {
    return !giving->parcel.items.list.n                      ? "Choose at least one"
           : giving->parcel.items.list.n > PARCEL_ITEMS_MOST ? "Choose at most twenty"
                                                             : NULL;
}

enum err give_show(struct request *request, struct response *response) {
    struct giving giving;
    enum err err = giving_begin(request, &request->query, &giving);
    if (err)
        return err;
    if (choice_fault(&giving))
        return exchange_put(request, response, choice_fault(&giving), NULL);
    giving.view.from = unnamed;
    items_fill(&giving);
    return give_put(&giving, response);
}

/* That it went is part of its history. */
static enum err given_note(struct giving *giving) {
    struct request *request = giving->request;
    enum err err = OK;
    for (size_t i = 0; !err && i < giving->view.ids.list.n; i++) {
        struct learned_list versions;
        enum learned_outcome outcome;
        int64_t id;
        err = learned_read(request->db, request->arena, &request->visitor.programme,
                           strtoll(giving->view.ids.list.items[i], NULL, 10), &versions);
        if (err || !versions.list.n)
            continue;
        struct learned next = versions.list.items[0];
        next.what = "given to other sites";
        next.why = NULL;
        next.author = request->visitor.name;
        next.account = request->visitor.account;
        err = learned_save(request->db, request->arena, &request->visitor.programme, &next, NULL,
                           &outcome, &id);
    }
    return err ? err : programme_touch(request->db, request->visitor.programme.id);
}

enum err give_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct giving giving;
    const char *file = NULL, *from = text_typed(arena, request_field(request, "from"));
    enum err err = programme_lock(request->db, arena, &request->visitor.programme);
    if (!err)
        err = giving_begin(request, &request->form, &giving);
    if (err)
        return err;
    if (choice_fault(&giving))
        return exchange_put(request, response, choice_fault(&giving), NULL);
    giving.view.is_sent = true;
    giving.view.from = giving.parcel.from = from ? from : unnamed;
    items_fill(&giving);
    if (strlen(giving.parcel.from) > PARCEL_FROM_MOST || strchr(giving.parcel.from, '\n'))
        form_fault_add(arena, &giving.view.faults, "from", "Say it in at most 100 letters");
    if (giving.view.found && !request_field(request, "sure"))
        form_fault_add(
            arena, &giving.view.faults, "sure",
            "What looks like a name is still in it: take it out, or say that it may stay");
    if (giving.view.faults.list.n)
        return give_put(&giving, response);
    err = parcel_write(request->db, arena, &giving.parcel, &file);
    if (!err)
        err = given_note(&giving);
    if (err)
        return err;
    text_add(&response->body, file);
    response->type = "application/json";
    response->download = arena_format(arena, "learned-%s.ithaca.json", request->today);
    return OK;
}
