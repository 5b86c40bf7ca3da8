/* A full-text index, in either engine: FTS5 of SQLite, the text search of PostgreSQL.
 *
 * Whatever stands in it is made of what stands elsewhere, and can be made anew. So its table,
 * fulltext_item, which the engines do not share, is no step of the schema: it is made when it is
 * needed first, and is in no copy and no backup (db/copy.c).
 *
 * Words are folded before the engines see them: lower case, no accents, nothing but letters and
 * digits (Unicode's NFKD and case folding). So both find the same.
 *
 * To be called within db_read or db_write; what is given belongs to the arena. */
#ifndef ITHACA_FULLTEXT_H
#define ITHACA_FULLTEXT_H

#include "base/list.h"
#include "db/db.h"

/* The words of a text, folded, one space between two; "" if there are none. Whoever compares words
 * compares these. */
char *fulltext_fold(struct arena *arena, const char *text);

struct fulltext_item {
    int64_t id;        /* one that is there already is replaced */
    const char *marks; /* by which it can be narrowed down: "p12 kaction" */
    const char *about; /* what it stands for, as its owner knows it again */
    /* Folded. The reserved ones are found only by whoever asks for them, too. */
    const char *title, *words, *reserved;
};

/* Whether there is an index at all. Without one the others must not be called. */
enum err fulltext_is_there(struct db *db, bool *out) MUST_CHECK;
/* Within db_write: makes the table where it is not there. */
enum err fulltext_make(struct db *db) MUST_CHECK;
enum err fulltext_put(struct db *db, struct arena *arena,
                      const struct fulltext_item *item) MUST_CHECK;
enum err fulltext_remove(struct db *db, int64_t id) MUST_CHECK;
/* All that have this mark, so that nothing of it is left in the database's files either, once they
 * are scrubbed (db_scrub). */
enum err fulltext_clear(struct db *db, const char *mark) MUST_CHECK;
/* After much was put in: later questions are answered faster. */
enum err fulltext_settle(struct db *db) MUST_CHECK;

enum fulltext_where {
    FULLTEXT_TITLE,
    FULLTEXT_WORDS,
    FULLTEXT_RESERVED
}; /* each with those before */
struct fulltext_query {
    const char *marks; /* it has all of these */
    const char *words; /* folded: it has all of these; not "" */
    bool last_begins;  /* the last need only be the beginning of a word */
    enum fulltext_where where;
    bool in_any_order; /* where there are more than are wanted, any of them: PostgreSQL need not
                        * look at all of them then */
};
struct fulltext_hit {
    int64_t id;
    const char *about;
};
struct fulltext_hits {
    LIST(struct fulltext_hit) list; /* unless in any order: the greatest id, the newest, first */
};
enum err fulltext_find(struct db *db, struct arena *arena, const struct fulltext_query *query,
                       size_t most, struct fulltext_hits *out) MUST_CHECK;

#endif
