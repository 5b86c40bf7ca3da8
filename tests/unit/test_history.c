/* The diagnosis over time: days, lengths, and what is drawn. */
#include "history/axis.h"
#include "history/times.h"
#include "history/words.h"
#include "unit.h"

static struct day_numbers numbers(struct arena *arena, const long *days, size_t n) {
    struct day_numbers out = {0};
    for (size_t i = 0; i < n; i++)
        list_add(arena, &out.list, days[i]);
    return out;
}

static void month_ends_are_the_last_days_of_months(void **state) {
    static const char *const ends[] = {"2015-12-31", "2016-01-31", "2016-02-29"};
    struct day_numbers days =
        times_month_ends(*state, day_number_of("2015-12-31"), day_number_of("2016-03-30"));
    assert_int_equal(days.list.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(days.list.items[i], day_number_of(ends[i]));
    days = times_month_ends(*state, day_number_of("2016-01-01"), day_number_of("2016-01-30"));
    assert_int_equal(days.list.n, 0);
}

static void too_many_days_are_thinned_evenly(void **state) {
    static const long all[] = {10, 11, 12, 13, 14, 15, 16, 17, 18};
    struct day_numbers days = numbers(*state, all, 9), thin = days_thin(*state, &days, 3);
    assert_int_equal(thin.list.n, 3);
    assert_int_equal(thin.list.items[0], 10);
    assert_int_equal(thin.list.items[1], 14);
    assert_int_equal(thin.list.items[2], 18);
    assert_int_equal(days_thin(*state, &days, 9).list.n, 9);
    assert_int_equal(days_thin(*state, &days, 1).list.items[0], 10);
}

static void joined_days_are_in_order_and_once(void **state) {
    struct day_numbers a = numbers(*state, (long[]){3, 5}, 2);
    struct day_numbers b = numbers(*state, (long[]){1, 5, 7}, 3);
    struct day_numbers both = days_join(*state, &a, &b);
    assert_int_equal(both.list.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(both.list.items[i], ((long[]){1, 3, 5, 7})[i]);
    both = days_between(*state, &both, 3, 6);
    assert_int_equal(both.list.n, 2);
    assert_int_equal(both.list.items[0], 3);
}

static void lengths_are_said_in_the_unit_that_fits(void **state) {
    static const struct {
        long days;
        const char *words;
    } cases[] = {{1, "1 day"},     {13, "13 days"},    {14, "2 weeks"},     {60, "9 weeks"},
                 {61, "2 months"}, {424, "14 months"}, {1094, "36 months"}, {1461, "4 years"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(days_words(*state, cases[i].days), cases[i].words);
}

static struct history four_years(struct arena *arena) {
    return (struct history){.arena = arena, .from = "2014-01-01", .to = "2017-12-31"};
}

static void a_rough_time_makes_a_length_rough(void **state) {
    struct history history = four_years(*state);
    struct span span = {
        .from = "2014-01-01",
        .began = {.kind = DATED_ROUGHLY,
                  .words = "2014",
                  .first = "2014-01-01",
                  .last = "2014-12-31"},
    };
    struct length length = span_length(&history, &span);
    assert_int_equal(length.least, 1097);
    assert_int_equal(length.most, 1461);
    assert_string_equal(length_words(*state, &length), "3 to 4 years");
    span.until = "2015-02-28"; /* two months at the least */
    length = span_length(&history, &span);
    assert_int_equal(length.least, 60);
    assert_int_equal(length.most, 424);
    assert_string_equal(length_words(*state, &length), "9 weeks to 14 months");
    span = (struct span){.until = "2014-01-31"};
    length = span_length(&history, &span);
    assert_string_equal(length_words(*state, &length), "at least 4 weeks");
}

static void times_are_said_as_they_are_written(void **state) {
    struct dating year = {
        .kind = DATED_ROUGHLY, .words = "2016", .first = "2016-01-01", .last = "2016-12-31"};
    struct dating about = {.kind = DATED_ROUGHLY,
                           .words = "about 2017-06",
                           .first = "2017-05-01",
                           .last = "2017-07-31"};
    struct dating before = {.kind = DATED_ROUGHLY, .words = "before 2018", .last = "2017-12-31"};
    assert_string_equal(dating_words(*state, &year), "some time in 2016");
    assert_string_equal(dating_words(*state, &about), "about June 2017");
    assert_string_equal(dating_words(*state, &before), "before 2018");
}

static void months_are_equally_wide_and_years_line_up(void **state) {
    struct axis axis = axis_make("2014-01-01", "2017-12-31", 53, true);
    assert_int_equal(axis.months, 48);
    assert_true(axis.unit == 1);
    assert_true(axis_place(&axis, "2014-01-01") == 0);
    assert_true(axis_place(&axis, "2016-03-01") == 26);
    assert_int_equal((long)axis_place(&axis, "2017-12-31"), 47);
    struct ticks ticks = axis_ticks(*state, &axis, 6, 9);
    assert_int_equal(ticks.list.n, 4);
    assert_string_equal(ticks.list.items[3].label, "2017");
    assert_true(ticks.list.items[3].place == 36);
}

static void a_line_too_long_for_months_takes_several_in_a_column(void **state) {
    struct axis axis = axis_make("1948-07-05", "2026-06-30", 53, true);
    assert_true(axis.unit < 1);
    assert_true(axis_place(&axis, "2026-06-30") < 53);
    struct ticks ticks = axis_ticks(*state, &axis, 6, 9);
    for (size_t i = 1; i < ticks.list.n; i++)
        assert_true(ticks.list.items[i].place - ticks.list.items[i - 1].place >= 6);
}

static void a_bar_is_rough_where_its_times_are(void **state) {
    struct history history = four_years(*state);
    struct track track = {.id = "A15/plan"};
    struct span span = {
        .from = "2014-01-01",
        .until = "2016-12-31",
        .began = {.kind = DATED_ROUGHLY,
                  .words = "2014",
                  .first = "2014-01-01",
                  .last = "2014-12-31"},
        .ended = {.kind = DATED_ROUGHLY,
                  .words = "2016",
                  .first = "2016-01-01",
                  .last = "2016-12-31"},
    };
    list_add(*state, &track.spans, span);
    struct parts parts = track_parts(*state, &history, &track);
    assert_int_equal(parts.list.n, 3);
    assert_int_equal(parts.list.items[0].kind, PART_ROUGH);
    assert_string_equal(parts.list.items[1].first, "2015-01-01");
    assert_string_equal(parts.list.items[1].last, "2015-12-31");
    assert_int_equal(parts.list.items[1].kind, PART_SURE);
    assert_int_equal(parts.list.items[2].kind, PART_ROUGH);
    track.spans.items[0].until = "2014-12-31"; /* nothing of it is sure */
    track.spans.items[0].ended = span.began;
    parts = track_parts(*state, &history, &track);
    assert_int_equal(parts.list.n, 1);
    assert_int_equal(parts.list.items[0].kind, PART_ROUGH);
    track.spans.items[0] = (struct span){0};
    track.begins_nowhere = true;
    parts = track_parts(*state, &history, &track);
    assert_int_equal(parts.list.n, 1);
    assert_int_equal(parts.list.items[0].kind, PART_UNDATED);
    assert_true(track_is_undated(&track));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(month_ends_are_the_last_days_of_months),
        TEST(too_many_days_are_thinned_evenly),
        TEST(joined_days_are_in_order_and_once),
        TEST(lengths_are_said_in_the_unit_that_fits),
        TEST(a_rough_time_makes_a_length_rough),
        TEST(times_are_said_as_they_are_written),
        TEST(months_are_equally_wide_and_years_line_up),
        TEST(a_line_too_long_for_months_takes_several_in_a_column),
        TEST(a_bar_is_rough_where_its_times_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
