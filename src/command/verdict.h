/* What looking through the history of programmes has shown, for people and for programs. */
#ifndef ITHACA_VERDICT_H
#define ITHACA_VERDICT_H

#include "base/print.h"
#include "store/backup.h"

/* Each programme with what was looked at, its newest link for keeping elsewhere, or its faults. */
void verdicts_tell(struct printer *printer, struct arena *arena, const struct contents *contents);
void verdicts_print_json(FILE *out, struct arena *arena, const struct contents *contents);

/* EXIT_FINDINGS if there are faults. */
int verdicts_exit(const struct contents *contents);

#endif
