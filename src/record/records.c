#include "record/records.h"
#include "base/text.h"
#include <string.h>

struct records records_new(struct arena *arena) {
    return (struct records){
        .arena = arena,
        .of_kind = arena_alloc_array(arena, kind_count, sizeof(struct record_list)),
    };
}

unsigned long record_number_new(void) {
    static unsigned long last;
    return ++last;
}

size_t records_count(const struct records *records) {
    size_t n = 0;
    for (size_t i = 0; i < kind_count; i++)
        n += records->of_kind[i].list.n;
    return n;
}

const struct record_list *records_of(const struct records *records, const struct kind *kind) {
    return &records->of_kind[kind_index(kind)];
}

struct record *records_find(const struct records *records, const struct kind *kind,
                            const char *id) {
    const struct record_list *all = records_of(records, kind);
    return index_find(&all->by_id, id);
}

const char *record_value(const struct record *record, const char *field_name) {
    int i = kind_field_index(record->kind, field_name);
    return i < 0 ? NULL : record->values[i];
}

char *field_heading(struct arena *arena, const struct field *field) {
    return text_capital(arena, text_replace_char(arena, field->name, '_', ' '));
}

/* A label refers to labels that may refer to labels; descriptions are written so that this ends,
 * and the depth makes sure of it. */
static void label_add(struct text *out, const struct records *records, const struct record *record,
                      int depth);

static void label_add_field(struct text *out, const struct records *records,
                            const struct record *record, const char *field_name, int depth) {
    int i = kind_field_index(record->kind, field_name);
    const char *value = i < 0 ? NULL : record->values[i];
    if (!value)
        return;
    const struct field *field = &record->kind->fields[i];
    const struct record *other =
        field->type == FIELD_REF ? records_find(records, kind_find(field->refers_to), value) : NULL;
    if (other && depth)
        label_add(out, records, other, depth - 1);
    else
        text_add(out, value);
}

static void label_add(struct text *out, const struct records *records, const struct record *record,
                      int depth) {
    for (const char *at = record->kind->label; *at;) {
        const char *end = text_starts_with(at, "{{") ? strstr(at, "}}") : NULL;
        if (!end) {
            text_add_char(out, *at++);
            continue;
        }
        const char *name = arena_copy_n(out->arena, at + 2, (size_t)(end - at - 2));
        label_add_field(out, records, record, name, depth);
        at = end + 2;
    }
}

char *record_label(const struct records *records, const struct record *record) {
    enum { DEEPEST = 3 };
    struct text out = text_new(records->arena);
    label_add(&out, records, record, DEEPEST);
    /* Empty fields leave gaps in a label; close them. */
    struct text closed = text_new(records->arena);
    for (const char *c = out.bytes; *c; c++)
        if (*c != ' ' || (closed.length && closed.bytes[closed.length - 1] != ' '))
            text_add_char(&closed, *c);
    return text_trim(records->arena, closed.bytes);
}
