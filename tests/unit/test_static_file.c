/* The files that browsers fetch, as they are built in. */
#include "base/text.h"
#include "web/static_file.h"
#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STYLESHEET_MOST = 20000 }; /* bytes, compressed: what a page may cost at the first visit */

static const struct static_file *stylesheet(void) {
    const struct static_file *file = static_file_named("ithaca.css");
    assert_non_null(file);
    return file;
}

static bool stylesheet_has(const char *words) {
    return memmem(stylesheet()->plain, stylesheet()->plain_size, words, strlen(words)) != NULL;
}

static void test_found_by_name_and_address(void **state) {
    (void)state;
    const struct static_file *file = stylesheet();
    assert_string_equal(file->type, "text/css; charset=utf-8");
    assert_true(text_starts_with(file->path, "/static/ithaca-"));
    assert_int_equal(strlen(file->path), strlen("/static/ithaca-00000000.css"));
    assert_ptr_equal(static_file_at(file->path), file);
    assert_string_equal(static_file_named("favicon.svg")->type, "image/svg+xml");
    assert_null(static_file_named("ithaca"));
    assert_null(static_file_at("/static/ithaca.css"));
    assert_null(static_file_at("/static/ithaca-00000000.css"));
}

static void test_compressed_is_the_same(void **state) {
    (void)state;
    for (size_t i = 0; i < static_file_count; i++) {
        const struct static_file *file = &static_files[i];
        unsigned char *back = malloc(file->plain_size + 1);
        assert_non_null(back);
        struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
        size_t size = 0;
        assert_non_null(decompressor);
        assert_int_equal(libdeflate_gzip_decompress(decompressor, file->gzip, file->gzip_size, back,
                                                    file->plain_size + 1, &size),
                         LIBDEFLATE_SUCCESS);
        assert_int_equal(size, file->plain_size);
        assert_memory_equal(back, file->plain, file->plain_size);
        libdeflate_free_decompressor(decompressor);
        free(back);
    }
}

static void test_stylesheet_is_small_and_fetches_nothing(void **state) {
    (void)state;
    assert_true(stylesheet()->gzip_size < STYLESHEET_MOST);
    assert_false(stylesheet_has("url("));
    assert_false(stylesheet_has("@import"));
    assert_false(stylesheet_has("@font-face"));
    assert_false(stylesheet_has("Frutiger"));
    assert_true(stylesheet_has("Copyright (c) 2019 NHS.UK"));
    assert_true(stylesheet_has(".nhsuk-button{"));
    assert_true(stylesheet_has(".ithaca-grid "));
    assert_false(stylesheet_has(".nhsuk-header"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found_by_name_and_address),
        cmocka_unit_test(test_compressed_is_the_same),
        cmocka_unit_test(test_stylesheet_is_small_and_fetches_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
