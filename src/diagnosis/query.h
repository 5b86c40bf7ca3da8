/* A SELECT over the workbench, as it stands in the file of a rule or a listing. */
#ifndef ITHACA_QUERY_H
#define ITHACA_QUERY_H

#include "base/list.h"
#include "base/text.h"
#include <stdbool.h>

struct names {
    LIST(const char *) list;
};

struct threshold {
    const char *name;
    double value;
    const char *reason;
};

struct query {
    const char *file, *sql;
    unsigned line;                     /* of the file, where the SELECT begins */
    LIST(struct threshold) thresholds; /* each a parameter, beside :today and :subject */
    bool is_builtin;                   /* comes with the program: may take its time */
};

/* The index of `name` in `names`, or -1. */
int name_index(const char *const *names, int n, const char *name);
bool names_contain(const struct names *names, const char *name);
/* The names in a text with commas between them. */
struct names names_split(struct arena *arena, const char *text);

#endif
