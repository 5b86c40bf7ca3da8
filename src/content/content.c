#include "content/content.h"
#include "base/text.h"
#include <string.h>

static enum err list_load(struct arena *arena, const char *path, struct page *out,
                          struct problems *problems) {
    struct files files = {0};
    files_add_builtin(arena, &files, path, ".md");
    if (files.list.n != 1) {
        problem_add(problems, (struct place){.file = path}, "This file was not built in.");
        return ERR_IO;
    }
    return page_parse(arena, &files.list.items[0], out, problems);
}

/* "Fostering resilience (not evidenced)" */
static const char *title_of(struct arena *arena, const struct library_item *item) {
    const char *status = library_value(item, "status");
    return status && !text_equal(status, "supported")
               ? arena_format(arena, "%s (%s)", item->title, status)
               : item->title;
}

/* The items of a kind, a header line each. */
static struct page titles_of(struct arena *arena, const struct library *library,
                             const char *folder) {
    struct page out = {.file = arena_format(arena, "content/%s", folder)};
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        if (text_equal(item->kind->folder, folder) && !*item->language)
            list_add(arena, &out.headers.list,
                     (struct page_part){.name = item->id, .text = title_of(arena, item)});
    }
    return out;
}

static void steps_take(struct arena *arena, struct content *out) {
    const struct library *library = &out->library;
    out->steps = arena_alloc_array(arena, library->items.n + 1, sizeof *out->steps);
    for (size_t i = 0; i < library->items.n; i++) {
        const struct library_item *item = library->items.items[i];
        if (text_equal(item->kind->folder, "steps") && !*item->language)
            out->steps[out->step_count++] = item->page;
    }
}

enum err content_load(struct arena *arena, const char *folder, struct content *out,
                      struct problems *problems) {
    struct files own = {0};
    *out = (struct content){0};
    enum err err = folder ? files_add_folder(arena, &own, folder, ".md", problems) : OK;
    if (!err)
        err = library_load(arena, &own, &out->library, problems);
    if (!err)
        err = list_load(arena, "content/lines.md", &out->lines, problems);
    out->barriers = titles_of(arena, &out->library, "barriers");
    out->mechanisms = titles_of(arena, &out->library, "mechanisms");
    out->competences = titles_of(arena, &out->library, "competences");
    steps_take(arena, out);
    return err;
}

const struct page *content_step(const struct content *content, const char *id) {
    for (size_t i = 0; i < content->step_count; i++)
        if (text_equal(page_header(content->steps[i], "id"), id))
            return content->steps[i];
    return NULL;
}

/* What people call the paper whose number the text begins with, or NULL. */
static const char *paper_name(struct arena *arena, const struct content *content,
                              const char *text) {
    const struct library_item *paper =
        library_find(&content->library, "papers", arena_copy_n(arena, text, strcspn(text, " ")));
    return paper ? library_value(paper, "cite") : NULL;
}

char *content_cite(struct arena *arena, const struct content *content, const char *source) {
    size_t length = strcspn(source, " ");
    if (length == strlen("own") && text_starts_with(source, "own"))
        return arena_format(arena, "our own judgement%s%s", source[length] ? ":" : "",
                            source + length);
    struct text out = text_new(arena);
    for (char *piece; (piece = text_next_piece(arena, &source, ';'));) {
        const char *name = paper_name(arena, content, piece);
        const char *where = name ? text_trim(arena, piece + strcspn(piece, " ")) : piece;
        if (!name && !out.length)
            return NULL;
        text_add_format(&out, "%s%s%s%s", out.length ? "; " : "", name ? name : "",
                        name && *where ? ", " : "", where);
    }
    return out.bytes;
}

char *content_cite_papers(struct arena *arena, const struct content *content, const char *source) {
    struct text out = text_new(arena);
    if (text_starts_with(source, "own"))
        return content_cite(arena, content, "own");
    for (char *piece; (piece = text_next_piece(arena, &source, ';'));) {
        const char *name = paper_name(arena, content, piece);
        if (name)
            text_add_format(&out, "%s%s", out.length ? "; " : "", name);
    }
    return out.bytes;
}
