#include "base/chance.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static struct {
    unsigned char bytes[CHANCE_MOST]; /* as many as always come at once */
    size_t left;
} pool;

static void pool_forget(void) {
    explicit_bzero(&pool, sizeof pool);
}

static void pool_fill(void) {
    static bool forks_are_seen;
    if (!forks_are_seen && pthread_atfork(NULL, NULL, pool_forget) != 0)
        abort();
    forks_are_seen = true;
    if (getrandom(pool.bytes, sizeof pool.bytes, 0) != (ssize_t)sizeof pool.bytes)
        abort();
    pool.left = sizeof pool.bytes;
}

void chance_take(void *out, size_t n) {
    if (n > CHANCE_MOST)
        abort();
    if (n > pool.left)
        pool_fill();
    pool.left -= n;
    memcpy(out, pool.bytes + pool.left, n);
    explicit_bzero(pool.bytes + pool.left, n);
}
