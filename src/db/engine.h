/* What db.c, the engines, migrations and copying share. Nobody outside db/ and its tests includes
 * this.
 *
 * An engine is a constant table of functions. It reports every failure through db_fail, which tells
 * people and keeps what kind of failure it was; db.c decides what is tried again. An engine may
 * rely on what db.c sees to: transactions are not nested, one query at a time, nothing is run after
 * a failure until the transaction is rolled back, texts are UTF-8. */
#ifndef ITHACA_DB_ENGINE_H
#define ITHACA_DB_ENGINE_H

#include "db/db.h"

enum {
    DB_PARAMETERS_MAX = 100,    /* of one statement; gen/statements.c holds to it, too */
    DB_PATIENCE = 30000,        /* milliseconds until one gives up waiting for others */
    DB_UNFINISHED = 0x49746861, /* the application_id of a file that is still being filled */
};

struct db_statement {
    const char *name;
    const char *file;
    unsigned line;
    unsigned parameters;
    const char *text[2]; /* by enum db_engine */
};

/* A step of the schema: several statements, each ended by ";". Step 1 is the first. */
struct db_migration {
    const char *file;
    const char *text[2]; /* by enum db_engine */
};

/* Made by gen/statements.c, ended by one that is all zero. */
extern const struct db_statement db_statements[];
extern const struct db_migration db_migrations[];
extern const size_t db_migration_count;

enum db_failure {
    DB_FINE,
    DB_CONFLICT, /* somebody else was in the way: begin again */
    DB_TAKEN,    /* a key is there already: perhaps somebody was first, so begin again */
    DB_LOST,     /* the connection broke before anything was done: begin again */
    DB_UNSURE,   /* the connection broke while it was committed: it may be done */
    DB_OTHER,
};

struct db_engine_functions {
    enum db_engine engine;
    /* `where` is the file's name or the URL. What was opened on the way to a failure is closed by
     * `close`. */
    enum err (*open)(struct db *db, const char *where, enum db_open_mode mode);
    void (*close)(struct db *db);
    enum err (*begin)(struct db *db, bool writing);
    enum err (*commit)(struct db *db);
    void (*rollback)(struct db *db); /* also where there is nothing to roll back */
    /* What run and query do on a statement's first use. */
    enum err (*prepare)(struct db *db, enum statement statement);
    enum err (*run)(struct db *db, enum statement statement, const struct db_value *values,
                    size_t n);
    /* The rows of a query, until end. next: whether there is a further row; false on failure. */
    enum err (*query)(struct db *db, enum statement statement, const struct db_value *values,
                      size_t n);
    /* NULL where a query is not the cheaper for being expected. */
    void (*expect)(struct db *db, enum statement statement, const struct db_value *values,
                   size_t n);
    bool (*next)(struct db *db);
    void (*end)(struct db *db);
    bool (*row_null)(const struct db *db, int column);
    int64_t (*row_integer)(const struct db *db, int column);
    const char *(*row_text)(const struct db *db, int column);
    /* Several statements without parameters, for the schema. */
    enum err (*script)(struct db *db, const char *sql);
    enum err (*scrub)(struct db *db);
    /* How long one waits for a lock at a time. */
    enum err (*patience)(struct db *db, unsigned milliseconds);
    enum err (*reach)(struct db *db, unsigned milliseconds);
};
extern const struct db_engine_functions db_sqlite_functions, db_postgres_functions;

struct db {
    struct arena *arena;
    struct problems *problems;
    const char *name;
    const struct db_engine_functions *functions;
    void *connection; /* the engine's */
    enum { DB_IDLE, DB_READING, DB_WRITING } doing;
    bool query_open;
    enum err err; /* the first failure since the transaction began */
    enum db_failure failure;
    unsigned patience;               /* milliseconds */
    LIST(struct db_statement) added; /* statements from SQL_COUNT on */
};

/* Notes and tells a failure, unless one has been told since the transaction began: what follows
 * from it is no news. Gives the error. */
enum err db_fail(struct db *db, enum db_failure failure, enum err err, const char *format, ...)
    PRINTF_LIKE(4, 5);

const struct db_statement *db_statement_of(const struct db *db, enum statement statement);
/* "the statement NAME (FILE:LINE)", for messages. */
const char *db_statement_describe(const struct db *db, enum statement statement);

/* A statement that is known only now (in the words of the engine, parameters $1, $2, ...), for as
 * long as the connection lives. The same text gives the same one again. */
enum statement db_statement_add(struct db *db, const char *sql);

/* Milliseconds of a clock that nobody sets. */
int64_t db_clock(void);

/* How long a write waits for others; DB_PATIENCE if it is not said. */
enum err db_patience_set(struct db *db, unsigned milliseconds) MUST_CHECK;

/* In a transaction, whose statements may then take as long as they need. */
enum err db_unhurried(struct db *db) MUST_CHECK;

#endif
