/* What the templates of the tests are given. */
#ifndef ITHACA_TEST_THINGS_H
#define ITHACA_TEST_THINGS_H

#include <stdbool.h>
#include <stddef.h>

enum colour { RED, GREEN };

struct thing {
    const char *name, *url;
    enum colour colour;
};

struct things {
    struct thing items[4];
    size_t n;
};

#endif
