/* Some of a programme's records, read one by one as they are needed. What a page shows of a record
 * takes a few look-ups, however many records there are.
 *
 * To be called within db_read or db_write; everything belongs to the arena. */
#ifndef ITHACA_AROUND_H
#define ITHACA_AROUND_H

#include "store/programme.h"

struct around {
    struct db *db;
    struct arena *arena;
    const struct programme *programme;
    struct records records; /* those read so far, with what record_label needs */
};

struct around around_new(struct db *db, struct arena *arena, const struct programme *programme);

/* A record as it is now; `out->record` is NULL if there is none. */
struct around_found {
    struct record *record;
    int64_t id, revision; /* the record's own, and of its last change */
};
enum err around_record(struct around *around, const struct kind *kind, const char *key,
                       struct around_found *out) MUST_CHECK;
/* A record as it read once, with what its label needs; it is not among `records`. */
enum err around_version(struct around *around, const struct kind *kind, const char *key,
                        const char **cells, struct record **out) MUST_CHECK;
/* Besides, all that it refers to. */
enum err around_references(struct around *around, const struct record *record) MUST_CHECK;
/* All of a kind, in the order of its sheet: at most `most` of them from the number `from`, and
 * whether there are `more`. */
struct around_list {
    LIST(struct record *) list;
    bool more;
};
enum err around_kind(struct around *around, const struct kind *kind, size_t from, size_t most,
                     struct around_list *out) MUST_CHECK;

/* The same from the one after that key (NULL: from the first) on, which costs as much wherever that
 * is; `is_there` is false where the key is nobody's any more. */
enum err around_after(struct around *around, const struct kind *kind, const char *after,
                      size_t most, struct around_list *out, bool *is_there) MUST_CHECK;

/* Those of a kind in which a reference is to that key. */
enum err around_referring(struct around *around, const struct kind *kind, const char *field,
                          const char *key, struct around_list *out) MUST_CHECK;

/* Since when a record is written down, and who changed it last. */
struct around_history {
    int64_t first, last;         /* revisions */
    const char *first_at, *at;   /* UTC */
    const char *author, *reason; /* NULL: nobody said, or erased */
};
enum err around_history(struct around *around, const struct around_found *found,
                        struct around_history *out) MUST_CHECK;

#endif
