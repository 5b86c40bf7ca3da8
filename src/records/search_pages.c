/* Finding records by words that stand in them. */
#include "base/text.h"
#include "db/fulltext.h"
#include "record/personal.h"
#include "records/records_pages.h"
#include "store/around.h"
#include "store/search.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler search_show;

enum { PAGE_MOST = 20, AROUND_BYTES = 160 };

/* ---- where the words stand ---- */

/* Whether a word of the text is one that was looked for; the last of those need only begin it. */
static bool is_wanted(struct arena *arena, const char *word, const char *wanted) {
    const char *folded = fulltext_fold(arena, word), *rest = wanted, *one;
    while (*folded && rest && (one = text_next_piece(arena, &rest, ' ')))
        if (rest ? text_equal(folded, one) : text_starts_with(folded, one))
            return true;
    return false;
}

static size_t word_length(const char *text) {
    return strcspn(text, " \t\n.,;:!?()[]{}<>\"'/-_&|+*=");
}

/* The text in pieces, of which those that were looked for are marked; false if there are none. What
 * is far from them is left out. */
static bool pieces_of(struct arena *arena, const char *text, const char *wanted,
                      struct search_pieces *out) {
    size_t begin = 0, first = 0;
    bool found = false;
    for (size_t at = 0; text[at] && (!found || at < first + AROUND_BYTES);) {
        size_t n = word_length(text + at);
        const char *word = arena_copy_n(arena, text + at, n);
        if (n && is_wanted(arena, word, wanted)) {
            if (!found)
                first = at;
            size_t from = !found && at > AROUND_BYTES ? at - AROUND_BYTES / 2 : begin;
            while (from && ((unsigned char)text[from] & 0xC0) == 0x80)
                from--;
            list_add(arena, &out->list,
                     (struct search_piece){arena_format(arena, "%s%.*s", from > begin ? "…" : "",
                                                        (int)(at - from), text + from),
                                           false});
            list_add(arena, &out->list, (struct search_piece){word, true});
            found = true;
            begin = at + n;
        }
        at += n ? n : 1;
    }
    if (found) {
        size_t left = strlen(text + begin), n = left < AROUND_BYTES ? left : AROUND_BYTES;
        while (n && n < left && ((unsigned char)text[begin + n] & 0xC0) == 0x80)
            n--;
        list_add(
            arena, &out->list,
            (struct search_piece){
                arena_format(arena, "%.*s%s", (int)n, text + begin, n < left ? "…" : ""), false});
    }
    return found;
}

/* Of the fields that the reader sees the first in which a word stands, if the title has none. */
static void excerpt_fill(struct arena *arena, const struct record_reader *reader,
                         const struct record *record, const char *words, struct search_line *line) {
    for (size_t f = 0; record->kind->fields[f].name && !line->heading; f++) {
        const struct field *field = &record->kind->fields[f];
        if (!record->values[f] || field->type == FIELD_KEY ||
            !reader_sees_field(reader, record, field))
            continue;
        if (pieces_of(arena, record->values[f], words, &line->excerpt))
            line->heading = field_heading(arena, field);
    }
}

/* ---- the list ---- */

struct listing {
    struct request *request;
    struct names own;
    struct record_reader reader;
    struct around around;
    const char *asked;
    const struct kind *only; /* NULL: of all kinds */
    struct search_found found;
};

static const char *address_of(const struct listing *listing, const struct kind *kind, size_t from) {
    const struct request *request = listing->request;
    struct text out = text_new(request->arena);
    text_add_format(&out,
                    "%s?q=", url_to(request->arena, ROUTE_search, request->visitor.programme.key));
    html_url_part(&out, listing->asked);
    if (kind)
        text_add_format(&out, "&kind=%s", kind->name);
    if (from)
        text_add_format(&out, "&from=%zu", from);
    return out.bytes;
}

static int most_first(const void *a, const void *b) {
    const struct search_facet *left = a, *right = b;
    return left->count > right->count ? -1 : left->count < right->count;
}

/* The kinds of which there are most; the others are found by one word more. */
static void facets_add(const struct listing *listing, struct search_view *view) {
    enum { FACETS_MOST = 8 };
    struct arena *arena = listing->request->arena;
    size_t *counts = arena_alloc_array(arena, kind_count, sizeof *counts);
    for (size_t i = 0; i < listing->found.hits.n; i++)
        counts[kind_index(listing->found.hits.items[i].kind)]++;
    for (size_t i = 0; i < kind_count; i++)
        if (counts[i])
            list_add(arena, &view->facets,
                     (struct search_facet){kinds[i]->sheet, counts[i],
                                           address_of(listing, kinds[i], 0),
                                           listing->only == kinds[i]});
    if (view->facets.n)
        qsort(view->facets.items, view->facets.n, sizeof *view->facets.items, most_first);
    if (view->facets.n > FACETS_MOST)
        view->facets.n = FACETS_MOST;
}

static enum err line_add(struct listing *listing, const struct search_hit *hit,
                         struct search_view *view) {
    struct arena *arena = listing->request->arena;
    struct around_found found;
    enum err err = around_record(&listing->around, hit->kind, hit->key, &found);
    if (!err && found.record)
        err = around_references(&listing->around, found.record);
    if (err || !found.record || !reader_sees(&listing->reader, found.record))
        return err;
    struct search_line line = {.title = record_label(&listing->around.records, found.record),
                               .kind = hit->kind->sheet,
                               .url = record_url(listing->request, hit->kind, hit->key)};
    if (!pieces_of(arena, line.title, listing->found.words, &line.marked_title))
        excerpt_fill(arena, &listing->reader, found.record, listing->found.words, &line);
    list_add(arena, &view->lines, line);
    return OK;
}

static enum err lines_add(struct listing *listing, size_t from, struct search_view *view) {
    size_t of = 0;
    enum err err = OK;
    for (size_t i = 0; !err && i < listing->found.hits.n; i++) {
        const struct search_hit *hit = &listing->found.hits.items[i];
        if (listing->only && hit->kind != listing->only)
            continue;
        if (of >= from && of < from + PAGE_MOST)
            err = line_add(listing, hit, view);
        of++;
    }
    if (from)
        view->before_url =
            address_of(listing, listing->only, from > PAGE_MOST ? from - PAGE_MOST : 0);
    if (of > from + PAGE_MOST)
        view->after_url = address_of(listing, listing->only, from + PAGE_MOST);
    if (from || of > from + PAGE_MOST)
        view->which = arena_format(listing->request->arena, "%zu to %zu of %zu", from + 1,
                                   of < from + PAGE_MOST ? of : from + PAGE_MOST, of);
    return err;
}

static const char *count_words(struct arena *arena, const struct search_found *found) {
    if (found->more)
        return arena_format(arena,
                            "More than %d records have this. These are the first %d: those by "
                            "their name, then the newest. One word more narrows them down.",
                            SEARCH_MOST, SEARCH_MOST);
    return arena_format(arena, "%zu record%s found.", found->hits.n, found->hits.n == 1 ? "" : "s");
}

static size_t from_of(const struct request *request) {
    const char *from = request_query(request, "from");
    unsigned long long n = from ? strtoull(from, NULL, 10) : 0;
    return n < SEARCH_MOST ? (size_t)n : 0;
}

enum err search_show(struct request *request, struct response *response) {
    struct arena *arena = request->arena;
    const struct programme *programme = &request->visitor.programme;
    const char *asked = request_query(request, "q"), *kind = request_query(request, "kind");
    struct listing listing = {.request = request,
                              .around = around_new(request->db, arena, programme),
                              .asked = asked ? asked : "",
                              .only = kind ? kind_find(kind) : NULL};
    const struct search_question question = {
        listing.asked, role_may(request->visitor.role, PERMISSION_SEE_PERSONAL)};
    struct search_view view = {.url = url_to(arena, ROUTE_search, programme->key),
                               .all_url = address_of(&listing, NULL, 0),
                               .records_url = url_to(arena, ROUTE_records, programme->key),
                               .is_narrowed = listing.only != NULL,
                               .asked = listing.asked};
    struct text body = text_new(arena);
    enum err err = visitor_records(request->db, arena, &request->visitor, &listing.own);
    listing.reader = reader_of(request, &listing.own);
    if (!err)
        err = search(request->db, arena, programme, &question, &listing.found);
    if (!err)
        err = lines_add(&listing, from_of(request), &view);
    if (err)
        return err;
    facets_add(&listing, &view);
    view.is_asked = *listing.found.words;
    view.is_there = listing.found.is_there;
    view.is_behind = listing.found.is_behind;
    view.is_cut = listing.found.is_cut;
    view.count = count_words(arena, &listing.found);
    template_search(&body, &view);
    layout_page(request, response, "Search", &body);
    return OK;
}
