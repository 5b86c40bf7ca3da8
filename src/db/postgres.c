/* PostgreSQL, always in pipeline mode: statements are sent one after the other, and their results
 * are waited for only where something is to be read, where a batch is full and at the end of the
 * transaction. Each round trip costs more than the statement. */
#include "base/text.h"
#include "db/engine.h"
#include "db/postgres_connect.h"
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BATCH_MAX = 256,          /* what is sent before results are waited for */
    SENT_MAX = BATCH_MAX + 8, /* with what belongs to the last of them */
    LOCK_PATIENCE = 10000,    /* milliseconds that a statement waits for a lock */
    STATEMENT_PATIENCE = 60000,
    RECONNECT_PATIENCE = 2000, /* until one says that the connection broke */
    CLOSE_PATIENCE = 200,      /* for the end of the last read */
    EXPECTED_MAX = 16,
    DIGITS_ROOM = sizeof "-9223372036854775808",
};

enum sent_what { SENT_PREPARE, SENT_RUN, SENT_COMMIT, SENT_SYNC, SENT_EXPECTED };

/* Something that was sent, whose result has not been read. */
struct sent {
    enum sent_what what;
    int statement; /* -1: one of the engine's own */
};

/* A query that was sent before it was asked for: its rows wait here. */
struct expected {
    enum statement statement;
    uint64_t values; /* their hash */
    PGresult *rows;  /* NULL until they have come */
};

struct connection {
    PGconn *server;
    bool read_only;
    struct sent sent[SENT_MAX]; /* a queue: sent_n of them from sent_first, round the end */
    size_t sent_first, sent_n;
    struct {
        char *items; /* by enum statement: whether the server knows it, or will */
        size_t n, room;
    } prepared;
    struct expected expected[EXPECTED_MAX]; /* in the order in which they were sent */
    size_t expected_n, expected_come;
    bool query_running; /* its results are next in line */
    PGresult *row;      /* the present one; with an expected query's all of them */
    int row_at;         /* which of them */
};

static struct connection *connection_of(const struct db *db) {
    return db->connection;
}

/* ---- failures ---- */

/* What a person can do something about, by SQLSTATE or its first two letters. */
static const struct {
    const char *state;
    enum db_failure failure;
    const char *message;
} explained[] = {
    {"40001", DB_CONFLICT, "Somebody else has been changing the same records all the time."},
    {"40P01", DB_CONFLICT, "Somebody else has been changing the same records all the time."},
    {"55P03", DB_CONFLICT, "Somebody else has been writing to this database all the time."},
    {"23505", DB_TAKEN, "What should be added is there already."},
    {"23503", DB_TAKEN, "What this belongs to was taken away meanwhile."},
    {"25006", DB_OTHER, "This database may only be read."},
    {"53100", DB_OTHER, "There is no more room on the server's disk. Make room, then try again."},
    {"53300", DB_OTHER, "Too many others are connected to the server. Please try again later."},
    {"57014", DB_OTHER, "This took too long and was stopped. Please try again later."},
    {"42501", DB_OTHER,
     "The user you connect as is not allowed to do this. Ask whoever looks after the database."},
    {"57P0", DB_LOST, "The server ended the connection. Please try again later."},
    {"08", DB_LOST, "The connection to the server broke. Please try again later."},
    {"XX00", DB_OTHER,
     "The server reports that the database is damaged. Ask whoever looks after it."},
};

static enum err fail_lost(struct db *db, bool committing) {
    if (committing)
        return db_fail(db, DB_UNSURE, ERR_IO,
                       "The connection broke while your change was being saved, so we cannot tell "
                       "whether it was. Look whether it is there before you try again.");
    return db_fail(db, DB_LOST, ERR_IO,
                   "The connection to the server broke. Nothing was changed. Please try again "
                   "later.");
}

/* The message without the line end, the server's or the library's. */
static const char *message_of(struct db *db, const char *message) {
    return text_trim(db->problems->arena, message ? message : "no reason is known");
}

/* Whether the server may have been asked to commit, and have done it. */
static bool commit_sent(const struct connection *connection, const struct sent *present) {
    bool found = present->what == SENT_COMMIT;
    for (size_t i = 0; i < connection->sent_n; i++)
        found |= connection->sent[(connection->sent_first + i) % SENT_MAX].what == SENT_COMMIT;
    return found;
}

static enum err fail(struct db *db, const struct sent *sent, const PGresult *result) {
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!state)
        return PQstatus(connection_of(db)->server) != CONNECTION_OK
                   ? fail_lost(db, commit_sent(connection_of(db), sent))
                   : db_fail(db, DB_OTHER, ERR_IO, "The database refuses to go on: %s",
                             message_of(db, PQerrorMessage(connection_of(db)->server)));
    message = message_of(db, message);
    for (size_t i = 0; i < sizeof explained / sizeof *explained; i++)
        if (text_starts_with(state, explained[i].state)) {
            if (explained[i].failure == DB_LOST && sent->what == SENT_COMMIT)
                return fail_lost(db, true);
            return db_fail(db, explained[i].failure, ERR_IO,
                           "%s Nothing was changed. (PostgreSQL: %s, %s)", explained[i].message,
                           state, message);
        }
    return db_fail(db, DB_OTHER, ERR_IO,
                   "The database refuses %s. Nothing was changed. PostgreSQL says: %s (%s).",
                   sent->statement >= 0 ? db_statement_describe(db, (enum statement)sent->statement)
                                        : "what was asked of it",
                   message, state);
}

/* ---- the pipeline ---- */

static void sent_add(struct connection *connection, enum sent_what what, int statement) {
    if (connection->sent_n == SENT_MAX)
        abort();
    size_t at = (connection->sent_first + connection->sent_n++) % SENT_MAX;
    connection->sent[at] = (struct sent){.what = what, .statement = statement};
}

static struct sent sent_take(struct connection *connection) {
    struct sent sent = connection->sent[connection->sent_first];
    connection->sent_first = (connection->sent_first + 1) % SENT_MAX;
    connection->sent_n--;
    return sent;
}

static void forget_expected(struct connection *connection) {
    for (size_t i = 0; i < connection->expected_n; i++)
        PQclear(connection->expected[i].rows);
    connection->expected_n = connection->expected_come = 0;
}

static void forget_prepared(struct connection *connection) {
    if (connection->prepared.n)
        memset(connection->prepared.items, 0, connection->prepared.n);
}

/* Looks at one result, which is freed. */
static void result_check(struct db *db, const struct sent *sent, PGresult *result) {
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        /* The server takes the commit of what has failed for a rollback. */
        if (sent->what == SENT_COMMIT && text_equal(PQcmdStatus(result), "ROLLBACK"))
            (void)db_fail(db, DB_OTHER, ERR_IO, "Nothing was changed: something had failed.");
        break;
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_PIPELINE_SYNC:
        break;
    case PGRES_PIPELINE_ABORTED: /* because of one before it */
        if (sent->what == SENT_PREPARE)
            connection_of(db)->prepared.items[sent->statement] = 0;
        break;
    default:
        if (sent->what == SENT_PREPARE)
            connection_of(db)->prepared.items[sent->statement] = 0;
        (void)fail(db, sent, result);
    }
    PQclear(result);
}

/* Reads all that comes back for the first in the queue. */
static void results_read(struct db *db) {
    struct connection *connection = connection_of(db);
    struct sent sent = sent_take(connection);
    PGresult *result = PQgetResult(connection->server);
    if (sent.what == SENT_SYNC) {
        result_check(db, &sent, result);
        return;
    }
    if (!result)
        (void)fail(db, &sent, NULL);
    if (sent.what == SENT_EXPECTED) {
        struct expected *expected = &connection->expected[connection->expected_come++];
        if (PQresultStatus(result) == PGRES_TUPLES_OK) {
            expected->rows = result;
            result = PQgetResult(connection->server);
        }
    }
    for (; result; result = PQgetResult(connection->server))
        result_check(db, &sent, result);
}

/* After a broken connection nothing comes any more. */
static bool is_broken(struct db *db) {
    struct connection *connection = connection_of(db);
    if (PQstatus(connection->server) == CONNECTION_OK)
        return false;
    bool committing = false;
    while (connection->sent_n)
        committing |= sent_take(connection).what == SENT_COMMIT;
    connection->query_running = false;
    forget_expected(connection);
    forget_prepared(connection);
    (void)fail_lost(db, committing);
    return true;
}

/* Reads results until only `leave` are to come. */
static enum err results_read_until(struct db *db, size_t leave) {
    while (connection_of(db)->sent_n > leave && !is_broken(db))
        results_read(db);
    return db->err;
}

static enum err send_failed(struct db *db) {
    if (!is_broken(db))
        (void)fail(db, &(struct sent){.what = SENT_RUN, .statement = -1}, NULL);
    return db->err;
}

static enum err sync_send(struct db *db) {
    if (!PQpipelineSync(connection_of(db)->server))
        return send_failed(db);
    sent_add(connection_of(db), SENT_SYNC, -1);
    return OK;
}

/* Waits until all that was sent is done. */
static enum err settle(struct db *db) {
    if (connection_of(db)->sent_n && sync_send(db) == OK)
        (void)results_read_until(db, 0);
    return db->err;
}

static enum err command_send(struct db *db, enum sent_what what, const char *sql) {
    if (!PQsendQueryParams(connection_of(db)->server, sql, 0, NULL, NULL, NULL, NULL, 0))
        return send_failed(db);
    sent_add(connection_of(db), what, -1);
    return OK;
}

/* ---- opening ---- */

/* What is to hold on every connection; once more after it was lost. What was saved is on the disk,
 * even where the server is set up to be quicker than that; where it waits for others too, that is
 * left as it is. Long texts are pressed by what unpacks them fastest, where the server has it: they
 * are written once, and read for every page. */
static enum err session_start(struct db *db) {
    PGconn *server = connection_of(db)->server;
    unsigned lock = db->patience < LOCK_PATIENCE ? db->patience : LOCK_PATIENCE;
    char settings[640];
    snprintf(settings, sizeof settings,
             "set standard_conforming_strings = on; set client_min_messages = error;"
             "set lock_timeout = %u; set statement_timeout = %d;"
             "%s"
             "select set_config('synchronous_commit', 'on', false)"
             " where current_setting('synchronous_commit') = 'off';"
             "select set_config(name, 'lz4', false) from pg_settings"
             " where name = 'default_toast_compression' and 'lz4' = any (enumvals)",
             lock ? lock : 1, STATEMENT_PATIENCE,
             connection_of(db)->read_only ? "set default_transaction_read_only = on;" : "");
    PGresult *result = PQexec(server, settings);
    struct sent sent = {.what = SENT_RUN, .statement = -1};
    result_check(db, &sent, result);
    if (!db->err && (PQsetnonblocking(server, 0) != 0 || !PQenterPipelineMode(server)))
        return send_failed(db);
    return db->err;
}

static enum err postgres_open(struct db *db, const char *where, enum db_open_mode mode) {
    struct connection *connection = arena_alloc(db->arena, sizeof *connection);
    db->connection = connection;
    connection->read_only = mode == DB_READ_ONLY;
    enum err err = postgres_connect(db, where, &connection->server);
    return err ? err : session_start(db);
}

static enum err postgres_patience(struct db *db, unsigned milliseconds) {
    unsigned lock = milliseconds < LOCK_PATIENCE ? milliseconds : LOCK_PATIENCE;
    enum err err = command_send(
        db, SENT_RUN, arena_format(db->problems->arena, "set lock_timeout = %u", lock ? lock : 1));
    return err ? err : settle(db);
}

/* ---- the connection between transactions ---- */

/* Takes what has come of the end of a read, which nobody waited for. What has not yet comes before
 * the answers to what is asked next. */
static void end_of_read_take(struct connection *connection) {
    while (connection->sent_n && !PQisBusy(connection->server))
        for (bool more = true, is_sync = sent_take(connection).what == SENT_SYNC; more;) {
            PGresult *result = PQgetResult(connection->server);
            more = result && !is_sync;
            PQclear(result);
        }
}

/* The end of a read is waited for, but not for long: a server that cannot say it to anybody
 * complains in its log. */
static void postgres_close(struct db *db) {
    struct connection *connection = connection_of(db);
    PQclear(connection->row);
    struct pollfd said = {.fd = PQsocket(connection->server), .events = POLLIN};
    while (connection->sent_n && poll(&said, 1, CLOSE_PATIENCE) == 1 &&
           PQconsumeInput(connection->server))
        end_of_read_take(connection);
    PQfinish(connection->server);
}

/* A server that went away while nothing was asked of it is noticed here, and connected to again. */
static enum err alive_check(struct db *db) {
    struct connection *connection = connection_of(db);
    /* A last message may come before the end. */
    for (int i = 0; i < 2 && PQstatus(connection->server) == CONNECTION_OK; i++)
        (void)PQconsumeInput(connection->server);
    if (PQstatus(connection->server) == CONNECTION_OK) {
        end_of_read_take(connection);
        return OK;
    }
    connection->sent_n = 0;
    forget_prepared(connection);
    if (!postgres_reconnect(connection->server, RECONNECT_PATIENCE))
        return fail_lost(db, false);
    return session_start(db);
}

/* libpq notices when it next reads, and does not wait then. */
static enum err give_up(struct db *db) {
    (void)shutdown(PQsocket(connection_of(db)->server), SHUT_RDWR);
    return fail_lost(db, false);
}

static enum err postgres_reach(struct db *db, unsigned milliseconds) {
    struct connection *connection = connection_of(db);
    int64_t until = db_clock() + milliseconds;
    if (connection->sent_n && !postgres_answers(connection->server, until))
        return give_up(db);
    enum err err = alive_check(db);
    if (!err)
        err = sync_send(db);
    if (err)
        return err;
    return postgres_answers(connection->server, until) ? results_read_until(db, 0) : give_up(db);
}

/* ---- statements ---- */

/* Written by hand, as times are in db.c. */
static char *integer_write(int64_t integer, char room[DIGITS_ROOM]) {
    char *at = room + DIGITS_ROOM;
    uint64_t left = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
    *--at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (integer < 0)
        *--at = '-';
    return at;
}

/* By which the server knows a statement: its number is name enough. */
static const char *statement_name(enum statement statement, char room[DIGITS_ROOM]) {
    return integer_write(statement, room);
}

static enum err prepare_send(struct db *db, enum statement statement) {
    struct connection *connection = connection_of(db);
    while (connection->prepared.n <= (size_t)statement)
        list_add(db->arena, &connection->prepared, 0);
    if (connection->prepared.items[statement])
        return OK;
    char name[DIGITS_ROOM];
    const char *text = db_statement_of(db, statement)->text[DB_POSTGRES];
    if (!PQsendPrepare(connection->server, statement_name(statement, name), text, 0, NULL))
        return send_failed(db);
    connection->prepared.items[statement] = 1;
    sent_add(connection, SENT_PREPARE, (int)statement);
    return OK;
}

static enum err statement_send(struct db *db, enum sent_what what, enum statement statement,
                               const struct db_value *values, size_t n) {
    char digits[DB_PARAMETERS_MAX][DIGITS_ROOM], name[DIGITS_ROOM];
    const char *texts[DB_PARAMETERS_MAX];
    if (n > DB_PARAMETERS_MAX)
        abort();
    enum err err = db->doing == DB_IDLE ? alive_check(db) : OK;
    if (!err)
        err = prepare_send(db, statement);
    if (err)
        return err;
    for (size_t i = 0; i < n; i++) {
        texts[i] = values[i].type == DB_TEXT      ? values[i].text
                   : values[i].type == DB_INTEGER ? integer_write(values[i].integer, digits[i])
                                                  : NULL;
    }
    if (!PQsendQueryPrepared(connection_of(db)->server, statement_name(statement, name), (int)n,
                             texts, NULL, NULL, 0))
        return send_failed(db);
    sent_add(connection_of(db), what, (int)statement);
    return OK;
}

/* ---- transactions ---- */

static enum err postgres_begin(struct db *db, bool writing) {
    enum err err = alive_check(db);
    if (err)
        return err;
    forget_expected(connection_of(db));
    const char *begin = writing ? "begin isolation level read committed"
                                : "begin isolation level repeatable read read only";
    return statement_send(db, SENT_RUN, db_statement_add(db, begin), DB_NO_VALUES);
}

static enum err postgres_commit(struct db *db) {
    /* A read that has had all its answers need not wait for this one. */
    bool is_over = db->doing == DB_READING && !connection_of(db)->sent_n;
    enum err err = statement_send(db, is_over ? SENT_RUN : SENT_COMMIT,
                                  db_statement_add(db, "commit"), DB_NO_VALUES);
    if (err)
        return err;
    return is_over ? sync_send(db) : settle(db);
}

static void postgres_rollback(struct db *db) {
    if (!is_broken(db) && command_send(db, SENT_RUN, "rollback") == OK)
        (void)settle(db);
}

/* ---- running ---- */

static enum err postgres_prepare(struct db *db, enum statement statement) {
    enum err err = prepare_send(db, statement);
    return err ? err : settle(db);
}

static enum err postgres_run(struct db *db, enum statement statement, const struct db_value *values,
                             size_t n) {
    enum err err = statement_send(db, SENT_RUN, statement, values, n);
    if (!err && (db->doing == DB_IDLE || connection_of(db)->sent_n >= BATCH_MAX))
        err = settle(db);
    return err;
}

/* FNV-1a, of a kind and a text for each value. */
static uint64_t values_hash(const struct db_value *values, size_t n) {
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t i = 0; i < n; i++) {
        bool is_text = values[i].type == DB_TEXT;
        const unsigned char *bytes = is_text ? (const unsigned char *)values[i].text
                                             : (const unsigned char *)&values[i].integer;
        size_t length = is_text ? strlen(values[i].text) : sizeof values[i].integer;
        hash = (hash ^ values[i].type) * 0x100000001B3;
        for (size_t b = 0; b < length; b++)
            hash = (hash ^ bytes[b]) * 0x100000001B3;
    }
    return hash;
}

static void postgres_expect(struct db *db, enum statement statement, const struct db_value *values,
                            size_t n) {
    struct connection *connection = connection_of(db);
    if (connection->expected_n == EXPECTED_MAX || connection->sent_n + 4 > BATCH_MAX ||
        statement_send(db, SENT_EXPECTED, statement, values, n) != OK)
        return;
    connection->expected[connection->expected_n++] =
        (struct expected){.statement = statement, .values = values_hash(values, n)};
}

/* Takes the rows of a query that was expected, once; false if it was not. */
static bool expected_take(struct db *db, enum statement statement, const struct db_value *values,
                          size_t n) {
    struct connection *connection = connection_of(db);
    uint64_t hash = values_hash(values, n);
    for (size_t i = 0; i < connection->expected_n; i++) {
        struct expected *expected = &connection->expected[i];
        if (expected->statement != statement || expected->values != hash)
            continue;
        if (i >= connection->expected_come && settle(db) != OK)
            return true; /* it failed, and so has the query */
        connection->row = expected->rows;
        connection->row_at = -1;
        expected->rows = NULL;
        expected->statement = SQL_COUNT;
        return true;
    }
    return false;
}

static enum err postgres_query(struct db *db, enum statement statement,
                               const struct db_value *values, size_t n) {
    struct connection *connection = connection_of(db);
    if (connection->expected_n && expected_take(db, statement, values, n))
        return db->err;
    enum err err = statement_send(db, SENT_RUN, statement, values, n);
    if (!err)
        err = sync_send(db);
    if (!err)
        err = results_read_until(db, 2); /* the query's own, and those of the sync */
    if (err) {
        (void)results_read_until(db, 0);
        return err;
    }
    connection->query_running = true;
    PQsetSingleRowMode(connection->server);
    return OK;
}

/* Reads what is left of the query, which may have ended, then the rest. */
static void query_finish(struct db *db) {
    struct connection *connection = connection_of(db);
    connection->query_running = false;
    if (is_broken(db))
        return;
    struct sent sent = sent_take(connection);
    for (PGresult *result; (result = PQgetResult(connection->server));)
        result_check(db, &sent, result);
    (void)results_read_until(db, 0);
}

static bool postgres_next(struct db *db) {
    struct connection *connection = connection_of(db);
    if (!connection->query_running && ++connection->row_at < PQntuples(connection->row))
        return true;
    PQclear(connection->row);
    connection->row = NULL;
    connection->row_at = 0;
    if (!connection->query_running || is_broken(db))
        return false;
    PGresult *result = PQgetResult(connection->server);
    if (result && PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
        connection->row = result;
        return true;
    }
    if (result)
        result_check(db, &connection->sent[connection->sent_first], result);
    query_finish(db);
    return false;
}

static void postgres_end(struct db *db) {
    PQclear(connection_of(db)->row);
    connection_of(db)->row = NULL;
    connection_of(db)->row_at = 0;
    if (connection_of(db)->query_running)
        query_finish(db);
}

static bool postgres_row_null(const struct db *db, int column) {
    return PQgetisnull(connection_of(db)->row, connection_of(db)->row_at, column);
}

static const char *postgres_row_text(const struct db *db, int column) {
    return postgres_row_null(db, column)
               ? NULL
               : PQgetvalue(connection_of(db)->row, connection_of(db)->row_at, column);
}

static int64_t postgres_row_integer(const struct db *db, int column) {
    const char *text = postgres_row_text(db, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

/* Several statements at once go only outside the pipeline. */
static enum err postgres_script(struct db *db, const char *sql) {
    PGconn *server = connection_of(db)->server;
    enum err err = settle(db);
    if (err)
        return err;
    if (!PQexitPipelineMode(server))
        return send_failed(db);
    struct sent sent = {.what = SENT_RUN, .statement = -1};
    result_check(db, &sent, PQexec(server, sql));
    if (!is_broken(db) && !PQenterPipelineMode(server))
        return send_failed(db);
    return db->err;
}

/* A vacuum keeps what somebody may still see: who reads here since before now, or begins to while a
 * write that began before now goes on, in whatever database of the server. Waits for all of them,
 * but not for ever: then it says so, since what was deleted would stay. */
static enum err readers_wait(struct db *db) {
    enum { EACH = 20000 }; /* microseconds */
    char now[DIGITS_ROOM] = "";
    enum err err =
        postgres_query(db,
                       db_statement_add(db, "select cast(pg_snapshot_xmax(pg_current_snapshot())"
                                            " as text)"),
                       NULL, 0);
    if (!err && postgres_next(db))
        snprintf(now, sizeof now, "%s", postgres_row_text(db, 0));
    postgres_end(db);
    enum statement asked = db_statement_add(
        db,
        "select 1 where pg_snapshot_xmin(pg_current_snapshot()) < cast(cast($1 as text) as xid8)"
        " or exists (select 1 from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid() and backend_xmin is not null)");
    bool is_in_use = true;
    for (int64_t until = db_clock() + db->patience; is_in_use && !err && db_clock() < until;) {
        err = postgres_query(db, asked, DB_VALUES(db_text(now)));
        is_in_use = !err && postgres_next(db);
        postgres_end(db);
        err = err ? err : db->err;
        if (is_in_use)
            usleep(EACH);
    }
    if (!err && is_in_use)
        return db_fail(db, DB_CONFLICT, ERR_IO,
                       "Somebody else has been reading or writing on this server all the time, so "
                       "what was deleted is still in its files.");
    return err;
}

/* Writes every table of ours anew, and what the planner has noted of its values. A plain vacuum
 * would leave bytes behind in pages that are still in use. */
static enum err postgres_scrub(struct db *db) {
    PGconn *server = connection_of(db)->server;
    struct text sql = text_new(db->problems->arena);
    enum err err = postgres_script(db, "set statement_timeout = 0");
    if (!err)
        err = readers_wait(db);
    if (err)
        return err;
    err = postgres_query(db,
                         db_statement_add(db, "select format('%I', tablename) from pg_tables"
                                              " where schemaname = current_schema()"),
                         NULL, 0);
    while (!err && postgres_next(db))
        text_add_format(&sql, "%s%s", sql.length ? ", " : "vacuum (full, analyze) ",
                        postgres_row_text(db, 0));
    postgres_end(db);
    if (!err && !db->err && sql.length)
        err = postgres_script(db, sql.bytes);
    if (PQstatus(server) != CONNECTION_OK || err || db->err)
        return db->err;
    return postgres_script(
        db, arena_format(db->problems->arena, "set statement_timeout = %d", STATEMENT_PATIENCE));
}

const struct db_engine_functions db_postgres_functions = {
    .engine = DB_POSTGRES,
    .open = postgres_open,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .prepare = postgres_prepare,
    .run = postgres_run,
    .query = postgres_query,
    .expect = postgres_expect,
    .next = postgres_next,
    .end = postgres_end,
    .row_null = postgres_row_null,
    .row_integer = postgres_row_integer,
    .row_text = postgres_row_text,
    .script = postgres_script,
    .scrub = postgres_scrub,
    .patience = postgres_patience,
    .reach = postgres_reach,
};
