/* Where an exported workbook came from: the programme, and the revision it showed. It travels on a
 * small private sheet, so that when the workbook comes back, what its writer changed can be told
 * from what others changed meanwhile. */
#ifndef ITHACA_ORIGIN_H
#define ITHACA_ORIGIN_H

#include "record/sheet.h"
#include <stdint.h>

#define ORIGIN_SHEET "_Exported"
#define ORIGIN_ADVICE                                                                              \
    "Please leave this sheet as it is. It lets Ithaca tell what you changed from what others "     \
    "changed meanwhile."

struct origin {
    const char *programme; /* its key */
    int64_t revision;
    const char *link; /* of that revision in the chain: two databases never share one */
};

enum { ORIGIN_ROWS = 4 };

/* The rows of the sheet, two cells each; the first has nothing in its second. */
void origin_rows(struct arena *arena, const struct origin *origin, const char *rows[][2]);

/* False if there is no such sheet, or something else is on it. */
bool origin_find(const struct sheets *sheets, struct origin *out);

#endif
