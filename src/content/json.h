/* Printing JSON, for all who answer in it. */
#ifndef ITHACA_JSON_H
#define ITHACA_JSON_H

#include <jansson.h>
#include <stdio.h>

/* Prints `root`, indented and with a line end, and gives up the caller's reference to it. */
void json_print(FILE *out, json_t *root);

#endif
