/* What the two files of the workbench share; nobody else includes this. */
#ifndef ITHACA_WORKBENCH_INSIDE_H
#define ITHACA_WORKBENCH_INSIDE_H

#include "base/index.h"
#include "diagnosis/workbench.h"
#include <sqlite3.h>

/* A statement kept prepared, found again by what it is for. */
struct kept {
    const void *what;
    sqlite3_stmt *statement;
};

struct filled_record {
    unsigned long serial, version;
};

/* The records of a kind that are in, in their order, and what fills and empties its table. */
struct filled {
    LIST(struct filled_record) list;
    bool indexed;
    sqlite3_stmt *insert, *remove;
};

struct workbench {
    sqlite3 *database;
    struct arena *arena;
    const char *today;
    LIST(struct kept) kept;
    bool open_to_writing; /* while it is being filled */
    double query_began;   /* processor seconds */
    bool query_is_builtin;
    const char *denied;    /* what a query was last denied, for the message */
    struct index tables;   /* those that queries may read */
    struct names measures; /* columns of network_person that a prepared query reads */
    struct filled *filled; /* by kind */
    const struct names *bases;
    const char **facts; /* the statements that make the facts, in order; ends with NULL */
};

/* The limits on what queries may do (workbench_run.c). */
void workbench_guard(struct workbench *workbench);

sqlite3_stmt *workbench_kept(const struct workbench *workbench, const void *what);
void workbench_keep(struct workbench *workbench, const void *what, sqlite3_stmt *statement);

#endif
