/* The small picture of a history: a line of blocks for each finding. */
#ifndef ITHACA_PICTURE_TEXT_H
#define ITHACA_PICTURE_TEXT_H

#include "base/print.h"
#include "history/history.h"

void picture_print(struct printer *printer, const struct history *history);

#endif
