/* The two engines that records are kept in, behind one door: SQLite (one file) and PostgreSQL.
 *
 * Statements stand in .sql files beside the code that owns them; gen/statements makes the enum and
 * the table of their texts at build time (db/statements.h), and the tests prepare and run every one
 * on both engines. Values are whole numbers and texts; days and times are ISO text.
 *
 * What fails is told to people in the problems that were handed to db_open: which database, what
 * happened, what to do. A connection belongs to one process: open it after a fork. */
#ifndef ITHACA_DB_H
#define ITHACA_DB_H

#include "base/problem.h"
#include "statements.h"
#include <stdbool.h>
#include <stdint.h>

struct db;

struct db_value {
    enum { DB_NULL, DB_INTEGER, DB_TEXT } type;
    int64_t integer;
    const char *text;
};

static inline struct db_value db_integer(int64_t integer) {
    return (struct db_value){.type = DB_INTEGER, .integer = integer};
}

/* NULL is a value that is not there. */
static inline struct db_value db_text(const char *text) {
    return (struct db_value){.type = text ? DB_TEXT : DB_NULL, .text = text};
}

/* The values of a statement's parameters, $1 first: DB_VALUES(db_text(key), db_integer(id)). */
#define DB_VALUES(...)                                                                             \
    (const struct db_value[]){__VA_ARGS__},                                                        \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_VALUES NULL, 0

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* What may be done with it: an existing one only (DB_EXISTING), or a file that is made where there
 * is none (DB_CREATE; the file of SQLite only, a database of PostgreSQL must be there).
 * DB_REHEARSE: an empty one in memory, which is called like the file and gone when it is closed. */
enum db_open_mode { DB_EXISTING, DB_CREATE, DB_READ_ONLY, DB_REHEARSE };

/* Whether DB_CREATE would make it. */
bool db_would_be_made(const char *url);

/* Opens "sqlite:FILE", "postgresql://..." or a plain file name (SQLite). The tables are not looked
 * at: db/migrate.h. */
enum err db_open(struct arena *arena, struct problems *problems, const char *url,
                 enum db_open_mode mode, struct db **out) MUST_CHECK;
void db_close(struct db *db); /* NULL is allowed */

enum db_engine db_engine_of(const struct db *db);
/* What to call it in a message: the URL without a password. */
const char *db_name(const struct db *db);
struct problems *db_problems(struct db *db);
/* From now on failures are told there. For one piece of work after another on a connection that
 * lives long: each has an arena of its own, for its problems too. */
void db_problems_set(struct db *db, struct problems *problems);

/* A piece of work in one transaction. When it gives anything but OK, nothing of it was done.
 *
 * A write sees nobody else's unfinished work and holds off other writers of what it locks (of the
 * whole file, in SQLite); where two are in each other's way the loser's work is begun again from
 * the start, after a pause, for up to half a minute in all: so it must be able to be called several
 * times; what it told in db_problems(db) is taken back before. So it is where a key is there
 * already (somebody may have been first), five times at most, and where the connection broke, once.
 * A read sees everything as of one moment. Neither may be called inside the other on one
 * connection.
 *
 * Once a statement has failed, the others of the transaction are not run, and nothing is kept even
 * if the work gives OK. A statement outside of both is a transaction of its own, run once. */
typedef enum err db_work(struct db *db, void *context);
enum err db_write(struct db *db, db_work *work, void *context) MUST_CHECK;
enum err db_read(struct db *db, db_work *work, void *context) MUST_CHECK;

/* Of a write that has just failed: whether it may have been done all the same, since the connection
 * broke at its very end; whether the connection broke at all, so that it can be asked for again. */
bool db_unsure(const struct db *db);
bool db_lost(const struct db *db);
/* Of any work that has just failed: whether it was only that others were in the way, or the
 * connection broke; the work itself is none the worse. */
bool db_in_trouble(const struct db *db);

/* Runs a statement whose rows do not matter. Within db_write several may be gathered and sent
 * together (PostgreSQL): what is wrong with one may be told by a later call, the end of the
 * transaction at the latest. */
enum err db_run(struct db *db, enum statement statement, const struct db_value *values,
                size_t n) MUST_CHECK;

/* Runs a statement and gives its rows one after the other; one such at a time on a connection, and
 * no db_run before db_rows_end:
 *
 *     struct db_rows rows;
 *     enum err err = db_query(db, SQL_programme_list, DB_NO_VALUES, &rows);
 *     while (!err && db_next(&rows))
 *         ... db_row_text(&rows, 0) ...
 *     err = db_rows_end(&rows, err);      gives `err`, or what went wrong on the way
 */
struct db_rows {
    struct db *db;
    enum statement statement;
    enum err err;
    void *engine; /* the engine's own */
};
enum err db_query(struct db *db, enum statement statement, const struct db_value *values, size_t n,
                  struct db_rows *out) MUST_CHECK;
/* Within db_read: says that such a query, with few rows, will be asked for soon. PostgreSQL gets it
 * together with the next one, so that it need not be waited for by itself. It may also not be asked
 * for. What is wrong with it is told by the query, or the end of the transaction. */
void db_expect(struct db *db, enum statement statement, const struct db_value *values, size_t n);
bool db_next(struct db_rows *rows);
enum err db_rows_end(struct db_rows *rows, enum err so_far) MUST_CHECK;

/* Of the present row, columns from 0. The text is the engine's until the next db_next; NULL where
 * there is no value. */
bool db_row_null(const struct db_rows *rows, int column);
int64_t db_row_integer(const struct db_rows *rows, int column);
const char *db_row_text(const struct db_rows *rows, int column);
/* A copy of the text that stays; NULL where there is no value. */
const char *db_row_copy(struct arena *arena, const struct db_rows *rows, int column);

/* Outside a transaction: whether the database answers, within some milliseconds (two seconds, if it
 * must be connected to again). A connection on which nobody answers is given up. */
enum err db_reach(struct db *db, unsigned milliseconds) MUST_CHECK;

/* Outside a transaction: sees to it that what was overwritten or deleted is in none of the
 * database's files any more. Takes time and room, and the database for itself while it lasts. What
 * a server keeps besides (its log, backups) is out of reach. */
enum err db_scrub(struct db *db) MUST_CHECK;

/* Ids: 63 bits, later ones greater (milliseconds in front, then chance), so that indexes grow at
 * their end; random ones where the order would tell something. */
int64_t db_id_new(void);
int64_t db_id_random(void);
/* Now, in UTC: "2026-06-30T12:00:00.000Z". */
enum { DB_TIME_SIZE = sizeof "2026-06-30T12:00:00.000Z" };
void db_now(char out[DB_TIME_SIZE]);
/* The same of another time, given in milliseconds since 1970. */
void db_time_write(int64_t since_1970, char out[DB_TIME_SIZE]);

#endif
