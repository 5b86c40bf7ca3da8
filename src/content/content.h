/* What the program knows from the papers: content/ in the source tree, built in, and beside it a
 * site's own folder of such pages (content/library.h). */
#ifndef ITHACA_CONTENT_H
#define ITHACA_CONTENT_H

#include "content/library.h"

struct content {
    struct library library;
    struct page lines; /* what the diagnosis must be able to find, by id: D1 ... I6 */
    /* Of these parts of the library a header line each, the id and the title: */
    struct page barriers, mechanisms, competences;
    const struct page **steps; /* in order */
    size_t step_count;
};

/* Loads and checks what is built in, and what is in `folder` (NULL: there is none). */
enum err content_load(struct arena *arena, const char *folder, struct content *out,
                      struct problems *problems) MUST_CHECK;

/* The step of that id ("s1"), or NULL. */
const struct page *content_step(const struct content *content, const char *id);

/* "004 Table 2; 001 Editorial" as people cite it: "Kozłowska et al. 2020, Table 2; Goodwin 2020,
 * Editorial"; "own because ..." as "our own judgement: because ...". NULL if it begins with no
 * paper. */
char *content_cite(struct arena *arena, const struct content *content, const char *source);
/* The papers alone: "Kozłowska et al. 2020; Goodwin 2020". NULL if there is none. */
char *content_cite_papers(struct arena *arena, const struct content *content, const char *source);

#endif
