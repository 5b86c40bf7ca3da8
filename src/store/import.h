/* A workbook's sheets into the store: which programme they are of, from which revision they were
 * made, what they leave unsaid; then the saving (store/commit.h).
 *
 * A sheet that is not in the workbook at all leaves its records as they are. A row that is missing
 * from a sheet is taken to be removed only where the workbook says of which revision it is a copy
 * (record/origin.h), or where that is wished; otherwise its record stays, and is counted.
 *
 * A workbook that is no copy of a programme here, and goes by another name than the programme of
 * its key, is taken only where `programme` says that it is meant. */
#ifndef ITHACA_IMPORT_H
#define ITHACA_IMPORT_H

#include "store/commit.h"

struct import_wish {
    const char *programme; /* NULL: as the workbook says */
    bool only_look, remove;
    bool exactly; /* whatever was saved since: it becomes what the workbook says; implies remove */
    enum conflict_manner conflicts;
    const char *author, *reason, *token; /* as in struct draft */
    save_progress *progress;
};

struct imported {
    struct commit commit;
    struct records records; /* what is brought, with what stays as it is */
    int64_t base;           /* the revision of which the workbook is a copy; 0 if none is known */
    const char *stranger;   /* the programme of another database it is a copy of; NULL if none */
    bool is_copy;           /* of some programme, here or elsewhere */
};

enum err import_sheets(struct db *db, struct arena *arena, const struct sheets *sheets,
                       const struct import_wish *wish, struct imported *out) MUST_CHECK;

#endif
