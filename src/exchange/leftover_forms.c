#include "exchange/leftover_forms.h"
#include "base/text.h"
#include "exchange/leftover_words.h"

const char *leftover_key(struct arena *arena, const char *first, const char *second) {
    return second ? arena_format(arena, "%s %s", first, second) : first;
}

static void form_add(struct leftover_finder *finder, const struct leftover_known *of,
                     enum written written, const char *const *words, size_t n) {
    struct arena *arena = finder->arena;
    if (!n || !*words[0])
        return;
    const char *key = leftover_key(arena, words[0], n > 1 ? words[1] : NULL);
    struct forms *forms = index_find(&finder->forms, key);
    struct form *form = arena_alloc(arena, sizeof *form);
    if (!forms) {
        forms = arena_alloc(arena, sizeof *forms);
        *forms = (struct forms){0};
        index_add(arena, &finder->forms, key, forms);
    }
    *form = (struct form){.n = n < FORM_WORDS_MOST ? n : FORM_WORDS_MOST,
                          .written = written,
                          .of = of,
                          .next = forms->first};
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
const char *leftover_without_letter(struct arena *arena, const char *word, size_t at) {
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
            slip_put(finder, leftover_without_letter(finder->arena, word, i), word, of);
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
    const char *form[FORM_WORDS_MOST + 1], *initial = initial_of(arena, first);
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
        form[0] = arena_format(arena, "%s%s", initial, last[0]);
        for (size_t i = 1; i < n; i++)
            form[i] = last[i];
        form_add(finder, of, WRITTEN_ANY, form, n);
        const char *const by_first[] = {first, joined.bytes};
        form_add(finder, of, WRITTEN_ANY, by_first, 2);
        const char *const by_initial[] = {initial, joined.bytes};
        form_add(finder, of, WRITTEN_INITIAL, by_initial, 2);
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
    const char *form[FORM_WORDS_MOST];
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
    const char *name[FORM_WORDS_MOST];
    size_t n = 0;
    if (tells_no_person(&words))
        return;
    for (size_t i = 0; i < words.list.n && n < FORM_WORDS_MOST; i++)
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
    const char *name[FORM_WORDS_MOST];
    struct text all = text_new(arena), main_ones = text_new(arena);
    size_t n = 0, telling = 0, end = 0, begin = 0;
    for (size_t i = 0; i < words.list.n && n < FORM_WORDS_MOST; i++) {
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
