/* Measures the search of the library in one of 100,000 pages, for tests/bench-library: brings it
 * into the index of an empty database, and asks questions. The pages are words of the library that
 * is built in, drawn as often as they stand there; so are the questions, of two to six words;
 * besides, those of tests/library/queries.txt.
 *
 *     library_bench DATABASE QUERIES PAGES */
#include "base/text.h"
#include "content/content.h"
#include "db/migrate.h"
#include "library/search.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROOM = 1024 * 1024 * 1024, PAGE_WORDS = 80, TITLE_WORDS = 4, DRAWN = 1000, TIMES = 3 };

struct words {
    LIST(const char *) list;
};

struct bench {
    struct arena *arena, *own; /* the latter for one question */
    struct words words;
    struct library library;
    const char *question;
    size_t found;
};

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void words_read(struct arena *arena, struct words *out) {
    for (size_t i = 0; i < builtin_file_count; i++) {
        if (strncmp(builtin_files[i].path, "content/", strlen("content/")) != 0)
            continue;
        char *text = arena_copy(arena, builtin_files[i].text);
        for (char *word = strtok(text, " \n\t,.:;!?\"()[]{}|*_+-<>=#/`~0123456789\\"); word;
             word = strtok(NULL, " \n\t,.:;!?\"()[]{}|*_+-<>=#/`~0123456789\\"))
            list_add(arena, &out->list, word);
    }
}

static void words_draw(const struct words *words, int n, struct text *out) {
    for (int i = 0; words->list.n && i < n; i++)
        text_add_format(out, "%s%s", i ? " " : "",
                        words->list.items[(size_t)random() % words->list.n]);
}

static const char *page_draw(struct arena *arena, const struct words *words) {
    struct text out = text_new(arena);
    text_add(&out, "# ");
    words_draw(words, TITLE_WORDS, &out);
    for (size_t i = 0; i < 3; i++) {
        text_add_format(&out, "\n\n## %s [ours]\n",
                        (const char *[]){"Why", "What to do", "What to settle in writing"}[i]);
        words_draw(words, PAGE_WORDS / 3, &out);
    }
    text_add(&out, "\n\n## What to watch for [ours]\nNothing.\n");
    return out.bytes;
}

static enum err asked(struct db *db, void *context) {
    struct bench *bench = context;
    struct library_found found;
    enum err err = library_search(db, bench->own, &bench->library, NULL, bench->question, &found);
    bench->found = found.items.list.n;
    return err;
}

static int time_compare(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static enum err questions_ask(struct bench *bench, struct db *db, const struct words *questions,
                              const char *what) {
    const size_t n = questions->list.n * TIMES;
    double *times = arena_alloc_array(bench->arena, n, sizeof *times);
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        bench->own = arena_new(ROOM);
        bench->question = questions->list.items[i % questions->list.n];
        const double began = now();
        enum err err = db_read(db, asked, bench);
        times[i] = now() - began;
        found += bench->found > 0;
        arena_free(bench->own);
        if (err)
            return err;
    }
    qsort(times, n, sizeof *times, time_compare);
    printf("%s: %zu questions, %zu of them answered: median %.1f ms, 95 %% within %.1f ms, "
           "all within %.1f ms\n",
           what, n, found, times[n / 2], times[n * 95 / 100], times[n - 1]);
    return OK;
}

static bool queries_read(struct arena *arena, const char *path, struct words *out) {
    char line[512];
    FILE *in = fopen(path, "r");
    while (in && fgets(line, sizeof line, in))
        if (line[0] != '#' && strchr(line, '='))
            list_add(arena, &out->list,
                     arena_copy_n(arena, line, (size_t)(strchr(line, '=') - line)));
    if (in)
        fclose(in);
    return out->list.n;
}

static enum err bench_run(struct bench *bench, struct db *db, const char *queries, size_t pages,
                          struct problems *problems) {
    struct files files = {0};
    struct words written = {0}, drawn = {0};
    bool worked;
    for (size_t i = 0; i < pages; i++)
        list_add(bench->arena, &files.list,
                 ((struct file){arena_format(bench->arena, "content/guidance/drawn-%zu.md", i),
                                page_draw(bench->arena, &bench->words)}));
    enum err err = library_load(bench->arena, &files, &bench->library, problems);
    if (!err)
        err = db_migrate(db);
    double began = now();
    if (!err)
        err = library_index(db, bench->arena, &bench->library, &worked);
    if (err)
        return err;
    printf("%zu pages are in the index within %.1f s\n", bench->library.items.n,
           (now() - began) / 1e3);
    fflush(stdout);
    for (int i = 0; i < DRAWN; i++) {
        struct text question = text_new(bench->arena);
        words_draw(&bench->words, 2 + i % 5, &question);
        list_add(bench->arena, &drawn.list, question.bytes);
    }
    if (!queries_read(bench->arena, queries, &written))
        return ERR_INPUT;
    err = questions_ask(bench, db, &written, "As people may type");
    return err ? err : questions_ask(bench, db, &drawn, "Drawn by chance");
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "library_bench DATABASE QUERIES PAGES\n");
        return 2;
    }
    struct bench bench = {.arena = arena_new((size_t)4 * ROOM)};
    struct problems problems = problems_new(bench.arena);
    struct db *db = NULL;
    words_read(bench.arena, &bench.words);
    enum err err = db_open(bench.arena, &problems, argv[1], DB_CREATE, &db);
    if (!err)
        err = bench_run(&bench, db, argv[2], strtoul(argv[3], NULL, 10), &problems);
    for (size_t i = 0; i < problems.list.n && i < 10; i++)
        fprintf(stderr, "%s: %s\n", problems.list.items[i].place.file,
                problems.list.items[i].message);
    db_close(db);
    arena_free(bench.arena);
    return err ? 1 : 0;
}
