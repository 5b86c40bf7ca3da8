#include "base/capture.h"
#include "decisions/decisions.h"
#include "picture/graphviz.h"

/* What the picture says, in words. */
static char *words_say(const struct decisions *decisions) {
    struct capture capture;
    capture_begin(&capture);
    struct printer printer = {.out = capture.file};
    decisions_render_text(&printer, decisions);
    return capture_end(&capture, decisions->arena);
}

enum err decisions_render_svg(const struct decisions *decisions, char **svg,
                              struct problems *problems) {
    struct arena *arena = decisions->arena;
    enum err err = picture_draw(arena, decisions_render_dot(decisions), "dot", svg, problems);
    if (!err)
        *svg = picture_describe(
            arena, *svg,
            arena_format(arena, "%s: who decides, and who tells them", decisions->programme),
            words_say(decisions));
    return err;
}

struct decisions decisions_open(const struct decisions *decisions, size_t most) {
    struct decisions open = *decisions;
    open.list.items = NULL;
    open.list.n = open.list.room = 0;
    for (size_t i = 0; i < decisions->list.n && open.list.n < most; i++)
        if (decisions->list.items[i]->is_open)
            list_add(decisions->arena, &open.list, decisions->list.items[i]);
    return open;
}
