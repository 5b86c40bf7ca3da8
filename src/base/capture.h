/* What is printed, as a text: for those who print into files and are asked for a text. */
#ifndef ITHACA_CAPTURE_H
#define ITHACA_CAPTURE_H

#include "base/arena.h"
#include <stdio.h>

struct capture {
    FILE *file; /* print here */
    char *bytes;
    size_t length;
};

void capture_begin(struct capture *capture);
/* All that was printed, copied into the arena. */
char *capture_end(struct capture *capture, struct arena *arena);

#endif
