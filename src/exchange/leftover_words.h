/* The words of a text, and what is ordinary about them, for exchange/leftover.h. Private to
 * exchange/. */
#ifndef ITHACA_LEFTOVER_WORDS_H
#define ITHACA_LEFTOVER_WORDS_H

#include "base/list.h"
#include <stdbool.h>

struct leftover_word {
    size_t start, length;
    const char *fold;  /* small letters without accents, and without what nobody sees */
    bool is_capital;   /* its first letter */
    bool is_all_caps;  /* all of its letters, two at least */
    bool begins;       /* a sentence or a quotation, an item of a list, or the text */
    bool begins_line;  /* a heading, too, has no full stop */
    bool is_joined;    /* to the one before, by a little white space or punctuation at most */
    bool is_near;      /* the same, by an apostrophe or a hyphen alone */
    bool is_listed;    /* a comma stands before it, */
    bool is_dotted;    /* or a dot */
    bool has_dot;      /* a dot follows, */
    bool is_announced; /* or a colon */
};
struct leftover_words {
    LIST(struct leftover_word) list;
};
struct leftover_words leftover_words_of(struct arena *arena, const char *text);

/* How many bytes the letter, digit or accent has that begins there, or ends there; 0: it is none,
 * or no UTF-8. */
size_t leftover_letter(const char *at);
size_t leftover_letter_before(const char *text, size_t at);

/* All of a folded word's: a first or last name that is an everyday word, too ("may", "will"). */
bool leftover_is_everyday(const char *fold);
/* A month that is a first name, too. */
bool leftover_is_month(const char *fold);
/* Says what kind of organisation or team something is, not which ("trust", "council"). */
bool leftover_is_generic(const char *fold);
/* Ends the name of a place or a body ("hospital", "street"). */
bool leftover_is_head(const char *fold);
/* What somebody does ("manager", "nurse"). */
bool leftover_is_role(const char *fold);
/* "dr", "mrs" */
bool leftover_is_title(const char *fold);
/* Initials that everybody uses ("nhs", "mdt"). */
bool leftover_is_initials(const char *fold);
/* Begins sentences ("the", "each"). */
bool leftover_is_starter(const char *fold);

#endif
