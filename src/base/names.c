#include "base/names.h"
#include "base/text.h"
#include <string.h>

int name_index(const char *const *names, int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (text_equal(names[i], name))
            return i;
    return -1;
}

bool names_contain(const struct names *names, const char *name) {
    return name_index(names->list.items, (int)names->list.n, name) >= 0;
}

struct names names_split(struct arena *arena, const char *text) {
    struct names names = {0};
    for (char *name; (name = text_next_piece(arena, &text, ','));)
        if (*name)
            list_add(arena, &names.list, name);
    return names;
}

struct names names_paragraphs(struct arena *arena, const char *text) {
    struct names out = {0};
    while (text && *text) {
        const char *end = strstr(text, "\n\n");
        size_t length = end ? (size_t)(end - text) : strlen(text);
        list_add(arena, &out.list, arena_copy_n(arena, text, length));
        text += length;
        text += strspn(text, "\n");
    }
    return out;
}
