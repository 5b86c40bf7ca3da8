/* Decisions as lines: what two change at once, and names in the boxes of a drawing. */
#include "base/text.h"
#include "deciding/path.h"
#include "unit.h"

static struct deciding_lines lines_of(struct arena *arena, const char *const (*pairs)[2]) {
    struct deciding_lines out = {0};
    for (; (*pairs)[0]; pairs++)
        deciding_put(arena, &out, (*pairs)[0], (*pairs)[1]);
    return out;
}

static void test_only_what_both_changed_is_asked(void **state) {
    static const char *const was[][2] = {{"title", "Cars"},
                                         {"due", "2027"},
                                         {"decides council", "post:a"},
                                         {"right council is-told team:b", "yes"},
                                         {NULL, NULL}};
    static const char *const mine[][2] = {
        {"title", "Two cars"}, {"due", "2028"}, {"decides council", "post:a"}, {NULL, NULL}};
    static const char *const now[][2] = {{"title", "Three cars"},
                                         {"due", "2027"},
                                         {"right council is-told team:b", "yes"},
                                         {"concerns council", "yes"},
                                         {NULL, NULL}};
    struct arena *arena = *state;
    struct deciding_clashes clashes = {0};
    const struct deciding_lines a = lines_of(arena, was), b = lines_of(arena, mine),
                                c = lines_of(arena, now);
    const struct deciding_lines merged = deciding_merge(arena, &a, &b, &c, &clashes);
    assert_int_equal(clashes.list.n, 1);
    assert_string_equal(clashes.list.items[0].key, "title");
    assert_string_equal(clashes.list.items[0].mine, "Two cars");
    assert_string_equal(clashes.list.items[0].theirs, "Three cars");
    assert_string_equal(deciding_value(&merged, "title"), "Two cars");
    assert_string_equal(deciding_value(&merged, "due"), "2028");
    assert_string_equal(deciding_value(&merged, "concerns council"), "yes");
    assert_null(deciding_value(&merged, "decides council"));
    assert_null(deciding_value(&merged, "right council is-told team:b"));
}

static void test_one_removes_what_the_other_changes(void **state) {
    static const char *const was[][2] = {{"decides council", "post:a"}, {NULL, NULL}};
    static const char *const none[][2] = {{NULL, NULL}};
    static const char *const now[][2] = {{"decides council", "post:b"}, {NULL, NULL}};
    struct arena *arena = *state;
    struct deciding_clashes clashes = {0};
    const struct deciding_lines a = lines_of(arena, was), b = lines_of(arena, none),
                                c = lines_of(arena, now);
    const struct deciding_lines merged = deciding_merge(arena, &a, &b, &c, &clashes);
    assert_int_equal(clashes.list.n, 1);
    assert_null(clashes.list.items[0].mine);
    assert_null(deciding_value(&merged, "decides council"));
}

static void test_keys_fall_into_pieces(void **state) {
    const struct deciding_key key =
        deciding_key_read(*state, "by council must-agree +post:Keeper of the keys");
    assert_string_equal(key.what, "by");
    assert_string_equal(key.place, "council");
    assert_string_equal(key.right, "must-agree");
    assert_string_equal(key.named, "+post:Keeper of the keys");
    assert_null(deciding_key_read(*state, "title").place);
}

static void wrapped(struct arena *arena, const char *text, size_t width, size_t most,
                    const char *wanted) {
    const struct names lines = path_wrapped(arena, text, width, most);
    struct text out = text_new(arena);
    for (size_t i = 0; i < lines.list.n; i++) {
        text_add_format(&out, "%s%s", i ? "|" : "", lines.list.items[i]);
        assert_true(text_is_utf8(lines.list.items[i], strlen(lines.list.items[i])));
    }
    assert_string_equal(out.length ? out.bytes : "", wanted);
}

static void test_names_are_wrapped_by_characters(void **state) {
    wrapped(*state, "Director of finance", 11, 3, "Director of|finance");
    wrapped(*state, "Director of finance and much more", 11, 2, "Director of|finance and…");
    wrapped(*state, "Ärztliche Direktorin", 9, 2, "Ärztliche|Direktor…");
    wrapped(*state, "ßßßßßßßßßßßß", 5, 2, "ßßßß…");
    wrapped(*state, "", 5, 2, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_only_what_both_changed_is_asked),
        TEST(test_one_removes_what_the_other_changes),
        TEST(test_keys_fall_into_pieces),
        TEST(test_names_are_wrapped_by_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
