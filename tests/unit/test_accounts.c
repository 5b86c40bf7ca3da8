/* Signing in: passwords, slowing down, links and sessions; from where somebody asks. */
#include "database.h"

#include "accounts/account.h"
#include "accounts/agent.h"
#include "accounts/moment.h"
#include "accounts/password.h"
#include "accounts/second_factor.h"
#include "accounts/throttle.h"
#include "accounts/visitor.h"
#include "store/people.h"
#include "web/helper.h"
#include "web/peer.h"
#include <poll.h>
#include <sys/mman.h>
#include <time.h>

/* ---- passwords ---- */

static void a_password_is_long_and_not_ones_name(void **state) {
    static const char *const own[] = {"Clinical Lead", "clead", NULL};
    static const struct {
        const char *password, *fault; /* NULL: none */
    } cases[] = {
        {"123456789", "at least 10"},
        {"1234567890", NULL},
        {"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", "at least 10"},
        {"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", NULL},
        {"clinical  LEAD!", "must not be your name"},
        {"..........", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *fault = password_fault(*state, cases[i].password, own, 3);
        if (!fault != !cases[i].fault || (fault && !strstr(fault, cases[i].fault)))
            fail_msg("\"%s\": %s", cases[i].password, fault ? fault : "nothing wrong");
    }
}

static void a_password_is_known_by_its_hash(void **state) {
    char hash[PASSWORD_HASH_SIZE], again[PASSWORD_HASH_SIZE];
    (void)state;
    assert_true(password_hash("correct horse", hash));
    assert_true(password_hash("correct horse", again));
    assert_string_not_equal(hash, again);
    assert_true(password_is("correct horse", hash));
    assert_false(password_is("correct horse ", hash));
    assert_false(password_is("", hash));
    assert_false(password_is("", password_of_nobody));
    assert_false(password_is("correct horse", ""));
    /* The same cost, so that it takes as long */
    size_t cost = strlen("$argon2id$v=19$m=19456,t=2,p=1$");
    assert_memory_equal(hash, password_of_nobody, cost);
    assert_int_equal(strlen(hash), strlen(password_of_nobody));
}

/* ---- slowing down ---- */

static struct attempt attempt(struct database *database, const char *who, const char *from) {
    struct attempt made;
    must(database, attempt_begin(database->db, database->arena, who, from, &made));
    return made;
}

/* As if all failures had been so many minutes ago. */
static void failures_age(struct database *database, int minutes) {
    char at[DB_TIME_SIZE];
    moment_in(-(long)minutes * SECONDS_A_MINUTE, at);
    database_do(database,
                arena_format(database->arena, "update sign_in_failure set at = '%s'", at));
}

static void after_five_failures_one_waits(void **state) {
    struct database *database = *state;
    for (int i = 0; i < THROTTLE_FAILURES; i++)
        assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, 0);
    assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, THROTTLE_MINUTES);
    assert_int_equal(attempt(database, " CLEAD ", "192.0.2.1").minutes, THROTTLE_MINUTES);
    assert_int_equal(attempt(database, "clead", "192.0.2.2").minutes, 0);
    assert_int_equal(attempt(database, "sponsor", "192.0.2.1").minutes, 0);
    failures_age(database, THROTTLE_MINUTES - 2);
    assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, 2);
    failures_age(database, THROTTLE_MINUTES + 1);
    assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, 0);
}

static void what_is_taken_back_or_succeeds_does_not_count(void **state) {
    struct database *database = *state;
    struct attempt last = {0};
    for (int i = 0; i < 3 * THROTTLE_FAILURES; i++) {
        last = attempt(database, "clead", "192.0.2.1");
        assert_int_equal(last.minutes, 0);
        must(database, attempt_take_back(database->db, &last));
    }
    for (int i = 0; i < THROTTLE_FAILURES; i++)
        last = attempt(database, "clead", "192.0.2.1");
    must(database, attempt_succeeded(database->db, &last));
    assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, 0);
    for (int i = 0; i < THROTTLE_FAILURES; i++)
        last = attempt(database, "clead", "192.0.2.1");
    must(database, attempts_forget(database->db, database->arena, "Clead", "192.0.2.1"));
    assert_int_equal(attempt(database, "clead", "192.0.2.1").minutes, 0);
}

/* ---- accounts ---- */

static int64_t account_make(struct database *database, const char *name, const char *email,
                            const char *login) {
    struct person person;
    struct sign_in_account account;
    must(database, person_add(database->db, database->arena, name, email, &person));
    must(database, account_add_for(database->db, database->arena, person.id, login));
    must(database, account_find(database->db, database->arena, login, &account));
    assert_string_equal(account.login, login);
    return account.id;
}

static int64_t found(struct database *database, const char *who) {
    struct sign_in_account account;
    must(database, account_find(database->db, database->arena, who, &account));
    return account.id;
}

static void an_account_is_found_by_login_or_email(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", "clead@example.org", "clead");
    int64_t mentor = account_make(database, "Mentor", "mentor@example.org", "mentor");
    assert_int_equal(found(database, "clead"), clead);
    assert_int_equal(found(database, "CLEAD@example.org"), clead);
    assert_int_equal(found(database, "mentor@example.org"), mentor);
    assert_int_equal(found(database, "CLEAD"), 0);
    assert_int_equal(found(database, "Clead"), 0);
    assert_int_equal(found(database, ""), 0);
    struct person person;
    must(database, account_add(database->db, database->arena, "clead", "second", &person));
    assert_int_equal(found(database, "clead@example.org"), 0);
    assert_int_equal(found(database, "clead"), clead);
}

static const char *session(struct database *database, int64_t account, bool by_link) {
    const char *token;
    must(database, session_begin(database->db, database->arena,
                                 &(struct session_wish){account, by_link ? BY_LINK : BY_PASSWORD,
                                                        false, "a browser"},
                                 &token));
    return token;
}

static size_t sessions(struct database *database, int64_t account, const char *token) {
    struct signed_in_list list;
    must(database, account_sessions(database->db, database->arena, account, token, &list));
    for (size_t i = 0; i < list.list.n; i++)
        if (!list.list.items[i].is_this)
            assert_string_equal(list.list.items[i].agent, "a browser");
    return list.list.n;
}

static int64_t visitor(struct database *database, const char *token) {
    struct visitor visitor;
    must(database, visitor_read(database->db, database->arena, token, NULL, &visitor));
    return visitor.account;
}

static void a_session_ends_when_it_is_ended(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", NULL, "clead");
    int64_t sponsor = account_make(database, "Sponsor", NULL, "sponsor");
    const char *here = session(database, clead, false), *there = session(database, clead, true);
    const char *other = session(database, sponsor, false);
    char hash[TOKEN_HASH_SIZE];
    assert_int_equal(sessions(database, clead, here), 2);
    session_hash(there, hash);
    must(database, account_session_end(database->db, sponsor, hash)); /* not Sponsor's */
    assert_int_equal(visitor(database, there), clead);
    must(database, account_session_end(database->db, clead, hash));
    assert_int_equal(visitor(database, there), 0);
    session(database, clead, false);
    must(database, account_sessions_end_others(database->db, clead, here));
    assert_int_equal(sessions(database, clead, here), 1);
    assert_int_equal(visitor(database, here), clead);
    assert_int_equal(visitor(database, other), sponsor);
    database_do(database, "update session set expires_at = '2020-01-01T00:00:00.000Z'");
    assert_int_equal(visitor(database, here), 0);
    assert_int_equal(sessions(database, clead, here), 0);
}

static void a_link_lets_in_once(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", NULL, "clead"), account;
    const char *token, *name;
    must(database, sign_in_link_new(database->db, database->arena, clead, &token));
    must(database, sign_in_link_look(database->db, database->arena, token, &name));
    assert_string_equal(name, "Clead");
    must(database, sign_in_link_spend(database->db, token, &account));
    assert_int_equal(account, clead);
    must(database, sign_in_link_spend(database->db, token, &account));
    assert_int_equal(account, 0);
    must(database, sign_in_link_look(database->db, database->arena, token, &name));
    assert_null(name);
    must(database, sign_in_link_new(database->db, database->arena, clead, &token));
    database_do(database, "update sign_in_link set expires_at = '2020-01-01T00:00:00.000Z'");
    must(database, sign_in_link_spend(database->db, token, &account));
    assert_int_equal(account, 0);
}

static void a_new_password_shuts_every_other_way_in(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", NULL, "clead"), account;
    struct signed_in_list list;
    const char *link, *here = session(database, clead, true),
                      *there = session(database, clead, true);
    must(database, sign_in_link_new(database->db, database->arena, clead, &link));
    must(database, account_password_set(database->db, clead, "a hash", here));
    assert_int_equal(visitor(database, there), 0);
    must(database, sign_in_link_spend(database->db, link, &account));
    assert_int_equal(account, 0);
    must(database, account_sessions(database->db, database->arena, clead, here, &list));
    assert_int_equal(list.list.n, 1);
    assert_true(list.list.items[0].is_this);
    assert_false(list.list.items[0].by_link); /* the next change asks for the password */
    struct sign_in_account now;
    must(database, account_read(database->db, database->arena, clead, &now));
    assert_string_equal(now.password, "a hash");
}

/* ---- the second factor ---- */

#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" /* RFC 6238, appendix B */

static void figures_are_those_of_the_rfc(void **state) {
    static const struct {
        int64_t seconds;
        const char *code; /* the last six figures of the table there */
    } cases[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                 {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char code[TOTP_CODE_SIZE];
        totp_code(RFC_SECRET, cases[i].seconds / TOTP_SECONDS, code);
        assert_string_equal(code, cases[i].code);
    }
}

static void figures_hold_for_a_moment_and_once(void **state) {
    (void)state;
    assert_int_equal(totp_step_of(RFC_SECRET, "287082", 1, -1), 1);
    assert_int_equal(totp_step_of(RFC_SECRET, "287082", 0, -1), 1);
    assert_int_equal(totp_step_of(RFC_SECRET, "287082", 2, -1), 1);
    assert_int_equal(totp_step_of(RFC_SECRET, "287082", 3, -1), -1);
    assert_int_equal(totp_step_of(RFC_SECRET, "287082", 1, 1), -1); /* was used */
    assert_int_equal(totp_step_of(RFC_SECRET, "287083", 1, -1), -1);
    assert_int_equal(totp_step_of(RFC_SECRET, "", 1, -1), -1);
}

static void secrets_are_by_chance_and_valid(void **state) {
    char one[TOTP_SECRET_SIZE], two[TOTP_SECRET_SIZE];
    (void)state;
    totp_secret_new(one);
    totp_secret_new(two);
    assert_true(totp_secret_valid(one));
    assert_string_not_equal(one, two);
    assert_false(totp_secret_valid(""));
    assert_false(totp_secret_valid("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ"));
    assert_false(totp_secret_valid("gEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
}

static bool opens(struct database *database, int64_t account, const char *typed) {
    bool is_right;
    must(database, second_factor_use(database->db, database->arena, account, typed, &is_right));
    return is_right;
}

static void a_second_factor_opens_once_with_each_code(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", NULL, "clead");
    int64_t sponsor = account_make(database, "Sponsor", NULL, "sponsor");
    char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE], figures[TOTP_CODE_SIZE];
    struct second_factor factor;
    assert_false(opens(database, clead, "000000"));
    must(database, second_factor_set(database->db, database->arena, clead, RFC_SECRET, 0, codes));
    must(database, second_factor_read(database->db, database->arena, clead, &factor));
    assert_string_equal(factor.secret, RFC_SECRET);
    assert_int_equal(factor.codes_left, RECOVERY_CODES);
    totp_code(RFC_SECRET, totp_step_now(), figures);
    assert_false(opens(database, sponsor, figures));
    assert_true(
        opens(database, clead, arena_format(database->arena, "%.3s %s", figures, figures + 3)));
    assert_false(opens(database, clead, figures));
    assert_false(opens(database, sponsor, codes[0]));
    assert_true(opens(database, clead, codes[0]));
    assert_false(opens(database, clead, codes[0]));
    assert_true(opens(database, clead, text_replace_char(database->arena, codes[1], '-', ' ')));
    assert_false(opens(database, clead, ""));
    must(database, second_factor_remove(database->db, clead));
    assert_false(opens(database, clead, codes[2]));
    must(database, second_factor_read(database->db, database->arena, clead, &factor));
    assert_null(factor.secret);
    assert_int_equal(factor.codes_left, 0);
}

static void a_session_that_waits_lets_nobody_in(void **state) {
    struct database *database = *state;
    int64_t clead = account_make(database, "Clead", NULL, "clead");
    struct session_wish waiting;
    const char *token, *login, *in = session(database, clead, false);
    must(database, session_begin(database->db, database->arena,
                                 &(struct session_wish){clead, BY_LINK, true, NULL}, &token));
    assert_int_equal(visitor(database, token), 0);
    assert_int_equal(sessions(database, clead, in), 1);
    must(database, session_waiting(database->db, database->arena, token, &waiting, &login));
    assert_int_equal(waiting.account, clead);
    assert_int_equal(waiting.way, BY_LINK);
    assert_string_equal(login, "clead");
    must(database, session_waiting(database->db, database->arena, in, &waiting, &login));
    assert_int_equal(waiting.account, 0);
}

/* ---- who asks, and with what ---- */

static void the_address_is_that_of_whoever_asks(void **state) {
    static const struct {
        const char *from, *forwarded, *proxy, *expected;
    } cases[] = {
        {"192.0.2.7", NULL, NULL, "192.0.2.7"},
        {"192.0.2.7", "198.51.100.1", NULL, "192.0.2.7"}, /* anybody can say so */
        {"192.0.2.7", "198.51.100.1", "192.0.2.8", "192.0.2.7"},
        {"192.0.2.7", "198.51.100.1", "192.0.2.7", "198.51.100.1"},
        {"::ffff:192.0.2.7", "198.51.100.1", "192.0.2.7", "198.51.100.1"},
        {"127.0.0.1", "203.0.113.9, 198.51.100.1", NULL, "198.51.100.1"}, /* only the last */
        {"::1", " 198.51.100.1 ", NULL, "198.51.100.1"},
        {"127.0.0.1", "nonsense", NULL, "127.0.0.1"},
        {"127.0.0.1", "", NULL, "127.0.0.1"},
        {"127.0.0.1", "1.2.3.4, unknown", NULL, "127.0.0.1"},
        {"2001:db8:1:2:3:4:5:6", NULL, NULL, "2001:db8:1:2::"}, /* a household */
        {"2001:db8::1", "198.51.100.1", "2001:db8::2", "2001:db8::"},
        {"::1", NULL, NULL, "::1"},
        {"", "198.51.100.1", NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(peer_choose(*state, cases[i].from, cases[i].forwarded, cases[i].proxy),
                            cases[i].expected);
}

static void browsers_are_known_by_name(void **state) {
    static const struct {
        const char *agent, *expected;
    } cases[] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox on Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Safari/537.36",
         "Chrome on Windows"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari on an iPhone"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.5 Safari/605.1.15",
         "Safari on a Mac"},
        {"Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
         "Samsung Internet on Android"},
        {"Firefox/1.0", "Firefox on a machine that it does not name"},
        {"curl/7.88.1", "A browser that does not say what it is"},
        {NULL, "A browser that does not say what it is"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(agent_words(*state, cases[i].agent), cases[i].expected);
}

static void times_are_reckoned_from_now(void **state) {
    char at[DB_TIME_SIZE];
    moment_in(-90, at);
    assert_in_range(moment_since(at), 90, 92);
    setenv("TZ", "Europe/London", 1);
    tzset();
    assert_string_equal(moment_words(*state, "2026-06-30T12:05:59.000Z"), "30 June 2026 at 13:05");
    assert_string_equal(moment_words(*state, "2026-01-31T00:05:00.000Z"),
                        "31 January 2026 at 00:05");
}

/* ---- the helper ---- */

static void join(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]) {
    snprintf(answer, HELPER_ANSWER_SIZE, "%s+%s", texts[0], texts[1] ? texts[1] : "nothing");
}

static void fall(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]) {
    (void)texts, (void)answer;
    _exit(1);
}

static void gorge(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]) {
    (void)texts;
    void *much =
        mmap(NULL, (size_t)1 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    snprintf(answer, HELPER_ANSWER_SIZE, "%s", much == MAP_FAILED ? "did not" : "had it");
}

/* The next answer, waited for; "NAME: answer". */
static const char *next(struct arena *arena, struct helper *helper) {
    char answer[HELPER_ANSWER_SIZE];
    for (;;) {
        const char *asker = helper_next(helper, answer);
        if (asker)
            return arena_format(arena, "%s: %s", asker, answer);
        struct pollfd waited = {.fd = helper_socket(helper), .events = POLLIN};
        assert_int_not_equal(helper_patience(helper), -1);
        poll(&waited, 1, helper_patience(helper));
    }
}

static bool ask(struct helper *helper, const struct question question, char *asker) {
    return helper_ask(helper, &question, asker);
}

static void the_helper_answers_in_order(void **state) {
    struct helper *helper = helper_new(*state);
    char answer[HELPER_ANSWER_SIZE], first[] = "first", second[] = "second";
    assert_null(helper_next(helper, answer));
    assert_int_equal(helper_patience(helper), -1);
    assert_true(ask(helper, (struct question){join, {"a", "b"}}, first));
    assert_true(ask(helper, (struct question){join, {"\u00e9", NULL}}, second));
    assert_string_equal(next(*state, helper), "first: a+b");
    assert_string_equal(next(*state, helper), "second: \u00e9+nothing");
    assert_null(helper_next(helper, answer));
    helper_end(helper);
}

static void the_helper_may_fall_over(void **state) {
    struct helper *helper = helper_new(*state);
    char first[] = "first", second[] = "second", third[] = "third";
    for (int i = 0; i < 3; i++) {
        assert_true(ask(helper, (struct question){fall, {NULL}}, first));
        assert_true(ask(helper, (struct question){join, {"a", "b"}}, second));
        assert_string_equal(next(*state, helper), "first: ");
        assert_string_equal(next(*state, helper), "second: ");
        assert_true(ask(helper, (struct question){join, {"a", "b"}}, third));
        assert_string_equal(next(*state, helper), "third: a+b");
    }
    helper_end(helper);
}

static void the_helper_has_limits(void **state) {
    struct helper *helper = helper_new(*state);
    char asker[] = "asker", text[HELPER_TEXT_MAX + 2];
    memset(text, 'x', sizeof text);
    text[HELPER_TEXT_MAX + 1] = '\0';
    assert_false(ask(helper, (struct question){join, {text, ""}}, asker));
    text[HELPER_TEXT_MAX] = '\0';
    assert_true(ask(helper, (struct question){join, {text, ""}}, asker));
    assert_non_null(strstr(next(*state, helper), ": xxxx"));
    assert_true(ask(helper, (struct question){gorge, {NULL}}, asker));
    assert_string_equal(next(*state, helper), "asker: did not");
    for (int i = 0; i < HELPER_WAITING_MAX; i++)
        assert_true(ask(helper, (struct question){join, {"a", "b"}}, asker));
    assert_false(ask(helper, (struct question){join, {"a", "b"}}, asker));
    helper_give_up(helper);
    for (int i = 0; i < HELPER_WAITING_MAX; i++)
        assert_string_equal(next(*state, helper), "asker: ");
    assert_true(ask(helper, (struct question){join, {"a", "b"}}, asker));
    assert_string_equal(next(*state, helper), "asker: a+b");
    helper_end(helper);
}

/* What the invitation says of a part is what permissions.def lets it do. */
static void what_is_said_of_a_part_is_true(void **state) {
    static const struct {
        const char *words;
        enum permission permission;
    } said[] = {{"reads the records", PERMISSION_SEE_RECORDS},
                {"decides about findings", PERMISSION_DECIDE},
                {"makes actions", PERMISSION_DECIDE},
                {"shares it", PERMISSION_SHARE},
                {"corrects the records", PERMISSION_CORRECT},
                {"changes the steps", PERMISSION_CHANGE_STEPS},
                {"asks what if", PERMISSION_SEE_EXPOSURE},
                {"invites people", PERMISSION_INVITE}};
    (void)state;
    for (int role = 0; role < ROLE_COUNT; role++) {
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
            if (strstr(role_hints[role], said[i].words))
                assert_true(role_may((enum role)role, said[i].permission));
        assert_int_equal(!strstr(role_hints[role], "read the records"),
                         role_may((enum role)role, PERMISSION_SEE_RECORDS));
        assert_int_equal(!strstr(role_hints[role], "decide about findings"),
                         role_may((enum role)role, PERMISSION_DECIDE));
        for (int other = 0; other < role; other++)
            assert_string_not_equal(role_hints[role], role_hints[other]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_password_is_long_and_not_ones_name),
        TEST(a_password_is_known_by_its_hash),
        STORE_TEST(after_five_failures_one_waits),
        STORE_TEST(what_is_taken_back_or_succeeds_does_not_count),
        STORE_TEST(an_account_is_found_by_login_or_email),
        STORE_TEST(a_session_ends_when_it_is_ended),
        STORE_TEST(a_link_lets_in_once),
        STORE_TEST(a_new_password_shuts_every_other_way_in),
        TEST(figures_are_those_of_the_rfc),
        TEST(figures_hold_for_a_moment_and_once),
        TEST(secrets_are_by_chance_and_valid),
        STORE_TEST(a_second_factor_opens_once_with_each_code),
        STORE_TEST(a_session_that_waits_lets_nobody_in),
        TEST(the_address_is_that_of_whoever_asks),
        TEST(browsers_are_known_by_name),
        TEST(times_are_reckoned_from_now),
        TEST(what_is_said_of_a_part_is_true),
        TEST(the_helper_answers_in_order),
        TEST(the_helper_may_fall_over),
        TEST(the_helper_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
