#include "content/json.h"

json_t *names_json(const struct names *names) {
    json_t *array = json_array();
    for (size_t i = 0; i < names->list.n; i++)
        json_array_append_new(array, json_string(names->list.items[i]));
    return array;
}

void json_print(FILE *out, json_t *root) {
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
