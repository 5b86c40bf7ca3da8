/* An ETag stands for everything that a page of a programme depends on. */
#include "unit.h"

#include "web/request.h"
#include <string.h>

static const char *etag_of(struct arena *arena, const struct request *request,
                           const char *if_none_match, bool is_unchanged) {
    struct request asked = *request;
    struct response response = {.status = STATUS_OK};
    asked.arena = arena;
    asked.if_none_match = if_none_match;
    assert_true(response_is_unchanged(&asked, &response) == is_unchanged);
    assert_int_equal(response.status, is_unchanged ? STATUS_UNCHANGED : STATUS_OK);
    return response.etag;
}

static void another_whenever_something_changes(void **state) {
    struct site site = {.start = "first"}, other_site = {.start = "second"};
    struct request request = {
        .site = &site,
        .today = "2026-06-30",
        .visitor = {.login = "lead",
                    .name = "Somebody",
                    .token = "one",
                    .role = ROLE_LEAD,
                    .programme = {.id = 1, .key = "p", .name = "P", .revision = 1, .link = "a"},
                    .touched = 1,
                    .looks = 1},
    };
    struct request others[9];
    const char *etag = etag_of(*state, &request, NULL, false);
    enum { N = sizeof others / sizeof *others };
    for (size_t i = 0; i < N; i++)
        others[i] = request;
    others[0].site = &other_site;
    memcpy(others[1].today, "2026-07-01", DAY_SIZE);
    others[2].visitor.role = ROLE_TEAM;
    others[3].visitor.token = "two";
    others[4].visitor.was_here = "2026-06-01T09:00:00.000Z";
    others[5].visitor.name = "Somebody else";
    others[6].visitor.programme.link = "b";
    others[7].visitor.is_administrator = true;
    others[8].visitor.touched++;
    for (size_t i = 0; i < N; i++)
        assert_string_not_equal(etag_of(*state, &others[i], etag, false), etag);
    assert_string_equal(etag_of(*state, &request, etag, true), etag);
    assert_string_equal(etag_of(*state, &request, "\"other\"", false), etag);
    request.visitor.looks = 0;
    assert_null(etag_of(*state, &request, etag, false));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(another_whenever_something_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
