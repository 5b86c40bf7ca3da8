#include "diagnosis/sentence.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

struct gap {
    char sort; /* '#', '^', '/', ':', '?', or '=' for a plain value */
    const char *name;
    const char *one, *many; /* for ':' and '?' */
};

/* Reads the gap at `*at` ("{{...}}") and moves behind it; false if there is none. */
static bool gap_read(struct arena *arena, const char **at, struct gap *out) {
    const char *end = text_starts_with(*at, "{{") ? strstr(*at, "}}") : NULL;
    if (!end)
        return false;
    const char *inside = arena_copy_n(arena, *at + 2, (size_t)(end - *at - 2));
    *at = end + 2;
    *out = (struct gap){.sort = '=', .name = inside};
    if (*inside && strchr("#^/", *inside)) {
        out->sort = *inside;
        out->name = inside + 1;
        return true;
    }
    size_t name = strcspn(inside, ":?");
    const char *bar = strchr(inside + name, '|');
    if (inside[name] && bar) {
        out->sort = inside[name];
        out->name = arena_copy_n(arena, inside, name);
        out->one = arena_copy_n(arena, inside + name + 1, (size_t)(bar - (inside + name + 1)));
        out->many = bar + 1;
    }
    return true;
}

struct expansion {
    struct text out;
    sentence_lookup *lookup;
    void *context;
};

static void gap_fill(struct expansion *expansion, const struct gap *gap) {
    const char *value = expansion->lookup(expansion->context, gap->name);
    if (gap->sort == '=') {
        text_add(&expansion->out, value ? value : "");
        return;
    }
    const char *word = value && strtod(value, NULL) == 1.0 ? gap->one : gap->many;
    if (gap->sort == ':')
        text_add_format(&expansion->out, "%s ", value ? value : "no");
    text_add(&expansion->out, word);
}

/* Expands up to the end, or to {{/section}}; what is not `shown` is only passed over. Returns where
 * it stopped. */
static const char *part_expand(struct expansion *expansion, const char *at, const char *section,
                               bool shown) {
    struct gap gap;
    while (*at) {
        if (!gap_read(expansion->out.arena, &at, &gap)) {
            if (shown)
                text_add_char(&expansion->out, *at);
            at++;
        } else if (gap.sort == '/') {
            if (section && text_equal(section, gap.name))
                return at;
        } else if (gap.sort == '#' || gap.sort == '^') {
            bool there = expansion->lookup(expansion->context, gap.name) != NULL;
            at = part_expand(expansion, at, gap.name, shown && there == (gap.sort == '#'));
        } else if (shown) {
            gap_fill(expansion, &gap);
        }
    }
    return at;
}

char *sentence_expand(struct arena *arena, const char *sentence, sentence_lookup *lookup,
                      void *context) {
    struct expansion expansion = {text_new(arena), lookup, context};
    part_expand(&expansion, sentence, NULL, true);
    return expansion.out.bytes;
}

const char *sentence_fault(struct arena *arena, const char *sentence) {
    enum { DEEPEST = 4, GAPS_MAX = 60 };
    const char *open[DEEPEST];
    size_t depth = 0, gaps = 0;
    struct gap gap;
    while (*sentence) {
        if (!gap_read(arena, &sentence, &gap)) {
            if (text_starts_with(sentence, "{{"))
                return "a {{ without }}";
            sentence++;
        } else if (++gaps > GAPS_MAX) {
            return "too much to fill in: more than 60 times {{...}}";
        } else if (gap.sort == '#' || gap.sort == '^') {
            if (depth == DEEPEST)
                return "more than four parts inside each other";
            open[depth++] = gap.name;
        } else if (gap.sort == '/' && (depth == 0 || !text_equal(open[--depth], gap.name))) {
            return arena_format(arena, "{{/%s}} ends what was not begun", gap.name);
        }
    }
    return depth ? arena_format(arena, "{{#%s}} is not ended by {{/%s}}", open[depth - 1],
                                open[depth - 1])
                 : NULL;
}

void sentence_list_names(struct arena *arena, const char *sentence, struct sentence_names *out) {
    struct gap gap;
    while (*sentence) {
        if (!gap_read(arena, &sentence, &gap)) {
            sentence++;
            continue;
        }
        bool known = false;
        for (size_t i = 0; i < out->list.n; i++)
            known = known || text_equal(out->list.items[i], gap.name);
        if (!known)
            list_add(arena, &out->list, gap.name);
    }
}
