#include "content/page.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>

struct page_reader {
    struct arena *arena;
    struct page *page;
    struct problems *problems;
    const char *rest;
    unsigned line;                /* of the line last read */
    const struct page_part *last; /* the part that was extended last, and its text */
    struct text growing;
};

/* The next line without its end, or NULL. */
static char *line_next(struct page_reader *reader) {
    if (*reader->rest == '\0')
        return NULL;
    size_t length = strcspn(reader->rest, "\n");
    const char *start = reader->rest;
    reader->rest += length + (start[length] == '\n');
    reader->line++;
    if (length && start[length - 1] == '\r')
        length--;
    return arena_copy_n(reader->arena, start, length);
}

static void block_read(struct page_reader *reader, const char *opening) {
    struct text text = text_new(reader->arena);
    struct page_part block = {text_trim(reader->arena, opening + 3), NULL, NULL, reader->line + 1};
    for (char *line; (line = line_next(reader));) {
        if (text_starts_with(line, "```")) {
            block.text = text.bytes;
            list_add(reader->arena, &reader->page->blocks.list, block);
            return;
        }
        text_add_format(&text, "%s\n", line);
    }
    problem_add(reader->problems, (struct place){.file = reader->page->file, .row = block.line - 1},
                "This block is opened with ``` and never closed.");
}

/* Adds `more` to the end of the last header or section. */
static void part_extend(struct page_reader *reader, struct page_parts *parts, const char *more,
                        const char *between) {
    struct page_part *last = &parts->list.items[parts->list.n - 1];
    if (!*last->text && text_blank(more)) {
        last->line++;
        return;
    }
    if (reader->last != last) {
        reader->last = last;
        reader->growing = text_new(reader->arena);
        text_add(&reader->growing, last->text);
    }
    text_add(&reader->growing, reader->growing.length ? between : "");
    text_add(&reader->growing, more);
    last->text = reader->growing.bytes;
}

static void header_read(struct page_reader *reader, const char *line) {
    struct page_parts *headers = &reader->page->headers;
    if (isspace((unsigned char)line[0]) && headers->list.n) {
        part_extend(reader, headers, text_trim(reader->arena, line), " ");
        return;
    }
    const char *colon = strchr(line, ':');
    if (!colon) {
        problem_add(reader->problems,
                    (struct place){.file = reader->page->file, .row = reader->line},
                    "\"%.60s\" is not a header line. Write \"name: value\"; indent a line that "
                    "continues the one above; begin the text with \"## \" and a title.",
                    line);
        return;
    }
    const char *name =
        text_trim(reader->arena, arena_copy_n(reader->arena, line, (size_t)(colon - line)));
    if (page_find(headers, name))
        problem_add(reader->problems,
                    (struct place){.file = reader->page->file, .row = reader->line},
                    "The header line \"%s\" is there twice. Keep one of them.", name);
    struct page_part header = {name, text_trim(reader->arena, colon + 1), NULL, reader->line};
    list_add(reader->arena, &headers->list, header);
}

/* "Why [004 Table 1]" is the section "Why" with a mark. */
static void section_begin(struct page_reader *reader, const char *title) {
    struct arena *arena = reader->arena;
    struct page_part section = {text_trim(arena, title), "", .line = reader->line + 1};
    const char *open = strrchr(section.name, '[');
    size_t length = strlen(section.name);
    if (open && section.name[length - 1] == ']') {
        section.mark = arena_copy_n(arena, open + 1, length - (size_t)(open - section.name) - 2);
        section.name =
            text_trim(arena, arena_copy_n(arena, section.name, (size_t)(open - section.name)));
    }
    list_add(arena, &reader->page->sections.list, section);
}

static void line_read(struct page_reader *reader, const char *line) {
    struct page *page = reader->page;
    if (text_has_control(line))
        problem_add(reader->problems, (struct place){.file = page->file, .row = reader->line},
                    "There is an invisible control character in this line, perhaps from copying "
                    "it out of another program. Delete the line and type it again.");
    else if (text_starts_with(line, "```"))
        block_read(reader, line);
    else if (text_starts_with(line, "# ") && !page->title)
        page->title = text_trim(reader->arena, line + 2);
    else if (text_starts_with(line, "## "))
        section_begin(reader, line + 3);
    else if (page->sections.list.n)
        part_extend(reader, &page->sections, line, "\n");
    else if (!text_blank(line))
        header_read(reader, line);
}

static bool page_too_long(struct page_reader *reader) {
    const struct page *page = reader->page;
    if (page->headers.list.n <= PAGE_PARTS_MAX && page->sections.list.n <= PAGE_PARTS_MAX &&
        page->blocks.list.n <= PAGE_PARTS_MAX && reader->problems->list.n <= PAGE_PARTS_MAX)
        return false;
    problem_add(reader->problems, (struct place){.file = page->file, .row = reader->line},
                "Reading stopped here: a page has at most %d header lines, sections or mistakes.",
                PAGE_PARTS_MAX);
    return true;
}

enum err page_parse(struct arena *arena, const struct file *file, struct page *out,
                    struct problems *problems) {
    size_t problems_before = problems->list.n;
    *out = (struct page){.file = file->path};
    struct page_reader reader = {
        .arena = arena, .page = out, .problems = problems, .rest = file->text};
    for (char *line; (line = line_next(&reader)) && !page_too_long(&reader);)
        line_read(&reader, line);
    for (size_t i = 0; i < out->sections.list.n; i++)
        out->sections.list.items[i].text = text_trim(arena, out->sections.list.items[i].text);
    if (!out->title)
        problem_add(problems, (struct place){.file = file->path, .row = 1},
                    "The page has no title. Begin it with \"# \" and a title.");
    return problems->list.n == problems_before ? OK : ERR_INPUT;
}

const struct page_part *page_find(const struct page_parts *parts, const char *name) {
    for (size_t i = 0; i < parts->list.n; i++)
        if (text_equal(parts->list.items[i].name, name))
            return &parts->list.items[i];
    return NULL;
}

const char *page_header(const struct page *page, const char *name) {
    const struct page_part *header = page_find(&page->headers, name);
    return header ? header->text : NULL;
}
