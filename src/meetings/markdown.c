#include "meetings/markdown.h"
#include <cmark.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Below the page's own heading. */
static void heading_lower(cmark_node *node) {
    if (cmark_node_get_heading_level(node) < 2)
        cmark_node_set_heading_level(node, 2);
}

/* It would be fetched from elsewhere: only the words that stand for it stay. */
static void image_drop(cmark_node *image) {
    cmark_node *child;
    while ((child = cmark_node_first_child(image)))
        cmark_node_insert_before(image, child);
    cmark_node_free(image);
}

/* Images inside others come out with them, and are found again. One pass for each: what is gone
 * must not be walked on. */
static void tree_tame(cmark_node *root) {
    bool changed;
    do {
        cmark_iter *iter = cmark_iter_new(root);
        cmark_event_type event;
        changed = false;
        while (!changed && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
            cmark_node *node = cmark_iter_get_node(iter);
            cmark_node_type type = cmark_node_get_type(node);
            if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_HEADING)
                heading_lower(node);
            changed = event == CMARK_EVENT_EXIT && type == CMARK_NODE_IMAGE;
            if (changed)
                image_drop(node);
        }
        cmark_iter_free(iter);
    } while (changed);
}

const char *markdown_html(struct arena *arena, const char *markdown) {
    enum { OPTIONS = CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS };
    cmark_node *root = cmark_parse_document(markdown, strlen(markdown), OPTIONS);
    if (!root)
        abort();
    tree_tame(root);
    char *html = cmark_render_html(root, OPTIONS);
    const char *out = arena_copy(arena, html);
    free(html);
    cmark_node_free(root);
    return out;
}
