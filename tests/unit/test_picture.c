#include "base/text.h"
#include "picture/child.h"
#include "picture/graphviz.h"
#include "unit.h"
#include <libxml/parser.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct child_limits roomy = {10000, 1024UL * 1024 * 1024, 1024UL * 1024};

static struct child_result shell(struct arena *arena, const char *script, const char *input,
                                 const struct child_limits *limits) {
    const char *arguments[] = {"sh", "-c", script, NULL};
    return child_run(arena, arguments, input, limits);
}

static void a_child_reads_and_writes(void **state) {
    struct child_result result = shell(*state, "tr a-z A-Z; echo aside >&2", "words", &roomy);
    assert_int_equal(result.end, CHILD_DONE);
    assert_string_equal(result.output, "WORDS");
    assert_string_equal(result.complaint, "aside\n");
}

static void big_input_and_output_do_not_block(void **state) {
    size_t size = 900UL * 1024;
    char *input = arena_alloc(*state, size + 1);
    memset(input, 'x', size);
    struct child_result result = shell(*state, "cat", input, &roomy);
    assert_int_equal(result.end, CHILD_DONE);
    assert_int_equal(strlen(result.output), size);
    /* a child that talks without having listened */
    result = shell(*state, "exec <&-; head -c 900000 /dev/zero >&2; echo done", input, &roomy);
    assert_int_equal(result.end, CHILD_DONE);
    assert_string_equal(result.output, "done\n");
}

static void a_child_keeps_within_its_limits(void **state) {
    struct child_limits limits = {.milliseconds = 200, .memory = roomy.memory, .output = 1000};
    assert_int_equal(shell(*state, "exec sleep 30", "", &limits).end, CHILD_SLOW);
    assert_int_equal(shell(*state, "exec >&- 2>&-; exec sleep 30", "", &limits).end, CHILD_SLOW);
    limits.milliseconds = 10000;
    assert_int_equal(shell(*state, "exec yes", "", &limits).end, CHILD_LARGE);
    assert_int_equal(shell(*state, "head -c 1000 /dev/zero", "", &limits).end, CHILD_DONE);
    assert_int_equal(shell(*state, "head -c 1001 /dev/zero", "", &limits).end, CHILD_LARGE);
    limits.memory = 64UL * 1024 * 1024; /* tail keeps its input in memory */
    assert_int_equal(shell(*state,
                           "sleep 0.2; head -c 200000000 /dev/zero | tail -c 150000000 "
                           ">/dev/null && exit 0; exit 1",
                           "", &limits)
                         .end,
                     CHILD_FAILED);
}

static void a_child_that_fails_or_is_not_there_is_told_apart(void **state) {
    const char *nobody[] = {"no-such-program-of-ithaca", NULL};
    assert_int_equal(child_run(*state, nobody, "", &roomy).end, CHILD_MISSING);
    struct child_result result = shell(*state, "echo no >&2; exit 3", "", &roomy);
    assert_int_equal(result.end, CHILD_FAILED);
    assert_string_equal(result.complaint, "no\n");
    assert_int_equal(shell(*state, "kill -9 $$", "", &roomy).end, CHILD_FAILED);
}

static void a_child_is_heard_where_its_end_is_ignored(void **state) {
    signal(SIGCHLD, SIG_IGN);
    assert_int_equal(shell(*state, "echo done", "", &roomy).end, CHILD_DONE);
    assert_int_equal(shell(*state, "exit 3", "", &roomy).end, CHILD_FAILED);
    assert_true(signal(SIGCHLD, SIG_DFL) == SIG_IGN);
}

/* Runs a script; whether everyone who got this process's end of a pipe from it has ended then. */
static bool leaves_nobody(struct arena *arena, const char *script,
                          const struct child_limits *limits, enum child_end end) {
    enum { PATIENCE = 5000 };
    int both[2];
    assert_int_equal(pipe(both), 0);
    assert_int_equal(shell(arena, script, "", limits).end, end);
    close(both[1]);
    struct pollfd polled = {both[0], POLLIN, 0};
    bool closed = poll(&polled, 1, PATIENCE) == 1 && (polled.revents & POLLHUP);
    close(both[0]);
    return closed;
}

static void those_whom_a_child_starts_end_with_it(void **state) {
    struct child_limits brief = {200, roomy.memory, roomy.output};
    assert_true(leaves_nobody(*state, "sleep 30 & echo done", &roomy, CHILD_DONE));
    assert_true(leaves_nobody(*state, "sleep 30 & exit 3", &roomy, CHILD_FAILED));
    assert_true(leaves_nobody(*state, "sleep 30 | cat", &brief, CHILD_SLOW));
}

/* It has left the group, and cannot be ended; nobody waits for it either. */
static void nobody_waits_for_those_who_hold_the_pipes(void **state) {
    struct child_result result = shell(
        *state, "setsid sleep 15 & sleep 0.2; head -c 300000 /dev/zero | tr '\\0' x", "", &roomy);
    assert_int_equal(result.end, CHILD_DONE);
    assert_int_equal(strlen(result.output), 300000);
}

static const char *const hostile[] = {
    "\"><script>a()</script>",
    "</svg>",
    "a\\n\\N\\G\\",
    "&amp; &lt; &#65; &\\n &",
    "x\x01\x1B[31my\x7F\xEF\xBF\xBF",
    "two\nlines\t\"and\" 'so'",
    "]]> --> <!-- <![CDATA[",
    "\xF0\x9F\x98\x80 gr\xC3\xBC\xC3\x9F",
};
static const char *const shown[] = {
    "\"><script>a()</script>",
    "</svg>",
    "a\\n\\N\\G\\",
    "&amp; &lt; &#65; &\\n &",
    "x[31my",
    "two lines \"and\" 'so'",
    "]]> --> <!-- <![CDATA[",
    "\xF0\x9F\x98\x80 gr\xC3\xBC\xC3\x9F",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

/* The text of all elements of that name, one after the other, each ended by "|". */
static void gather(const xmlNode *node, const char *element, struct text *out) {
    for (; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE && text_equal((const char *)node->name, element)) {
            xmlChar *content = xmlNodeGetContent(node);
            text_add(out, (const char *)content);
            text_add_char(out, '|');
            xmlFree(content);
        }
        gather(node->children, element, out);
    }
}

static char *texts_of(struct arena *arena, const char *svg, const char *element) {
    struct text out = text_new(arena);
    xmlDoc *doc = xmlReadMemory(svg, (int)strlen(svg), "svg", NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    gather(xmlDocGetRootElement(doc), element, &out);
    xmlFreeDoc(doc);
    return out.bytes;
}

static void hostile_text_is_shown_as_it_is(void **state) {
    for (int i = 0; i < HOSTILE; i++) {
        struct problems problems = problems_new(*state);
        struct text dot = text_new(*state);
        char *svg;
        text_add(&dot, "graph { ");
        picture_dot_name(&dot, hostile[i]);
        text_add(&dot, " [label=");
        picture_dot_text(&dot, hostile[i]);
        text_add(&dot, "] }");
        assert_int_equal(picture_draw(*state, dot.bytes, "dot", &svg, &problems), OK);
        assert_int_equal(strncmp(svg, "<svg ", 5), 0);
        svg = picture_describe(*state, svg, shown[i], "It says: <>&\"'");
        const char *twice = arena_format(*state, "%s|%s|", shown[i], shown[i]);
        assert_string_equal(texts_of(*state, svg, "title"), twice);
        assert_string_equal(texts_of(*state, svg, "desc"), "It says: <>&\"'|");
        assert_string_equal(texts_of(*state, svg, "text"), arena_format(*state, "%s|", shown[i]));
        assert_string_equal(texts_of(*state, svg, "script"), "");
    }
}

static void labels_are_wrapped(void **state) {
    struct text out = text_new(*state);
    picture_dot_text(&out, "Chair of the integrated diabetes programme board");
    assert_string_equal(out.bytes, "\"Chair of the integrated\\ndiabetes programme board\"");
    out = text_new(*state);
    picture_dot_text(&out, " abcdefghijklmnopqrstuvwxyz ");
    assert_string_equal(out.bytes, "\"abcdefghijklmnopqrstuvwx\\nyz\"");
    out = text_new(*state);
    picture_dot_text(&out, "");
    assert_string_equal(out.bytes, "\"\"");
}

static void people_are_told_what_is_wrong(void **state) {
    struct problems problems = problems_new(*state);
    char *svg, *path = arena_copy(*state, getenv("PATH"));
    assert_int_equal(picture_draw(*state, "graph {", "dot", &svg, &problems), ERR_IO);
    assert_non_null(strstr(problems.list.items[0].message, "could not draw this picture: "));
    setenv("PATH", "/nowhere", 1);
    assert_int_equal(picture_draw(*state, "graph { a }", "dot", &svg, &problems), ERR_IO);
    setenv("PATH", path, 1);
    assert_non_null(strstr(problems.list.items[1].message, "apt-get install graphviz"));
}

/* Draws with a `dot` of its own that prints `output`; the message, or NULL if it was taken. */
static const char *drawn_by_another_dot(struct arena *arena, const char *output) {
    char folder[] = "/tmp/ithaca-test-XXXXXX", *svg;
    const char *path = arena_copy(arena, getenv("PATH"));
    struct problems problems = problems_new(arena);
    assert_non_null(mkdtemp(folder));
    const char *dot = arena_format(arena, "%s/dot", folder);
    FILE *script = fopen(dot, "wx");
    assert_non_null(script);
    fprintf(script, "#!/bin/sh\nprintf '%%s' '%s'\n", output);
    assert_int_equal(fclose(script), 0);
    assert_int_equal(chmod(dot, 0700), 0);
    setenv("PATH", arena_format(arena, "%s:%s", folder, path), 1);
    enum err err = picture_draw(arena, "graph { a }", "dot", &svg, &problems);
    setenv("PATH", path, 1);
    unlink(dot);
    rmdir(folder);
    assert_int_equal(err == OK, svg != NULL);
    assert_int_equal(err == OK, problems.list.n == 0);
    return err ? problems.list.items[0].message : NULL;
}

static void half_a_picture_is_none(void **state) {
    static const char *const halves[] = {"", "<svg width=\"1\"", "<svg width=\"1\"><g>",
                                         "</svg><svg width=\"1\">"};
    assert_null(drawn_by_another_dot(*state, "<svg width=\"1\"><g></g></svg>"));
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        assert_non_null(strstr(drawn_by_another_dot(*state, halves[i]), "gave no whole picture"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_child_reads_and_writes),
        TEST(big_input_and_output_do_not_block),
        TEST(a_child_keeps_within_its_limits),
        TEST(a_child_that_fails_or_is_not_there_is_told_apart),
        TEST(a_child_is_heard_where_its_end_is_ignored),
        TEST(those_whom_a_child_starts_end_with_it),
        TEST(nobody_waits_for_those_who_hold_the_pipes),
        TEST(hostile_text_is_shown_as_it_is),
        TEST(labels_are_wrapped),
        TEST(people_are_told_what_is_wrong),
        TEST(half_a_picture_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
