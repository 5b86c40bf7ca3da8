/* What the tests of workbooks share: each has a folder of its own, gone afterwards, and what was
 * read from it. */
#ifndef ITHACA_TEST_FOLDER_H
#define ITHACA_TEST_FOLDER_H

#include "base/problem.h"
#include "base/text.h"
#include "record/sheet.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct sheets sheets;
    char folder[64];
};

static inline int fixture_open(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){.arena = arena_new((size_t)2048 * 1024 * 1024),
                               .folder = "/tmp/ithaca-test-XXXXXX"};
    fixture.problems = problems_new(fixture.arena);
    *state = &fixture;
    return mkdtemp(fixture.folder) ? 0 : -1;
}

static inline int fixture_close(void **state) {
    struct fixture *fixture = *state;
    int result = system(arena_format(fixture->arena, "rm -rf '%s'", fixture->folder));
    arena_free(fixture->arena);
    return result;
}

static inline char *path_of(const struct fixture *fixture, const char *name) {
    return arena_format(fixture->arena, "%s/%s", fixture->folder, name);
}

static inline char *write_bytes(const struct fixture *fixture, const char *name, const char *bytes,
                                size_t n) {
    char *path = path_of(fixture, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* The bytes of a file, with a NUL behind them. */
static inline char *read_bytes(const struct fixture *fixture, const char *path, size_t *n) {
    enum { ROOM = 4 * 1024 * 1024 };
    char *bytes = arena_alloc(fixture->arena, ROOM + 1);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *n = fread(bytes, 1, ROOM, file);
    bytes[*n] = '\0';
    fclose(file);
    return bytes;
}

/* The cells of a row as one text: "a|b||d". */
static inline char *cells_text(struct arena *arena, const struct sheet_row *row) {
    struct text text = text_new(arena);
    for (size_t c = 0; c < row->n; c++)
        text_add_format(&text, "%s%s", c ? "|" : "", row->cells[c] ? row->cells[c] : "");
    return text.bytes;
}

static inline const struct problem *only_problem(const struct fixture *fixture) {
    assert_int_equal(fixture->problems.list.n, 1);
    return &fixture->problems.list.items[0];
}

static inline void assert_says(const struct fixture *fixture, const char *words) {
    if (!strstr(only_problem(fixture)->message, words))
        fail_msg("\"%s\" does not say \"%s\"", only_problem(fixture)->message, words);
}

#define FOLDER_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_open, fixture_close)

#endif
