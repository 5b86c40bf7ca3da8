#include "base/random.h"

uint64_t random_next(struct random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Multiplies instead of dividing (Lemire 2019): the upper half of a 32-bit number times n. The few
 * products by which some results would come more often than others are drawn again. */
unsigned random_below(struct random *random, unsigned n) {
    uint64_t product = (random_next(random) >> 32) * n;
    if ((uint32_t)product < n) {
        uint32_t uneven = (uint32_t)-n % n;
        while ((uint32_t)product < uneven)
            product = (random_next(random) >> 32) * n;
    }
    return (unsigned)(product >> 32);
}

void random_draw(struct random *random, unsigned *numbers, unsigned n, unsigned k) {
    for (unsigned i = 0; i < k; i++) {
        unsigned other = i + random_below(random, n - i);
        unsigned drawn = numbers[other];
        numbers[other] = numbers[i];
        numbers[i] = drawn;
    }
}
