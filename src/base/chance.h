/* Chance that nobody can foretell, for ids and salts. It comes from the kernel, for several who ask
 * at once: an import asks some hundred thousand times. What was given is forgotten, and a child
 * process has none of what its parent got. For a process with one thread. Aborts where the kernel
 * has none: nothing could be kept honestly then. */
#ifndef ITHACA_CHANCE_H
#define ITHACA_CHANCE_H

#include <stddef.h>

enum { CHANCE_MOST = 256 }; /* bytes at once */

void chance_take(void *out, size_t n);

#endif
