/* Pictures of who is tied to whom and who decides what, drawn by Graphviz.
 *
 * Graphviz runs as a child process, in bounded time and memory: its licence (EPL) forbids linking.
 * It gets DOT, its language for graphs, and gives SVG. Labels come from people's workbooks:
 * whatever they hold must go through picture_dot_text or picture_dot_name, which leave nothing in
 * them that DOT or SVG could take for more than text. */
#ifndef ITHACA_GRAPHVIZ_H
#define ITHACA_GRAPHVIZ_H

#include "base/error.h"
#include "base/problem.h"
#include "base/text.h"

/* Draws `dot` with one of Graphviz's engines ("dot", "neato", "fdp", "sfdp"). The SVG belongs to
 * the arena; it starts with "<svg", so that it can stand in a page as well as in a file.
 * ERR_IO, with a message for people, where Graphviz is not installed, too slow or fails. */
enum err picture_draw(struct arena *arena, const char *dot, const char *engine, char **svg,
                      struct problems *problems) MUST_CHECK;

/* The SVG of picture_draw with its text equivalent, for those who cannot see it: a title, and all
 * that the picture says in words. Titles of single things in the picture stay. */
char *picture_describe(struct arena *arena, const char *svg, const char *title, const char *words);

/* Adds a text as a DOT string that is shown just as it is: a quoted label, broken into lines of
 * some 24 characters. Of a text longer than 300 characters the middle is left out, here and below.
 */
void picture_dot_text(struct text *out, const char *text);
/* The same with lines of some `width` characters. */
void picture_dot_wrapped(struct text *out, const char *text, size_t width);
/* Adds a text as the name of a node or cluster: a DOT string on one line, which is shown when
 * somebody points at the thing. */
void picture_dot_name(struct text *out, const char *text);

#endif
