#include "diagnosis/lines.h"
#include "base/text.h"
#include <string.h>

static bool waits_for_voices(const char *line) {
    return strstr(line, "(v)") || strstr(line, "(v,");
}

struct lines lines_find(struct arena *arena, const struct content *content,
                        const struct rules *rules) {
    const struct page_parts *all = &content->lines.headers;
    struct lines lines = {0};
    for (size_t i = 0; i < all->list.n; i++) {
        struct line line = {.id = all->list.items[i].name, .text = all->list.items[i].text};
        for (size_t r = 0; r < rules->list.n; r++)
            if (names_contain(&rules->list.items[r]->answers, line.id))
                list_add(arena, &line.rules.list, rules->list.items[r]->id);
        line.state = line.rules.list.n             ? LINE_ANSWERED
                     : waits_for_voices(line.text) ? LINE_NEEDS_VOICES
                                                   : LINE_GAP;
        lines.count[line.state]++;
        list_add(arena, &lines.list, line);
    }
    return lines;
}
