/* The library: its front page, the pages of a kind, searching, one page. */
#include "content/content.h"
#include "diagnosis/rule.h"
#include "findings/findings_pages.h"
#include "learned/learned.h"
#include "library/search.h"
#include "library/views.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <string.h>

page_handler library_show, library_list_show, library_item_show;

static const struct library *library_of(const struct request *request) {
    return &request->site->content->library;
}

static const char *library_url(const struct request *request) {
    return url_to(request->arena, ROUTE_library, request->visitor.programme.key);
}

static const char *list_url(const struct request *request, const char *folder) {
    return url_to(request->arena, ROUTE_library_list, request->visitor.programme.key, folder);
}

static const char *item_url(const struct request *request, const char *folder, const char *id) {
    return url_to(request->arena, ROUTE_library_item, request->visitor.programme.key, folder, id);
}

/* The beginning of a page, for lists. */
static const char *lead_of(const struct library_item *item) {
    for (size_t i = 0; i < item->sections.n; i++)
        if (item->sections.items[i].statements.n)
            return item->sections.items[i].statements.items[0].text;
    return NULL;
}

static void link_add(const struct request *request, struct library_links *links,
                     const struct library_item *item, const char *note) {
    list_add(
        request->arena, &links->list,
        (struct library_link){item->title, item_url(request, item->kind->folder, item->id), note});
}

static void page_gone(const struct request *request, struct response *response) {
    layout_message_with(request, response, STATUS_NOT_FOUND, "This page is not in the library",
                        "Perhaps it has another name by now.",
                        (struct layout_link){"Look through the library", library_url(request)});
}

/* ---- the front page, and what was found ---- */

static const char *found_url(const struct request *request, const char *asked, const char *folder) {
    struct text out = text_new(request->arena);
    text_add_format(&out, "%s?q=", library_url(request));
    html_url_part(&out, asked);
    if (folder)
        text_add_format(&out, "&in=%s", folder);
    return out.bytes;
}

static const char *count_words(struct arena *arena, size_t n) {
    return n ? arena_format(arena, "%zu page%s, the likeliest first.", n, n == 1 ? "" : "s")
             : "No page has any of these words. Try others, or look through the library.";
}

/* Whether each word of a question stands among the words of a text; both are stems. */
static bool has_all(struct arena *arena, const char *stems, const char *asked) {
    const char *rest = asked, *word;
    const char *padded = arena_format(arena, " %s ", stems);
    size_t found = 0;
    while (rest && (word = text_next_piece(arena, &rest, ' ')))
        if (*word && !strstr(padded, arena_format(arena, " %s ", word)))
            return false;
        else
            found += *word != '\0';
    return found;
}

/* What the programme itself learned, by its title and how it begins: there are few. */
static enum err learned_found(const struct request *request, const char *asked,
                              struct library_links *out) {
    enum { BEGIN = 3000 };
    struct arena *arena = request->arena;
    const bool writes = role_may(request->visitor.role, PERMISSION_WRITE_UP);
    const char *stems = library_stems(arena, asked);
    struct learned_list all;
    enum err err = learned_read_all(request->db, arena, &request->visitor.programme, NULL, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct learned *learned = &all.list.items[i];
        const char *content = learned_content_write(arena, learned->kind, learned->values);
        size_t length = strnlen(content, BEGIN);
        while (length && ((unsigned char)content[length] & 0xC0) == 0x80)
            length--; /* no letter is cut in two */
        const char *begin = arena_copy_n(arena, content, length);
        if (learned->state != LEARNED_WITHDRAWN && (writes || learned->state == LEARNED_AGREED) &&
            has_all(arena, library_stems(arena, begin), stems))
            list_add(arena, &out->list,
                     (struct library_link){
                         learned_title(learned),
                         url_to(arena, ROUTE_learned_one, request->visitor.programme.key,
                                arena_format(arena, "%lld", (long long)learned->id)),
                         text_capital(arena, learned->kind->one)});
    }
    return err;
}

static enum err found_show(struct request *request, struct response *response, const char *asked) {
    struct arena *arena = request->arena;
    const char *in = request_query(request, "in");
    const struct library_kind *only = in ? library_kind_find(in) : NULL;
    struct library_found found;
    struct text body = text_new(arena);
    enum err err = library_search(request->db, arena, library_of(request),
                                  only ? only->folder : NULL, asked, &found);
    if (err)
        return err;
    struct library_found_view view = {
        .library_url = library_url(request),
        .box = {library_url(request), asked, only ? only->folder : NULL},
        .is_there = found.is_there,
        .is_cut = found.is_cut,
        .count = count_words(arena, found.items.list.n),
    };
    err = only ? OK : learned_found(request, asked, &view.learned);
    if (err)
        return err;
    list_add(arena, &view.kinds.list,
             (struct library_link){"Everything", found_url(request, asked, NULL),
                                   only ? NULL : "chosen"});
    for (size_t i = 0; library_kinds[i]; i++)
        list_add(arena, &view.kinds.list,
                 (struct library_link){library_kinds[i]->many,
                                       found_url(request, asked, library_kinds[i]->folder),
                                       only == library_kinds[i] ? "chosen" : NULL});
    for (size_t i = 0; i < found.items.list.n; i++) {
        const struct library_item *item = found.items.list.items[i];
        link_add(request, &view.items, item,
                 arena_format(arena, "%s. %s", text_capital(arena, item->kind->one),
                              lead_of(item) ? lead_of(item) : ""));
    }
    template_library_found(&body, &view);
    layout_page(request, response, "Search the library", &body);
    return OK;
}

enum err library_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const char *asked = request_query(request, "q");
    struct text body = text_new(arena);
    if (asked && !text_blank(asked))
        return found_show(request, response, asked);
    struct library_view view = {.box = {library_url(request), "", NULL},
                                .version = library_of(request)->version};
    for (size_t i = 0; library_kinds[i]; i++)
        list_add(arena, &view.kinds.list,
                 (struct library_link){library_kinds[i]->many,
                                       list_url(request, library_kinds[i]->folder),
                                       library_kinds[i]->about});
    list_add(arena, &view.printed.list,
             (struct library_link){
                 "The ten competences on one page",
                 url_to(arena, ROUTE_library_framework, request->visitor.programme.key),
                 "A framework to take to a meeting, an appraisal or a job "
                 "advert."});
    list_add(
        arena, &view.printed.list,
        (struct library_link){"Which study for which mechanism",
                              url_to(arena, ROUTE_library_matrix, request->visitor.programme.key),
                              "How far the review's text tells what rests on what."});
    template_library(&body, &view);
    layout_page(request, response, "Library", &body);
    return OK;
}

/* ---- the pages of a kind ---- */

/* What the list is narrowed down to: of each facet the value that the address says, or NULL. */
struct narrowing {
    const struct request *request;
    const struct library_kind *kind;
};

static const char *chosen_of(const struct narrowing *narrowing, const struct library_field *field) {
    const char *value = request_query(narrowing->request, field->name);
    return value && *value ? value : NULL;
}

/* The same list with another value for one of the facets. */
static const char *narrowed_url(const struct narrowing *narrowing,
                                const struct library_field *changed, const char *value) {
    struct text out = text_new(narrowing->request->arena);
    text_add(&out, list_url(narrowing->request, narrowing->kind->folder));
    char between = '?';
    for (const struct library_field *field = narrowing->kind->fields; field->name; field++) {
        const char *now = field == changed  ? value
                          : field->is_facet ? chosen_of(narrowing, field)
                                            : NULL;
        if (!now)
            continue;
        text_add_format(&out, "%c%s=", between, field->name);
        html_url_part(&out, now);
        between = '&';
    }
    return out.bytes;
}

/* Whether an item has what was chosen in all facets but one (NULL: in all of them). */
static bool is_within(const struct narrowing *narrowing, const struct library_item *item,
                      const struct library_field *but) {
    if (item->kind != narrowing->kind || *item->language)
        return false;
    for (const struct library_field *field = item->kind->fields; field->name; field++) {
        const char *chosen = field->is_facet && field != but ? chosen_of(narrowing, field) : NULL;
        if (chosen && !text_equal(library_value(item, field->name), chosen))
            return false;
    }
    return true;
}

static size_t count_with(const struct narrowing *narrowing, const struct library_field *field,
                         const char *value) {
    const struct library *library = library_of(narrowing->request);
    size_t n = 0;
    for (size_t i = 0; i < library->items.n; i++)
        n += is_within(narrowing, library->items.items[i], field) &&
             text_equal(library_value(library->items.items[i], field->name), value);
    return n;
}

static void facet_add(const struct narrowing *narrowing, const struct library_field *field,
                      struct library_list_view *view) {
    struct arena *arena = narrowing->request->arena;
    const struct library *library = library_of(narrowing->request);
    struct library_facet facet = {.title = field->label,
                                  .chosen = chosen_of(narrowing, field),
                                  .all_url = narrowed_url(narrowing, field, NULL)};
    struct names values = {0};
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        const char *value = item->kind == narrowing->kind ? library_value(item, field->name) : NULL;
        if (!value || *item->language || names_contain(&values, value))
            continue;
        list_add(arena, &values.list, value);
        const size_t n = count_with(narrowing, field, value);
        list_add(arena, &facet.values.list,
                 (struct library_link){value, narrowed_url(narrowing, field, value),
                                       arena_format(arena, "%zu", n)});
    }
    if (values.list.n > 1)
        list_add(arena, &view->facets, facet);
}

enum err library_list_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct narrowing narrowing = {request, library_kind_find(request->values[1])};
    const struct library *library = library_of(request);
    struct text body = text_new(arena);
    if (!narrowing.kind) {
        page_gone(request, response);
        return OK;
    }
    struct library_list_view view = {.title = narrowing.kind->many,
                                     .about = narrowing.kind->about,
                                     .library_url = library_url(request)};
    for (const struct library_field *field = narrowing.kind->fields; field->name; field++)
        if (field->is_facet)
            facet_add(&narrowing, field, &view);
    for (size_t i = 0; i < library->items.n; i++)
        if (is_within(&narrowing, library->items.items[i], NULL))
            link_add(request, &view.items, library->items.items[i],
                     lead_of(library->items.items[i]));
    view.count =
        arena_format(arena, "%zu page%s", view.items.list.n, view.items.list.n == 1 ? "" : "s");
    template_library_list(&body, &view);
    layout_page(request, response, view.title, &body);
    return OK;
}

/* ---- one page: where its statements come from ---- */

static const struct library_source *source_of(const struct request *request,
                                              const struct library_statement *statement) {
    struct arena *arena = request->arena;
    struct library_source *out = arena_alloc(arena, sizeof *out);
    if (statement->basis == STATEMENT_OURS) {
        out->basis =
            *statement->source ? arena_format(arena, "ours: %s", statement->source) : "ours";
        return out;
    }
    if (statement->basis == STATEMENT_INFERRED)
        out->basis = "our conclusion";
    const char *rest = statement->source;
    for (char *piece; (piece = text_next_piece(arena, &rest, ';'));) {
        const size_t length = strcspn(piece, " ");
        const char *id = arena_copy_n(arena, piece, length);
        const struct library_item *paper = library_find(library_of(request), "papers", id);
        const char *where = text_trim(arena, piece + length);
        list_add(arena, &out->papers.list,
                 (struct library_link){library_value(paper, "cite"),
                                       item_url(request, "papers", id), *where ? where : NULL});
    }
    return out;
}

static bool same_source(const struct library_statement *a, const struct library_statement *b) {
    return a->basis == b->basis && text_equal(a->source, b->source);
}

static struct library_section_view section_view(const struct request *request,
                                                const struct library_section *section) {
    struct arena *arena = request->arena;
    struct library_section_view out = {.title = section->title};
    bool is_one = section->statements.n > 0;
    for (size_t i = 1; i < section->statements.n; i++)
        is_one =
            is_one && same_source(&section->statements.items[0], &section->statements.items[i]);
    for (size_t i = 0; i < section->statements.n; i++) {
        const struct library_statement *at = &section->statements.items[i];
        const bool after_point = i > 0 && at[-1].is_point;
        const bool before_point = i + 1 < section->statements.n && at[1].is_point;
        list_add(arena, &out.statements,
                 (struct statement_view){.text = at->text,
                                         .sign = at->sign == '+' ? "For the better"
                                                 : at->sign      ? "For the worse"
                                                                 : NULL,
                                         .is_point = at->is_point,
                                         .begins_points = at->is_point && !after_point,
                                         .ends_points = at->is_point && !before_point,
                                         .source = is_one ? NULL : source_of(request, at)});
    }
    if (is_one)
        out.source = source_of(request, &section->statements.items[0]);
    return out;
}

/* A configuration is shown as a picture: the circumstances, what was offered, ... */
static void sections_fill(const struct request *request, const struct library_item *item,
                          struct library_item_view *view) {
    const bool is_flow = text_equal(item->kind->folder, "configurations");
    for (size_t i = 0; i < item->sections.n; i++) {
        const struct library_section *section = &item->sections.items[i];
        const struct library_section_view shown = section_view(request, section);
        if (is_flow && !text_equal(section->title, "Doubts"))
            list_add(request->arena, &view->flow, shown);
        else
            list_add(request->arena, &view->sections, shown);
    }
}

/* ---- one page: its facts, and what has to do with it ---- */

static void fact_add(const struct request *request, const struct library_item *item,
                     const struct library_field *field, struct library_item_view *view) {
    const char *value = library_value(item, field->name);
    struct library_fact fact = {.label = field->label, .value = value};
    if (!value)
        return;
    if (field->type == LIBRARY_ITEMS) {
        const struct library_items named =
            library_named(request->arena, library_of(request), item, field->name);
        fact.value = NULL;
        for (size_t i = 0; i < named.list.n; i++)
            link_add(request, &fact.links, named.list.items[i], NULL);
    }
    list_add(request->arena, &view->facts, fact);
}

static void related_add(const struct request *request, const char *title,
                        const struct library_links *links, struct library_item_view *view) {
    if (links->list.n)
        list_add(request->arena, &view->related, (struct library_related){title, *links});
}

/* Pages of any kind that name this one. */
static void naming_add(const struct request *request, const struct library_item *item,
                       struct library_item_view *view) {
    for (size_t k = 0; library_kinds[k]; k++) {
        const struct library_kind *kind = library_kinds[k];
        for (const struct library_field *field = kind->fields; field->name; field++) {
            struct library_links links = {0};
            if (!text_equal(field->refers_to, item->kind->folder))
                continue;
            const struct library_items naming = library_naming(request->arena, library_of(request),
                                                               kind->folder, field->name, item);
            for (size_t i = 0; i < naming.list.n; i++)
                link_add(request, &links, naming.list.items[i], NULL);
            related_add(request, arena_format(request->arena, "%s (%s)", kind->many, field->label),
                        &links, view);
        }
    }
}

/* Whether what a rule or a finding names has to do with this page. */
static bool touches(const struct library_item *item, const struct names *barriers,
                    const struct names *mechanisms, const struct names *competences,
                    const char *step) {
    const char *folder = item->kind->folder;
    return (text_equal(folder, "barriers") && names_contain(barriers, item->id)) ||
           (text_equal(folder, "mechanisms") && names_contain(mechanisms, item->id)) ||
           (text_equal(folder, "configurations") &&
            names_contain(mechanisms, library_value(item, "mechanism"))) ||
           (text_equal(folder, "competences") && names_contain(competences, item->id)) ||
           (text_equal(folder, "steps") && text_equal(step, item->id));
}

/* Findings of this programme, as far as the visitor may see them. */
static enum err findings_add(struct request *request, const struct library_item *item,
                             struct library_item_view *view) {
    struct seen seen = {0};
    struct library_links links = {0};
    if (!role_may(request->visitor.role, PERMISSION_SEE_DIAGNOSIS))
        return OK;
    enum err err = seen_read(request, &seen);
    if (err)
        return err;
    for (size_t i = 0; i < seen.shown.findings.n; i++) {
        const struct shown_finding *finding = &seen.shown.findings.items[i];
        if (!touches(item, &finding->barriers, &finding->mechanisms, &finding->competences,
                     finding->step))
            continue;
        const struct finding_line line = finding_line_of(request, &seen, finding);
        list_add(request->arena, &links.list,
                 (struct library_link){line.title, line.url, line.sentence});
    }
    related_add(request, "In your programme now (that it belongs here is our conclusion)", &links,
                view);
    return OK;
}

static void languages_add(const struct request *request, const struct library_item *item,
                          struct library_item_view *view) {
    const struct library *library = library_of(request);
    const char *url = item_url(request, item->kind->folder, item->id);
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *other = library->items.items[i];
        if (other->kind == item->kind && text_equal(other->id, item->id) && other != item)
            list_add(request->arena, &view->languages.list,
                     (struct library_link){
                         other->title,
                         *other->language
                             ? arena_format(request->arena, "%s?language=%s", url, other->language)
                             : url,
                         NULL});
    }
}

enum err library_item_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct library *library = library_of(request);
    const char *language = request_query(request, "language");
    struct text body = text_new(arena);
    const struct library_item *item = library_find(library, request->values[1], request->values[2]);
    if (item && language && library_translation(library, item, language))
        item = library_translation(library, item, language);
    if (!item) {
        page_gone(request, response);
        return OK;
    }
    struct library_item_view view = {.title = item->title,
                                     .kind = item->kind->many,
                                     .list_url = list_url(request, item->kind->folder),
                                     .library_url = library_url(request),
                                     .own = item->is_of_site ? "Written at this site" : NULL};
    for (const struct library_field *field = item->kind->fields; field->name; field++)
        fact_add(request, item, field, &view);
    sections_fill(request, item, &view);
    languages_add(request, item, &view);
    enum err err = findings_add(request, item, &view);
    if (err)
        return err;
    naming_add(request, item, &view);
    template_library_item(&body, &view);
    layout_page(request, response, item->title, &body);
    return OK;
}
