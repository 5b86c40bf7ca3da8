#include "exchange/leftover.h"
#include "base/text.h"
#include "exchange/leftover_forms.h"
#include "exchange/leftover_patterns.h"
#include "exchange/leftover_words.h"
#include <stdlib.h>

const char *const leftover_kind_words[LEFTOVER_KINDS] = {
    "a person",           "an organisation, a team or a place",
    "an e-mail address",  "an address of the web",
    "a telephone number", "a postcode",
    "a person's number"};

static const struct leftover_word *word_at(const struct leftover_words *words, size_t at) {
    return at < words->list.n ? &words->list.items[at] : NULL;
}

/* "the Price", "every Will" */
static bool is_after_article(const struct leftover_words *words, size_t at) {
    static const char *const articles[] = {"the",   "a",     "an",   "our", "this", "no",
                                           "every", "their", "your", "its", "each"};
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
    if (!word || !word->is_all_caps)
        return false;
    bool shouts = (before && before->is_all_caps && word->is_joined && !word->is_listed) ||
                  (after && after->is_all_caps && after->is_joined && !after->is_listed);
    return !shouts;
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
            found = slip_of(finder, leftover_without_letter(arena, word->fold, i), word);
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
        second ? index_find(&finder->forms, leftover_key(arena, word->fold, second)) : NULL};
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

/* What begins at a word, and of how many words it is; 0: nothing does. */
static size_t leftover_at(const struct leftover_finder *finder, struct arena *arena,
                          const struct leftover_words *words, size_t at, struct leftover *out) {
    const struct leftover_known *of = NULL;
    size_t known = known_find(finder, arena, words, at, &of);
    size_t titled = titled_find(words, at), body = body_find(words, at), n = known;
    const struct leftover_word *after = known ? word_at(words, at + known) : NULL;
    *out = (struct leftover){.start = words->list.items[at].start,
                             .kind = LEFTOVER_ORGANISATION,
                             .instead = "an organisation"};
    bool is_two = after && (text_equal(after->fold, "and") || text_equal(after->fold, "of"));
    if (is_two || (known > 1 && of->kind == LEFTOVER_PERSON))
        body = 0; /* somebody, and where they are from */
    if (!known || known + 1 < titled || known < body) {
        size_t named = titled ? known_find(finder, arena, words, at + 1, &of) : 0;
        n = !titled ? body : named + 1 > titled ? named + 1 : titled;
        known = named;
        if (titled) {
            out->kind = LEFTOVER_PERSON;
            out->instead = "a colleague";
        }
    }
    if (known) {
        out->kind = of->kind;
        out->is_known = true;
        out->instead = of->instead;
    }
    if (n) {
        const struct leftover_word *last = &words->list.items[at + n - 1];
        out->length = last->start + last->length - out->start;
    }
    return n;
}

static int by_start(const void *a, const void *b) {
    const struct leftover *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->length < right->length) - (left->length > right->length);
}

/* Of two that reach into one another one is made: what lies in an address is part of it. */
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
    struct leftover found;
    *out = (struct leftovers){0};
    leftover_patterns_find(arena, text, out);
    for (size_t i = 0, n; i < words.list.n; i += n && found.is_known ? n : 1) {
        n = leftover_at(finder, arena, &words, i, &found);
        if (n)
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
