/* What is in a file that somebody uploads: told by its bytes, not by what its sender says.
 *
 * The list is closed: papers, tables, slides, pictures and plain text. Web pages, programs and
 * files with macros are not on it, since people open here what others put here. */
#ifndef ITHACA_DOCUMENTS_MEDIA_H
#define ITHACA_DOCUMENTS_MEDIA_H

#include "base/arena.h"
#include <stddef.h>

/* The media type of a file called so; NULL if it is not taken, with `*fault` for whoever sent it:
 * it is none of the list, or not what its name says. */
const char *media_of(struct arena *arena, const char *file, const char *bytes, size_t length,
                     const char **fault);

/* "PDF", "Word": for people; the type itself if it is not known. */
const char *media_words(const char *type);

#endif
