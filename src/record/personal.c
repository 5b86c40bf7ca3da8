#include "record/personal.h"
#include "base/text.h"

static bool has_personal(const struct kind *kind) {
    for (const struct field *field = kind->fields; field->name; field++)
        if (field->flags & PERSONAL)
            return true;
    return false;
}

const char *record_personal(const struct record *record) {
    if (!has_personal(record->kind))
        return NULL;
    return text_equal(record->kind->name, "person") ? record->id : record_value(record, "person");
}

bool field_is_personal(const struct kind *kind, const struct field *field) {
    return (field->flags & PERSONAL) || (has_personal(kind) && text_equal(field->name, "note"));
}

bool kind_is_personal(const struct kind *kind) {
    for (const struct field *field = kind->fields; field->name; field++)
        if ((field->flags & PERSONAL) && (field->flags & REQUIRED))
            return true;
    return false;
}
