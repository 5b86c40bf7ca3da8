#include "picture/graphviz.h"
#include "picture/child.h"
#include <stdint.h>
#include <string.h>

static const struct child_limits limits = {
    .milliseconds = 20000,
    .memory = 1024UL * 1024 * 1024,
    .output = 32UL * 1024 * 1024,
};

/* That it ended well is no promise: `dot` may be anything that has this name. */
static bool is_whole_svg(const char *output) {
    const char *start = strstr(output, "<svg ");
    const char *attributes_end = start ? strchr(start, '>') : NULL;
    return attributes_end && strstr(attributes_end, "</svg>");
}

/* What has gone wrong, for people, or NULL. */
static const char *trouble(struct arena *arena, const struct child_result *result) {
    switch (result->end) {
    case CHILD_DONE:
        return is_whole_svg(result->output)
                   ? NULL
                   : "Graphviz gave no whole picture. Ask for another format; and please tell "
                     "whoever looks after Ithaca.";
    case CHILD_MISSING:
        return "Pictures are drawn by Graphviz, which is not installed here. Install it (on Debian "
               "and Ubuntu: apt-get install graphviz) and try again, or ask for another format.";
    case CHILD_SLOW:
        return arena_format(arena,
                            "The picture was not ready after %ld seconds, and drawing it was "
                            "stopped. Ask for a smaller part, or for another format.",
                            limits.milliseconds / 1000);
    case CHILD_LARGE:
        return arena_format(arena,
                            "The picture grew larger than %zu megabytes, and drawing it was "
                            "stopped. Ask for a smaller part, or for another format.",
                            limits.output / 1024 / 1024);
    case CHILD_FAILED:
        break;
    }
    size_t line = strcspn(result->complaint, "\n");
    return arena_format(arena,
                        "Graphviz could not draw this picture%s%.*s. Ask for another format; and "
                        "please tell whoever looks after Ithaca.",
                        line ? ": " : "", (int)line, result->complaint);
}

enum err picture_draw(struct arena *arena, const char *dot, const char *engine, char **svg,
                      struct problems *problems) {
    const char *layout = arena_format(arena, "-K%s", engine);
    const char *arguments[] = {"dot", layout, "-Tsvg", NULL};
    struct child_result result = child_run(arena, arguments, dot, &limits);
    const char *message = trouble(arena, &result);
    *svg = NULL;
    if (message) {
        problem_add(problems, (struct place){0}, "%s", message);
        return ERR_IO;
    }
    *svg = strstr(result.output, "<svg ");
    return OK;
}

/* Adds the body without the titles of the whole and of its boxes (clusters): they are names that
 * only Graphviz needs. Those of nodes and lines stay. */
static void add_body(struct text *out, const char *body) {
    static const char *const boxes[] = {"class=\"graph\"", "class=\"cluster\""};
    static const char title[] = "<title>", end[] = "</title>\n";
    for (const char *line = body, *next; *line; line = next) {
        next = strchrnul(line, '\n');
        next += *next == '\n';
        text_add_n(out, line, (size_t)(next - line));
        bool is_box = false;
        for (int i = 0; i < 2 && text_starts_with(line, "<g "); i++)
            is_box |= memmem(line, (size_t)(next - line), boxes[i], strlen(boxes[i])) != NULL;
        const char *over = is_box && text_starts_with(next, title) ? strstr(next, end) : NULL;
        next = over ? over + strlen(end) : next;
    }
}

char *picture_describe(struct arena *arena, const char *svg, const char *title, const char *words) {
    const char *attributes = svg + strlen("<svg ");
    const char *body = strchr(attributes, '>') + 1; /* picture_draw saw to it */
    struct text out = text_new(arena);
    text_add(&out, "<svg role=\"img\" aria-labelledby=\"picture-title picture-words\" ");
    text_add_n(&out, attributes, (size_t)(body - attributes));
    text_add(&out, "\n<title id=\"picture-title\">");
    text_add(&out, text_xml(arena, title));
    text_add(&out, "</title>\n<desc id=\"picture-words\">");
    text_add(&out, text_xml(arena, words));
    text_add(&out, "</desc>");
    add_body(&out, body);
    return out.bytes;
}

/* ---- text from outside ---- */

enum { LABEL_WIDTH = 24, TEXT_HEAD = 200, TEXT_TAIL = 99 };

/* Bytes of the UTF-8 character at `text`, which is well formed. */
static size_t character_bytes(const char *text) {
    size_t n = 1;
    while (((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* One character of a DOT string. An ampersand would begin an entity, a backslash an escape ("\N" is
 * the node's name). In names Graphviz keeps both backslashes of an escaped one. */
static void dot_character(struct text *out, const char *character, const char *backslash) {
    if (*character == '"')
        text_add(out, "\\\"");
    else if (*character == '\\')
        text_add(out, backslash);
    else if (*character == '&')
        text_add(out, "&amp;");
    else if (text_xml_allows(character))
        text_add_n(out, character, character_bytes(character));
}

/* Characters up to the next space. */
static size_t word_width(const char *text) {
    size_t width = 0;
    for (; *text && !is_space(*text); text += character_bytes(text))
        width++;
    return width;
}

/* The text; of a long one the beginning and the end, because Graphviz takes no string of more than
 * 16 KiB, and nobody reads as much in a picture. The end keeps the key that tells two names apart.
 */
static const char *shortened(struct arena *arena, const char *text) {
    size_t width = text_width(text);
    if (width <= TEXT_HEAD + 1 + TEXT_TAIL)
        return text;
    const char *head_end = text, *tail = text;
    for (size_t i = 0; i < width - TEXT_TAIL; i++) {
        tail += character_bytes(tail);
        head_end = i < TEXT_HEAD ? tail : head_end;
    }
    return arena_format(arena, "%.*s…%s", (int)(head_end - text), text, tail);
}

/* Words with a space between them, or a line break ("\n" in DOT) before what would make the line
 * longer than `width`. A longer word is cut. */
static void dot_words(struct text *out, const char *text, size_t width, const char *backslash) {
    size_t column = 0;
    text = shortened(out->arena, text);
    text_add_char(out, '"');
    while (*text) {
        if (is_space(*text)) {
            text++;
            continue;
        }
        if (column) {
            bool fits = column + 1 + word_width(text) <= width;
            text_add(out, fits ? " " : "\\n");
            column = fits ? column + 1 : 0;
        }
        for (; *text && !is_space(*text); text += character_bytes(text), column++) {
            if (column >= width) {
                text_add(out, "\\n");
                column = 0;
            }
            dot_character(out, text, backslash);
        }
    }
    text_add_char(out, '"');
}

void picture_dot_wrapped(struct text *out, const char *text, size_t width) {
    dot_words(out, text, width, "\\\\");
}

void picture_dot_text(struct text *out, const char *text) {
    picture_dot_wrapped(out, text, LABEL_WIDTH);
}

void picture_dot_name(struct text *out, const char *text) {
    dot_words(out, text, SIZE_MAX, "&#92;");
}
