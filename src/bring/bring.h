/* A file of somebody's own brought into a programme: read, planned, looked at or saved. */
#ifndef ITHACA_BRING_H
#define ITHACA_BRING_H

#include "bring/plan.h"
#include "store/correct_many.h"

struct bring_wish {
    const char *programme; /* its key */
    const char *file;      /* what people call the file; its ending does not matter */
    const char *bytes;
    size_t length;
    const struct answers *answers;
    bool save; /* if nothing has to be asked any more; otherwise it is only looked at */
    const char *author, *token;
};

struct brought {
    struct programme programme;
    struct records records; /* as they were before */
    struct plan plan;
    bool is_own; /* it is a workbook of ours: it is imported (store/import.h), and there is no plan
                  */
    struct corrected_many changes; /* once nothing has to be asked */
};

/* ERR_INPUT with problems if the file cannot be read. */
enum err bring_file(struct db *db, struct arena *arena, const struct bring_wish *wish,
                    struct brought *out) MUST_CHECK;

/* The sheets of a file's bytes: .xlsx, or CSV with any separator. */
enum err bring_read(struct arena *arena, const char *file, const char *bytes, size_t length,
                    struct sheets *out, struct problems *problems) MUST_CHECK;

#endif
