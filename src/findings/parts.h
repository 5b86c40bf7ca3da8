/* What is made ready of a look, for pages that need more than the diagnosis: data and pictures of
 * decisions and of who is tied to whom. Here is only what is due, and how it is kept and read;
 * prepare/ makes it.
 *
 * Everybody who may see a look may see its parts. All belongs to the arena. */
#ifndef ITHACA_PARTS_H
#define ITHACA_PARTS_H

#include "base/date.h"
#include "base/names.h"
#include "jobs/jobs.h"

#define PARTS_KIND "parts"

#define PART_DECISIONS "decisions" /* as `ithaca decisions --format json` */
#define PART_DECISIONS_PICTURE "decisions.svg"
#define PART_MAP "map" /* as map_print_json gives it */
#define PART_MAP_PICTURE "map.svg"
#define PART_MAP_UNRANKED_PICTURE "map-unranked.svg" /* without who would be missed most */
#define PART_NETWORK "network"                       /* as `ithaca network --format json` */
/* What is whose, a line each: "PERSON<tab>post<tab>KEY", or "decision" of an open one that they
 * decide or must agree on, or "shared" of one that their board or organisation does. Sorted. */
#define PART_YOURS "yours"
#define PART_FAILED "failed" /* why there is nothing else */

/* A look of which nothing has been made ready. */
struct part_due {
    struct job job;
    const char *programme; /* its key */
    int64_t number, revision;
    char day[DAY_SIZE];
};
struct part_dues {
    LIST(struct part_due) list;
};
/* Within db_read. */
enum err parts_due(struct db *db, struct arena *arena, struct part_dues *out) MUST_CHECK;

struct made_part {
    const char *name, *content;
};
struct made_parts {
    LIST(struct made_part) list;
};
/* Writes what was made, and the job off, in one transaction. `kept` is false, and nothing is
 * written, if the job is no longer ours: what was read then may hold names erased since. */
enum err parts_keep(struct db *db, struct arena *arena, const struct part_due *due,
                    const struct made_parts *parts, bool *kept) MUST_CHECK;
/* Notes why nothing can be made, so that nobody tries again. */
enum err parts_give_up(struct db *db, const struct part_due *due, const char *why) MUST_CHECK;
/* Within db_write: drops the parts of looks that nobody can see any more. */
enum err parts_trim(struct db *db, int64_t programme) MUST_CHECK;

/* Within db_read or db_write: one part of a look; `content` is NULL where it is not there, and
 * `failed` says why if it will not come. */
struct part {
    const char *content, *failed;
};
enum err part_read(struct db *db, struct arena *arena, int64_t programme, int64_t number,
                   const char *name, struct part *out) MUST_CHECK;
/* The names of all that are there. */
enum err part_names(struct db *db, struct arena *arena, int64_t programme, int64_t number,
                    struct names *out) MUST_CHECK;

#endif
