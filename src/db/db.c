#include "db/db.h"
#include "base/chance.h"
#include "base/text.h"
#include "db/engine.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    TRIES_TAKEN = 5, /* where a key is there already, it is rarely somebody else's doing */
    TRIES_LOST = 2,
    PAUSE_FIRST = 4, /* milliseconds at most, doubled with each try */
    PAUSE_LONGEST = 512,
    CHANCE_BITS = 21, /* of an id; the 42 in front are milliseconds, enough until 2109 */
};

/* ---- chance and time ---- */

static uint64_t chance(void) {
    uint64_t bits;
    chance_take(&bits, sizeof bits);
    return bits;
}

static int64_t milliseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t db_clock(void) {
    return milliseconds(CLOCK_MONOTONIC);
}

/* Within a process each is greater than the last, so that many in one millisecond cannot meet; a
 * child begins anew at a random place, lest it go on where its parent does. */
int64_t db_id_new(void) {
    static int64_t last;
    static pid_t process;
    pid_t self = getpid();
    int64_t id = milliseconds(CLOCK_REALTIME) << CHANCE_BITS |
                 (int64_t)(chance() & ((1u << CHANCE_BITS) - 1));
    if (process == self && id >> CHANCE_BITS <= last >> CHANCE_BITS)
        id = last + 1;
    process = self;
    return last = id;
}

int64_t db_id_random(void) {
    int64_t id;
    while ((id = (int64_t)(chance() >> 1)) == 0)
        ;
    return id;
}

static void digits_write(char *out, int n, long value) {
    for (; n-- > 0; value /= 10)
        out[n] = (char)('0' + value % 10);
}

/* Written by hand: it is done several times for each page, and printf takes as long as a query. */
void db_time_write(int64_t since_1970, char out[DB_TIME_SIZE]) {
    time_t seconds = (time_t)(since_1970 / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    memcpy(out, "0000-00-00T00:00:00.000Z", DB_TIME_SIZE);
    digits_write(out, 4, 1900L + tm.tm_year);
    digits_write(out + 5, 2, 1L + tm.tm_mon);
    digits_write(out + 8, 2, tm.tm_mday);
    digits_write(out + 11, 2, tm.tm_hour);
    digits_write(out + 14, 2, tm.tm_min);
    digits_write(out + 17, 2, tm.tm_sec);
    digits_write(out + 20, 3, (long)(since_1970 % 1000));
}

void db_now(char out[DB_TIME_SIZE]) {
    db_time_write(milliseconds(CLOCK_REALTIME), out);
}

/* ---- opening ---- */

static bool is_postgres(const char *url) {
    return text_starts_with(url, "postgresql://") || text_starts_with(url, "postgres://");
}

static const char *without_engine(const char *url) {
    return text_starts_with(url, "sqlite:") ? url + strlen("sqlite:") : url;
}

bool db_would_be_made(const char *url) {
    return !is_postgres(url) && access(without_engine(url), F_OK) != 0 && errno == ENOENT;
}

enum err db_open(struct arena *arena, struct problems *problems, const char *url,
                 enum db_open_mode mode, struct db **out) {
    struct db *db = arena_alloc(arena, sizeof *db);
    *db = (struct db){.arena = arena, .problems = problems, .patience = DB_PATIENCE};
    *out = NULL;
    if (!is_postgres(url) && strstr(url, "://")) {
        problem_add(problems, (struct place){0},
                    "Ithaca keeps records in SQLite (sqlite:FILE) or in PostgreSQL "
                    "(postgresql://USER@HOST/DATABASE); this address is neither.");
        return ERR_INPUT;
    }
    db->functions = is_postgres(url) ? &db_postgres_functions : &db_sqlite_functions;
    url = without_engine(url);
    db->name = is_postgres(url) ? "PostgreSQL" : arena_copy(arena, url);
    enum err err = db->functions->open(db, url, mode);
    if (err)
        db_close(db);
    else
        *out = db;
    return err;
}

void db_close(struct db *db) {
    if (!db)
        return;
    if (db->query_open)
        db->functions->end(db);
    if (db->doing != DB_IDLE)
        db->functions->rollback(db);
    db->functions->close(db);
}

enum db_engine db_engine_of(const struct db *db) {
    return db->functions->engine;
}

const char *db_name(const struct db *db) {
    return db->name;
}

struct problems *db_problems(struct db *db) {
    return db->problems;
}

void db_problems_set(struct db *db, struct problems *problems) {
    db->problems = problems;
}

/* ---- failures ---- */

enum err db_fail(struct db *db, enum db_failure failure, enum err err, const char *format, ...) {
    if (db->err)
        return db->err;
    db->err = err;
    db->failure = failure;
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_format_list(db->problems->arena, format, arguments);
    va_end(arguments);
    problem_add(db->problems, (struct place){.file = db->name}, "%s", message);
    return err;
}

static void forget_failure(struct db *db) {
    db->err = OK;
    db->failure = DB_FINE;
}

/* ---- statements ---- */

const struct db_statement *db_statement_of(const struct db *db, enum statement statement) {
    size_t number = (size_t)statement;
    if (number < SQL_COUNT)
        return &db_statements[number];
    if (number - SQL_COUNT >= db->added.n)
        abort();
    return &db->added.items[number - SQL_COUNT];
}

const char *db_statement_describe(const struct db *db, enum statement statement) {
    const struct db_statement *described = db_statement_of(db, statement);
    if (!described->name)
        return arena_format(db->problems->arena, "the statement \"%s\"",
                            text_quote(db->problems->arena, described->text[0]));
    return arena_format(db->problems->arena, "the statement %s (%s:%u)", described->name,
                        described->file, described->line);
}

static unsigned parameters_of(const char *sql) {
    unsigned highest = 0;
    while ((sql = strchr(sql, '$'))) {
        unsigned long number = strtoul(++sql, NULL, 10);
        if (number > highest && number <= DB_PARAMETERS_MAX)
            highest = (unsigned)number;
    }
    return highest;
}

enum statement db_statement_add(struct db *db, const char *sql) {
    for (size_t i = 0; i < db->added.n; i++)
        if (text_equal(db->added.items[i].text[0], sql))
            return (enum statement)(SQL_COUNT + i);
    const char *text = arena_copy(db->arena, sql);
    list_add(db->arena, &db->added,
             (struct db_statement){.parameters = parameters_of(text), .text = {text, text}});
    return (enum statement)(SQL_COUNT + db->added.n - 1);
}

/* For a mistake of the caller's, the same on every run. */
static _Noreturn void stop(const struct db *db, enum statement statement, const char *mistake) {
    fprintf(stderr, "ithaca: %s %s\n", db_statement_describe(db, statement), mistake);
    abort();
}

/* Whether a statement may be run now. */
static enum err start(struct db *db, enum statement statement, const struct db_value *values,
                      size_t n) {
    if (db->query_open)
        stop(db, statement, "was run while the rows of another query were being read");
    if (n != db_statement_of(db, statement)->parameters)
        stop(db, statement, "was given more or fewer values than it has parameters");
    if (db->doing == DB_IDLE)
        forget_failure(db);
    if (db->err)
        return db->err;
    for (size_t i = 0; i < n; i++)
        if (values[i].type == DB_TEXT && !text_is_utf8(values[i].text, strlen(values[i].text)))
            return db_fail(db, DB_OTHER, ERR_INPUT,
                           "A text that should be kept is not in UTF-8. Nothing was changed.");
    return OK;
}

enum err db_run(struct db *db, enum statement statement, const struct db_value *values, size_t n) {
    enum err err = start(db, statement, values, n);
    return err ? err : db->functions->run(db, statement, values, n);
}

void db_expect(struct db *db, enum statement statement, const struct db_value *values, size_t n) {
    if (db->doing == DB_READING && start(db, statement, values, n) == OK && db->functions->expect)
        db->functions->expect(db, statement, values, n);
}

enum err db_query(struct db *db, enum statement statement, const struct db_value *values, size_t n,
                  struct db_rows *out) {
    *out = (struct db_rows){.db = db};
    out->err = start(db, statement, values, n);
    if (out->err)
        return out->err;
    out->err = db->functions->query(db, statement, values, n);
    db->query_open = !out->err;
    return out->err;
}

bool db_next(struct db_rows *rows) {
    struct db *db = rows->db;
    if (!db->query_open || rows->err)
        return false;
    bool more = db->functions->next(db);
    rows->err = db->err;
    return more;
}

enum err db_rows_end(struct db_rows *rows, enum err so_far) {
    struct db *db = rows->db;
    if (db->query_open) {
        db->query_open = false;
        db->functions->end(db);
        if (!rows->err)
            rows->err = db->err;
    }
    return so_far ? so_far : rows->err;
}

bool db_row_null(const struct db_rows *rows, int column) {
    return rows->db->functions->row_null(rows->db, column);
}

int64_t db_row_integer(const struct db_rows *rows, int column) {
    return rows->db->functions->row_integer(rows->db, column);
}

const char *db_row_text(const struct db_rows *rows, int column) {
    return rows->db->functions->row_text(rows->db, column);
}

const char *db_row_copy(struct arena *arena, const struct db_rows *rows, int column) {
    return db_row_null(rows, column) ? NULL : arena_copy(arena, db_row_text(rows, column));
}

/* ---- transactions ---- */

static enum err attempt(struct db *db, bool writing, db_work *work, void *context) {
    if (db->doing != DB_IDLE)
        abort();
    forget_failure(db);
    db->doing = writing ? DB_WRITING : DB_READING;
    enum err err = db->functions->begin(db, writing);
    if (!err)
        err = work(db, context);
    if (db->query_open) {
        db->query_open = false;
        db->functions->end(db);
    }
    if (!err)
        err = db->err; /* a failure that the work passed over */
    if (!err)
        err = db->functions->commit(db);
    if (err)
        db->functions->rollback(db);
    db->doing = DB_IDLE;
    return err;
}

static bool worth_another(const struct db *db, unsigned tries, int64_t until) {
    switch (db->failure) {
    case DB_CONFLICT:
        return db_clock() < until;
    case DB_TAKEN:
        return tries < TRIES_TAKEN;
    case DB_LOST:
        return tries < TRIES_LOST;
    default:
        return false;
    }
}

/* By chance, so that two who met do not meet again. */
static void pause_before(unsigned tries) {
    uint64_t longest = tries < 8 ? (uint64_t)PAUSE_FIRST << tries : PAUSE_LONGEST;
    uint64_t microseconds = chance() % (longest * 1000);
    struct timespec pause = {.tv_sec = 0, .tv_nsec = (long)microseconds * 1000};
    nanosleep(&pause, NULL);
}

enum err db_write(struct db *db, db_work *work, void *context) {
    size_t told = db->problems->list.n;
    int64_t until = db_clock() + db->patience;
    for (unsigned tries = 1;; tries++) {
        enum err err = attempt(db, true, work, context);
        if (!err || !worth_another(db, tries, until))
            return err;
        db->problems->list.n = told;
        pause_before(tries);
    }
}

enum err db_read(struct db *db, db_work *work, void *context) {
    return attempt(db, false, work, context);
}

bool db_unsure(const struct db *db) {
    return db->failure == DB_UNSURE;
}

bool db_lost(const struct db *db) {
    return db->failure == DB_UNSURE || db->failure == DB_LOST;
}

bool db_in_trouble(const struct db *db) {
    return db->failure == DB_CONFLICT || db_lost(db);
}

enum err db_patience_set(struct db *db, unsigned patience) {
    forget_failure(db);
    db->patience = patience;
    return db->functions->patience(db, patience);
}

enum err db_reach(struct db *db, unsigned milliseconds) {
    if (db->doing != DB_IDLE || db->query_open)
        abort();
    forget_failure(db);
    return db->functions->reach(db, milliseconds);
}

enum err db_scrub(struct db *db) {
    if (db->doing != DB_IDLE || db->query_open)
        abort();
    forget_failure(db);
    return db->functions->scrub(db);
}

enum err db_unhurried(struct db *db) {
    return db_engine_of(db) == DB_SQLITE
               ? OK
               : db_run(db, db_statement_add(db, "set local statement_timeout = 0"), DB_NO_VALUES);
}
