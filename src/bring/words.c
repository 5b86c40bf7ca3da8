#include "bring/words.h"
#include "base/text.h"
#include "content/files.h"
#include <ctype.h>

#define FOLDER "content/bring/"
#define ENDING ".words"

/* ---- plain letters ---- */

/* U+00C0 to U+00FF without their accents. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/* Adds the letter that begins at `c`, if it is one; gives how many bytes it takes. */
static size_t letter_add(struct text *out, const char *c) {
    unsigned char first = (unsigned char)*c, second = (unsigned char)c[1];
    if (first < 0x80) {
        if (isalnum(first))
            text_add_char(out, (char)tolower(first));
        return 1;
    }
    if (first == 0xC3 && second >= 0x80) {
        char plain = latin[second - 0x80];
        if (second == 0x9F) /* ß */
            text_add(out, "ss");
        else if (plain != ' ')
            text_add_char(out, plain);
        return 2;
    }
    size_t n = 1;
    while (((unsigned char)c[n] & 0xC0) == 0x80)
        n++;
    /* U+00A0 to U+00BF, and dashes, quotation marks and the like, are no letters. */
    bool is_sign = first == 0xC2 || (first == 0xE2 && second == 0x80);
    if (!is_sign)
        text_add_n(out, c, n);
    return n;
}

char *words_plain(struct arena *arena, const char *text) {
    struct text out = text_new(arena);
    bool parted = false;
    for (const char *c = text; *c;) {
        size_t before = out.length;
        if (parted && before)
            text_add_char(&out, ' ');
        size_t from = out.length;
        c += letter_add(&out, c);
        if (out.length == from) { /* it was no letter: the words are parted there */
            if (out.length > before)
                out.bytes[--out.length] = '\0';
            parted = true;
        } else
            parted = false;
    }
    return out.bytes ? out.bytes : arena_copy(arena, "");
}

bool words_within(const char *text, const char *words) {
    size_t n = strlen(words);
    for (const char *at = text; n && (at = strstr(at, words)); at++)
        if ((at == text || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

/* ---- the files ---- */

static void refuse(struct problems *problems, const char *file, unsigned row, const char *why) {
    problem_add(problems, (struct place){.file = file, .row = row}, "%s", why);
}

static void line_take(struct arena *arena, struct word_list *list, const char *subject,
                      const char *rest) {
    const char *equals = strchr(subject, '=');
    bool is_set = text_starts_with(subject, ":=");
    struct word word = {.what = WORDS_HEADING, .target = arena_copy(arena, subject)};
    if (is_set) {
        list->set = text_trim(arena, subject + 2);
        list->set_to = text_trim(arena, rest);
        return;
    }
    if (equals) {
        word.what = WORDS_VALUE;
        word.target = text_trim(arena, arena_copy_n(arena, subject, (size_t)(equals - subject)));
        word.value = text_trim(arena, equals + 1);
    }
    for (const char *piece; (piece = text_next_piece(arena, &rest, ','));) {
        word.words = words_plain(arena, piece);
        if (!*word.words) /* a sign, such as a tick */
            word.words = piece;
        if (text_equal(subject, "*"))
            list_add(arena, &list->names, word.words);
        else if (text_equal(subject, "!"))
            list_add(arena, &list->needs, piece);
        else
            list_add(arena, &list->words, word);
    }
}

static void file_read(struct arena *arena, const struct file *file, struct word_lists *out,
                      struct problems *problems) {
    size_t from = strlen(FOLDER), length = strlen(file->path) - from - strlen(ENDING);
    struct word_list list = {.name = arena_copy_n(arena, file->path + from, length)};
    list.kind = kind_find(list.name);
    if (!list.kind && !text_equal(list.name, "common"))
        refuse(problems, file->path, 0, "There is no kind of record of this name.");
    const char *rest = file->text;
    unsigned row = 0;
    for (const char *line; rest && (line = text_next_piece(arena, &rest, '\n'));) {
        row++;
        if (!*line || *line == '#')
            continue;
        /* ":=" begins a line; the colon behind the subject is another. */
        const char *colon = strchr(line + (*line == ':'), ':');
        if (!colon) {
            refuse(problems, file->path, row, "There is no colon in this line.");
            continue;
        }
        line_take(arena, &list, text_trim(arena, arena_copy_n(arena, line, (size_t)(colon - line))),
                  colon + 1);
    }
    list_add(arena, &out->list, list);
}

enum err words_load(struct arena *arena, struct word_lists *out, struct problems *problems) {
    struct files files = {0};
    size_t before = problems->list.n;
    *out = (struct word_lists){0};
    files_add_builtin(arena, &files, FOLDER, ENDING);
    for (size_t i = 0; i < files.list.n; i++)
        file_read(arena, &files.list.items[i], out, problems);
    for (size_t i = 0; i < out->list.n; i++)
        if (!out->list.items[i].kind)
            out->common = &out->list.items[i];
    return problems->list.n > before ? ERR_INPUT : OK;
}

const char *words_value(const struct word_list *list, const char *target, const char *plain) {
    for (size_t i = 0; i < list->words.n; i++) {
        const struct word *word = &list->words.items[i];
        if (word->what == WORDS_VALUE && text_equal(word->target, target) &&
            text_equal(word->words, plain))
            return word->value;
    }
    return NULL;
}
