/* Finding pages of the library by words.
 *
 * The words of pages and of questions are folded (db/fulltext.h) and cut back to their stems
 * (Snowball, English), so that "decides" finds "decision". A page need not have all of the words:
 * those that have more of them, and rarer ones, come first, and where a word stands counts: most in
 * the title, more at the beginning than further down. Both databases answer alike, since they are
 * only asked which pages have a word; the reckoning is done here:
 *
 *     a page's score = sum over the words it has of  weight(where) * log(pages / pages with it)
 *
 * and half of that for studies and papers, which are found from the pages that rest on them. Other
 * words that people use for the thing (the header line "also") count as in the title.
 *
 * A word that LIBRARY_WORD_MOST pages have in one place is not looked for further down: it tells
 * pages apart hardly at all. So a search costs little more in a large library than in a small one.
 */
#ifndef ITHACA_LIBRARY_SEARCH_H
#define ITHACA_LIBRARY_SEARCH_H

#include "content/library.h"
#include "db/db.h"

enum {
    LIBRARY_FOUND_MOST = 50,
    LIBRARY_WORDS_MOST = 12, /* of a question; the others are left out, which is said */
    LIBRARY_WORD_MOST = 400, /* more than a site can have: what is built in, and FOLDER_FILES_MAX */
};

struct library_found {
    bool is_there;              /* the library can be searched: the index is made */
    bool is_cut;                /* the question was too long: its beginning was asked */
    struct library_items items; /* the likeliest first */
};

/* `folder` NULL: of any kind. Within db_read. */
enum err library_search(struct db *db, struct arena *arena, const struct library *library,
                        const char *folder, const char *words,
                        struct library_found *out) MUST_CHECK;

/* Brings the library into the index, where another version of it, or none, stands there; `worked`
 * says whether it did. Not to be called within a transaction. */
enum err library_index(struct db *db, struct arena *arena, const struct library *library,
                       bool *worked) MUST_CHECK;

/* The words of a text as the index has them: folded, their stems, one space between two. */
char *library_stems(struct arena *arena, const char *text);

#endif
