/* Rows of a rule into words: columns that are named like a kind hold record ids and are spoken as
 * people name the records. `team` holds one id; `team_list` several, separated by spaces; a suffix
 * after two underscores makes another column of the kind (`post__counterpart`). Days are spoken as
 * "31 December 2017". */
#ifndef ITHACA_SPEAK_H
#define ITHACA_SPEAK_H

#include "diagnosis/diagnosis.h"

/* The sentence of one row. */
char *speak_row(struct arena *arena, const struct records *records, const char *sentence,
                const struct row *row);

/* One sentence for several rows: {{n}} is their number, {{of}} as given, {{team_list}} the teams in
 * their column `team` or `team_list`, and anything else as in the first row. */
char *speak_rows(struct arena *arena, const struct records *records, const char *sentence,
                 const struct rows *rows, size_t of);

/* What the row's columns of these names say, with commas between them; "" if all are empty. */
char *speak_columns(struct arena *arena, const struct records *records, const struct names *columns,
                    const struct row *row);

/* Adds a record, once. */
void record_refs_add(struct arena *arena, struct record_refs *out, const struct record *record);

/* Adds the records that a row names, each once. */
void speak_records(struct arena *arena, const struct records *records, const struct row *row,
                   struct record_refs *out);

/* The latest day in the rows' column `since`; NULL if any row does not say. */
const char *speak_since(const struct rows *rows);

/* The kind that a column's name stands for, or NULL; whether it holds a list of ids. */
const struct kind *speak_column_kind(struct arena *arena, const char *column, bool *is_list);

#endif
