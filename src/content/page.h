/* Pages: Markdown files that people read and the program understands.
 *
 *     # Title
 *
 *     name: value
 *     other: a longer value
 *         that goes on, indented
 *
 *     ## A section
 *     Its text.
 *
 *     ```sql
 *     a block
 *     ```
 *
 * Rules and content are pages. Everything points into the arena. */
#ifndef ITHACA_PAGE_H
#define ITHACA_PAGE_H

#include "content/files.h"

enum { PAGE_PARTS_MAX = 500 }; /* header lines, sections or blocks of one page */

struct page_part {
    const char *name; /* header: its name; section: its title; block: its language */
    const char *text;
    const char
        *mark;     /* section: what stood in [square brackets] at the end of its title, or NULL */
    unsigned line; /* where the text begins; the first line is 1 */
};

struct page_parts {
    LIST(struct page_part) list;
};

struct page {
    const char *file, *title;
    struct page_parts headers, sections, blocks;
};

enum err page_parse(struct arena *arena, const struct file *file, struct page *out,
                    struct problems *problems) MUST_CHECK;

/* The first part of that name, or NULL. */
const struct page_part *page_find(const struct page_parts *parts, const char *name);
/* The text of the header of that name, or NULL. */
const char *page_header(const struct page *page, const char *name);

#endif
