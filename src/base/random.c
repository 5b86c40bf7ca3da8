#include "base/random.h"

uint64_t random_next(struct random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t random_below(struct random *random, uint64_t n) {
    /* The last numbers that do not fill a whole round of n would come too often. */
    uint64_t uneven = (UINT64_MAX % n + 1) % n, drawn;
    do
        drawn = random_next(random);
    while (drawn > UINT64_MAX - uneven);
    return drawn % n;
}

void random_draw(struct random *random, unsigned *numbers, size_t n, size_t k) {
    for (size_t i = 0; i < k; i++) {
        size_t other = i + (size_t)random_below(random, n - i);
        unsigned drawn = numbers[other];
        numbers[other] = numbers[i];
        numbers[i] = drawn;
    }
}
