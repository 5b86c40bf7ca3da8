/* Finding records by words that stand in them.
 *
 * The index (db/fulltext.h) follows behind: whoever saves does not wait for it. A worker brings in
 * what was saved since, a few thousand records at a time; a search says whether it is behind.
 * Cost of bringing in what one save changed: looking which records those are, which grows with the
 * programme's; of a search: with the records that have the rarest word, and SEARCH_MOST.
 *
 * What a record says about one person's own situation (record/personal.h) is found only where it is
 * asked for. */
#ifndef ITHACA_SEARCH_H
#define ITHACA_SEARCH_H

#include "store/programme.h"

enum {
    SEARCH_MOST = 1000,      /* so many are found at most: those by title first, then the newest */
    SEARCH_WORDS_MOST = 12,  /* of a question; the others are left out, which is said */
    SEARCH_BYTES_MOST = 500, /* the same */
};

struct search_question {
    const char *words; /* as they were typed */
    bool sees_personal;
};

struct search_hit {
    const struct kind *kind;
    const char *key;
};

struct search_found {
    bool is_there;     /* something can be found: the index has begun */
    bool is_behind;    /* what was saved last is not in it yet */
    bool is_cut;       /* the question was too long: its beginning was asked */
    bool more;         /* there are more than SEARCH_MOST */
    const char *words; /* what was looked for, folded; "": nothing can be looked for */
    LIST(struct search_hit) hits;
};
/* Within db_read. */
enum err search(struct db *db, struct arena *arena, const struct programme *programme,
                const struct search_question *question, struct search_found *out) MUST_CHECK;

/* Brings some of what was saved into the index, of the first programme that is behind; `worked` is
 * false where none is. Not to be called within a transaction. */
enum err search_index_next(struct db *db, struct arena *arena, bool *worked) MUST_CHECK;

/* Within db_write: nothing of the programme stands in the index any more, until it is made anew. */
enum err search_forget(struct db *db, int64_t programme) MUST_CHECK;

#endif
