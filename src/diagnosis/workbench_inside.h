/* What the two files of the workbench share; nobody else includes this. */
#ifndef ITHACA_WORKBENCH_INSIDE_H
#define ITHACA_WORKBENCH_INSIDE_H

#include "base/index.h"
#include "diagnosis/workbench.h"
#include <sqlite3.h>

/* Something that statements read, and when it changed last by the workbench's own count: the tables
 * of a kind, a fact, or the day. */
struct source {
    unsigned long changed;
};

/* What a statement reads. SQLite tells it when the statement is prepared. */
struct sources {
    LIST(const struct source *) list;
};

/* The rows that a query gave, and when. */
struct answer {
    struct arena *arena; /* of the rows; NULL if none are kept */
    struct rows rows;
    unsigned long given;
};

/* A statement kept prepared, found again by what it is for. */
struct kept {
    const void *what;
    sqlite3_stmt *statement;
    struct sources sources;
    struct answer answer;
    bool was_run;
};

struct filled_record {
    unsigned long serial, version;
    long from, until; /* days, by number, between which it reads as it does */
};

/* The records of a kind that are in, in their order, and what fills and empties its table. */
struct filled {
    LIST(struct filled_record) list;
    bool indexed;
    sqlite3_stmt *insert, *remove;
    struct source source;
};

/* A table of rules/facts.sql. */
struct fact {
    const char *name, *empty; /* `empty` and `fill` are statements */
    const char *fill;         /* NULL: the program fills it */
    struct source source;     /* it changes when it is filled */
    unsigned variant;         /* of those that the program fills: what it was filled with */
};

struct workbench {
    sqlite3 *database;
    struct arena *arena;
    const char *today;
    unsigned long count; /* grows with all that changes what can be read */
    struct source day;
    LIST(struct kept *) kept;
    struct sources *noting; /* while a statement is prepared: what it reads is added here */
    struct index sources;   /* struct source, by the name of the table */
    bool open_to_writing;   /* while it is being filled */
    double query_began;     /* processor seconds */
    bool query_is_builtin;
    const char *denied;    /* what a query was last denied, for the message */
    struct index tables;   /* those that queries may read */
    struct names measures; /* columns of network_person that a prepared query reads */
    struct filled *filled; /* by kind */
    const struct names *bases;
    LIST(struct fact *) facts; /* in the order in which they are worked out */
};

/* The limits on what queries may do (workbench_run.c). */
void workbench_guard(struct workbench *workbench);

/* NULL if nothing is kept for it. */
struct kept *workbench_kept(const struct workbench *workbench, const void *what);
/* Prepares a statement and keeps it; `*rest` is what follows it in the text. NULL if it is wrong.
 */
struct kept *workbench_keep(struct workbench *workbench, const void *what, const char *sql,
                            const char **rest);
/* Whether nothing that it reads has changed since. */
bool sources_stand(const struct sources *sources, unsigned long since);
/* Forgets what is kept. */
void workbench_forget(struct workbench *workbench);

#endif
