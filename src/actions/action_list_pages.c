/* The lists of actions: the reader's own, those that are overdue, by organisation, all. */
#include "actions/views.h"
#include "base/date.h"
#include "base/text.h"
#include "findings/findings_pages.h"
#include "findings/reader_pages.h"
#include "store/around.h"
#include "store/counts.h"
#include "store/open_actions.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler actions_show;

enum { PAGE_MOST = 50, LATE_COUNTED_MOST = 1000 };
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
    struct open_owners owners;
    LIST(const char **) chosen; /* cells by field */
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

static bool is_mine(const struct listing *listing, const char *owner) {
    return owner && names_contain(&listing->seen.records, owner);
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

struct placed_owner {
    struct open_owner owner;
    const char *employer;
};

/* Those without an organisation at the end, and nobody's last of all. */
static int placed_compare(const void *a, const void *b) {
    const struct placed_owner *left = a, *right = b;
    if (!*left->owner.key != !*right->owner.key)
        return *left->owner.key ? -1 : 1;
    if (!left->employer != !right->employer)
        return left->employer ? -1 : 1;
    int order = left->employer ? strcmp(left->employer, right->employer) : 0;
    return order ? order : strcmp(left->owner.key, right->owner.key);
}

static void owners_sort(struct listing *listing) {
    struct arena *arena = listing->request->arena;
    struct open_owners *owners = &listing->owners;
    struct placed_owner *placed = arena_alloc_array(arena, owners->list.n + 1, sizeof *placed);
    struct index employers = {0};
    for (size_t i = 0; i < listing->seen.everybody.n; i++) {
        const struct person_seen *person = &listing->seen.everybody.items[i];
        void *employer =
            person->employer ? index_find(&listing->seen.organisations, person->employer) : NULL;
        if (employer)
            index_add(arena, &employers, person->key, employer);
    }
    for (size_t i = 0; i < owners->list.n; i++)
        placed[i] = (struct placed_owner){owners->list.items[i],
                                          index_find(&employers, owners->list.items[i].key)};
    qsort(placed, owners->list.n, sizeof *placed, placed_compare);
    for (size_t i = 0; i < owners->list.n; i++)
        owners->list.items[i] = placed[i].owner;
}

/* Of one person after the other, until the page is full. */
static enum err owners_choose(struct listing *listing) {
    struct request *request = listing->request;
    size_t skip = listing->from;
    owners_sort(listing);
    for (size_t i = 0; i < listing->owners.list.n; i++) {
        const struct open_owner *owner = &listing->owners.list.items[i];
        struct open_rows rows;
        if (listing->show == SHOW_MINE && !is_mine(listing, owner->key))
            continue;
        if (skip >= owner->actions) {
            skip -= owner->actions;
            continue;
        }
        listing->more = listing->chosen.n == PAGE_MOST;
        if (listing->more)
            return OK;
        enum err err = open_actions_of(request->db, request->arena, &request->visitor.programme,
                                       owner->key, skip, PAGE_MOST - listing->chosen.n, &rows);
        if (err)
            return err;
        for (size_t n = 0; n < rows.list.n; n++)
            list_add(request->arena, &listing->chosen, rows.list.items[n]);
        listing->more = rows.more;
        if (rows.more)
            return OK;
        skip = 0;
    }
    return OK;
}

static enum err late_choose(struct listing *listing) {
    struct request *request = listing->request;
    struct open_rows rows;
    enum err err = open_actions_late_rows(request->db, request->arena, &request->visitor.programme,
                                          request->today, listing->from, PAGE_MOST, &rows);
    for (size_t i = 0; !err && i < rows.list.n; i++)
        list_add(request->arena, &listing->chosen, rows.list.items[i]);
    listing->more = rows.more;
    return err;
}

static enum err all_choose(struct listing *listing) {
    struct request *request = listing->request;
    struct around around = around_new(request->db, request->arena, &request->visitor.programme);
    struct around_list all = {0};
    enum err err = around_kind(&around, kind_find("action"), listing->from, PAGE_MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++)
        list_add(request->arena, &listing->chosen, all.list.items[i]->values);
    listing->more = all.more;
    return err;
}

static enum err counts_fill(struct listing *listing) {
    struct request *request = listing->request;
    struct kind_counts *counts = arena_alloc_array(request->arena, kind_count, sizeof *counts);
    enum err err = counts_read(request->db, &request->visitor.programme, counts);
    if (!err)
        err = open_actions_late(request->db, &request->visitor.programme, request->today,
                                LATE_COUNTED_MOST + 1, &listing->counts[SHOW_OVERDUE]);
    listing->counts[SHOW_ALL] = counts[kind_index(kind_find("action"))].now;
    listing->counts[SHOW_ORGANISATION] = listing->owners.actions;
    for (size_t i = 0; i < listing->owners.list.n; i++)
        if (is_mine(listing, listing->owners.list.items[i].key))
            listing->counts[SHOW_MINE] += listing->owners.list.items[i].actions;
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
        err = open_owners_read(request->db, request->arena, &request->visitor.programme,
                               &out->owners);
    if (!err)
        err = counts_fill(out);
    out->show = show_of(out);
    if (err)
        return err;
    return out->show == SHOW_ALL       ? all_choose(out)
           : out->show == SHOW_OVERDUE ? late_choose(out)
                                       : owners_choose(out);
}

/* ---- as the page shows them ---- */

static struct listed_line line_of(const struct listing *listing, const char *const *cells) {
    const struct request *request = listing->request;
    const struct kind *kind = kind_find("action");
    const char *key = cells[kind_field_index(kind, "key")];
    const char *owner = cells[kind_field_index(kind, "owner")];
    const char *due = cells[kind_field_index(kind, "due")], *state = action_state(cells);
    bool is_open = text_equal(state, "open"),
         is_late = is_open && when_is_past(due, request->today);
    return (struct listed_line){
        .title = cells[kind_field_index(kind, "title")],
        .url = is_mine(listing, owner)
                   ? url_to(request->arena, ROUTE_own_action, request->visitor.programme.key, key)
                   : record_url(request, kind, key),
        .owner = owner ? name_of(&listing->seen, owner) : "Nobody yet",
        .employer = employer_of(listing, owner),
        .due = due ? when_long(request->arena, due) : "No day agreed",
        .state = is_late ? "Overdue" : text_capital(request->arena, state),
        .colour = is_late   ? "orange"
                  : is_open ? "blue"
                            : "green",
    };
}

static const char *count_words(struct arena *arena, enum show show, size_t count) {
    return show == SHOW_OVERDUE && count > LATE_COUNTED_MOST
               ? arena_format(arena, "more than %d", LATE_COUNTED_MOST)
               : arena_format(arena, "%zu", count);
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
                 (struct show_link){.title = shows[i].title,
                                    .url = address_of(&listing, (enum show)i, 0),
                                    .count = count_words(arena, (enum show)i, listing.counts[i]),
                                    .is_here = (enum show)i == listing.show});
    for (size_t i = 0; i < listing.chosen.n; i++)
        list_add(arena, &view.lines, line_of(&listing, listing.chosen.items[i]));
    template_actions(&body, &view);
    layout_page(request, response, "Actions", &body);
    return OK;
}
