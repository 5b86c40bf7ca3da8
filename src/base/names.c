#include "base/names.h"
#include "base/text.h"

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
