/* Minutes as HTML: Markdown, in which no HTML and no address that could run something is let
 * through. */
#ifndef ITHACA_MARKDOWN_H
#define ITHACA_MARKDOWN_H

#include "base/arena.h"

/* Headings are put below the page's own. The HTML belongs to the arena. */
const char *markdown_html(struct arena *arena, const char *markdown);

#endif
