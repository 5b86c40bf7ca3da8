/* The lists of actions: the reader's own, those that are overdue, by organisation, all. */
#include "actions/action_list.h"
#include "actions/views.h"
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler actions_show;

enum { PAGE_MOST = 50 };
enum show { SHOW_MINE, SHOW_OVERDUE, SHOW_ORGANISATION, SHOW_ALL, SHOW_COUNT };

static const struct {
    const char *name, *title;
} shows[SHOW_COUNT] = {
    {"mine", "Mine"},
    {"overdue", "Overdue"},
    {"organisation", "Open, by organisation"},
    {"all", "All, with those done"},
};

struct listing {
    struct request *request;
    struct seen seen;
    struct listed_actions open, chosen;
    enum show show;
    size_t from, counts[SHOW_COUNT];
    bool more;
};

static const char *employer_of(const struct listing *listing, const char *owner) {
    for (size_t i = 0; owner && i < listing->seen.everybody.n; i++) {
        const struct person_seen *person = &listing->seen.everybody.items[i];
        if (text_equal(person->key, owner) && person->employer)
            return index_find(&listing->seen.organisations, person->employer);
    }
    return NULL;
}

static bool is_mine(const struct listing *listing, const struct listed_action *action) {
    return action->owner && names_contain(&listing->seen.records, action->owner);
}

static const char *address_of(const struct listing *listing, enum show show, size_t from) {
    const struct request *request = listing->request;
    const char *url = url_to(request->arena, ROUTE_actions, request->visitor.programme.key);
    return from ? arena_format(request->arena, "%s?show=%s&from=%zu", url, shows[show].name, from)
                : arena_format(request->arena, "%s?show=%s", url, shows[show].name);
}

/* ---- which ---- */

/* Their own, if they have any; otherwise what is overdue, if anything is. */
static enum show show_of(const struct listing *listing) {
    const char *asked = request_query(listing->request, "show");
    for (int i = 0; asked && i < SHOW_COUNT; i++)
        if (text_equal(asked, shows[i].name))
            return (enum show)i;
    return listing->counts[SHOW_MINE]      ? SHOW_MINE
           : listing->counts[SHOW_OVERDUE] ? SHOW_OVERDUE
                                           : SHOW_ORGANISATION;
}

struct placed_action {
    struct listed_action action;
    const char *employer;
    size_t at;
};

/* Those without an organisation at the end. */
static int placed_compare(const void *a, const void *b) {
    const struct placed_action *left = a, *right = b;
    if (!left->employer != !right->employer)
        return left->employer ? -1 : 1;
    int order = left->employer ? strcmp(left->employer, right->employer) : 0;
    return order ? order : left->at < right->at ? -1 : 1;
}

static void by_organisation(struct listing *listing) {
    struct arena *arena = listing->request->arena;
    struct listed_actions *open = &listing->open;
    struct placed_action *placed = arena_alloc_array(arena, open->list.n + 1, sizeof *placed);
    struct index employers = {0};
    for (size_t i = 0; i < listing->seen.everybody.n; i++) {
        const struct person_seen *person = &listing->seen.everybody.items[i];
        void *employer =
            person->employer ? index_find(&listing->seen.organisations, person->employer) : NULL;
        if (employer)
            index_add(arena, &employers, person->key, employer);
    }
    for (size_t i = 0; i < open->list.n; i++) {
        const char *owner = open->list.items[i].owner;
        placed[i] = (struct placed_action){open->list.items[i],
                                           owner ? index_find(&employers, owner) : NULL, i};
    }
    qsort(placed, open->list.n, sizeof *placed, placed_compare);
    for (size_t i = 0; i < open->list.n; i++)
        open->list.items[i] = placed[i].action;
}

/* Of what is open, those on this page. */
static void open_choose(struct listing *listing) {
    size_t passed = 0;
    if (listing->show == SHOW_ORGANISATION)
        by_organisation(listing);
    for (size_t i = 0; i < listing->open.list.n; i++) {
        const struct listed_action *action = &listing->open.list.items[i];
        if ((listing->show == SHOW_MINE && !is_mine(listing, action)) ||
            (listing->show == SHOW_OVERDUE && !action->is_late) || passed++ < listing->from)
            continue;
        if (listing->chosen.list.n == PAGE_MOST) {
            listing->more = true;
            return;
        }
        list_add(listing->request->arena, &listing->chosen.list, *action);
    }
}

static enum err all_choose(struct listing *listing) {
    struct request *request = listing->request;
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_list all = {0};
    enum err err = around_kind(&around, kind_find("action"), listing->from, PAGE_MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++)
        list_add(request->arena, &listing->chosen.list,
                 listed_action_of(all.list.items[i]->values, request->today));
    listing->more = all.more;
    return err;
}

static enum err counts_read(struct listing *listing) {
    struct request *request = listing->request;
    size_t *counts = arena_alloc_array(request->arena, kind_count, sizeof *counts);
    enum err err = programme_count(request->db, &request->visitor.programme, counts);
    listing->counts[SHOW_ALL] = counts[kind_index(kind_find("action"))];
    listing->counts[SHOW_ORGANISATION] = listing->open.list.n;
    for (size_t i = 0; i < listing->open.list.n; i++) {
        listing->counts[SHOW_MINE] += is_mine(listing, &listing->open.list.items[i]);
        listing->counts[SHOW_OVERDUE] += listing->open.list.items[i].is_late;
    }
    return err;
}

static enum err listing_read(struct request *request, struct listing *out) {
    const char *from = request_query(request, "from");
    *out = (struct listing){.request = request,
                            .from = from ? strtoul(from, NULL, 10) % 1000000000 : 0};
    enum err err =
        visitor_records(request->db, request->arena, &request->visitor, &out->seen.records);
    if (!err)
        err = seen_people_read(request, &out->seen);
    if (!err)
        err = actions_open_read(request->db, request->arena, &request->visitor.programme,
                                request->today, &out->open);
    if (!err)
        err = counts_read(out);
    out->show = show_of(out);
    if (err)
        return err;
    if (out->show == SHOW_ALL)
        return all_choose(out);
    open_choose(out);
    return OK;
}

/* ---- as the page shows them ---- */

static struct listed_line line_of(const struct listing *listing,
                                  const struct listed_action *action) {
    const struct request *request = listing->request;
    bool is_open = text_equal(action->state, "open");
    return (struct listed_line){
        .title = action->title,
        .url = is_mine(listing, action) ? url_to(request->arena, ROUTE_own_action,
                                                 request->visitor.programme.key, action->key)
                                        : record_url(request, kind_find("action"), action->key),
        .owner = action->owner ? name_of(&listing->seen, action->owner) : "Nobody yet",
        .employer = employer_of(listing, action->owner),
        .due = action->due ? when_long(request->arena, action->due) : "No day agreed",
        .state = action->is_late ? "Overdue" : text_capital(request->arena, action->state),
        .colour = action->is_late ? "orange"
                  : is_open       ? "blue"
                                  : "green",
    };
}

enum err actions_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    struct listing listing;
    struct text body = text_new(arena);
    if (response_is_unchanged(request, response))
        return OK;
    enum err err = listing_read(request, &listing);
    if (err)
        return err;
    struct actions_view view = {
        .title = shows[listing.show].title,
        .show = (int)listing.show,
        .has_own = listing.seen.records.list.n,
        .add_url = role_may(request->visitor.role, PERMISSION_CORRECT)
                       ? url_to(arena, ROUTE_record_new, request->visitor.programme.key, "action")
                       : NULL,
        .before_url = listing.from
                          ? address_of(&listing, listing.show,
                                       listing.from > PAGE_MOST ? listing.from - PAGE_MOST : 0)
                          : NULL,
        .after_url =
            listing.more ? address_of(&listing, listing.show, listing.from + PAGE_MOST) : NULL,
    };
    for (int i = 0; i < SHOW_COUNT; i++)
        list_add(arena, &view.shows,
                 (struct choice_link){.title = shows[i].title,
                                      .url = address_of(&listing, (enum show)i, 0),
                                      .count = listing.counts[i],
                                      .is_here = (enum show)i == listing.show});
    for (size_t i = 0; i < listing.chosen.list.n; i++)
        list_add(arena, &view.lines, line_of(&listing, &listing.chosen.list.items[i]));
    template_actions(&body, &view);
    layout_page(request, response, "Actions", &body);
    return OK;
}
