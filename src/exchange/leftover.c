#include "exchange/leftover.h"
#include "base/index.h"
#include "base/text.h"
#include "exchange/leftover_patterns.h"
#include "exchange/leftover_words.h"
#include <stdlib.h>

const char *const leftover_kind_words[LEFTOVER_KINDS] = {
    "a person",           "an organisation, a team or a place",
    "an e-mail address",  "an address of the web",
    "a telephone number", "a postcode",
    "a person's number"};

enum {
    WORDS_MOST = 12, /* of a name that is compared; further ones are left out */
    SLIP_LEAST = 7,  /* letters of a word in which one may be wrong */
    SLIP_MOST = 40,
};

/* How a form must be written to be the name. */
enum written {
    WRITTEN_ANY,
    WRITTEN_CAPITAL,  /* the first word with a capital */
    WRITTEN_NAME,     /* each word with a capital */
    WRITTEN_WITHIN,   /* with a capital, and neither at a beginning nor after "the" */
    WRITTEN_CAPS,     /* in capitals */
    WRITTEN_INITIAL,  /* "J. Smith", "j.smith", "J Smith" */
    WRITTEN_REVERSED, /* "Smith, J.", "Smith J." */
};

/* A way to write a name. */
struct form {
    const char *words[WORDS_MOST]; /* folded */
    size_t n;
    enum written written;
    const struct leftover_known *of;
    const struct form *next; /* with the same first two words */
};
struct forms {
    const struct form *first;
};

struct leftover_finder {
    struct arena *arena;
    struct index forms; /* struct forms, by the first two words, or the only one */
    struct index slips; /* struct slips, by a long word, and by it without one of its letters */
};
struct slip {
    const char *word;
    const struct leftover_known *of;
    const struct slip *next;
};
struct slips {
    const struct slip *first;
};

/* ---- the ways to write a name ---- */

static const char *key_of(struct arena *arena, const char *first, const char *second) {
    return second ? arena_format(arena, "%s %s", first, second) : first;
}

static void form_add(struct leftover_finder *finder, const struct leftover_known *of,
                     enum written written, const char *const *words, size_t n) {
    struct arena *arena = finder->arena;
    if (!n || !*words[0])
        return;
    const char *key = key_of(arena, words[0], n > 1 ? words[1] : NULL);
    struct forms *forms = index_find(&finder->forms, key);
    struct form *form = arena_alloc(arena, sizeof *form);
    if (!forms) {
        forms = arena_alloc(arena, sizeof *forms);
        *forms = (struct forms){0};
        index_add(arena, &finder->forms, key, forms);
    }
    *form = (struct form){
        .n = n < WORDS_MOST ? n : WORDS_MOST, .written = written, .of = of, .next = forms->first};
    for (size_t i = 0; i < form->n; i++)
        form->words[i] = words[i];
    forms->first = form;
}

static void slip_put(struct leftover_finder *finder, const char *key, const char *word,
                     const struct leftover_known *of) {
    struct slips *slips = index_find(&finder->slips, key);
    struct slip *slip = arena_alloc(finder->arena, sizeof *slip);
    if (!slips) {
        slips = arena_alloc(finder->arena, sizeof *slips);
        *slips = (struct slips){0};
        index_add(finder->arena, &finder->slips, key, slips);
    }
    *slip = (struct slip){word, of, slips->first};
    slips->first = slip;
}

/* The word without the letter that begins at that byte. */
static const char *without_letter(struct arena *arena, const char *word, size_t at) {
    size_t length = 1;
    while (((unsigned char)word[at + length] & 0xC0) == 0x80)
        length++;
    return arena_format(arena, "%.*s%s", (int)at, word, word + at + length);
}

static void slip_add(struct leftover_finder *finder, const char *word,
                     const struct leftover_known *of) {
    if (text_width(word) < SLIP_LEAST || text_width(word) > SLIP_MOST ||
        leftover_is_generic(word) || leftover_is_role(word) || leftover_is_everyday(word))
        return;
    slip_put(finder, word, word, of);
    for (size_t i = 0; word[i]; i++)
        if (((unsigned char)word[i] & 0xC0) != 0x80)
            slip_put(finder, without_letter(finder->arena, word, i), word, of);
}

/* The first letter, as a word of its own. */
static const char *initial_of(struct arena *arena, const char *word) {
    size_t length = 1;
    while (((unsigned char)word[length] & 0xC0) == 0x80)
        length++;
    return arena_copy_n(arena, word, length);
}

/* A part of somebody's name that stands alone. */
static enum written alone(const char *word) {
    return leftover_is_everyday(word) || text_width(word) < 3 ? WRITTEN_WITHIN
           : text_width(word) < 5                             ? WRITTEN_CAPITAL
                                                              : WRITTEN_ANY;
}

/* What somebody does instead of what they are called: "director, hospital trust". */
static bool tells_no_person(const struct leftover_words *words) {
    size_t first = 0, telling = 0;
    while (first < words->list.n && leftover_is_title(words->list.items[first].fold))
        first++;
    for (size_t i = first; i < words->list.n; i++) {
        const struct leftover_word *word = &words->list.items[i];
        bool tells = word->is_capital && !leftover_is_role(word->fold) &&
                     !leftover_is_generic(word->fold) && !leftover_is_initials(word->fold);
        if (i == first && !tells)
            return true;
        telling += tells;
    }
    return !telling;
}

/* The ways to write somebody with this surname, be it all of it or a part. */
static void surname_add(struct leftover_finder *finder, const struct leftover_known *of,
                        const char *first, const char *const *last, size_t n) {
    struct arena *arena = finder->arena;
    const char *form[WORDS_MOST + 1], *initial = initial_of(arena, first);
    const bool is_word = n == 1 && leftover_is_everyday(last[0]);
    const bool are_words = is_word && leftover_is_everyday(first);
    struct text joined = text_new(arena);
    for (size_t i = 0; i < n; i++) {
        form[i + 1] = last[i];
        text_add(&joined, last[i]);
    }
    form[0] = first;
    form_add(finder, of, are_words ? WRITTEN_NAME : WRITTEN_ANY, form, n + 1);
    form[0] = initial;
    form_add(finder, of, WRITTEN_INITIAL, form, n + 1);
    for (size_t i = 0; i < n; i++)
        form[i] = last[i];
    form[n] = first;
    form_add(finder, of, are_words ? WRITTEN_NAME : WRITTEN_ANY, form, n + 1);
    form[n] = initial;
    form_add(finder, of, WRITTEN_REVERSED, form, n + 1);
    /* Logins. */
    form[0] = arena_format(arena, "%s%s", initial, joined.bytes);
    form_add(finder, of, text_width(form[0]) < 5 ? WRITTEN_CAPITAL : WRITTEN_ANY, form, 1);
    form[0] = arena_format(arena, "%s%s", first, joined.bytes);
    form_add(finder, of, WRITTEN_ANY, form, 1);
    if (n > 1) {
        form_add(finder, of, WRITTEN_ANY, last, n);
        slip_add(finder, joined.bytes, of);
    }
    if (!leftover_is_month(joined.bytes)) {
        form[0] = joined.bytes;
        form_add(finder, of, alone(joined.bytes), form, 1);
    }
}

/* "JS", "J. S."; and "A. M. Smith", "AM Smith". */
static void initials_add(struct leftover_finder *finder, const struct leftover_known *of,
                         const char *const *name, size_t n) {
    struct arena *arena = finder->arena;
    const char *form[WORDS_MOST];
    struct text letters = text_new(arena);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 == n && n > 2) { /* those of the first names */
            form[n - 1] = name[i];
            form_add(finder, of, WRITTEN_INITIAL, form, n);
            const char *const given[] = {arena_copy(arena, letters.bytes), name[i]};
            form_add(finder, of, WRITTEN_INITIAL, given, 2);
        }
        form[i] = initial_of(arena, name[i]);
        text_add(&letters, form[i]);
    }
    form[0] = letters.bytes;
    if (!leftover_is_initials(letters.bytes))
        form_add(finder, of, WRITTEN_CAPS, form, 1);
}

static void person_add(struct leftover_finder *finder, const struct leftover_known *of) {
    struct leftover_words words = leftover_words_of(finder->arena, of->name);
    const char *name[WORDS_MOST];
    size_t n = 0;
    if (tells_no_person(&words))
        return;
    for (size_t i = 0; i < words.list.n && n < WORDS_MOST; i++)
        if (!leftover_is_title(words.list.items[i].fold))
            name[n++] = words.list.items[i].fold;
    if (n < 2) {
        form_add(finder, of, alone(n ? name[0] : ""), name, n);
        return;
    }
    for (size_t i = 1; i < n; i++)
        surname_add(finder, of, name[0], name + i, n - i);
    initials_add(finder, of, name, n);
    if (n > 2) /* "Anne-Marie" */
        form_add(finder, of, WRITTEN_CAPITAL, name, n - 1);
    for (size_t i = 0; i < n; i++) {
        if (i && i + 1 < n && text_width(name[i]) < 4)
            continue; /* "van", "de", a middle initial */
        if (leftover_is_month(name[i]))
            continue;
        form_add(finder, of, alone(name[i]), &name[i], 1);
        slip_add(finder, name[i], of);
    }
}

/* "Good Neighbours" and "Ansel Bay" of "Good Neighbours of Ansel Bay". */
static void sides_add(struct leftover_finder *finder, const struct leftover_known *of,
                      const char *const *name, size_t n) {
    size_t begin = 0, telling = 0;
    for (size_t i = 0; i <= n; i++) {
        bool is_between = i < n && (text_equal(name[i], "of") || text_equal(name[i], "in") ||
                                    text_equal(name[i], "for") || text_equal(name[i], "at") ||
                                    text_equal(name[i], "and"));
        if (i < n && !is_between) {
            telling += !leftover_is_generic(name[i]) && !leftover_is_role(name[i]);
            continue;
        }
        bool is_word = i - begin == 1 && leftover_is_everyday(name[begin]);
        if (telling && i - begin < n)
            form_add(finder, of, is_word ? WRITTEN_WITHIN : WRITTEN_CAPITAL, name + begin,
                     i - begin);
        begin = i + 1;
        telling = 0;
    }
}

static void body_add(struct leftover_finder *finder, const struct leftover_known *of) {
    struct arena *arena = finder->arena;
    struct leftover_words words = leftover_words_of(arena, of->name);
    const char *name[WORDS_MOST];
    struct text all = text_new(arena), main_ones = text_new(arena);
    size_t n = 0, telling = 0, end = 0, begin = 0;
    for (size_t i = 0; i < words.list.n && n < WORDS_MOST; i++) {
        const struct leftover_word *word = &words.list.items[i];
        bool tells = !leftover_is_generic(word->fold) && !leftover_is_role(word->fold) &&
                     !leftover_is_initials(word->fold);
        name[n++] = word->fold;
        if (tells) {
            telling++;
            end = n;
        }
        if (!telling && !tells)
            begin = n;
        text_add(&all, initial_of(arena, word->fold));
        if (word->is_capital)
            text_add(&main_ones, initial_of(arena, word->fold));
    }
    if (!telling)
        return;
    bool is_one_everyday = end - begin == 1 && leftover_is_everyday(name[begin]);
    form_add(finder, of, n > 1 ? WRITTEN_ANY : WRITTEN_CAPITAL, name, n);
    form_add(finder, of, is_one_everyday ? WRITTEN_WITHIN : WRITTEN_CAPITAL, name + begin,
             end - begin);
    sides_add(finder, of, name, n);
    const char *const letters[] = {all.bytes, main_ones.length ? main_ones.bytes : all.bytes};
    for (size_t i = 0; i < 2; i++)
        if (strlen(letters[i]) >= 3 && !leftover_is_initials(letters[i]))
            form_add(finder, of, WRITTEN_CAPS, &letters[i], 1);
    for (size_t i = begin; i < end; i++)
        slip_add(finder, name[i], of);
}

const struct leftover_finder *leftover_finder_new(struct arena *arena,
                                                  const struct leftover_known *known, size_t n) {
    struct leftover_finder *finder = arena_alloc(arena, sizeof *finder);
    *finder = (struct leftover_finder){.arena = arena};
    for (size_t i = 0; i < n; i++)
        if (known[i].name && known[i].kind == LEFTOVER_PERSON)
            person_add(finder, &known[i]);
        else if (known[i].name)
            body_add(finder, &known[i]);
    return finder;
}

/* ---- finding them ---- */

static const struct leftover_word *word_at(const struct leftover_words *words, size_t at) {
    return at < words->list.n ? &words->list.items[at] : NULL;
}

/* "the Price", "every Will" */
static bool is_after_article(const struct leftover_words *words, size_t at) {
    static const char *const articles[] = {"the", "a",     "an",    "our",  "this", "that",
                                           "no",  "every", "their", "your", "its",  "each"};
    for (size_t i = 0; at && i < sizeof articles / sizeof *articles; i++)
        if (words->list.items[at].is_joined &&
            text_equal(words->list.items[at - 1].fold, articles[i]))
            return true;
    return false;
}

/* A word that is a name only with its capital: nothing but its being a name may be why it has one.
 * An item of a list that a colon ends is one: "- Grace: calls the ward". */
static bool is_within(const struct leftover_words *words, size_t at) {
    const struct leftover_word *word = &words->list.items[at];
    bool begins = (word->begins || word->begins_line) && !word->is_announced;
    return word->is_capital && !begins && !is_after_article(words, at);
}

/* In capitals where not all is: "GM" of "GM TO CALL" may be anything. */
static bool is_in_caps(const struct leftover_words *words, size_t at, size_t n) {
    const struct leftover_word *before = at ? word_at(words, at - 1) : NULL;
    const struct leftover_word *word = word_at(words, at), *after = word_at(words, at + n);
    bool shouts = (before && before->is_all_caps && word->is_joined && !word->is_listed) ||
                  (after && after->is_all_caps && after->is_joined && !after->is_listed);
    return word->is_all_caps && !shouts;
}

/* "I" and "A" are words; "j smith" is somebody, "a price" is none. */
static bool is_initial(const struct form *form, const struct leftover_words *words, size_t at) {
    const struct leftover_word *word = word_at(words, at), *second = word + 1;
    bool is_word = text_equal(word->fold, "a") || text_equal(word->fold, "i");
    if (second->is_dotted)
        return word->is_capital || second->is_near || second->start == word->start + 2;
    if (word->is_capital && second->is_capital)
        return !is_word || !word->begins;
    return !is_word && !(form->n == 2 && leftover_is_everyday(second->fold));
}

static bool is_reversed(const struct leftover_words *words, size_t at, size_t n) {
    const struct leftover_word *last = word_at(words, at + n - 1);
    bool is_word = text_equal(last->fold, "a") || text_equal(last->fold, "i");
    return words->list.items[at].is_capital && last->is_capital && !last->is_near &&
           !last->begins && (last->has_dot || (!is_word && !last->is_dotted));
}

static bool all_capital(const struct leftover_words *words, size_t at, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!words->list.items[at + i].is_capital)
            return false;
    return true;
}

static bool is_written(const struct form *form, const struct leftover_words *words, size_t at) {
    switch (form->written) {
    case WRITTEN_CAPITAL:
        return words->list.items[at].is_capital;
    case WRITTEN_NAME:
        return all_capital(words, at, form->n);
    case WRITTEN_WITHIN:
        return is_within(words, at);
    case WRITTEN_CAPS:
        return form->of->kind == LEFTOVER_PERSON ? is_in_caps(words, at, form->n)
                                                 : words->list.items[at].is_all_caps;
    case WRITTEN_INITIAL:
        return is_initial(form, words, at);
    case WRITTEN_REVERSED:
        return is_reversed(words, at, form->n);
    case WRITTEN_ANY:
        break;
    }
    return true;
}

static bool form_is_at(const struct form *form, const struct leftover_words *words, size_t at) {
    if (at + form->n > words->list.n)
        return false;
    for (size_t i = 1; i < form->n; i++) {
        const struct leftover_word *word = &words->list.items[at + i];
        if (!word->is_joined || !text_equal(word->fold, form->words[i]))
            return false;
    }
    return is_written(form, words, at);
}

/* One letter more, less, another, or two in each other's place. */
static bool is_slip(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b), head = 0, tail = 0;
    while (a[head] && a[head] == b[head])
        head++;
    while (tail < n - head && tail < m - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    size_t left = n - head - tail, right = m - head - tail;
    return (left <= 1 && right <= 1) ||
           (left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

static const struct leftover_known *slip_of(const struct leftover_finder *finder, const char *key,
                                            const struct leftover_word *word) {
    const struct slips *slips = index_find(&finder->slips, key);
    for (const struct slip *slip = slips ? slips->first : NULL; slip; slip = slip->next)
        if (is_slip(slip->word, word->fold))
            return slip->of;
    return NULL;
}

static const struct leftover_known *slip_find(const struct leftover_finder *finder,
                                              struct arena *arena,
                                              const struct leftover_word *word) {
    const size_t width = text_width(word->fold);
    if (!word->is_capital || width + 1 < SLIP_LEAST || width > SLIP_MOST)
        return NULL;
    const struct leftover_known *found = slip_of(finder, word->fold, word);
    for (size_t i = 0; !found && word->fold[i]; i++)
        if (((unsigned char)word->fold[i] & 0xC0) != 0x80)
            found = slip_of(finder, without_letter(arena, word->fold, i), word);
    return found;
}

/* The longest known name that begins at a word; gives how many words it has, 0: none does. */
static size_t known_find(const struct leftover_finder *finder, struct arena *arena,
                         const struct leftover_words *words, size_t at,
                         const struct leftover_known **of) {
    const struct leftover_word *word = &words->list.items[at];
    const char *second = at + 1 < words->list.n ? word[1].fold : NULL;
    const struct forms *starts[] = {
        index_find(&finder->forms, word->fold),
        second ? index_find(&finder->forms, key_of(arena, word->fold, second)) : NULL};
    size_t most = 0;
    for (size_t i = 0; i < 2; i++)
        for (const struct form *form = starts[i] ? starts[i]->first : NULL; form; form = form->next)
            if (form->n > most && form_is_at(form, words, at)) {
                most = form->n;
                *of = form->of;
            }
    if (most || !(*of = slip_find(finder, arena, word)))
        return most;
    return 1;
}

/* Goes on with what began a word before, within a line and without a comma. */
static bool goes_on(const struct leftover_word *word) {
    return word->is_joined && word->is_capital && !word->is_listed;
}

/* "Mrs Jones": how many words, the title among them. */
static size_t titled_find(const struct leftover_words *words, size_t at) {
    enum { MOST = 4, ABBREVIATED = 4 };
    const struct leftover_word *title = &words->list.items[at];
    size_t n = 1;
    if (!leftover_is_title(title->fold) || !title->is_capital ||
        (title->is_all_caps && text_width(title->fold) > ABBREVIATED))
        return 0;
    for (; n < MOST && at + n < words->list.n; n++) {
        const struct leftover_word *word = &words->list.items[at + n];
        if (!goes_on(word) || leftover_is_role(word->fold) || leftover_is_starter(word->fold) ||
            (n > 1 && (word->begins || word->begins_line)))
            break;
    }
    return n > 1 ? n : 0;
}

static bool is_little_word(const char *fold) {
    return text_equal(fold, "s") || text_equal(fold, "of") || text_equal(fold, "and") ||
           text_equal(fold, "the");
}

/* "St Mary's Hospital": how many words, the last of which says what it is. */
static size_t body_find(const struct leftover_words *words, size_t at) {
    enum { MOST = 6 };
    size_t telling = 0;
    const struct leftover_word *first = &words->list.items[at];
    if (!first->is_capital || leftover_is_starter(first->fold))
        return 0;
    for (size_t n = 0; n < MOST && at + n < words->list.n; n++) {
        const struct leftover_word *word = &words->list.items[at + n];
        bool is_little = !word->is_capital && is_little_word(word->fold);
        if (n && (!word->is_joined || word->is_listed || word->begins))
            return 0;
        if (n && word->is_capital && leftover_is_head(word->fold) && telling)
            return n + 1;
        if ((!word->is_capital && !is_little) ||
            (word->is_capital && n > 0 && leftover_is_starter(word->fold)))
            return 0;
        telling += word->is_capital && !leftover_is_generic(word->fold) &&
                   !leftover_is_initials(word->fold) && !leftover_is_role(word->fold);
    }
    return 0;
}

/* What begins at a word; its `length` is 0 if nothing does. */
static struct leftover leftover_at(const struct leftover_finder *finder, struct arena *arena,
                                   const struct leftover_words *words, size_t at) {
    const struct leftover_known *of = NULL;
    const struct leftover_word *first = &words->list.items[at];
    size_t known = known_find(finder, arena, words, at, &of);
    size_t titled = titled_find(words, at), body = body_find(words, at);
    struct leftover out = {.start = first->start};
    size_t n = known;
    if (known && known + 1 >= titled && known >= body) {
        out.kind = of->kind;
        out.is_known = true;
        out.instead = of->instead;
    } else if (titled) {
        n = titled;
        size_t named = known_find(finder, arena, words, at + 1, &of);
        out.is_known = named > 0;
        out.kind = named ? of->kind : LEFTOVER_PERSON;
        out.instead = named ? of->instead : "a colleague";
    } else if (body) {
        n = body;
        out.kind = LEFTOVER_ORGANISATION;
        out.instead = "an organisation";
    }
    if (n) {
        const struct leftover_word *last = &words->list.items[at + n - 1];
        out.length = last->start + last->length - out.start;
    }
    return out;
}

static int by_start(const void *a, const void *b) {
    const struct leftover *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->length < right->length) - (left->length > right->length);
}

/* Patterns found first keep their place: what lies in an address is part of it. */
static void overlaps_drop(struct leftovers *all) {
    size_t kept = 0;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct leftover *at = &all->list.items[i];
        const struct leftover *before = kept ? &all->list.items[kept - 1] : NULL;
        if (!before || at->start >= before->start + before->length)
            all->list.items[kept++] = *at;
        else if (at->start + at->length > before->start + before->length)
            all->list.items[kept - 1].length = at->start + at->length - before->start;
    }
    all->list.n = kept;
}

void leftover_find(const struct leftover_finder *finder, struct arena *arena, const char *text,
                   struct leftovers *out) {
    struct leftover_words words = leftover_words_of(arena, text);
    *out = (struct leftovers){0};
    leftover_patterns_find(arena, text, out);
    for (size_t i = 0; i < words.list.n; i++) {
        const struct leftover found = leftover_at(finder, arena, &words, i);
        if (found.length)
            list_add(arena, &out->list, found);
    }
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, by_start);
    overlaps_drop(out);
}

char *leftover_generalise(struct arena *arena, const char *text,
                          const struct leftovers *leftovers) {
    struct text out = text_new(arena);
    size_t at = 0;
    for (size_t i = 0; i < leftovers->list.n; i++) {
        const struct leftover *found = &leftovers->list.items[i];
        text_add_n(&out, text + at, found->start - at);
        text_add(&out, found->instead);
        at = found->start + found->length;
    }
    text_add(&out, text + at);
    return out.bytes ? out.bytes : arena_copy(arena, "");
}
