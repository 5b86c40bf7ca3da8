#include "findings/advice_pages.h"
#include "base/text.h"
#include "record/kind.h"
#include "web/route.h"

/* ---- sheets that advice speaks of ---- */

/* The place in `kinds` of the one whose sheet is named there, or -1; the longest, since "Team
 * members" begins like "Team". */
static int sheet_named_at(const char *text) {
    int named = -1;
    size_t longest = 0;
    for (size_t i = 0; i < kind_count; i++) {
        if (*text != *kinds[i]->sheet || !text_starts_with(text, kinds[i]->sheet))
            continue;
        size_t length = strlen(kinds[i]->sheet);
        if (length > longest) {
            named = (int)i;
            longest = length;
        }
    }
    return named;
}

static void sheet_link_add(const struct request *request, const struct kind *kind,
                           struct sheet_links *out) {
    for (size_t i = 0; i < out->list.n; i++)
        if (text_equal(out->list.items[i].title, kind->sheet))
            return;
    list_add(request->arena, &out->list,
             (struct sheet_link){kind->sheet, url_to(request->arena, ROUTE_records_of,
                                                     request->visitor.programme.key, kind->name)});
}

static void sheets_named_in(const struct request *request, const char *text,
                            struct sheet_links *out) {
    for (const char *at = text; (at = strstr(at, "heet")); at++) { /* "sheet", "Sheets" */
        const char *name = at + strlen("heet") + (at[strlen("heet")] == 's');
        int kind = *name == ' ' ? sheet_named_at(name + 1) : -1;
        while (kind >= 0) {
            sheet_link_add(request, kinds[kind], out);
            name += strlen(" ") + strlen(kinds[kind]->sheet);
            if (!text_starts_with(name, " and "))
                break;
            name += strlen(" and");
            kind = sheet_named_at(name + 1);
        }
    }
}

struct sheet_links sheets_named(const struct request *request, const struct names *paragraphs) {
    struct sheet_links out = {.may_correct = role_may(request->visitor.role, PERMISSION_CORRECT)};
    if (role_may(request->visitor.role, PERMISSION_SEE_RECORDS))
        for (size_t i = 0; i < paragraphs->list.n; i++)
            sheets_named_in(request, paragraphs->list.items[i], &out);
    return out;
}

/* ---- advice ---- */

size_t sentence_length(const char *text) {
    static const char *const ends[] = {". ", "?” ", ".” "};
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *at = strstr(text, ends[i]);
        size_t end = at ? (size_t)(at - text) + strlen(ends[i]) - 1 : length;
        length = end < length ? end : length;
    }
    return length;
}

/* How words name a sheet, and what a page says instead; and how they name another page. */
static const struct {
    const char *begin, *said;
    bool is_page;
} mentions[] = {{"on the sheet", "in Records, ", false},
                {"(Sheet", "(In Records, ", false},
                {"“what if”", "“what if”", true}};
enum { MENTIONS = sizeof mentions / sizeof *mentions };

/* Where the names of sheets begin behind that; NULL if there are none. */
static const char *names_behind(const char *at, const char *begin) {
    const char *names = at + strlen(begin) + (at[strlen(begin)] == 's');
    return *names == ' ' && sheet_named_at(names + 1) >= 0 ? names : NULL;
}

/* "on the sheets Posts and Team members", or what else begins there; NULL: nothing is named. Gives
 * which of `mentions` it is. */
static const char *mention_find(const char *text, size_t *which) {
    const char *first = NULL;
    for (size_t i = 0; i < MENTIONS; i++)
        for (const char *at = text; (at = strstr(at, mentions[i].begin)) && (!first || at < first);
             at++)
            if (mentions[i].is_page || names_behind(at, mentions[i].begin)) {
                first = at;
                *which = i;
                break;
            }
    return first;
}

static bool names_sheet(const char *text) {
    size_t which;
    for (const char *at = text; (at = mention_find(at, &which)); at++)
        if (!mentions[which].is_page)
            return true;
    return false;
}

static void piece_add(const struct request *request, const char *words, size_t length,
                      const char *url, struct advice *out) {
    if (length)
        list_add(request->arena, &out->pieces,
                 (struct advice_piece){arena_copy_n(request->arena, words, length), url});
}

/* The address of a page of the programme, for those who may see it. */
static const char *url_if_may(const struct request *request, enum route_name route,
                              const char *more) {
    return role_may(request->visitor.role, routes[route].needs)
               ? url_to(request->arena, route, request->visitor.programme.key, more)
               : NULL;
}

/* The names of a mention, each with its link; gives where it ends. */
static const char *names_add(const struct request *request, const char *names, struct advice *out) {
    static const char between[] = " and ";
    for (const char *name = names + 1;; name += strlen(between)) {
        const struct kind *kind = kinds[sheet_named_at(name)];
        piece_add(request, name, strlen(kind->sheet),
                  url_if_may(request, ROUTE_records_of, kind->name), out);
        name += strlen(kind->sheet);
        if (!text_starts_with(name, between) || sheet_named_at(name + strlen(between)) < 0)
            return name;
        piece_add(request, between, strlen(between), NULL, out);
    }
}

static struct advice with_links(const struct request *request, const char *words) {
    struct advice out = {0};
    size_t which;
    for (const char *at; (at = mention_find(words, &which));) {
        const char *begin = mentions[which].begin, *said = mentions[which].said;
        piece_add(request, words, (size_t)(at - words), NULL, &out);
        piece_add(request, said, strlen(said),
                  mentions[which].is_page ? url_if_may(request, ROUTE_whatif, NULL) : NULL, &out);
        words = mentions[which].is_page ? at + strlen(begin)
                                        : names_add(request, names_behind(at, begin), &out);
    }
    piece_add(request, words, strlen(words), NULL, &out);
    return out;
}

/* Without the sentences that are for those who keep sheets in a terminal; if `no_writing`, without
 * those that say where to write something, too. */
static const char *without(struct arena *arena, const char *words, bool no_writing) {
    struct text out = text_new(arena);
    while (*words) {
        const char *sentence = arena_copy_n(arena, words, sentence_length(words));
        bool is_left_out =
            text_starts_with(sentence, "In the terminal") || (no_writing && names_sheet(sentence));
        if (!is_left_out)
            text_add_format(&out, "%s%s", out.length ? " " : "", sentence);
        words += strlen(sentence);
        words += strspn(words, " ");
    }
    return out.length ? out.bytes : "";
}

struct advice advice_for(const struct request *request, const char *words) {
    bool may = role_may(request->visitor.role, PERMISSION_CORRECT);
    return with_links(request, without(request->arena, words, !may));
}

struct advice words_for(const struct request *request, const char *words) {
    return with_links(request, without(request->arena, words, false));
}

struct advices advices_for(const struct request *request, const struct names *paragraphs) {
    struct advices out = {0};
    for (size_t i = 0; i < paragraphs->list.n; i++) {
        const struct advice advice = advice_for(request, paragraphs->list.items[i]);
        if (advice.pieces.n)
            list_add(request->arena, &out.list, advice);
    }
    return out;
}
