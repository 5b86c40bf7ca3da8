/* Organisations across programmes: which records of which programmes are the same one, told by
 * their code in a public register. */
#ifndef ITHACA_ORGANISATIONS_H
#define ITHACA_ORGANISATIONS_H

#include "store/commit.h"

struct shared_part {
    const char *programme; /* its key */
    const char *key;       /* of the record on the sheet Organisations, in that programme */
};

struct shared_organisation {
    const char *code, *name;
    LIST(struct shared_part) parts; /* by programme */
};

struct shared_organisations {
    LIST(struct shared_organisation) list; /* by code */
};

/* Brings what is known up to date with changes that are being saved; within db_write. */
enum err organisations_keep(struct db *db, struct arena *arena, int64_t programme,
                            const struct commit *commit) MUST_CHECK;
/* The same for one record as it reads now; `content` NULL: it is there no more. */
enum err organisation_keep(struct db *db, struct arena *arena, int64_t programme, int64_t record_id,
                           const char *content) MUST_CHECK;

/* Those with a code that take part in at least `least` programmes, within db_read. */
enum err organisations_read(struct db *db, struct arena *arena, size_t least,
                            struct shared_organisations *out) MUST_CHECK;

#endif
