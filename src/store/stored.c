#include "store/stored.h"
#include <jansson.h>
#include <stdlib.h>

/* Gives the object back. */
static char *line_of(struct arena *arena, json_t *object) {
    char *line = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (!line)
        abort();
    char *copy = arena_copy(arena, line);
    free(line);
    json_decref(object);
    return copy;
}

char *stored_write(struct arena *arena, const struct record *record) {
    json_t *object = json_object();
    for (size_t f = 0; record->kind->fields[f].name; f++)
        if (record->values[f] && json_object_set_new(object, record->kind->fields[f].name,
                                                     json_string(record->values[f])) != 0)
            abort(); /* no memory, or text that is not UTF-8, which no reader lets in */
    return line_of(arena, object);
}

enum err stored_alter(struct arena *arena, const struct kind *kind, const char *content,
                      stored_change *change, void *context, const char **out) {
    json_t *object = json_loads(content, JSON_REJECT_DUPLICATES, NULL), *altered = json_object();
    const char *name;
    json_t *value;
    bool changed = false;
    if (!altered)
        abort();
    json_object_foreach(object, name, value) {
        int f = kind ? kind_field_index(kind, name) : -1;
        const char *before = json_string_value(value);
        const char *after =
            before ? change(context, f < 0 ? NULL : &kind->fields[f], before) : NULL;
        changed |= after != before;
        if ((after || !before) && /* what is no text nobody here has written */
            json_object_set_new(altered, name, after ? json_string(after) : json_incref(value)) !=
                0)
            abort();
    }
    *out = content;
    if (changed)
        *out = line_of(arena, altered);
    else
        json_decref(altered);
    bool is_object = json_is_object(object);
    json_decref(object);
    return is_object ? OK : ERR_INPUT;
}

enum err stored_read(struct arena *arena, const struct kind *kind, const char *content,
                     const char **cells) {
    json_t *object = json_loads(content, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return ERR_INPUT;
    }
    for (size_t f = 0; kind->fields[f].name; f++) {
        const char *value = json_string_value(json_object_get(object, kind->fields[f].name));
        cells[f] = value ? arena_copy(arena, value) : NULL;
    }
    json_decref(object);
    return OK;
}

struct sheet stored_sheet(struct arena *arena, const struct kind *kind, const char *file) {
    struct sheet sheet = {.file = file, .name = kind->sheet};
    size_t n = kind_field_count(kind);
    struct sheet_row row = {
        .number = 1, .cells = arena_alloc_array(arena, n, sizeof *row.cells), .n = n};
    for (size_t f = 0; f < n; f++)
        row.cells[f] = field_heading(arena, &kind->fields[f]);
    list_add(arena, &sheet.rows, row);
    return sheet;
}

enum err stored_sheet_add(struct arena *arena, struct sheet *sheet, const struct kind *kind,
                          const char *content) {
    size_t n = kind_field_count(kind);
    struct sheet_row row = {.number = (unsigned)sheet->rows.n + 1,
                            .cells = arena_alloc_array(arena, n, sizeof *row.cells),
                            .n = n};
    enum err err = stored_read(arena, kind, content, row.cells);
    if (!err)
        list_add(arena, &sheet->rows, row);
    return err;
}
