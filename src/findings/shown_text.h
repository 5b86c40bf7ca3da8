/* A diagnosis as pages show it, kept so that nothing needs to be parsed: every page reads it, and
 * JSON would take several times as long as all the rest of the page.
 *
 * It is a text of pieces, each ended by U+001F. A thing (a finding, one of its records, a cell of
 * the grid, ...) begins with a letter that says what it is; then come its pieces, always as many
 * for that letter. A piece that is not there is empty. */
#ifndef ITHACA_SHOWN_TEXT_H
#define ITHACA_SHOWN_TEXT_H

#include "findings/shown.h"
#include <jansson.h>

/* What is kept of a diagnosis that was printed as JSON (diagnosis/render.h). */
const char *shown_text_of(struct arena *arena, const json_t *diagnosis);

/* Reads it again; what is read points into `text`, which is cut up. Also reads the JSON that was
 * kept before there was this form. False, and nothing is shown, if it is damaged. */
bool shown_text_read(struct arena *arena, char *text, struct shown *out);

#endif
