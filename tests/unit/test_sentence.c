#include "base/text.h"
#include "diagnosis/sentence.h"
#include "unit.h"

static const char *lookup(void *context, const char *name) {
    (void)context;
    static const char *const values[][2] = {
        {"who", "the council"}, {"one", "1"}, {"many", "3"}, {"zero", "0"}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (text_equal(values[i][0], name))
            return values[i][1];
    return NULL;
}

static void assert_expands(void **state, const char *sentence, const char *expected) {
    assert_string_equal(sentence_expand(*state, sentence, lookup, NULL), expected);
}

static void values_fill_gaps(void **state) {
    assert_expands(state, "Ask {{who}}.", "Ask the council.");
    assert_expands(state, "Ask {{nobody}}.", "Ask .");
    assert_expands(state, "No gap, { one } brace }}", "No gap, { one } brace }}");
    assert_expands(state, "open {{who", "open {{who");
    assert_expands(state, "", "");
}

static void parts_depend_on_values(void **state) {
    assert_expands(state, "a{{#who}} by {{who}}{{/who}}b", "a by the councilb");
    assert_expands(state, "a{{#nobody}} by {{who}}{{/nobody}}b", "ab");
    assert_expands(state, "a{{^nobody}} alone{{/nobody}}b", "a aloneb");
    assert_expands(state, "{{#who}}x{{#nobody}}y{{/nobody}}z{{/who}}", "xz");
    assert_expands(state, "{{#nobody}}x{{#who}}y{{/who}}z{{/nobody}}.", ".");
}

static void numbers_choose_words(void **state) {
    assert_expands(state, "{{one:meeting|meetings}}", "1 meeting");
    assert_expands(state, "{{many:meeting|meetings}}", "3 meetings");
    assert_expands(state, "{{zero:meeting|meetings}}", "0 meetings");
    assert_expands(state, "{{many?have|has}} {{one?has|have}}", "has has");
}

static void names_are_listed_once(void **state) {
    struct sentence_names names = {0};
    sentence_list_names(*state, "{{who}} {{#who}}{{n:a|b}}{{/who}} {{^x}}{{/x}} {{n?has|have}}",
                        &names);
    assert_int_equal(names.list.n, 3);
    assert_string_equal(names.list.items[0], "who");
    assert_string_equal(names.list.items[1], "n");
    assert_string_equal(names.list.items[2], "x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(values_fill_gaps),
        TEST(parts_depend_on_values),
        TEST(numbers_choose_words),
        TEST(names_are_listed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
