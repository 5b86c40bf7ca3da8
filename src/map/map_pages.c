/* The map of a programme: who is tied to whom, as a picture, in words and as a table. Read from
 * what was made ready (findings/parts.h). */
#include "base/text.h"
#include "findings/advice_pages.h"
#include "findings/part_pages.h"
#include "map/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include "web/static_file.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

page_handler map_show, map_picture_show;

static const char *text_of(struct arena *arena, const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_copy(arena, text) : NULL;
}

static long number_of(const json_t *object, const char *name) {
    return (long)json_integer_value(json_object_get(object, name));
}

static struct tied_person person_of(struct arena *arena, const json_t *person, bool joins_most) {
    const json_t *names = json_object_get(person, "names");
    size_t n = json_array_size(names);
    const char **tied = arena_alloc_array(arena, n + 1, sizeof *tied);
    long cut_off = number_of(person, "cut_off");
    for (size_t i = 0; i < n; i++)
        tied[i] = json_string_value(json_array_get(names, i));
    return (struct tied_person){
        .key = text_of(arena, person, "key"),
        .organisation = text_of(arena, person, "organisation"),
        .sector = text_of(arena, person, "sector"),
        .name = text_of(arena, person, "name"),
        .place = text_of(arena, person, "place"),
        .tied_to = number_of(person, "tied_to"),
        .between =
            arena_format(arena, "%.1f", json_number_value(json_object_get(person, "between"))),
        .names = n ? text_enumerate(arena, tied, n, n) : NULL,
        .cut_off = cut_off
                       ? arena_format(arena, "%ld %s", cut_off, cut_off == 1 ? "person" : "people")
                       : "Nobody",
        .joins_most = joins_most,
    };
}

static int place_compare(const void *a, const void *b) {
    const struct tied_person *left = a, *right = b;
    int order = strcmp(left->place, right->place);
    return order ? order : strcmp(left->name, right->name);
}

static int name_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void name_note(struct arena *arena, struct names *names, const char *name) {
    if (name && !names_contain(names, name))
        list_add(arena, &names->list, name);
}

/* What can be chosen from. */
static void places_fill(struct arena *arena, struct map_view *view) {
    for (size_t i = 0; i < view->people.n; i++) {
        name_note(arena, &view->organisations, view->people.items[i].organisation);
        name_note(arena, &view->sectors, view->people.items[i].sector);
    }
    if (view->organisations.list.n)
        qsort(view->organisations.list.items, view->organisations.list.n,
              sizeof *view->organisations.list.items, name_compare);
    if (view->sectors.list.n)
        qsort(view->sectors.list.items, view->sectors.list.n, sizeof *view->sectors.list.items,
              name_compare);
}

static void map_fill(struct arena *arena, const json_t *map, struct map_view *view) {
    const json_t *people = json_object_get(map, "people"), *ties = json_object_get(map, "kinds");
    size_t brokers = (size_t)number_of(map, "brokers");
    view->answers =
        names_paragraphs(arena, text_of(arena, map, view->ranks ? "answers" : "answers_unranked"));
    view->is_estimated = json_is_true(json_object_get(map, "estimated"));
    for (size_t i = 0; i < json_array_size(people); i++)
        list_add(arena, &view->people,
                 person_of(arena, json_array_get(people, i), view->ranks && i < brokers));
    if (!view->ranks && view->people.n)
        qsort(view->people.items, view->people.n, sizeof *view->people.items, place_compare);
    places_fill(arena, view);
    for (size_t i = 0; i < json_array_size(ties); i++) {
        const json_t *kind = json_array_get(ties, i);
        list_add(arena, &view->kinds,
                 (struct kind_of_tie){text_capital(arena, text_of(arena, kind, "kind")),
                                      text_of(arena, kind, "meaning"), number_of(kind, "ties")});
    }
}

/* ---- measures ---- */

static const char *number_words(struct arena *arena, const json_t *number) {
    double value = json_number_value(number);
    if (!json_is_number(number))
        return NULL;
    return fabs(value - round(value)) < 1e-9 ? arena_format(arena, "%.0f", value)
                                             : arena_format(arena, "%.2f", value);
}

static void measures_fill(struct arena *arena, const json_t *network, struct map_view *view) {
    const json_t *measures = json_object_get(network, "measures");
    for (size_t i = 0; i < json_array_size(measures); i++) {
        const json_t *measure = json_array_get(measures, i);
        const char *value = number_words(arena, json_object_get(measure, "value"));
        list_add(arena, &view->measures,
                 (struct measure){
                     .name = text_of(arena, measure, "name"),
                     .value = value ? value : "not defined",
                     .expected = number_words(arena, json_object_get(measure, "expected")),
                     .reading = text_of(arena, measure, "reading"),
                     .definition = text_of(arena, measure, "definition"),
                 });
    }
}

/* ---- the page ---- */

/* Who among them is the visitor. */
static enum err you_mark(const struct request *request, struct map_view *view) {
    struct names own;
    enum err err = visitor_records(request->db, request->arena, &request->visitor, &own);
    for (size_t i = 0; !err && i < view->people.n; i++) {
        view->people.items[i].is_you = names_contain(&own, view->people.items[i].key);
        view->you_are_there |= view->people.items[i].is_you;
    }
    return err;
}

/* Who would be missed most is for leads alone, as what if is. */
static bool sees_ranks(const struct request *request) {
    return role_may(request->visitor.role, PERMISSION_SEE_EXPOSURE);
}

static const char *picture_part(const struct request *request) {
    return sees_ranks(request) ? PART_MAP_PICTURE : PART_MAP_UNRANKED_PICTURE;
}

enum err map_show(struct request *request, struct response *response) {
    if (response_is_unchanged(request, response))
        return OK;
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    struct part_seen seen;
    struct part network = {0};
    struct text body = text_new(arena);
    enum err err = part_seen_read(request, PART_MAP, picture_part(request), &seen);
    if (!err)
        err =
            part_read(request->db, arena, programme->id, seen.shown.number, PART_NETWORK, &network);
    if (err)
        return err;
    struct map_view view = {.missing = seen.missing,
                            .nobody = advice_for(request, "Nobody is written down yet. Write those "
                                                          "who take part on the sheet People."),
                            .private_words = seen.private_words,
                            .ranks = sees_ranks(request),
                            .script = static_file_named("map.js")->path};
    if (seen.has_picture)
        view.picture_url = url_to(arena, ROUTE_map_picture, programme->key);
    if (seen.content && network.content) {
        json_t *map = json_loads(seen.content, 0, NULL);
        json_t *measures = json_loads(network.content, 0, NULL);
        view.day = day_long(arena, seen.shown.day);
        map_fill(arena, map, &view);
        measures_fill(arena, measures, &view);
        json_decref(map);
        json_decref(measures);
        err = you_mark(request, &view);
    }
    template_map(&body, &view);
    layout_page(request, response, "Map", &body);
    return err;
}

enum err map_picture_show(struct request *request, struct response *response) {
    return part_picture_answer(request, response, picture_part(request));
}
