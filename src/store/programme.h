/* The programmes of a store: which there are, and the records of one.
 *
 * A programme's records are read as sheets, the same as from a workbook, and go through the same
 * checks; nothing behind them needs to know where they came from. Everything belongs to the arena
 * handed in. */
#ifndef ITHACA_PROGRAMME_H
#define ITHACA_PROGRAMME_H

#include "db/db.h"
#include "record/records.h"

struct programme {
    int64_t id;
    const char *key, *name;
    int64_t revision; /* the newest; 0 if nothing was ever saved */
    const char *link; /* of the chain, at that revision */
};

struct programmes {
    LIST(struct programme) list; /* by key */
};

/* Of a row that begins with a programme's id, key, name, revision and link. */
struct programme programme_of_row(struct arena *arena, const struct db_rows *rows);

/* These are to be called within db_read or db_write. */
enum err programmes_list(struct db *db, struct arena *arena, struct programmes *out) MUST_CHECK;
/* `out->id` is 0 if there is none. */
enum err programme_look(struct db *db, struct arena *arena, const char *key,
                        struct programme *out) MUST_CHECK;
/* ERR_INPUT, with the nearest key in the message, if there is none; a NULL key means the only
 * programme there is. */
enum err programme_find(struct db *db, struct arena *arena, const char *key,
                        struct programme *out) MUST_CHECK;
/* The same; `or_all` if the message should name --all, too. */
enum err programme_choose(struct db *db, struct arena *arena, const char *key, bool or_all,
                          struct programme *out) MUST_CHECK;
/* Within db_write: keeps other writers of the programme out until the end of the transaction, and
 * reads how far it has come: somebody may have saved since we looked. Touches it. */
enum err programme_lock(struct db *db, struct arena *arena, struct programme *programme) MUST_CHECK;
/* Within db_write: something that pages show of the programme changes. Whoever writes such a thing
 * without programme_lock says so here, or browsers are told that they have the page already. */
enum err programme_touch(struct db *db, int64_t programme) MUST_CHECK;
/* ERR_INPUT with a message if there is no such revision yet; 0 is the newest. */
enum err programme_has_revision(struct db *db, const struct programme *programme,
                                int64_t revision) MUST_CHECK;
/* As of a revision; 0 is the newest. */
enum err programme_sheets(struct db *db, struct arena *arena, const struct programme *programme,
                          int64_t revision, struct sheets *out) MUST_CHECK;
/* As of the newest, some rows only; `id` is the record's, as it is unique in its kind. */
struct row_choice {
    bool (*wanted)(void *context, const struct kind *kind, const char *id);
    void *context;
};
enum err programme_sheets_chosen(struct db *db, struct arena *arena,
                                 const struct programme *programme, const struct row_choice *choice,
                                 struct sheets *out) MUST_CHECK;

/* A moment in a programme's history: when somebody saved. */
struct revision_point {
    int64_t number;
    const char *at, *author, *link; /* the author is NULL if nobody said */
};
/* Of a revision; 0 is the newest. ERR_INPUT with a message if there is none. */
enum err programme_point(struct db *db, struct arena *arena, const struct programme *programme,
                         int64_t revision, struct revision_point *out) MUST_CHECK;
/* The last one until the end of a day (UTC); the same. */
enum err programme_recorded(struct db *db, struct arena *arena, const struct programme *programme,
                            const char *day, struct revision_point *out) MUST_CHECK;

/* The three together, in one transaction, and the records checked. */
enum err programme_read(struct db *db, struct arena *arena, const char *key, int64_t revision,
                        struct programme *programme, struct records *out) MUST_CHECK;

#endif
