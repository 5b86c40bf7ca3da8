/* Printing JSON, for all who answer in it. */
#ifndef ITHACA_JSON_H
#define ITHACA_JSON_H

#include "base/names.h"
#include <jansson.h>
#include <stdio.h>

/* An array of texts. */
json_t *names_json(const struct names *names);

/* Prints `root`, indented and with a line end, and gives up the caller's reference to it. */
void json_print(FILE *out, json_t *root);

#endif
