/* The history of a programme's records: who saved what, field by field. */
#ifndef ITHACA_AUDIT_PRINT_H
#define ITHACA_AUDIT_PRINT_H

#include "base/print.h"
#include "store/audit.h"

struct audit_view {
    const struct programme *programme;
    const struct audit *audit;
    /* Only what was done to this record, if there is a kind. */
    const struct kind *kind;
    const char *key;
};

void audit_print_text(struct printer *printer, struct arena *arena, const struct audit_view *view);
void audit_print_json(FILE *out, const struct audit_view *view);
void audit_print_csv(FILE *out, struct arena *arena, const struct audit_view *view);

#endif
