#include "exchange/leftover_words.h"
#include "base/text.h"
#include "db/fulltext.h"
#include <unictype.h>
#include <unistr.h>

/* ---- letters ---- */

/* Soft hyphens and spaces of no width: copied along from elsewhere, seen by nobody. */
static bool is_unseen(ucs4_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

/* The character there and how many bytes it has; of bytes that are no UTF-8, one that is no letter.
 */
static size_t character_at(const char *at, ucs4_t *out) {
    int n = u8_strmbtouc(out, (const uint8_t *)at);
    if (n > 0)
        return (size_t)n;
    *out = 0xFFFD;
    return 1;
}

static bool is_letter(ucs4_t c) {
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                                   UC_CATEGORY_MASK_M);
}

size_t leftover_letter(const char *at) {
    ucs4_t c;
    unsigned char first = (unsigned char)*at;
    if (first < 0x80)
        return (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') ||
               (first >= 'a' && first <= 'z');
    size_t n = character_at(at, &c);
    return is_letter(c) ? n : 0;
}

size_t leftover_letter_before(const char *text, size_t at) {
    enum { LONGEST = 4 };
    size_t n = 1;
    if (!at)
        return 0;
    while (n < at && n < LONGEST && ((unsigned char)text[at - n] & 0xC0) == 0x80)
        n++;
    return leftover_letter(text + at - n) == n ? n : 0;
}

/* ---- words ---- */

/* What stands between two words. */
struct gap {
    size_t characters, lines;
    bool ends;  /* a sentence, or begins a quotation or an item of a list */
    bool parts; /* what it parts is not one name */
    bool dot, comma, is_near, is_hyphen;
};

static void gap_add(struct gap *gap, ucs4_t c, ucs4_t before, bool is_last) {
    bool after_space = gap->characters && (before == ' ' || before == '\n' || before == '\t');
    gap->characters += !is_unseen(c);
    switch (c) {
    case '\n':
        gap->lines++;
        break;
    case '.':
        gap->dot = true;
        gap->ends |= !is_last;
        break;
    case ',':
        gap->comma = true;
        break;
    case '-':
    case 0x2010:
    case 0x2011:
        gap->is_hyphen = true;
        gap->ends |= gap->lines > 0;
        gap->parts |= after_space;
        break;
    case '*':
    case '_':
        gap->ends |= gap->lines > 0;
        gap->parts |= gap->lines > 0;
        break;
    case '\'':
        gap->ends |= after_space;
        gap->parts |= after_space;
        break;
    case 0x2019:
    case 0x2BC:
        break;
    case '!':
    case '?':
    case ':':
    case '"':
    case 0x201C:
    case 0x2018:
        gap->ends = gap->parts = true;
        break;
    default:
        gap->parts |= !is_unseen(c) && !uc_is_property_white_space(c);
    }
}

static struct gap gap_between(const char *text, size_t start, size_t end) {
    struct gap gap = {0};
    ucs4_t c = 0, before = 0;
    for (size_t at = start; at < end; before = c) {
        at += character_at(text + at, &c);
        gap_add(&gap, c, before, at >= end);
    }
    bool is_apostrophe = c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2BC;
    if (gap.characters == 1 && (gap.is_hyphen || is_apostrophe)) {
        gap.is_near = true;
        gap.ends = gap.parts = false; /* of a name, though it is one that opens a quotation */
    }
    gap.ends |= gap.lines > 1;
    return gap;
}

/* How far a word goes that begins there; its letters without what nobody sees. */
static size_t word_read(const char *text, size_t at, struct text *letters) {
    size_t end = at;
    for (size_t next = at; text[next];) {
        ucs4_t c;
        size_t n = leftover_letter(text + next);
        if (n) {
            text_add_n(letters, text + next, n);
            end = next + n;
        } else {
            n = character_at(text + next, &c);
            if (!is_unseen(c))
                break;
        }
        next += n;
    }
    return end;
}

static bool is_capital_letter(ucs4_t c) { /* letters of scripts without small ones, too */
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt |
                                                   UC_CATEGORY_MASK_Lo);
}

static bool all_caps(const char *letters) {
    size_t capitals = 0;
    ucs4_t c;
    for (size_t n; *letters; letters += n) {
        n = character_at(letters, &c);
        if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M))
            continue;
        if (!is_capital_letter(c))
            return false;
        capitals++;
    }
    return capitals > 1;
}

/* A dot after a title or an initial ends nothing. */
static bool is_cut_short(const struct leftover_word *word) {
    return leftover_is_title(word->fold) || (word->is_capital && text_width(word->fold) == 1);
}

static void word_add(struct arena *arena, const char *text, size_t start, size_t end,
                     const char *letters, struct leftover_words *out) {
    enum { LITTLE = 4 };
    struct leftover_word *before = out->list.n ? &out->list.items[out->list.n - 1] : NULL;
    size_t from = before ? before->start + before->length : 0;
    const struct gap gap = gap_between(text, from, start);
    ucs4_t first;
    character_at(letters, &first);
    bool ends =
        gap.ends && !(before && gap.dot && !gap.parts && gap.lines < 2 && is_cut_short(before));
    if (before) {
        before->is_announced = text[from] == ':';
        before->has_dot = text[from] == '.';
    }
    list_add(arena, &out->list,
             (struct leftover_word){.start = start,
                                    .length = end - start,
                                    .fold = fulltext_fold(arena, letters),
                                    .is_capital = is_capital_letter(first),
                                    .is_all_caps = all_caps(letters),
                                    .begins = !before || ends,
                                    .begins_line = !before || gap.lines,
                                    .is_joined = before && !gap.parts && gap.characters <= LITTLE &&
                                                 gap.lines < 2,
                                    .is_near = before && gap.is_near,
                                    .is_listed = gap.comma,
                                    .is_dotted = gap.dot});
}

struct leftover_words leftover_words_of(struct arena *arena, const char *text) {
    struct leftover_words out = {0};
    struct text letters = text_new(arena);
    for (size_t at = 0; text[at];) {
        ucs4_t c;
        if (!leftover_letter(text + at)) {
            at += character_at(text + at, &c);
            continue;
        }
        letters.length = 0;
        size_t end = word_read(text, at, &letters);
        word_add(arena, text, at, end, letters.bytes, &out);
        at = end;
    }
    if (out.list.n) {
        struct leftover_word *last = &out.list.items[out.list.n - 1];
        last->is_announced = text[last->start + last->length] == ':';
        last->has_dot = text[last->start + last->length] == '.';
    }
    return out;
}
