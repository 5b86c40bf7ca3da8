/* A SELECT over the workbench, as it stands in the file of a rule or a listing. */
#ifndef ITHACA_QUERY_H
#define ITHACA_QUERY_H

#include "base/names.h"
#include <stdbool.h>

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

#endif
