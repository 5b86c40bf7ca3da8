/* Of the library, what is looked at as a whole: the ten competences as a framework to print, and
 * which study the review cites for which mechanism. */
#include "base/text.h"
#include "content/content.h"
#include "library/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"

page_handler library_framework_show, library_matrix_show;

static const struct library *library_of(const struct request *request) {
    return &request->site->content->library;
}

static const char *item_url(const struct request *request, const struct library_item *item) {
    return url_to(request->arena, ROUTE_library_item, request->visitor.programme.key,
                  item->kind->folder, item->id);
}

static void texts_add(struct arena *arena, const struct library_item *item, const char *title,
                      struct names *out) {
    const struct library_section *section = library_section(item, title);
    for (size_t i = 0; section && i < section->statements.n; i++)
        list_add(arena, &out->list, section->statements.items[i].text);
}

enum err library_framework_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct library *library = library_of(request);
    struct library_framework_view view = {
        .back_url = url_to(arena, ROUTE_library, request->visitor.programme.key)};
    struct text body = text_new(arena);
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        if (!text_equal(item->kind->folder, "competences") || *item->language)
            continue;
        struct library_competence competence = {.title = item->title,
                                                .url = item_url(request, item),
                                                .group = library_value(item, "group")};
        texts_add(arena, item, "What it is", &competence.is);
        texts_add(arena, item, "What people can see", &competence.seen);
        list_add(arena, &view.competences, competence);
    }
    template_library_framework(&body, &view);
    layout_page(request, response, "The ten competences", &body);
    return OK;
}

/* ---- mechanism and study ---- */

static void row_add(const struct request *request, const struct library_item *study,
                    struct library_matrix_view *view) {
    struct arena *arena = request->arena;
    const struct names cited = names_split(arena, library_value(study, "mechanisms"));
    struct library_matrix_row row = {.title = library_value(study, "label"),
                                     .url = item_url(request, study)};
    size_t n = 0;
    for (size_t i = 0; i < library_of(request)->items.n; i++) {
        const struct library_item *mechanism = library_of(request)->items.items[i];
        if (!text_equal(mechanism->kind->folder, "mechanisms") || *mechanism->language)
            continue;
        const bool is_cited = names_contain(&cited, mechanism->id);
        n += is_cited;
        list_add(arena, &row.cells.list, is_cited ? "cited" : "unknown");
    }
    row.count = arena_format(arena, "%zu", n);
    list_add(arena, &view->rows, row);
}

enum err library_matrix_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct library *library = library_of(request);
    struct library_matrix_view view = {
        .back_url = url_to(arena, ROUTE_library, request->visitor.programme.key)};
    struct text body = text_new(arena);
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        if (*item->language)
            continue;
        if (text_equal(item->kind->folder, "mechanisms"))
            list_add(arena, &view.mechanisms.list,
                     (struct library_link){item->title, item_url(request, item),
                                           library_value(item, "papers")});
        else if (text_equal(item->kind->folder, "studies"))
            row_add(request, item, &view);
    }
    template_library_matrix(&body, &view);
    layout_page(request, response, "Which study for which mechanism", &body);
    return OK;
}
