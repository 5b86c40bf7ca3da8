/* What the readers and writers of all forms have in common: one cell's text, and putting a finished
 * file in its place. Private to workbook/. */
#ifndef ITHACA_CELL_H
#define ITHACA_CELL_H

#include "base/problem.h"
#include "base/text.h"
#include <stdbool.h>

enum cell_fault { CELL_GOOD, CELL_TOO_LONG, CELL_CONTROL };

/* Collects a cell's raw bytes, and stops collecting when the cell is too long anyway, so that no
 * cell can fill the memory. */
void cell_collect(struct text *raw, const char *bytes, size_t length);
/* The next cell is collected into the same memory. */
void cell_restart(struct text *raw);

/* The text as records get it, in `arena`: line ends are "\n", white space at both ends and the
 * guarding apostrophe are gone; NULL when nothing is left. Line ends in `raw` are changed. */
enum cell_fault cell_clean(struct arena *arena, struct text *raw, const char **out);

/* Says what is wrong with the cell at `place`, which people call `name`: "cell C7". */
void cell_fault_report(struct problems *problems, struct place place, const char *name,
                       enum cell_fault fault);

/* Numbers as people write them, whatever the locale says about decimal points: false if `text` is
 * not a finite decimal number from its first to its last character. */
bool number_parse(const char *text, double *out);
/* The shortest decimal text that reads back as the same number: "7", "0.1", "0.0000005". */
char *number_shortest(struct arena *arena, double number);

/* `path` without slashes at its end. */
char *path_without_slash(struct arena *arena, const char *path);
/* The operating system's words for the error number. */
const char *path_error(struct arena *arena, int error_number);

#endif
