#include "library/alike.h"
#include "content/files.h"
#include "library/search.h"

static void group_take(struct arena *arena, struct alike *alike, const char *line) {
    struct alike_group *group = arena_alloc(arena, sizeof *group);
    const char *words, *word;
    *group = (struct alike_group){0};
    while (line && (words = text_next_piece(arena, &line, ',')))
        for (const char *rest = library_stems(arena, words);
             rest && (word = text_next_piece(arena, &rest, ' '));)
            if (*word && index_add(arena, &alike->by_stem, word, group))
                list_add(arena, &group->stems, word);
}

struct alike alike_load(struct arena *arena) {
    struct alike alike = {0};
    struct files files = {0};
    const char *line;
    files_add_builtin(arena, &files, "content/alike/", ".words");
    for (size_t i = 0; i < files.list.n; i++)
        for (const char *rest = files.list.items[i].text;
             rest && (line = text_next_piece(arena, &rest, '\n'));)
            if (*line != '#')
                group_take(arena, &alike, line);
    return alike;
}

void alike_add(struct arena *arena, const struct alike *alike, const char *stems, const void *page,
               struct text *out) {
    const char *rest = stems, *word;
    while (rest && (word = text_next_piece(arena, &rest, ' '))) {
        struct alike_group *group = index_find(&alike->by_stem, word);
        if (!group || group->last == page)
            continue;
        group->last = page;
        for (size_t i = 0; i < group->stems.n; i++)
            text_add_format(out, " %s", group->stems.items[i]);
    }
}
