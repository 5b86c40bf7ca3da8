#include "store/redact.h"
#include "base/text.h"
#include <ctype.h>
#include <stdint.h>

enum { NO_BREAK_SPACE = 0xA0, PART_SHORTEST = 3 };

/* ---- characters ---- */

/* The character at `*text`, which is UTF-8, and moves behind it; 0 at the end. */
static uint32_t character_next(const char **text) {
    const unsigned char *at = (const unsigned char *)*text;
    size_t more = at[0] < 0xC0 ? 0 : at[0] < 0xE0 ? 1 : at[0] < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? at[0] : at[0] & (0x3Fu >> more);
    if (!c)
        return 0;
    for (size_t i = 1; i <= more; i++)
        c = c << 6 | (at[i] & 0x3Fu);
    *text += more + 1;
    return c;
}

/* The one before `*at`, and moves to it; 0 at the start. */
static uint32_t character_before(const char *start, const char **at) {
    if (*at == start)
        return 0;
    do
        --*at;
    while (*at > start && ((unsigned char)**at & 0xC0) == 0x80);
    const char *copy = *at;
    return character_next(&copy);
}

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == NO_BREAK_SPACE ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

/* Letters and digits of any alphabet, the marks put on them included. */
static bool is_letter(uint32_t c) {
    if (c < 0x80)
        return isalnum((int)c);
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xE000 && c <= 0xF8FF) &&
           !(c >= 0x1F000 && c <= 0x1FAFF);
}

/* As names are compared. */
static uint32_t character_fold(uint32_t c) {
    if (c < 0x80)
        return (uint32_t)tolower((int)c);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if (c == 0x178)
        return 0xFF;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1); /* capitals are odd here */
    if ((c >= 0x100 && c <= 0x177 && c != 0x130 && c != 0x131 && c != 0x138) ||
        (c >= 0x1E00 && c <= 0x1EFF))
        return c | 1;
    return c == 0x2019 || c == 0x2BC ? '\'' : c == 0x2010 || c == 0x2011 ? '-' : c;
}

/* ---- finding ---- */

/* Whether what stands on either side belongs to the same word. */
static bool joins(const struct redact_word *word, uint32_t c, uint32_t beyond) {
    return is_letter(c) ||
           (word->is_key && (c == '-' || c == '_' || (c == '.' && is_letter(beyond))));
}

/* How many bytes of `at` the word takes up; 0 if it is not there. */
static size_t length_at(const struct redact_word *word, const char *at) {
    const char *wanted = word->word, *start = at;
    while (*wanted) {
        uint32_t want = character_next(&wanted), have = character_next(&at);
        if (is_space(want) && !word->is_key) {
            if (!is_space(have))
                return 0;
            for (const char *next = at; is_space(character_next(&next)); at = next)
                ;
        } else if (word->is_key ? want != have : character_fold(want) != character_fold(have)) {
            return 0;
        }
    }
    return (size_t)(at - start);
}

/* The word at `at` in a text. */
static const struct redact_word *word_at(const struct redaction *redaction, const char *text,
                                         const char *at, size_t *length) {
    const char *left = at;
    uint32_t before = character_before(text, &left), before_that = character_before(text, &left);
    for (size_t i = 0; i < redaction->words.n; i++) {
        const struct redact_word *word = &redaction->words.items[i];
        const char *first = word->word;
        bool begins = !is_letter(character_next(&first)) || !joins(word, before, before_that);
        *length = begins ? length_at(word, at) : 0;
        if (!*length)
            continue;
        const char *end = at + *length, *last = end;
        bool ends_with_letter = is_letter(character_before(at, &last));
        uint32_t after = character_next(&end), after_that = character_next(&end);
        if (!ends_with_letter || !joins(word, after, after_that))
            return word;
    }
    return NULL;
}

const char *redact(const struct redaction *redaction, const char *text) {
    struct text out = text_new(redaction->arena);
    const char *copied = text;
    for (const char *at = text; at && *at;) {
        size_t length = 0;
        const struct redact_word *word = word_at(redaction, text, at, &length);
        if (!word) {
            (void)character_next(&at);
            continue;
        }
        text_add_n(&out, copied, (size_t)(at - copied));
        text_add(&out, word->instead);
        at += length;
        copied = at;
    }
    if (copied == text)
        return text;
    text_add(&out, copied);
    return out.bytes;
}

/* ---- the words ---- */

struct redaction redaction_new(struct arena *arena) {
    return (struct redaction){.arena = arena};
}

static void word_add(struct redaction *redaction, struct redact_word word) {
    size_t length = strlen(word.word), at = redaction->words.n;
    for (size_t i = 0; i < redaction->words.n; i++)
        if (text_equal(redaction->words.items[i].word, word.word))
            return;
    list_add(redaction->arena, &redaction->words, word);
    for (; at && strlen(redaction->words.items[at - 1].word) < length; at--)
        redaction->words.items[at] = redaction->words.items[at - 1];
    redaction->words.items[at] = word;
}

/* With one space between its words. */
static const char *spaces_even(struct arena *arena, const char *name) {
    struct text out = text_new(arena);
    bool space = false;
    text_add(&out, "");
    for (const char *at = name, *start = at; *at; start = at) {
        if (is_space(character_next(&at))) {
            space = out.length > 0;
            continue;
        }
        if (space)
            text_add_char(&out, ' ');
        space = false;
        text_add_n(&out, start, (size_t)(at - start));
    }
    return out.bytes;
}

static bool has_letter(const char *text) {
    while (*text)
        if (is_letter(character_next(&text)))
            return true;
    return false;
}

void redaction_add_name(struct redaction *redaction, const char *name) {
    if (!name || !has_letter(name) || text_equal(REDACTED, name))
        return;
    word_add(redaction, (struct redact_word){spaces_even(redaction->arena, name), REDACTED, false});
}

void redaction_add_key(struct redaction *redaction, const char *key, const char *instead) {
    word_add(redaction, (struct redact_word){key, instead, true});
}

struct redaction redaction_parts(const struct redaction *redaction) {
    static const char *const common[] = {"the",  "and",       "for", "mrs",  "miss", "mister",
                                         "prof", "professor", "sir", "dame", "lord", "lady"};
    struct redaction parts = redaction_new(redaction->arena);
    for (size_t i = 0; i < redaction->words.n; i++) {
        const char *at = redaction->words.items[i].word;
        while (*at) {
            const char *start = at, *end = at;
            size_t letters = 0;
            for (uint32_t c; (c = character_next(&at)) && is_letter(c); letters++)
                end = at;
            char *part = arena_copy_n(redaction->arena, start, (size_t)(end - start));
            bool is_common = false;
            for (size_t c = 0; c < sizeof common / sizeof *common; c++)
                is_common |= text_same_name(part, common[c]);
            if (letters >= PART_SHORTEST && !is_common)
                word_add(&parts, (struct redact_word){part, REDACTED, false});
        }
    }
    return parts;
}
