#include "base/capture.h"
#include <stdlib.h>

void capture_begin(struct capture *capture) {
    capture->file = open_memstream(&capture->bytes, &capture->length);
    if (!capture->file)
        abort(); /* no memory, as in arena.c */
}

char *capture_end(struct capture *capture, struct arena *arena) {
    if (fclose(capture->file) != 0)
        abort();
    char *copy = arena_copy_n(arena, capture->bytes, capture->length);
    free(capture->bytes);
    return copy;
}
