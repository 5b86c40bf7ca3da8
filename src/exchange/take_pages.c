/* Taking what other sites learned: what is in a file, and keeping it. */
#include "base/date.h"
#include "base/text.h"
#include "content/content.h"
#include "exchange/exchange_pages.h"
#include "exchange/parcel.h"
#include "exchange/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler take_show, take_do;

/* The one that was taken earlier; NULL if there is none. */
static const struct learned *known_find(const struct learned_list *all, const char *origin) {
    for (size_t i = 0; i < all->list.n; i++)
        if (text_equal(all->list.items[i].origin, origin))
            return &all->list.items[i];
    return NULL;
}

static bool is_same(struct arena *arena, const struct learned *a, const struct learned *b) {
    return a->kind == b->kind && text_equal(learned_content_write(arena, a->kind, a->values),
                                            learned_content_write(arena, b->kind, b->values));
}

/* ---- looking into it ---- */

/* The titles of pages of the library, where it has them. */
static const char *titles_of(const struct request *request, const char *values) {
    struct arena *arena = request->arena;
    struct text out = text_new(arena);
    const char *rest = values, *piece;
    while (rest && (piece = text_next_piece(arena, &rest, '\n'))) {
        const char *slash = strchr(piece, '/');
        const struct library_item *item =
            slash ? library_find(&request->site->content->library,
                                 arena_copy_n(arena, piece, (size_t)(slash - piece)), slash + 1)
                  : NULL;
        text_add_format(&out, "%s%s", out.length ? "\n" : "", item ? item->title : piece);
    }
    return out.bytes;
}

static struct take_item item_view(const struct request *request, const struct learned *item,
                                  const struct learned *known) {
    struct arena *arena = request->arena;
    struct take_item out = {.title = learned_title(item),
                            .kind = item->kind->one,
                            .standing = !known                        ? "New"
                                        : is_same(arena, item, known) ? "Here already"
                                                                      : "A newer version"};
    for (size_t i = 1; item->kind->fields[i].name; i++)
        if (item->values[i])
            list_add(arena, &out.parts,
                     (struct take_part){item->kind->fields[i].label,
                                        item->kind->fields[i].type == LEARNED_LIBRARY
                                            ? titles_of(request, item->values[i])
                                            : item->values[i]});
    return out;
}

/* Whether something with the same key was taken before. */
static bool key_is_known(struct arena *arena, const struct learned_list *all, const char *key) {
    const char *words = parcel_key_words(arena, key);
    for (size_t i = 0; i < all->list.n; i++)
        if (all->list.items[i].origin && strstr(all->list.items[i].origin, words))
            return true;
    return false;
}

static const char *file_fault(const struct upload *upload) {
    return !upload->file || !*upload->file ? "Choose a file"
           : !upload->length               ? "This file is empty"
                                           : NULL;
}

enum err take_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *fault = file_fault(&request->upload);
    struct parcel parcel;
    struct learned_list all;
    struct text body = text_new(arena);
    if (fault || parcel_read(arena, request->upload.bytes, request->upload.length, &parcel, &fault))
        return exchange_put(request, response, NULL, fault);
    enum err err = learned_read_all(request->db, arena, &request->visitor.programme, NULL, &all);
    if (err)
        return err;
    struct take_view view = {
        .form_token = layout_form_token(request),
        .url = url_to(arena, ROUTE_take_keep, request->visitor.programme.key),
        .back_url = url_to(arena, ROUTE_exchange, request->visitor.programme.key),
        .from = parcel.from,
        .made_on = day_long(arena, parcel.made_on),
        .key = parcel_key_words(arena, parcel.key),
        .key_known = key_is_known(arena, &all, parcel.key)
                         ? "You have taken something with this key before."
                         : "Nothing with this key was taken here before: ask them for it, if it "
                           "matters who they are.",
        .file = request->upload.bytes,
        .is_known = true};
    for (size_t i = 0; i < parcel.items.list.n; i++) {
        const struct learned *item = &parcel.items.list.items[i];
        const struct learned *known = known_find(&all, item->origin);
        view.is_known = view.is_known && known && is_same(arena, item, known);
        list_add(arena, &view.items, item_view(request, item, known));
    }
    template_take(&body, &view);
    layout_page(request, response, "What is in it", &body);
    return OK;
}

/* ---- keeping it ---- */

static enum err item_keep(struct request *request, const struct learned_list *all,
                          const struct learned *item, size_t *kept, bool *is_full) {
    const struct learned *known = known_find(all, item->origin);
    struct learned next = *item;
    enum learned_outcome outcome;
    int64_t id;
    if (known && is_same(request->arena, item, known))
        return OK;
    if (known) {
        next.id = known->id;
        next.number = known->number;
    }
    next.author = request->visitor.name;
    next.account = request->visitor.account;
    enum err err = learned_save(request->db, request->arena, &request->visitor.programme, &next,
                                NULL, &outcome, &id);
    *kept += outcome == LEARNED_SAVED;
    *is_full |= outcome == LEARNED_FULL;
    return err;
}

/* All of it or nothing: the transaction is given up where there is no room. */
static enum err all_keep(struct request *request, const struct parcel *parcel, size_t *kept,
                         bool *is_full) {
    struct learned_list all;
    enum err err = programme_lock(request->db, request->arena, &request->visitor.programme);
    if (!err)
        err =
            learned_read_all(request->db, request->arena, &request->visitor.programme, NULL, &all);
    *is_full = !err && all.list.n + parcel->items.list.n > LEARNED_MOST;
    for (size_t i = 0; !err && !*is_full && i < parcel->items.list.n; i++)
        err = item_keep(request, &all, &parcel->items.list.items[i], kept, is_full);
    return err ? err : programme_touch(request->db, request->visitor.programme.id);
}

enum err take_do(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *file = request_field(request, "parcel"), *fault = NULL;
    struct parcel parcel;
    size_t kept = 0;
    bool is_full;
    if (!file || parcel_read(arena, file, strlen(file), &parcel, &fault))
        return exchange_put(request, response, NULL, fault ? fault : "Choose a file");
    enum err err = all_keep(request, &parcel, &kept, &is_full);
    if (err)
        return err;
    if (is_full)
        return exchange_put(request, response, NULL,
                            "There is no room for more than 1,000 things in one programme");
    response_see_other(response,
                       arena_format(arena, "%s?brought=%zu",
                                    url_to(arena, ROUTE_exchange, request->visitor.programme.key),
                                    kept));
    return OK;
}
