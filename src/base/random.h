/* Numbers that look random and are the same every time, for estimates and tests by chance that must
 * not change from one run to the next. Not for secrets. The generator is splitmix64 (Steele, Lea
 * and Flood 2014). */
#ifndef ITHACA_RANDOM_H
#define ITHACA_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state; /* any start will do */
};

uint64_t random_next(struct random *random);
/* Evenly from 0 to `n` - 1; n > 0. */
unsigned random_below(struct random *random, unsigned n);
/* Puts the first `k` of the `n` numbers into a random order, each drawn evenly from all that were
 * not drawn before: all of them if k = n, else a sample in front. */
void random_draw(struct random *random, unsigned *numbers, unsigned n, unsigned k);

#endif
