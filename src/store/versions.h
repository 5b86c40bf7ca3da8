/* A programme's versions, revisions and erasures as they lie in the store. Private to store/. */
#ifndef ITHACA_VERSIONS_H
#define ITHACA_VERSIONS_H

#include "store/audit.h"

struct version {
    int64_t id, revision, until; /* until 0: it still holds */
    const char *kind, *key, *content, *salt, *commitment;
};

struct erasure {
    int64_t number, record_id, revision;
    const char *commitment;
};

struct versions {
    LIST(struct version) list;
};

struct erasures {
    LIST(struct erasure) list;
};

/* Those that began in revisions `from` to `to`, by revision and record. */
enum err versions_begun(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct versions *out) MUST_CHECK;
/* Those that ended in them, by the revision in which they ended, and record. */
enum err versions_ended(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct versions *out) MUST_CHECK;
/* By record and revision. */
void versions_sort(struct versions *versions);
enum err erasures_read(struct db *db, struct arena *arena, int64_t programme,
                       struct erasures *out) MUST_CHECK;
enum err revisions_read(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct audit *out) MUST_CHECK;

#endif
