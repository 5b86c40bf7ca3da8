#include "actions/near_pages.h"
#include "base/text.h"
#include "content/content.h"
#include "learned/learned.h"
#include "store/around.h"
#include "web/route.h"
#include <stdlib.h>

/* By what circumstances are compared. */
enum { LEVEL, SECTOR, COUNTRY, STAGE, SIDES };
static const char *const sides[SIDES] = {"level", "sector", "country", "stage"};

struct circumstances {
    const char *of[SIDES]; /* NULL: nobody says */
};

struct near {
    struct known_link link;
    size_t alike, at;
};
struct nears {
    LIST(struct near) list;
};

/* ---- the programme's own ---- */

/* In the words of the library: health care alone, or with social care. */
static enum err sector_read(struct around *around, const char **out) {
    enum { MOST = 1000 };
    static const char *const health[] = {"primary care", "community care", "hospital care",
                                         "mental health care"};
    struct around_list all = {0};
    bool has_health = false, has_social = false;
    enum err err = around_kind(around, kind_find("organisation"), 0, MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const char *sector = record_value(all.list.items[i], "sector");
        has_health |= sector && name_index(health, sizeof health / sizeof *health, sector) >= 0;
        has_social |= text_equal(sector, "social care");
    }
    *out = has_health && has_social ? "health and social care"
           : has_health             ? "health care"
           : has_social             ? "social care"
                                    : NULL;
    return err;
}

static enum err own_read(const struct request *request, const struct shown_finding *finding,
                         struct circumstances *out) {
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_list all = {0};
    *out = (struct circumstances){.of = {[LEVEL] = finding->level}};
    enum err err = around_kind(&around, kind_find("programme"), 0, 1, &all);
    if (!err)
        err = sector_read(&around, &out->of[SECTOR]);
    if (err || !all.list.n)
        return err;
    const char *stage = record_value(all.list.items[0], "stage");
    out->of[COUNTRY] = record_value(all.list.items[0], "country");
    out->of[STAGE] = !stage                         ? NULL
                     : text_equal(stage, "running") ? "running"
                     : text_equal(stage, "ended")   ? NULL
                                                    : "joining up";
    return OK;
}

/* ---- comparing ---- */

/* "transformation team" is a team, "England" is not "United Kingdom": only what is said counts. */
static bool is_alike(const char *own, const char *other) {
    return own && other && (text_same_name(own, other) || strstr(own, other));
}

static void words_add(struct text *out, const char *begin, const char *side, const char *value) {
    text_add_format(out, "%s%s (%s)", out->length ? ", " : begin, side, value);
}

/* "like yours in level (system); unlike in country (Sweden); not known of yours: stage (merging)"
 */
static const char *likeness(struct arena *arena, const struct circumstances *own,
                            const struct circumstances *other, size_t *alike) {
    struct text like = text_new(arena), unlike = text_new(arena), unknown = text_new(arena);
    const struct text *const all[] = {&like, &unlike, &unknown};
    struct text out = text_new(arena);
    *alike = 0;
    for (size_t i = 0; i < SIDES; i++) {
        if (!other->of[i])
            continue;
        if (!own->of[i])
            words_add(&unknown, "not known of yours: ", sides[i], other->of[i]);
        else if (!is_alike(own->of[i], other->of[i]))
            words_add(&unlike, "unlike in ", sides[i], other->of[i]);
        else if (++*alike)
            words_add(&like, "like yours in ", sides[i], other->of[i]);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->length)
            text_add_format(&out, "%s%s", out.length ? "; " : "", all[i]->bytes);
    return out.length ? out.bytes : "";
}

static void near_add(struct arena *arena, struct nears *all, const struct circumstances *own,
                     const struct circumstances *other, const char *title, const char *url,
                     const char *more) {
    size_t alike;
    const char *words = likeness(arena, own, other, &alike);
    alike += is_alike(own->of[LEVEL], other->of[LEVEL]); /* it tells most about a finding */
    list_add(arena, &all->list,
             (struct near){
                 {title, url, arena_format(arena, "%s; %s", words, more)}, alike, all->list.n});
}

static void library_add(const struct request *request, const struct shown_finding *finding,
                        const struct circumstances *own, struct nears *all) {
    const struct library *library = &request->site->content->library;
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        struct circumstances other;
        if (!text_equal(item->kind->folder, "configurations") || *item->language ||
            !names_contain(&finding->mechanisms, library_value(item, "mechanism")))
            continue;
        for (size_t s = 0; s < SIDES; s++)
            other.of[s] = library_value(item, sides[s]);
        near_add(request->arena, all, own, &other, item->title,
                 url_to(request->arena, ROUTE_library_item, request->visitor.programme.key,
                        "configurations", item->id),
                 text_equal(library_value(item, "presence"), "presence") ? "where it was done"
                                                                         : "where it was missing");
    }
}

static bool has_mechanism(struct arena *arena, const struct learned *learned,
                          const struct shown_finding *finding) {
    for (size_t i = 0; i < finding->mechanisms.list.n; i++)
        if (learned_names(arena, learned, "mechanisms",
                          arena_format(arena, "mechanisms/%s", finding->mechanisms.list.items[i])))
            return true;
    return false;
}

static enum err others_add(const struct request *request, const struct shown_finding *finding,
                           const struct circumstances *own, struct nears *all) {
    struct arena *arena = request->arena;
    struct learned_list learned;
    enum err err = learned_read_all(request->db, arena, &request->visitor.programme,
                                    learned_kinds[0], &learned);
    for (size_t i = 0; !err && i < learned.list.n; i++) {
        const struct learned *one = &learned.list.items[i];
        struct circumstances other;
        if (!one->origin || one->state != LEARNED_AGREED || !has_mechanism(arena, one, finding))
            continue;
        for (size_t s = 0; s < SIDES; s++)
            other.of[s] = learned_value(one, sides[s]);
        near_add(arena, all, own, &other, learned_title(one),
                 url_to(arena, ROUTE_learned_one, request->visitor.programme.key,
                        arena_format(arena, "%lld", (long long)one->id)),
                 "told by another site, not by a study");
    }
    return err;
}

static int nearest_first(const void *a, const void *b) {
    const struct near *left = a, *right = b;
    if (left->alike != right->alike)
        return left->alike > right->alike ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

enum err near_read(const struct request *request, const struct shown_finding *finding,
                   struct known_links *out) {
    struct circumstances own;
    struct nears all = {0};
    *out = (struct known_links){0};
    enum err err = own_read(request, finding, &own);
    if (err)
        return err;
    library_add(request, finding, &own, &all);
    err = others_add(request, finding, &own, &all);
    if (all.list.n)
        qsort(all.list.items, all.list.n, sizeof *all.list.items, nearest_first);
    for (size_t i = 0; i < all.list.n; i++)
        list_add(request->arena, &out->list, all.list.items[i].link);
    return err;
}
