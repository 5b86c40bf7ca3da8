/* A history on paper: for people (text, a chart), for programs (JSON), for spreadsheets (CSV). */
#ifndef ITHACA_HISTORY_RENDER_H
#define ITHACA_HISTORY_RENDER_H

#include "base/print.h"
#include "history/history.h"

/* With a picture in blocks, or without it where a chart stands beside. */
void history_print(struct printer *printer, const struct history *history, bool with_picture);
/* A chart as SVG, with a title and a description in words, made of the pieces in
 * content/pictures/history.md. */
void history_write_svg(FILE *out, const struct history *history);
void history_write_json(FILE *out, const struct history *history);
/* A row for each time that a finding was there. */
void history_write_csv(FILE *out, const struct history *history);

#endif
