/* What every unit test includes. */
#ifndef ITHACA_UNIT_H
#define ITHACA_UNIT_H

/* cmocka wants these in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "base/arena.h"

static inline int arena_setup(void **state) {
    *state = arena_new(64 * 1024 * 1024);
    return 0;
}

static inline int arena_teardown(void **state) {
    arena_free(*state);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
