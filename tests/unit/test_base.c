#include "base/date.h"
#include "base/index.h"
#include "base/print.h"
#include "base/problem.h"
#include "base/text.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void assert_when(const char *text, const char *first, const char *last) {
    struct when when;
    assert_true(when_parse(text, &when));
    assert_string_equal(when.first, first);
    assert_string_equal(when.last, last);
}

static void times_spread_as_far_as_their_words(void **state) {
    (void)state;
    assert_when("2017-12-31", "2017-12-31", "2017-12-31");
    assert_when("2016-02", "2016-02-01", "2016-02-29");
    assert_when("2015-02", "2015-02-01", "2015-02-28");
    assert_when("2016", "2016-01-01", "2016-12-31");
    assert_when("about 2016", "2015-01-01", "2017-12-31");
    assert_when("About 2016-05", "2016-04-01", "2016-06-30");
    assert_when("about 2016-01-03", "2015-12-27", "2016-01-10");
    assert_when("before 2016", "", "2015-12-31");
    assert_when("after 2016-05", "2016-06-01", "");
    assert_when("after the pilot", "", "");
    assert_when("March 2024", "2024-03-01", "2024-03-31");
    assert_when("about Dec 2025", "2025-11-01", "2026-01-31");
    assert_when("3 February 2026", "2026-02-03", "2026-02-03");
    assert_when("31 dec 2025", "2025-12-31", "2025-12-31");
    assert_when("unknown", "", "");
    assert_when("UNKNOWN", "", "");
}

static void times_of_day_are_read_as_people_write_them(void **state) {
    (void)state;
    static const struct {
        const char *text, *clock;
    } right[] = {{"14:30", "14:30"},   {"9.05", "09:05"},    {"00:00", "00:00"},
                 {"23:59", "23:59"},   {"2pm", "14:00"},     {"2:30 p.m.", "14:30"},
                 {"12 am", "00:00"},   {"12.15PM", "12:15"}, {" 8:00 ", "08:00"},
                 {"14:30:00", "14:30"}};
    static const char *const wrong[] = {
        "",     "9",     "24:00",  "14:60",  "0pm", "13pm",    "1430",  "noon", "14:30:15", "2p",
        "2pmx", "-1:00", "14:300", "123:00", "14:", "14:30 x", "12:3a", "9.5",  "9:5",      "0.25"};
    char clock[CLOCK_SIZE];
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(clock_parse(right[i].text, clock));
        assert_string_equal(clock, right[i].clock);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(clock_parse(wrong[i], clock));
        assert_string_equal(clock, "");
    }
}

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "2017-02-29",  "2017-13",    "2017-00-10",  "31.12.2017",
        "12/2017",     "about then", "the pilot",   "2017-1-1",
        "20171",       "",           "0017",        "after ",
        "2100-02-29",  "about",      "2017-12-31 ", "30 February 2016",
        "Marchy 2024", "autumn 2024"};
    struct when when;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(when_parse(wrong[i], &when));
    assert_true(when_parse("2000-02-29", &when));
}

static void assert_readings(struct arena *arena, const char *text, const char *first,
                            const char *second) {
    const char *readings[2] = {NULL, NULL};
    size_t n = when_readings(arena, text, readings);
    assert_int_equal(n, (first != NULL) + (second != NULL));
    if (first)
        assert_string_equal(readings[0], first);
    if (second)
        assert_string_equal(readings[1], second);
}

static void days_in_figures_are_never_guessed(void **state) {
    assert_readings(*state, "25/04/2016", "2016-04-25", NULL);
    assert_readings(*state, "04/25/2016", "2016-04-25", NULL);
    assert_readings(*state, "03/04/2016", "2016-04-03", "2016-03-04");
    assert_readings(*state, "3.4.2016", "2016-04-03", "2016-03-04");
    assert_readings(*state, "4-4-2016", "2016-04-04", NULL);
    assert_readings(*state, "2016/04/03", "2016-04-03", NULL);
    assert_readings(*state, "2016-4-3", "2016-04-03", NULL);
    assert_readings(*state, "2016-04-03T00:00:00", "2016-04-03", NULL);
    assert_readings(*state, "about 25/04/2016 00:00", "about 2016-04-25", NULL);
    static const char *const none[] = {
        "",         "25/04/16", "31/02/2016", "13/13/2016", "25/04-2016", "25/04/2016 12:30",
        "/04/2016", "0/1/2016", "2016/13/01", "25/04/0999", "125/4/2016", "25 04 2016"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_readings(*state, none[i], NULL, NULL);
}

static void windows_1252_becomes_utf8(void **state) {
    const char bytes[] = "Caf\xE9 \x80\x93 \xFF";
    assert_string_equal(text_from_windows_1252(*state, bytes, sizeof bytes - 1),
                        "Caf\xC3\xA9 \xE2\x82\xAC\xE2\x80\x9C \xC3\xBF");
    assert_null(text_from_windows_1252(*state, "\x81", 1));
    assert_null(text_from_windows_1252(*state, "a\0b", 3));
    assert_null(text_from_windows_1252(*state, "\xC3\xA9 \xE9", 4));
}

static void days_add_across_months_and_leap_years(void **state) {
    (void)state;
    char day[DAY_SIZE];
    day_add("2016-02-28", 1, day);
    assert_string_equal(day, "2016-02-29");
    day_add("2016-03-01", -1, day);
    assert_string_equal(day, "2016-02-29");
    day_add("1999-12-31", 366, day);
    assert_string_equal(day, "2000-12-31");
    day_add("2017-01-01", -365, day);
    assert_string_equal(day, "2016-01-02");
}

static void days_are_said_in_words(void **state) {
    assert_string_equal(day_long(*state, "2017-12-31"), "31 December 2017");
    assert_string_equal(day_long(*state, "2017-05"), "May 2017");
    assert_string_equal(when_long(*state, "2017-12-31"), "31 December 2017");
    assert_string_equal(when_long(*state, "about 2017-05"), "about May 2017");
    assert_string_equal(when_long(*state, "after the pilot"), "after the pilot");
}

/* Somebody who wrote at half past midnight reads the day on which they wrote. */
static void a_moment_is_on_the_day_that_the_clock_on_the_wall_shows(void **state) {
    const char *zone = getenv("TZ");
    char *before = zone ? arena_copy(*state, zone) : NULL;
    setenv("TZ", "Europe/London", 1);
    tzset();
    assert_string_equal(day_of_moment(*state, "2026-06-30T23:30:00.250Z"), "1 July 2026");
    assert_string_equal(day_of_moment(*state, "2026-06-30T22:59:59.999Z"), "30 June 2026");
    assert_string_equal(day_of_moment(*state, "2026-12-31T23:30:00.000Z"), "31 December 2026");
    setenv("TZ", "UTC", 1);
    tzset();
    assert_string_equal(day_of_moment(*state, "2026-06-30T23:30:00.250Z"), "30 June 2026");
    assert_string_equal(day_of_moment(*state, "2026-06-30"), "30 June 2026");
    if (before)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
}

static void months_are_counted_across_years(void **state) {
    char day[DAY_SIZE];
    (void)state;
    assert_int_equal(month_number_of("2017-01-31") - month_number_of("2016-12-01"), 1);
    assert_int_equal(month_number_of("2017-12-01") - month_number_of("2014-12-31"), 36);
    month_first(month_number_of("2016-02-29"), day);
    assert_string_equal(day, "2016-02-01");
    month_first(month_number_of("2016-12-31") + 1, day);
    assert_string_equal(day, "2017-01-01");
}

static void text_is_made_safe_for_xml(void **state) {
    assert_string_equal(text_xml(*state, "a <b> & \"c\" 'd'"),
                        "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    assert_string_equal(text_xml(*state, "\x01y\x1b\tz\n"), "y\tz\n");
    assert_string_equal(text_xml(*state, "Kozłowska\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD."),
                        "Kozłowska\xEF\xBF\xBD.");
    assert_string_equal(text_xml(*state, "a\r\nb\x7F"
                                         "c\xC2\x80\xC2\x9F\xC2\xA0."),
                        "a&#13;\nbc\xC2\xA0.");
    assert_string_equal(text_xml(*state, ""), "");
}

static void names_are_equal_however_they_are_spelt(void **state) {
    assert_string_equal(text_fold(*state, "Decision Rights"), text_fold(*state, "decision-rights"));
    assert_string_equal(text_fold(*state, "decision_rights"), "decisionrights");
    assert_string_equal(text_fold(*state, "Café"), "café");
}

static void the_nearest_name_is_a_likely_slip_only(void **state) {
    static const char *const names[] = {"hospital", "council", "community-trust"};
    assert_string_equal(text_nearest(*state, "hosptial", names, 3), "hospital");
    assert_string_equal(text_nearest(*state, "Council", names, 3), "council");
    assert_string_equal(text_nearest(*state, "comunity trust", names, 3), "community-trust");
    assert_null(text_nearest(*state, "university", names, 3));
    assert_null(text_nearest(*state, "", names, 3));
}

static void white_space_is_trimmed_whatever_its_kind(void **state) {
    assert_string_equal(text_trim(*state, " \t a b \r\n"), "a b");
    assert_string_equal(text_typed(*state, " a\r\nb\r\n"), "a\nb");
    assert_null(text_typed(*state, "\r\n "));
    assert_null(text_typed(*state, NULL));
    assert_string_equal(text_trim(*state, "\xEF\xBB\xBFkey"), "key");
    assert_string_equal(text_trim(*state, "\xC2\xA0x\xC2\xA0"), "x");
    assert_true(text_blank(" \xC2\xA0\n"));
    assert_false(text_blank(" . "));
}

static void only_well_formed_utf8_is_text(void **state) {
    (void)state;
    assert_true(text_is_utf8("Kozłowska – “x”", strlen("Kozłowska – “x”")));
    assert_false(text_is_utf8("caf\xE9", 4));          /* Windows-1252 */
    assert_false(text_is_utf8("\xC0\xAF", 2));         /* overlong */
    assert_false(text_is_utf8("\xED\xA0\x80", 3));     /* surrogate */
    assert_false(text_is_utf8("\xF5\x80\x80\x80", 4)); /* beyond the last character */
    assert_false(text_is_utf8("a\0b", 3));
    assert_int_equal(text_width("Łódź"), 4);
}

static void enumerations_read_like_a_sentence(void **state) {
    static const char *const items[] = {"a", "b", "c", "d", "e"};
    assert_string_equal(text_enumerate(*state, items, 0, 3), "");
    assert_string_equal(text_enumerate(*state, items, 1, 3), "a");
    assert_string_equal(text_enumerate(*state, items, 2, 3), "a and b");
    assert_string_equal(text_enumerate(*state, items, 4, 3), "a, b, c and d");
    assert_string_equal(text_enumerate(*state, items, 5, 3), "a, b, c and 2 more");
}

static void formats_say_what_printf_says(void **state) {
    char long_text[400];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_string_equal(arena_format(*state, "plain"), "plain");
    assert_string_equal(arena_format(*state, "%s, %s and %zu", "one", "", (size_t)SIZE_MAX),
                        "one,  and 18446744073709551615");
    assert_string_equal(arena_format(*state, "%d%d%d", 0, -7, 2147483647), "0-72147483647");
    assert_string_equal(arena_format(*state, "%s %04d %% %.2s", "then", 42, "abc"),
                        "then 0042 % ab");
    assert_string_equal(arena_format(*state, "%s", long_text), long_text);
}

static void an_index_finds_what_was_added_once(void **state) {
    struct index index = {0};
    int things[1000];
    assert_null(index_find(&index, "0"));
    for (int i = 0; i < 1000; i++)
        assert_true(index_add(*state, &index, arena_format(*state, "%d", i), &things[i]));
    assert_false(index_add(*state, &index, "7", &things[8]));
    for (int i = 0; i < 1000; i++)
        assert_ptr_equal(index_find(&index, arena_format(*state, "%d", i)), &things[i]);
    assert_null(index_find(&index, "1000"));
}

static void problems_say_where_they_are(void **state) {
    struct problems problems = problems_new(*state);
    struct place place = {.file = "p.xlsx", .sheet = "People", .row = 4, .column = "Key"};
    place.column_number = 28;
    problem_add(&problems, place, "wrong: %d", 1);
    problem_add(&problems, (struct place){.file = "A1.md", .row = 3}, "also wrong");
    char *printed = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&printed, &length);
    problems_print(out, &problems, 1);
    fclose(out);
    assert_string_equal(printed, "p.xlsx, sheet People, row 4, column Key (AB):\n"
                                 "    wrong: 1\n... and 1 more like these.\n");
    free(printed);
}

static void remarks_are_made_once_and_are_no_problems(void **state) {
    struct problems problems = problems_new(*state);
    struct place place = {.file = "p.xlsx", .sheet = "People"};
    remark_add(&problems, place, "%d seen", 2);
    remark_add(&problems, place, "2 seen");
    place.row = 1;
    remark_add(&problems, place, "2 seen");
    assert_int_equal(problems.list.n, 0);
    assert_int_equal(problems.remarks.n, 2);
}

static void terminals_are_given_no_orders(void **state) {
    (void)state;
    char *printed = NULL;
    size_t length;
    FILE *out = open_memstream(&printed, &length);
    struct printer printer = {.out = out};
    print_wrapped(&printer, "\033[2J", NULL,
                  "a\033]0;x\007 b\xC2\x9B"
                  "2J c\rd\te");
    print_styled(&printer, BOLD, "\xC2\x9B\177 \u00a0caf\u00e9");
    fclose(out);
    assert_string_equal(printed, "\uFFFD[2Ja\uFFFD]0;x\uFFFD b\uFFFD2J c\uFFFDd\te\n"
                                 "\uFFFD\uFFFD \u00a0caf\u00e9");
    free(printed);
}

static void test_arena_cleared_is_as_new(void **state) {
    /* Of the small ones few fit into a block, and all of them into more blocks than are kept. */
    enum { SMALL = 20000, SMALLS = 20, LARGE = 100000, CAP = 600000 };
    struct arena *arena = arena_new(CAP);
    (void)state;
    for (int round = 0; round < 5; round++) {
        unsigned char *large = arena_alloc(arena, LARGE);
        memset(large, 'x', LARGE);
        for (int n = 0; n < SMALLS >> round % 3; n++) {
            unsigned char *small = arena_alloc(arena, SMALL);
            for (int i = 0; i < SMALL; i++)
                assert_int_equal(small[i], 0);
            memset(small, 'x', SMALL);
        }
        arena_clear(arena); /* otherwise the second round would be past the cap */
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_arena_cleared_is_as_new),
        TEST(times_spread_as_far_as_their_words),
        TEST(terminals_are_given_no_orders),
        TEST(times_of_day_are_read_as_people_write_them),
        TEST(what_is_no_time_is_refused),
        TEST(days_add_across_months_and_leap_years),
        TEST(days_are_said_in_words),
        TEST(a_moment_is_on_the_day_that_the_clock_on_the_wall_shows),
        TEST(months_are_counted_across_years),
        TEST(text_is_made_safe_for_xml),
        TEST(names_are_equal_however_they_are_spelt),
        TEST(the_nearest_name_is_a_likely_slip_only),
        TEST(white_space_is_trimmed_whatever_its_kind),
        TEST(only_well_formed_utf8_is_text),
        TEST(enumerations_read_like_a_sentence),
        TEST(formats_say_what_printf_says),
        TEST(an_index_finds_what_was_added_once),
        TEST(problems_say_where_they_are),
        TEST(remarks_are_made_once_and_are_no_problems),
        TEST(days_in_figures_are_never_guessed),
        TEST(windows_1252_becomes_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
