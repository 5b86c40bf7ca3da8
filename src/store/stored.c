#include "store/stored.h"
#include <jansson.h>
#include <stdlib.h>

/* Nearly every line is written and read without the library: it would take longer than all the rest
 * where a whole programme is saved or read. Whatever is not quite plain is left to the library,
 * which gives the same. */

/* How much of a text stands in JSON as it is. */
static size_t plain_length(const char *text) {
    size_t length = 0;
    while ((unsigned char)text[length] >= ' ' && text[length] != '"' && text[length] != '\\')
        length++;
    return length;
}

static void string_write(struct text *out, const char *value) {
    size_t plain = plain_length(value);
    if (!value[plain]) {
        text_add_char(out, '"');
        text_add_n(out, value, plain);
        text_add_char(out, '"');
        return;
    }
    json_t *string = json_string(value);
    char *written = json_dumps(string, JSON_ENCODE_ANY);
    if (!written)
        abort(); /* no memory, or text that is not UTF-8, which no reader lets in */
    text_add(out, written);
    free(written);
    json_decref(string);
}

const char *stored_write(struct text *room, const struct record *record) {
    room->length = 0;
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        if (!record->values[f])
            continue;
        text_add_char(room, room->length ? ',' : '{');
        string_write(room, record->kind->fields[f].name);
        text_add_char(room, ':');
        string_write(room, record->values[f]);
    }
    text_add(room, room->length ? "}" : "{}");
    return room->bytes;
}

/* Moves behind a string with nothing special in it; NULL if there is none. */
static const char *plain_string_read(const char **at, size_t *length) {
    if (**at != '"')
        return NULL;
    const char *string = *at + 1;
    *length = plain_length(string);
    if (string[*length] != '"')
        return NULL;
    *at = string + *length + 1;
    return string;
}

static bool name_is(const struct field *field, const char *name, size_t length) {
    return strncmp(field->name, name, length) == 0 && !field->name[length];
}

/* Where the fields stand in the order of the kind, each once, as stored_write writes them. */
static bool plain_read(struct arena *arena, const struct kind *kind, const char *content,
                       const char **cells) {
    size_t next = 0, length = 0, n = kind_field_count(kind);
    memset(cells, 0, n * sizeof *cells);
    do {
        if (*content++ != (next ? ',' : '{'))
            return false;
        const char *name = plain_string_read(&content, &length);
        while (name && next < n && !name_is(&kind->fields[next], name, length))
            next++;
        if (!name || next == n || *content++ != ':')
            return false;
        const char *value = plain_string_read(&content, &length);
        if (!value || !text_is_utf8(value, length))
            return false;
        cells[next++] = arena_copy_n(arena, value, length);
    } while (*content == ',');
    return content[0] == '}' && !content[1];
}

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
    if (plain_read(arena, kind, content, cells))
        return OK;
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

const char *stored_value(struct arena *arena, const struct kind *kind, const char *content,
                         const char *field) {
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    return stored_read(arena, kind, content, cells) == OK ? cells[kind_field_index(kind, field)]
                                                          : NULL;
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
