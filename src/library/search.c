#include "library/search.h"
#include "base/text.h"
#include "db/fulltext.h"
#include "library/alike.h"
#include <libstemmer.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In the index: what a page of the library is marked with, and its kind; and the item that says
 * which version of the library stands there. Ids below those of any record (db ids begin with the
 * time). */
static const char mark[] = "library";
enum { VERSION_ID = 1, FIRST_ID = 2 };

static const char *mark_of_kind(struct arena *arena, const char *folder) {
    return arena_format(arena, "%s k%s", mark, folder);
}

/* ---- words ---- */

char *library_stems(struct arena *arena, const char *text) {
    struct sb_stemmer *stemmer = sb_stemmer_new("english", "UTF_8");
    struct text out = text_new(arena);
    const char *rest = fulltext_fold(arena, text);
    while (stemmer && rest && *rest) {
        const size_t length = strcspn(rest, " ");
        const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)rest, (int)length);
        if (!stem)
            break;
        text_add(&out, out.length ? " " : "");
        text_add_n(&out, (const char *)stem, (size_t)sb_stemmer_length(stemmer));
        rest += length + (rest[length] == ' ');
    }
    if (stemmer)
        sb_stemmer_delete(stemmer);
    return out.bytes ? out.bytes : arena_copy(arena, "");
}

/* ---- bringing in ---- */

static void section_add(struct text *to, const struct library_section *section) {
    for (size_t i = 0; i < section->statements.n; i++)
        text_add_format(to, "%s\n", section->statements.items[i].text);
}

/* What stands at the beginning of a page tells what it is about. */
static enum err item_put(struct db *db, struct arena *arena, const struct alike *alike,
                         const struct library_item *item, int64_t id) {
    struct text beginning = text_new(arena), rest = text_new(arena);
    const char *also = library_value(item, LIBRARY_ALSO);
    text_add(&rest, "");
    for (const struct library_field *field = item->kind->fields; field->name; field++)
        if (field->type != LIBRARY_ITEMS && library_value(item, field->name))
            text_add_format(&beginning, "%s\n", library_value(item, field->name));
    for (size_t i = 0; i < item->sections.n; i++)
        section_add(i ? &rest : &beginning, &item->sections.items[i]);
    const char *title =
        library_stems(arena, arena_format(arena, "%s %s", item->title, also ? also : ""));
    struct text others = text_new(arena);
    text_add(&others, library_stems(arena, rest.bytes));
    alike_add(arena, alike, title, item, &others);
    const struct fulltext_item put = {
        .id = id,
        .marks = mark_of_kind(arena, item->kind->folder),
        .about = arena_format(arena, "%s/%s", item->kind->folder, item->id),
        .title = title,
        .words = library_stems(arena, beginning.bytes ? beginning.bytes : ""),
        .reserved = others.bytes,
    };
    return fulltext_put(db, arena, &put);
}

static enum err version_find(struct db *db, struct arena *arena, const struct library *library,
                             bool *is_there) {
    struct fulltext_hits hits = {0};
    const struct fulltext_query query = {
        .marks = "libraryversion", .words = library->version, .where = FULLTEXT_TITLE};
    enum err err = fulltext_is_there(db, is_there);
    if (!err && *is_there)
        err = fulltext_find(db, arena, &query, 1, &hits);
    *is_there = *is_there && hits.list.n > 0;
    return err;
}

static enum err all_put(struct db *db, struct arena *arena, const struct library *library) {
    const struct alike alike = alike_load(arena);
    enum err err = fulltext_make(db);
    if (!err)
        err = fulltext_clear(db, mark);
    for (size_t i = 0; !err && i < library->items.n; i++)
        if (!*library->items.items[i]->language)
            err = item_put(db, arena, &alike, library->items.items[i], FIRST_ID + (int64_t)i);
    if (!err)
        err = fulltext_put(db, arena,
                           &(struct fulltext_item){.id = VERSION_ID,
                                                   .marks = "libraryversion",
                                                   .about = mark,
                                                   .title = library->version,
                                                   .words = "",
                                                   .reserved = ""});
    return err ? err : fulltext_settle(db);
}

struct bringing {
    struct arena *arena;
    const struct library *library;
    bool is_there;
};

static enum err version_look(struct db *db, void *context) {
    struct bringing *bringing = context;
    return version_find(db, bringing->arena, bringing->library, &bringing->is_there);
}

static enum err all_bring(struct db *db, void *context) {
    const struct bringing *bringing = context;
    return all_put(db, bringing->arena, bringing->library);
}

enum err library_index(struct db *db, struct arena *arena, const struct library *library,
                       bool *worked) {
    struct bringing bringing = {arena, library, false};
    *worked = false;
    enum err err = db_read(db, version_look, &bringing);
    if (err || bringing.is_there)
        return err;
    err = db_write(db, all_bring, &bringing);
    *worked = !err;
    return err;
}

/* ---- asking ---- */

static const double weights[] = {
    [FULLTEXT_TITLE] = 3, [FULLTEXT_WORDS] = 1.5, [FULLTEXT_RESERVED] = 1};
enum { PLACES = FULLTEXT_RESERVED + 1 };

struct scored {
    const struct library_item *item;
    double score;
    int word; /* the last that was counted, from 1: of the places where it stands the best counts */
};

struct asking {
    struct db *db;
    struct arena *arena;
    const struct library *library;
    const char *marks;
    LIST(struct scored *) scores;
    struct index by_about;
    int word;
};

/* NULL of a page that has gone since it was indexed. */
static struct scored *score_of(struct asking *asking, const struct fulltext_hit *hit) {
    struct scored *scored = index_find(&asking->by_about, hit->about);
    const char *slash = strchr(hit->about, '/');
    if (scored || !slash)
        return scored;
    const char *folder = arena_copy_n(asking->arena, hit->about, (size_t)(slash - hit->about));
    const struct library_item *item = library_find(asking->library, folder, slash + 1);
    if (!item)
        return NULL;
    scored = arena_alloc(asking->arena, sizeof *scored);
    scored->item = item;
    index_add(asking->arena, &asking->by_about, hit->about, scored);
    list_add(asking->arena, &asking->scores, scored);
    return scored;
}

/* 0 of a word that all pages have. */
static double rarity(const struct asking *asking, size_t pages_with) {
    const double pages = (double)asking->library->items.n;
    return pages_with < asking->library->items.n ? log(pages / (double)pages_with) : 0;
}

/* People look for what to know and do; the studies behind it are found from there. */
static double worth(const struct library_kind *kind) {
    return text_equal(kind->folder, "studies") || text_equal(kind->folder, "papers") ? 0.5 : 1;
}

/* Each place has those of the ones before, so the last that is asked has them all; a page gets the
 * word's best. */
static enum err word_count(struct asking *asking, const char *word) {
    struct fulltext_hits at[PLACES];
    enum err err = OK;
    bool is_full = false;
    int places = 0; /* asked */
    asking->word++;
    for (; !err && !is_full && places < PLACES; places++) {
        const struct fulltext_query query = {.marks = asking->marks,
                                             .words = word,
                                             .where = (enum fulltext_where)places,
                                             .in_any_order = true};
        err = fulltext_find(asking->db, asking->arena, &query, LIBRARY_WORD_MOST, &at[places]);
        is_full = at[places].list.n == LIBRARY_WORD_MOST;
    }
    if (err)
        return err;
    const double rare = rarity(asking, at[places - 1].list.n);
    for (int where = 0; where < places; where++)
        for (size_t i = 0; i < at[where].list.n; i++) {
            struct scored *scored = score_of(asking, &at[where].list.items[i]);
            if (!scored || scored->word == asking->word)
                continue;
            scored->word = asking->word;
            scored->score += worth(scored->item->kind) * weights[where] * rare;
        }
    return OK;
}

/* The likeliest first; of two that are as likely, as the library has them. */
static int scored_compare(const void *a, const void *b) {
    const struct scored *left = *(struct scored *const *)a, *right = *(struct scored *const *)b;
    if (left->score > right->score || left->score < right->score)
        return left->score > right->score ? -1 : 1;
    return strcmp(left->item->page->file, right->item->page->file);
}

static enum err words_count(struct asking *asking, const char *words, bool *is_cut) {
    const char *rest = library_stems(asking->arena, words), *word;
    enum err err = OK;
    size_t n = 0;
    for (; !err && rest && (word = text_next_piece(asking->arena, &rest, ' ')); n++)
        if (*word && n < LIBRARY_WORDS_MOST)
            err = word_count(asking, word);
    *is_cut = n > LIBRARY_WORDS_MOST;
    return err;
}

enum err library_search(struct db *db, struct arena *arena, const struct library *library,
                        const char *folder, const char *words, struct library_found *out) {
    struct asking asking = {.db = db,
                            .arena = arena,
                            .library = library,
                            .marks = folder ? mark_of_kind(arena, folder) : mark};
    *out = (struct library_found){0};
    enum err err = version_find(db, arena, library, &out->is_there);
    if (err || !out->is_there)
        return err;
    err = words_count(&asking, words, &out->is_cut);
    if (!err && asking.scores.n)
        qsort(asking.scores.items, asking.scores.n, sizeof *asking.scores.items, scored_compare);
    for (size_t i = 0; !err && i < asking.scores.n && i < LIBRARY_FOUND_MOST; i++)
        list_add(arena, &out->items.list, asking.scores.items[i]->item);
    return err;
}
