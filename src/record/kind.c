#include "record/kind.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define KIND(name) extern const struct kind name##_kind;
#include "record/kinds.def"
#undef KIND

#define KIND(name) &name##_kind,
const struct kind *const kinds[] = {
#include "record/kinds.def"
};
#undef KIND

const size_t kind_count = sizeof kinds / sizeof *kinds;

const char *const level_names[LEVEL_COUNT] = {"system", "organisation", "transformation team",
                                              "care team", "individual"};

const struct choice level_choices[] = {
    {"system", "government, regulators, funders, regional plans"},
    {"organisation", "the organisations that take part, and their management"},
    {"transformation team", "the group that negotiates and drives the change"},
    {"care team", "professionals who care for the same people"},
    {"individual", "single clinicians, managers, representatives"},
    END_OF_CHOICES,
};

const struct choice basis_choices[] = {
    {"own record", "kept by the programme itself"},
    {"stated", "somebody or some document says so"},
    {"inferred", "a conclusion drawn from what is said"},
    {"illustrative", "made up to show how it would look"},
    END_OF_CHOICES,
};

size_t kind_index(const struct kind *kind) {
    for (size_t i = 0; i < kind_count; i++)
        if (kinds[i] == kind)
            return i;
    abort();
}

const struct kind *kind_find(const char *name) {
    for (size_t i = 0; i < kind_count; i++)
        if (text_equal(kinds[i]->name, name))
            return kinds[i];
    return NULL;
}

const struct kind *kind_of_sheet(const char *sheet_name) {
    for (size_t i = 0; i < kind_count; i++)
        if (text_same_name(kinds[i]->sheet, sheet_name) ||
            text_same_name(kinds[i]->name, sheet_name))
            return kinds[i];
    return NULL;
}

size_t kind_field_count(const struct kind *kind) {
    size_t n = 0;
    while (kind->fields[n].name)
        n++;
    return n;
}

int kind_field_index(const struct kind *kind, const char *name) {
    for (int i = 0; kind->fields[i].name; i++)
        if (text_equal(kind->fields[i].name, name))
            return i;
    return -1;
}

bool kind_has_key(const struct kind *kind) {
    return kind->fields[0].type == FIELD_KEY;
}

bool kind_has_period(const struct kind *kind) {
    return kind_field_index(kind, "since") >= 0;
}

bool kind_names_person(const struct kind *kind) {
    if (text_equal(kind->name, "person"))
        return true;
    for (const struct field *field = kind->fields; field->name; field++) {
        size_t length = strlen(field->name);
        for (const char *at = kind->label; field->refers_to && (at = strstr(at, "{{")); at += 2)
            if (strncmp(at + 2, field->name, length) == 0 &&
                text_starts_with(at + 2 + length, "}}"))
                if (kind_names_person(kind_find(field->refers_to)))
                    return true;
    }
    return false;
}

size_t choice_count(const struct choice *choices) {
    size_t n = 0;
    while (choices[n].value)
        n++;
    return n;
}
