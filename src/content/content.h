/* What the program knows from the papers: content/ in the source tree, built in.
 *
 * Some of it is lists ("barriers.md": a header line per barrier, its id and title); the steps are a
 * page each. The rest of the library arrives with its own issue. */
#ifndef ITHACA_CONTENT_H
#define ITHACA_CONTENT_H

#include "content/page.h"

struct content {
    struct page lines;       /* what the diagnosis must be able to find, by id: D1 ... I6 */
    struct page barriers;    /* the 27 barriers of the case study */
    struct page mechanisms;  /* the ten candidate mechanisms of the review */
    struct page competences; /* the ten competences */
    struct page papers;      /* the five papers: id, then short name, then the citation */
    struct page *steps;      /* the eight steps, in order */
    size_t step_count;
};

/* Loads and checks what is built in. */
enum err content_load(struct arena *arena, struct content *out,
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
