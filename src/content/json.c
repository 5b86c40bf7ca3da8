#include "content/json.h"

void json_print(FILE *out, json_t *root) {
    json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
