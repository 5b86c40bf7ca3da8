/* The path of one decision, from the team whose messages must arrive through whoever carries them
 * to those who have a say in each place; drawn from lines (deciding/deciding.h), so also from what
 * is being typed. A fixed layout: no Graphviz, a few microseconds. */
#ifndef ITHACA_DECIDING_PATH_H
#define ITHACA_DECIDING_PATH_H

#include "deciding/deciding.h"

struct path_step {
    const char *place; /* "In Council"; only with the first step there, else NULL */
    const char *who;   /* NULL: nobody decides here */
    const char *right;
    const char *way; /* "GP lead tells them"; NULL: nothing is to be said of it */
    bool is_who_gap, is_way_gap;
    bool is_unsure;  /* whether the way leads to them cannot be told yet */
    bool is_own;     /* it is a team that leads the change: its messages need no way */
    const char *gap; /* what is missing, as a sentence; or NULL */
};
struct path {
    const char *team; /* NULL: no team leads the change */
    LIST(struct path_step) steps;
    size_t gaps;
    const char *summary; /* "2 things are missing: ..." */
};

struct path path_of(const struct deciding *deciding, const struct deciding_lines *lines);

/* A text in at most `most` lines of `width` characters; the last ends with "…" where more was. */
struct names path_wrapped(struct arena *arena, const char *text, size_t width, size_t most);

#endif
