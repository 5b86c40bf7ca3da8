#include "api/shapes.h"
#include "base/date.h"
#include "base/text.h"
#include "record/personal.h"
#include "record/value.h"
#include <stdlib.h>

/* ---- schemas ---- */

static json_t *shape_described(const char *type, const char *words) {
    return json_pack("{s:s, s:s}", "type", type, "description", words);
}

static void choices_add(struct arena *arena, json_t *shape, const struct field *field) {
    const char *const *choices = value_choices(arena, field);
    json_t *list = json_array();
    for (size_t i = 0; choices && choices[i]; i++)
        json_array_append_new(list, json_string(choices[i]));
    json_object_set_new(shape, "enum", list);
}

/* A key of another record; `refers-to` is our own word, which validators pass over. */
static json_t *shape_of_reference(const struct field *field) {
    return json_pack("{s:s, s:s, s:s}", "type", "string", "description", field->hint, "x-refers-to",
                     field->refers_to);
}

static json_t *shape_of_time(const struct field *field) {
    return json_pack("{s:s, s:s}", "$ref", "#/components/schemas/time", "description", field->hint);
}

json_t *shape_of_field(struct arena *arena, const struct field *field) {
    json_t *shape;
    switch (field->type) {
    case FIELD_NUMBER:
        return shape_described("number", field->hint);
    case FIELD_YES_NO:
        return shape_described("boolean", field->hint);
    case FIELD_WHEN:
        return shape_of_time(field);
    case FIELD_REF:
        return shape_of_reference(field);
    case FIELD_REFS:
        return json_pack("{s:s, s:s, s:o}", "type", "array", "description", field->hint, "items",
                         shape_of_reference(field));
    case FIELD_CHOICE:
    case FIELD_COVERAGE:
        shape = shape_described("string", field->hint);
        choices_add(arena, shape, field);
        return shape;
    case FIELD_CLOCK:
        shape = shape_described("string", field->hint);
        json_object_set_new(shape, "pattern", json_string("^[0-2][0-9]:[0-5][0-9]$"));
        return shape;
    case FIELD_KEY:
    case FIELD_TEXT:
        break;
    }
    return shape_described("string", field->hint);
}

json_t *shape_of_kind(struct arena *arena, const struct kind *kind) {
    json_t *fields = json_object(), *required = json_array();
    for (const struct field *field = kind->fields; field->name; field++) {
        json_object_set_new(fields, field->name, shape_of_field(arena, field));
        if ((field->flags & REQUIRED) && !field_is_personal(kind, field))
            json_array_append_new(required, json_string(field->name));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:b}", "type", "object", "description", kind->what,
                     "properties", fields, "required", required, "additionalProperties", 0);
}

/* ---- values ---- */

static json_t *day_or_nothing(const char *day) {
    return *day ? json_string(day) : json_null();
}

static json_t *time_value(const char *value) {
    struct when when = {0};
    if (!when_parse(value, &when))
        when = (struct when){0};
    return json_pack("{s:s, s:o, s:o}", "written", value, "first", day_or_nothing(when.first),
                     "last", day_or_nothing(when.last));
}

static json_t *references_value(struct arena *arena, const char *value) {
    json_t *list = json_array();
    for (const char *key; (key = value_next_ref(arena, &value));)
        json_array_append_new(list, json_string(key));
    return list;
}

json_t *shape_value(struct arena *arena, const struct field *field, const char *value) {
    switch (field->type) {
    case FIELD_NUMBER:
        return strchr(value, '.') ? json_real(strtod(value, NULL))
                                  : json_integer(strtoll(value, NULL, 10));
    case FIELD_YES_NO:
        return json_boolean(text_equal(value, "yes"));
    case FIELD_WHEN:
        return time_value(value);
    case FIELD_REFS:
        return references_value(arena, value);
    case FIELD_KEY:
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_COVERAGE:
    case FIELD_CLOCK:
    case FIELD_REF:
        break;
    }
    return json_string(value);
}
