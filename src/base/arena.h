/* Memory that is handed out piece by piece and given back all at once.
 *
 * One arena lives as long as one command (later: one request, one job). Models
 * allocate from the arena they are handed and never free. Memory comes zeroed.
 * An arena has a cap, so that no input can take the machine down: past it, or
 * when the machine has no more, the program says so and stops. */
#ifndef ITHACA_ARENA_H
#define ITHACA_ARENA_H

#include "base/error.h"
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* An arena that hands out at most `cap` bytes. */
struct arena *arena_new(size_t cap);
void arena_free(struct arena *arena);
/* Gives back all that was handed out, but keeps some memory for what comes next: for one small
 * piece of work after another. The arena is as it was when it was new. */
void arena_clear(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* Until arena_limit_end, at most `bytes` more; past them `refusal`, which stays where it is, is
 * said instead. For work that somebody else's input decides. Gives back what is left of them. */
void arena_limit(struct arena *arena, size_t bytes, const char *refusal);
size_t arena_limit_end(struct arena *arena);

/* Copies of text, ended by a NUL. */
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_n(struct arena *arena, const char *text, size_t length);
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_format_list(struct arena *arena, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

#endif
