/* Lists of people's own, on their way into a programme: uploaded, looked at by a worker (prepare/),
 * asked about, saved, undone. Only whoever uploaded one sees it. It is there until a week old, its
 * content until it is saved; where somebody is erased from the programme all of them go.
 *
 * All belongs to the arena. */
#ifndef ITHACA_BRING_BROUGHT_H
#define ITHACA_BRING_BROUGHT_H

#include "base/text.h"
#include "bring/layout.h"
#include "jobs/jobs.h"

enum { BROUGHT_DAYS = 7, BROUGHT_MAX = 4 * 1024 * 1024 /* bytes of a file */ };
#define BROUGHT_KIND "bring"
#define BROUGHT_LOOK "look"
#define BROUGHT_SAVE "save"
#define BROUGHT_UNDO "undo"
#define BROUGHT_MAKE "make" /* no file of theirs: a workbook of the programme for them */

struct brought_file {
    int64_t id, revision, undone_revision; /* revisions are 0 if there is none */
    const char *at, *file;
    const char *wish;    /* what a worker is to do; NULL: nothing */
    const char *failed;  /* why it cannot be read, or NULL */
    const char *outcome; /* JSON (bring/outcome.h); NULL: none yet */
    struct answers answers;
};
struct brought_files {
    LIST(struct brought_file) list; /* without outcome and answers */
};

/* Whose they are. */
struct brought_by {
    int64_t programme, account;
    const char *author;
};

/* Within db_write. The same token adds once; `*id` is its id. */
struct brought_new {
    const char *token, *wish, *file, *bytes;
    size_t length;
};
enum err brought_add(struct db *db, struct arena *arena, const struct brought_by *by,
                     const struct brought_new *added, int64_t *id) MUST_CHECK;
/* Within db_read or db_write: the workbook that was made; `*file` is NULL if there is none. */
enum err brought_made(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      const char **file, struct text *bytes) MUST_CHECK;
/* Within db_write: what is to be done next, with these answers. */
enum err brought_wish(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      const char *wish, const struct answers *answers) MUST_CHECK;
enum err brought_remove(struct db *db, const struct brought_by *by, int64_t id) MUST_CHECK;
/* Within db_read or db_write. */
enum err brought_list(struct db *db, struct arena *arena, const struct brought_by *by,
                      struct brought_files *out) MUST_CHECK;
/* `out->id` is 0 if there is none. */
enum err brought_find(struct db *db, struct arena *arena, const struct brought_by *by, int64_t id,
                      struct brought_file *out) MUST_CHECK;

/* ---- for the worker ---- */

/* Does one thing that is due, if there is any; `worked` says so. Not OK if the store fails. */
struct brought_work {
    bool worked;
    const char *programme;
    const char *error;
    size_t held; /* others are at these */
};
enum err brought_next(struct db *db, struct arena *arena, struct brought_work *out) MUST_CHECK;

#endif
