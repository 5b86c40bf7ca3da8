#include "bring/match.h"
#include "base/text.h"
#include "bring/words.h"
#include <stdlib.h>

enum { WORDS_MAX = 12, CANDIDATES_MAX = 8 };

struct name {
    const struct record *record;
    const char *text, *plain;
    int n;
    const char *words[WORDS_MAX]; /* in alphabetical order */
};
struct match_names {
    LIST(struct name) list;
    struct index by_plain; /* records */
};

int match_name_field(const struct kind *kind) {
    int name = kind_field_index(kind, "name");
    return name >= 0 ? name : kind_field_index(kind, "title");
}

static int words_order(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Forms of address say nothing about who it is. */
static bool is_address(const char *word) {
    static const char *const addresses[] = {"dr",   "mr",   "mrs", "ms",       "prof",
                                            "herr", "frau", "mme", "professor"};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (text_equal(word, addresses[i]))
            return true;
    return false;
}

static void name_split(struct arena *arena, struct name *name) {
    const char *rest = name->plain;
    for (const char *word; name->n < WORDS_MAX && (word = text_next_piece(arena, &rest, ' '));)
        if (!is_address(word))
            name->words[name->n++] = word;
    qsort(name->words, (size_t)name->n, sizeof *name->words, words_order);
}

static struct name name_make(struct arena *arena, const char *text) {
    struct name name = {.text = text, .plain = words_plain(arena, text)};
    name_split(arena, &name);
    return name;
}

struct match_names *match_names_of(struct arena *arena, const struct records *records,
                                   const struct kind *kind) {
    struct match_names *names = arena_alloc(arena, sizeof *names);
    const struct record_list *all = records_of(records, kind);
    int field = match_name_field(kind);
    for (size_t i = 0; field >= 0 && i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        if (!record->values[field])
            continue;
        struct name name = name_make(arena, record->values[field]);
        name.record = record;
        list_add(arena, &names->list, name);
        (void)index_add(arena, &names->by_plain, name.plain, all->list.items[i]);
    }
    return names;
}

static bool words_equal(const struct name *a, const struct name *b) {
    if (a->n != b->n || a->n == WORDS_MAX)
        return text_equal(a->plain, b->plain);
    for (int i = 0; i < a->n; i++)
        if (!text_equal(a->words[i], b->words[i]))
            return false;
    return a->n > 0;
}

/* "jm" for Jane Mary, in the order in which the name is written. */
static bool initials_fit(const char *plain, const char *name) {
    for (; *plain == ' '; plain++)
        ;
    for (const char *at = name; *at; at++) {
        if (at != name && at[-1] != ' ')
            continue;
        if (*plain != *at)
            return false;
        for (plain++; *plain == ' '; plain++)
            ;
    }
    return !*plain;
}

static bool is_initials(const struct name *asked) {
    enum { LONGEST = 4 };
    bool single = asked->n > 0;
    for (int i = 0; i < asked->n; i++)
        single = single && strlen(asked->words[i]) == 1;
    return single || strlen(asked->plain) <= LONGEST;
}

/* Each word asked is one of the name's, or the beginning of one if it is a single letter. */
static bool words_fit(const struct name *asked, const struct name *name) {
    bool used[WORDS_MAX] = {false};
    bool has_whole = false;
    for (int i = asked->n - 1; i >= 0; i--) {
        bool found = false, letter = strlen(asked->words[i]) == 1;
        for (int j = 0; j < name->n && !found; j++) {
            found = !used[j] && (letter ? *asked->words[i] == *name->words[j]
                                        : text_equal(asked->words[i], name->words[j]));
            used[j] |= found;
        }
        if (!found)
            return false;
        has_whole |= !letter;
    }
    return has_whole;
}

static void candidate_add(struct arena *arena, struct match *match, const struct record *record) {
    for (size_t i = 0; i < match->list.n; i++)
        if (match->list.items[i] == record)
            return;
    if (match->list.n < CANDIDATES_MAX)
        list_add(arena, &match->list, record);
}

static void nearest_add(struct arena *arena, const struct match_names *names,
                        const struct name *asked, struct match *match) {
    enum { SHORTEST = 5 };
    if (strlen(asked->plain) < SHORTEST || !names->list.n)
        return;
    const char **plains = arena_alloc_array(arena, names->list.n, sizeof *plains);
    for (size_t i = 0; i < names->list.n; i++)
        plains[i] = names->list.items[i].plain;
    const char *nearest = text_nearest(arena, asked->plain, plains, names->list.n);
    for (size_t i = 0; nearest && i < names->list.n; i++)
        if (plains[i] == nearest)
            candidate_add(arena, match, names->list.items[i].record);
}

struct match match_find(struct arena *arena, const struct match_names *names, const char *text) {
    struct match match = {0};
    const struct name asked = name_make(arena, text);
    const struct record *by_key = NULL;
    if (!asked.n)
        return match;
    for (size_t i = 0; i < names->list.n; i++) {
        if (words_equal(&asked, &names->list.items[i]))
            candidate_add(arena, &match, names->list.items[i].record);
        if (text_same_name(names->list.items[i].record->id, text))
            by_key = names->list.items[i].record;
    }
    match.is_sure = match.list.n == 1 && (!by_key || by_key == match.list.items[0]);
    if (match.is_sure)
        return match;
    for (size_t i = 0; i < names->list.n; i++) {
        const struct name *name = &names->list.items[i];
        if (words_fit(&asked, name) ||
            (is_initials(&asked) && initials_fit(asked.plain, name->plain)))
            candidate_add(arena, &match, name->record);
    }
    if (by_key) {
        match.is_sure = match.list.n == 0 || (match.list.n == 1 && match.list.items[0] == by_key);
        candidate_add(arena, &match, by_key);
    } else if (!match.list.n)
        nearest_add(arena, names, &asked, &match);
    return match;
}

const struct record *match_same(struct arena *arena, const struct match_names *names,
                                const char *text) {
    return index_find(&names->by_plain, words_plain(arena, text));
}

bool match_is_whole_name(struct arena *arena, const char *text) {
    const struct name name = name_make(arena, text);
    int whole = 0;
    for (int i = 0; i < name.n; i++)
        whole += strlen(name.words[i]) > 1;
    return whole > 1;
}

/* ---- several names in one ---- */

/* The next place at which the text is parted; the length of what parts it in `*length`. */
static const char *part_find(const char *text, size_t *length) {
    static const char *const signs[] = {"/",     ";",     "&",    "+",    "\n",
                                        " and ", " und ", " et ", " och "};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(text, signs[i]);
        if (at && (!first || at < first)) {
            first = at;
            *length = strlen(signs[i]);
        }
    }
    return first;
}

struct names match_parts(struct arena *arena, const char *text) {
    struct names parts = {0};
    size_t length = 0;
    for (const char *end; (end = part_find(text, &length)); text = end + length) {
        const char *part = text_trim(arena, arena_copy_n(arena, text, (size_t)(end - text)));
        if (*part)
            list_add(arena, &parts.list, part);
    }
    text = text_trim(arena, text);
    if (*text)
        list_add(arena, &parts.list, text);
    return parts;
}
