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

static enum err steps_load(struct arena *arena, struct content *out, struct problems *problems) {
    struct files files = {0};
    files_add_builtin(arena, &files, "content/steps/", ".md");
    out->steps = arena_alloc_array(arena, files.list.n, sizeof *out->steps);
    out->step_count = files.list.n;
    for (size_t i = 0; i < files.list.n; i++) {
        struct page *step = &out->steps[i];
        enum err err = page_parse(arena, &files.list.items[i], step, problems);
        if (err)
            return err;
        if (page_header(step, "id") && page_header(step, "source"))
            continue;
        problem_add(problems, (struct place){.file = step->file},
                    "A step needs the header lines \"id\" and \"source\".");
        return ERR_INPUT;
    }
    return OK;
}

enum err content_load(struct arena *arena, struct content *out, struct problems *problems) {
    const struct {
        const char *path;
        struct page *page;
    } lists[] = {
        {"content/lines.md", &out->lines},           {"content/barriers.md", &out->barriers},
        {"content/mechanisms.md", &out->mechanisms}, {"content/competences.md", &out->competences},
        {"content/papers.md", &out->papers},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        enum err err = list_load(arena, lists[i].path, lists[i].page, problems);
        if (err)
            return err;
    }
    return steps_load(arena, out, problems);
}

const struct page *content_step(const struct content *content, const char *id) {
    for (size_t i = 0; i < content->step_count; i++)
        if (text_equal(page_header(&content->steps[i], "id"), id))
            return &content->steps[i];
    return NULL;
}

/* What people call the paper whose number the text begins with, or NULL. */
static const char *paper_name(struct arena *arena, const struct content *content,
                              const char *text) {
    const char *paper =
        page_header(&content->papers, arena_copy_n(arena, text, strcspn(text, " ")));
    return paper ? arena_copy_n(arena, paper, strcspn(paper, ";")) : NULL;
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
