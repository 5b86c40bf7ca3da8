/* Writing CSV for spreadsheets: no text that somebody wrote becomes a formula. */
#ifndef ITHACA_CSV_H
#define ITHACA_CSV_H

#include "base/arena.h"
#include <stdio.h>

/* A cell's text as it is written to a file: what a spreadsheet could take for a formula (a first
 * = + - @, a tab, or an apostrophe) gets an apostrophe in front, which reading takes off again.
 * What needs no change is given back as it is; a copy belongs to the arena. */
const char *cell_guard(struct arena *arena, const char *text);
const char *cell_unguard(struct arena *arena, const char *text);

/* Prints one cell, guarded, and quoted where it must be. */
void csv_cell_print(FILE *file, struct arena *arena, const char *text);
/* Prints a row of such cells and the end of its line; NULL is an empty cell. */
void csv_row_print(FILE *file, struct arena *arena, const char *const *cells, size_t n);

#endif
