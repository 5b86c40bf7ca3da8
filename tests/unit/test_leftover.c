/* Names left in texts: the edges. How many are found is counted by tests/blackbox/test_leftover.py.
 */
#include "unit.h"

#include "base/text.h"
#include "exchange/leftover.h"

/* Put together from syllables: nobody's. */
static const struct leftover_known known[] = {
    {"Selia Thornmowley", "the clinical lead", LEFTOVER_PERSON},
    {"Inga O'Wexdun-Garström", "a nurse", LEFTOVER_PERSON},
    {"Will Baker", "a volunteer", LEFTOVER_PERSON},
    {"Ada Price", "a doctor", LEFTOVER_PERSON},
    {"Garwexford NHS Foundation Trust", "a hospital trust", LEFTOVER_ORGANISATION},
    {"Garwexford Council", "a council", LEFTOVER_ORGANISATION},
    {"Fendun Falls Team", "a team", LEFTOVER_ORGANISATION},
};

/* All that is found keeps its order, lies within the text and between its characters. */
static struct leftovers find_in(struct arena *arena, const char *text) {
    const struct leftover_finder *finder =
        leftover_finder_new(arena, known, sizeof known / sizeof *known);
    struct leftovers found;
    size_t end = 0;
    leftover_find(finder, arena, text, &found);
    for (size_t i = 0; i < found.list.n; i++) {
        const struct leftover *at = &found.list.items[i];
        assert_true(at->length > 0);
        assert_true(at->start >= end);
        end = at->start + at->length;
        assert_true(end <= strlen(text));
        assert_non_null(at->instead);
    }
    return found;
}

static void becomes(struct arena *arena, const char *text, const char *wanted) {
    struct leftovers found = find_in(arena, text);
    const char *made = leftover_generalise(arena, text, &found);
    assert_string_equal(made, wanted);
    assert_true(text_is_utf8(made, strlen(made)));
}

static void stays(struct arena *arena, const char *text) {
    becomes(arena, text, text);
}

static void the_longest_wins(void **state) {
    becomes(*state, "We met Selia Thornmowley of Garwexford NHS Foundation Trust.",
            "We met the clinical lead of a hospital trust.");
    becomes(*state, "Between Garwexford Council and Garwexford NHS Foundation Trust",
            "Between a council and a hospital trust");
    becomes(*state, "Dr Selia Thornmowley, Dr Thornmowley", "the clinical lead, the clinical lead");
    becomes(*state, "selia.thornmowley@garwexford.nhs.uk", "(an e-mail address)");
    becomes(*state, "https://garwexford.nhs.uk/Selia-Thornmowley", "(an address of the web)");
}

static void marks_beside_a_name_are_kept(void **state) {
    becomes(*state, "“Selia Thornmowley” – she said – ‘Thornmowley’s’…",
            "“the clinical lead” – she said – ‘the clinical lead’s’…");
    becomes(*state, "Selia\u00a0Thornmowley and Inga O’Wexdun\u2011Garstrom",
            "the clinical lead and a nurse");
    becomes(*state, "*Thornmowley* _Thornmowley_ (Thornmowley) Thornmowley…",
            "*the clinical lead* _the clinical lead_ (the clinical lead) the clinical lead…");
    becomes(*state, "(“selia@wex.org”)", "(“(an e-mail address)”)");
    becomes(*state, "to\u00a001865\u00a0123456,", "to\u00a0(a telephone number),");
}

static void what_nobody_sees_hides_no_name(void **state) {
    becomes(*state, "Thorn\u00admow\u200bley", "the clinical lead");
    becomes(*state, "\ufeffThornmowley\u200d", "\ufeffthe clinical lead\u200d");
    becomes(*state, "Garstro\u0308m", "a nurse"); /* the accent is a character of its own */
}

static void names_that_are_words(void **state) {
    stays(*state, "Will they come? A price, a baker; the Price and every Will.");
    stays(*state, "SUMMARY\nWill there be money?");
    stays(*state, "We paid a price. I will. A Baker's dozen.");
    becomes(*state, "We asked Will and A. Price, a.price and Price, A.",
            "We asked a volunteer and a doctor, a doctor and a doctor.");
    becomes(*state, "- Will: rings the ward", "- a volunteer: rings the ward");
    becomes(*state, "Present: ST, WB", "Present: the clinical lead, a volunteer");
    stays(*state, "ST AND WB TO CALL");
    stays(*state, "nothing from Smith. A year later");
}

static void what_is_no_number_stays(void **state) {
    stays(*state, "On 14/02/2024 10.30, 01.02.2024 11:15 and 2024-02-14 09.30.10 we met.");
    stays(*state, "From 0 1 2 3 4 5 6 7 8 9 choose; 09.30 10.15 11.00 12.45 are taken.");
    stays(*state, "(2019-2023) 34, 12 450 000, to the extent 12, section 117, £1,250,000");
    becomes(
        *state, "01865123456, (01865) 123456 ext. 2345, +44 (0)20 7946 0123; ext 2345",
        "(a telephone number), (a telephone number), (a telephone number); (a telephone number)");
    becomes(*state, "OX3 9DU OX39DU ox3 9du EC1A 1BB",
            "(a postcode) (a postcode) (a postcode) (a postcode)");
    becomes(*state, "943 476 5919, 943 476 5918", "(a number), 943 476 5918");
}

static void only_those_chosen_are_replaced(void **state) {
    const char *text = "Thornmowley told Inga";
    struct leftovers found = find_in(*state, text), chosen = {0};
    assert_int_equal(found.list.n, 2);
    assert_true(found.list.items[0].is_known);
    list_add((struct arena *)*state, &chosen.list, found.list.items[1]);
    assert_string_equal(leftover_generalise(*state, text, &chosen), "Thornmowley told a nurse");
}

static void nothing_known_and_nothing_said(void **state) {
    struct arena *arena = *state;
    struct leftovers found;
    stays(arena, "");
    stays(arena, " \n\t… – ");
    leftover_find(leftover_finder_new(arena, NULL, 0), arena, "Thornmowley", &found);
    assert_int_equal(found.list.n, 0);
    const struct leftover_known odd[] = {{"", "x", LEFTOVER_PERSON},
                                         {"–", "x", LEFTOVER_ORGANISATION},
                                         {NULL, "x", LEFTOVER_PERSON},
                                         {"Dr", "x", LEFTOVER_PERSON},
                                         {"\xE2\x80", "x", LEFTOVER_PERSON}};
    leftover_find(leftover_finder_new(arena, odd, 5), arena, "– x Dr \xE2\x80", &found);
    assert_int_equal(found.list.n, 0);
}

static void bytes_that_are_no_utf8_do_no_harm(void **state) {
    static const char *const odd[] = {
        "\x80",     "\xC3",     "\xE2\x80",     "\xF0\x9F\x98",
        "\xFF\xFE", "\xC0\xAF", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80"};
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const char *text =
            arena_format(arena, "%sThornmowley%s a%s@%swex.org%s 01865 123456%s OX3 9DU%s", odd[i],
                         odd[i], odd[i], odd[i], odd[i], odd[i], odd[i]);
        struct leftovers found = find_in(arena, text);
        assert_true(found.list.n >= 3);
        assert_int_equal(found.list.items[0].start, strlen(odd[i]));
        assert_int_equal(found.list.items[0].length, strlen("Thornmowley"));
    }
}

/* Cut after each of its bytes, and with each of them another. */
static void a_text_in_pieces(void **state) {
    (void)state;
    const char *text = "“Inga O’Wexdun‑Garström”, a+b@wex.org, +44 (0)20 7946 0123, EC1A 1BB, "
                       "St Oswin’s Hospital, QQ 12 34 56 C, www.wex.org/ö";
    static const char others[] = "\x01\x80\xC3\xE2\xFF@+(.'";
    for (size_t i = 0; text[i]; i++) {
        struct arena *arena = arena_new(64 * 1024 * 1024);
        find_in(arena, arena_copy_n(arena, text, i));
        find_in(arena, text + i);
        for (size_t k = 0; k < sizeof others - 1; k++) {
            char *copy = arena_copy(arena, text);
            copy[i] = others[k];
            find_in(arena, copy);
        }
        arena_free(arena);
    }
}

/* A mebibyte of prose, a quarter of each of the rest: they end, and what is found is in order. */
static void long_and_hostile_texts_are_read_to_their_end(void **state) {
    static const char *const pieces[] = {"Selia Thornmowley said, ",
                                         "a.",
                                         "a@",
                                         "@",
                                         "(",
                                         "Dr ",
                                         "St of and ",
                                         "A",
                                         "ö",
                                         "\u0301",
                                         "\u00ad",
                                         "1 ",
                                         "0",
                                         "Thornmowle",
                                         "“",
                                         "x.uk_"};
    enum { LENGTH = 1024 * 1024, LESS = 4 };
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct arena *arena = arena_new((size_t)1024 * 1024 * 1024);
        struct text text = text_new(arena);
        while (text.length < (i ? LENGTH / LESS : LENGTH))
            text_add(&text, pieces[i]);
        struct leftovers found = find_in(arena, text.bytes);
        if (i == 0)
            assert_int_equal(found.list.n, text.length / strlen(pieces[0]));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_longest_wins),
        TEST(marks_beside_a_name_are_kept),
        TEST(what_nobody_sees_hides_no_name),
        TEST(names_that_are_words),
        TEST(what_is_no_number_stays),
        TEST(only_those_chosen_are_replaced),
        TEST(nothing_known_and_nothing_said),
        TEST(bytes_that_are_no_utf8_do_no_harm),
        TEST(a_text_in_pieces),
        TEST(long_and_hostile_texts_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
