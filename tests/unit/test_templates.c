#include "base/text.h"
#include "templates/things.h"
#include "templates_made.h"
#include "unit.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define HOSTILE "<script>alert('1')</script>\" onload=\"x&amp;"
#define HOSTILE_SAFE "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;amp;"

/* Renders a template and compares; the arguments are those behind `out`. */
#define assert_page(expected, name, ...)                                                           \
    do {                                                                                           \
        struct text made = text_new(*state);                                                       \
        template_##name(&made, __VA_ARGS__);                                                       \
        assert_string_equal(made.bytes, expected);                                                 \
        assert_int_equal(made.length, strlen(made.bytes));                                         \
    } while (0)

static void text_is_escaped(void **state) {
    assert_page("<p>" HOSTILE_SAFE "</p>", text, HOSTILE);
    assert_page("<p></p>", text, NULL);
    assert_page("<p></p>", text, "");
    assert_page("<p>caf\xC3\xA9 \xE2\x80\x94 \xF0\x9F\x8F\x9D</p>", text,
                "caf\xC3\xA9 \xE2\x80\x94 \xF0\x9F\x8F\x9D");
}

static void control_characters_are_left_out(void **state) {
    assert_page("<p>a\n\tbcd\xC2\xA0</p>", text,
                "a\r\n\tb\x01\x1B\x7F"
                "c\xC2\x85\xC2\x9F"
                "d\xC2\xA0");
    assert_page("<a href=\"/p/a%0Ab?q=a%0Ab#x\">", url_part,
                "a\r\n\x1B"
                "b\xC2\x85");
}

static void attributes_are_escaped(void **state) {
    assert_page("<p title=\"" HOSTILE_SAFE "\" data-a = \"a" HOSTILE_SAFE "b\">", attribute,
                HOSTILE);
    assert_page("<p title=\"\" data-a = \"ab\">", attribute, NULL);
}

static void only_known_kinds_of_address_are_followed(void **state) {
    static const char *const followed[][2] = {
        {"/p/a?b=1&c=2#d", "/p/a?b=1&amp;c=2#d"},
        {"/", "/"},
        {"#top", "#top"},
        {"?page=2", "?page=2"},
        {"https://example.org/a b", "https://example.org/a%20b"},
        {"HTTP://example.org/%20\"'><", "HTTP://example.org/%20%22&#39;%3E%3C"},
        {"mailto:somebody@example.org", "mailto:somebody@example.org"},
        {"/caf\xC3\xA9\\", "/caf%C3%A9%5C"},
    };
    static const char *const refused[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&#58;alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\\\\evil.example",
        "evil.example",
        " /p",
        "",
        "ftp://evil.example",
        "file:///etc/passwd",
        "http\t:evil",
        "/a\xC2\x85",
        "blob:x",
        ":",
    };
    for (size_t i = 0; i < sizeof followed / sizeof *followed; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "<a href=\"%s\">", followed[i][1]);
        assert_page(expected, url, followed[i][0]);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_page("<a href=\"#\">", url, refused[i]);
    assert_page("<a href=\"#\">", url, NULL);
    struct text page = text_new(*state);
    template_form_urls(&page, "javascript:alert(1)");
    assert_string_equal(page.bytes, "<form ACTION=\"#\"><button formaction=\"#\"><img src=\"#\">");
}

static void parts_of_addresses_stay_parts(void **state) {
    assert_page("<a href=\"/p/a%2Fb%3Fc%23d%26%25%22%27%3C%3E%20%5C%3A?q="
                "a%2Fb%3Fc%23d%26%25%22%27%3C%3E%20%5C%3A#x\">",
                url_part, "a/b?c#d&%\"'<> \\:");
    assert_page("<a href=\"/p/caf%C3%A9-1_2.3~?q=caf%C3%A9-1_2.3~#x\">", url_part,
                "caf\xC3\xA9-1_2.3~");
    assert_page("<a href=\"/p/?q=#x\">", url_part, NULL);
    assert_page("<a href=\"/p/...?q=...#x\">", url_part, "...");
}

static void an_address_goes_on_as_a_part(void **state) {
    assert_page("<a href=\"/a%2Fevil%3A\">", url_then_part, "/a", "/evil:");
    assert_page("<a href=\"#alert\">", url_then_part, "javascript:", "alert");
}

static void html_of_our_own_is_raw(void **state) {
    assert_page("<b>&amp;</b>&lt;i&gt;", raw, (struct html){"<b>&amp;</b>"}, (char[]){"<i>"});
    assert_page("", raw, (struct html){NULL}, NULL);
}

static void numbers_are_printed(void **state) {
    assert_page("<p title=\"-1\">-1 4294967295 -9223372036854775808 18446744073709551615 "
                "-9223372036854775808 0 9223372036854775807 <a href=\"/-1\">",
                numbers, -1, UINT_MAX, LONG_MIN, SIZE_MAX, INT64_MIN, 0, LLONG_MAX);
    assert_page("<p title=\"0\">0 0 10 9 -10 100 0 <a href=\"/0\">", numbers, 0, 0, 10, 9, -10, 100,
                0);
}

static void lines_of_areas_are_kept(void **state) {
    assert_page("<title>\na&lt;/title&gt;</title><textarea\nname=\"a\">\n\na&lt;/title&gt;"
                "</textarea><pre>\n\na&lt;/title&gt;</pre><pre>\nkept   as\n  it is</pre>",
                areas, "\na</title>");
}

static void comments_are_left_out(void **state) {
    struct text page = text_new(*state);
    template_script(&page);
    assert_string_equal(page.bytes,
                        "<!DOCTYPE html>\n\n<SCRIPT src=\"/static/a.js\" defer>\n</SCRIPT>");
}

static void code_may_hold_what_ends_it(void **state) {
    assert_page("{{ }} %}<b>%} {}}", tricky_code, NULL);
}

static const struct things three = {
    .items = {{"<one>", "/1\"", RED}, {NULL, "/2", GREEN}, {"three", NULL, GREEN}}, .n = 3};

static void loops_and_other_templates(void **state) {
    assert_page("<ul>\n<li>&lt;one&gt;,</li>\n<li>,</li>\n<li class=\"last\">three.</li>\n</ul>",
                list, &three);
    assert_page("<ul>\n</ul>", list, &(struct things){.n = 0});
}

static void code_within_tags_and_values(void **state) {
    assert_page("<i class=\"c red\"\n data-url=\"/1&quot;\">&lt;one&gt;</i>\n"
                "<i class=\"c green\"\n>three</i>\n",
                colours, &three);
}

static void white_space_is_folded(void **state) {
    assert_page("<p>See   also\na\n\nb\nand others\nhere.</p>", sentence, "a\n\nb", true);
    assert_page("<p>See   also\na\nhere.</p>", sentence, "a", false);
    struct text page = text_new(*state);
    template_nothing(&page);
    assert_int_equal(page.length, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(text_is_escaped),
        TEST(control_characters_are_left_out),
        TEST(attributes_are_escaped),
        TEST(only_known_kinds_of_address_are_followed),
        TEST(parts_of_addresses_stay_parts),
        TEST(an_address_goes_on_as_a_part),
        TEST(html_of_our_own_is_raw),
        TEST(numbers_are_printed),
        TEST(lines_of_areas_are_kept),
        TEST(comments_are_left_out),
        TEST(code_may_hold_what_ends_it),
        TEST(loops_and_other_templates),
        TEST(code_within_tags_and_values),
        TEST(white_space_is_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
