/* Runs exchange/leftover.h over many texts, for tests/blackbox/test_leftover.py: on standard input
 * one JSON object,
 * {"known": [["person", "name", "instead"], ...], "texts": ["...", ...]}; on standard output, for
 * each text, a JSON array of [start, length, kind, is_known] and the text as it is generalised. */
#include "exchange/leftover.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *text_at(const json_t *array, size_t at) {
    const char *text = json_string_value(json_array_get(array, at));
    return text ? text : "";
}

/* `text` is null where what was made of it is no UTF-8: a span cut through a character. */
static json_t *answer(const struct leftover_finder *finder, struct arena *arena, const char *text) {
    struct leftovers found;
    json_t *spans = json_array();
    leftover_find(finder, arena, text, &found);
    for (size_t k = 0; k < found.list.n; k++) {
        const struct leftover *at = &found.list.items[k];
        json_array_append_new(spans, json_pack("[i, i, i, b]", (int)at->start, (int)at->length,
                                               (int)at->kind, (int)at->is_known));
    }
    json_t *made = json_string(leftover_generalise(arena, text, &found));
    return json_pack("{s:o, s:o}", "found", spans, "text", made ? made : json_null());
}

int main(void) {
    json_t *root = json_loadf(stdin, 0, NULL), *known = json_object_get(root, "known");
    json_t *texts = json_object_get(root, "texts"), *out = json_array();
    struct arena *arena = arena_new(256 * 1024 * 1024);
    size_t n = json_array_size(known);
    struct leftover_known *names = arena_alloc_array(arena, n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(known, i);
        names[i] = (struct leftover_known){
            text_at(one, 1), text_at(one, 2),
            strcmp(text_at(one, 0), "person") == 0 ? LEFTOVER_PERSON : LEFTOVER_ORGANISATION};
    }
    const struct leftover_finder *finder = leftover_finder_new(arena, names, n);
    for (size_t i = 0; i < json_array_size(texts); i++) {
        struct arena *own = arena_new(256 * 1024 * 1024);
        json_array_append_new(out, answer(finder, own, text_at(texts, i)));
        arena_free(own);
    }
    json_dumpf(out, stdout, JSON_COMPACT);
    json_decref(out);
    json_decref(root);
    arena_free(arena);
    return 0;
}
