/* SQLite: one file, with its journal beside it (WAL). */
#include "base/text.h"
#include "db/engine.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAL_TRIES = 100, WAL_PAUSE = 20 /* milliseconds */ };

struct connection {
    sqlite3 *handle;
    struct {
        sqlite3_stmt **items; /* by enum statement, NULL until it is first used */
        size_t n, room;
    } prepared;
    sqlite3_stmt *query;                          /* whose rows are being read */
    sqlite3_stmt *begin, *begin_writing, *commit; /* NULL until they are first used */
    bool read_only;
    const char *path;
    /* Whether the file is read as if nobody could change it, and how it stood when it was opened.
     */
    bool frozen;
    struct stat as_opened;
};

static struct connection *connection_of(const struct db *db) {
    return db->connection;
}

/* ---- failures ---- */

/* The journal holds what is not in the file yet, if there is anything in it. */
static bool journal_empty(struct db *db, const char *path) {
    struct stat status;
    const char *journal = arena_format(db->arena, "%s-wal", path);
    return stat(journal, &status) != 0 ? errno == ENOENT : status.st_size == 0;
}

static enum err fail_journal(struct db *db) {
    return db_fail(db, DB_OTHER, ERR_IO,
                   "Somebody else works with this file, or was stopped in the middle: to be read "
                   "together with the one of its name with -wal behind it, it must be in a folder "
                   "in which you may write. Copy both into such a folder, then read the copy.");
}

static enum err fail_full_or_broken(struct db *db, int system_error) {
    if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG)
        return db_fail(db, DB_OTHER, ERR_IO,
                       "There is no more room on the disk. Nothing was changed. Make room, then "
                       "try again.");
    return db_fail(db, DB_OTHER, ERR_IO, "This file cannot be read or written: %s.",
                   system_error ? strerror(system_error) : "the disk reports an error");
}

static enum err fail_unusable(struct db *db, int code) {
    int system_error = sqlite3_system_errno(connection_of(db)->handle);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return fail_full_or_broken(db, ENOSPC);
    case SQLITE_READONLY:
        if (connection_of(db)->read_only && db->doing != DB_WRITING)
            return fail_journal(db);
        return db_fail(db, DB_OTHER, ERR_IO,
                       "This file, or the folder it is in, may only be read by you. Nothing was "
                       "changed. Ask whoever looks after it to let you write there.");
    case SQLITE_NOTADB:
        return db_fail(db, DB_OTHER, ERR_INPUT,
                       "This file is not a database of Ithaca. Is it the file you meant?");
    case SQLITE_CORRUPT:
        return db_fail(db, DB_OTHER, ERR_IO,
                       "This database is damaged. Keep a copy of the file, then restore the "
                       "latest backup.");
    case SQLITE_CANTOPEN:
        if (connection_of(db)->read_only && !journal_empty(db, connection_of(db)->path))
            return fail_journal(db);
        return db_fail(db, DB_OTHER, ERR_IO,
                       "This file, or one of those beside it (-wal, -shm), cannot be opened: %s.",
                       system_error ? strerror(system_error) : "no reason is known");
    default:
        return fail_full_or_broken(db, system_error);
    }
}

/* Tells what SQLite has just reported; `doing` names what was tried. */
static enum err fail(struct db *db, const char *doing) {
    sqlite3 *handle = connection_of(db)->handle;
    int code = sqlite3_extended_errcode(handle);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return db_fail(db, DB_CONFLICT, ERR_IO,
                       "Somebody else has been writing to this database all the time. Nothing was "
                       "changed. Please try again later.");
    case SQLITE_CONSTRAINT:
        if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
            code == SQLITE_CONSTRAINT_ROWID)
            return db_fail(db, DB_TAKEN, ERR_IO,
                           "What should be added is there already. Nothing was changed. (%s in "
                           "%s)",
                           sqlite3_errmsg(handle), doing);
        break;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return fail_unusable(db, code);
    default:
        break;
    }
    return db_fail(db, DB_OTHER, ERR_IO,
                   "The database refuses %s. Nothing was changed. SQLite says: %s.", doing,
                   sqlite3_errmsg(handle));
}

static enum err execute(struct db *db, const char *sql) {
    return sqlite3_exec(connection_of(db)->handle, sql, NULL, NULL, NULL) == SQLITE_OK
               ? OK
               : fail(db, arena_format(db->problems->arena, "\"%s\"",
                                       text_quote(db->problems->arena, sql)));
}

/* The same of what is done for every page: it is prepared once, and kept in `slot`. */
static enum err execute_again(struct db *db, sqlite3_stmt **slot, const char *sql) {
    if (!*slot && sqlite3_prepare_v3(connection_of(db)->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                     slot, NULL) != SQLITE_OK)
        return execute(db, sql); /* tells why */
    int code = sqlite3_step(*slot);
    enum err err =
        code == SQLITE_DONE ? OK : fail(db, arena_format(db->problems->arena, "\"%s\"", sql));
    sqlite3_reset(*slot);
    return err;
}

/* ---- opening ---- */

static enum err fail_protected(struct db *db) {
    return db_fail(
        db, DB_OTHER, ERR_IO,
        "This file may not be written to, as is right for a backup. Nothing was changed. "
        "If it is one, `ithaca restore %s --db NEW` makes a database of it that you can "
        "work with. (`ithaca backup` makes a backup of a database.)",
        db->name);
}

/* A file for records about people is nobody else's to read. It is made only where there is none:
 * closing a file that SQLite has open elsewhere in this process would undo its locks. */
static void file_make(const char *path) {
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        close(file);
}

/* What SQLite would tell less clearly. */
static enum err file_look(struct db *db, const char *path, enum db_open_mode mode) {
    struct stat status;
    if (!*path)
        return db_fail(db, DB_OTHER, ERR_INPUT, "Say which file: sqlite:FILE.");
    if (stat(path, &status) != 0) {
        if (errno == ENOENT && mode == DB_CREATE) {
            file_make(path);
            if (stat(path, &status) == 0)
                return OK;
            return db_fail(db, DB_OTHER, ERR_IO, "This file cannot be made here: %s.",
                           strerror(errno));
        }
        return errno == ENOENT ? db_fail(db, DB_OTHER, ERR_INPUT, "There is no such file.")
                               : db_fail(db, DB_OTHER, ERR_IO, "This file cannot be opened: %s.",
                                         strerror(errno));
    }
    if (!S_ISREG(status.st_mode))
        return db_fail(db, DB_OTHER, ERR_INPUT, "This is not a file but a %s.",
                       S_ISDIR(status.st_mode) ? "folder" : "device");
    /* Asked of the file, not of the system: root may do everything, and means well, too. */
    if (mode != DB_READ_ONLY && !(status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)))
        return fail_protected(db);
    return OK;
}

/* Where two open a new file at once, one is told that it is busy, however long it would wait. */
static enum err wal_start(struct db *db) {
    sqlite3 *handle = connection_of(db)->handle;
    for (int tries = 1;; tries++) {
        int code = sqlite3_exec(handle, "pragma journal_mode = wal", NULL, NULL, NULL);
        if (code == SQLITE_OK)
            return OK;
        if ((code & 0xff) != SQLITE_BUSY || tries == WAL_TRIES)
            return fail(db, "to be opened");
        nanosleep(&(struct timespec){.tv_nsec = WAL_PAUSE * 1000000L}, NULL);
    }
}

/* SQLite would write beside a file with a journal (WAL) even to read it. Where that cannot be, and
 * nothing is in the journal, the file alone is read, and looked at again at the end: whether
 * somebody who may write has begun to. */
static bool freeze(struct db *db) {
    struct connection *connection = connection_of(db);
    const char *path = connection->path;
    sqlite3 *handle = NULL;
    struct text uri = text_new(db->arena);
    if (!journal_empty(db, path) || stat(path, &connection->as_opened) != 0)
        return false;
    text_add(&uri, *path == '/' ? "file://" : "file:");
    for (const char *c = path; *c; c++)
        text_add_format(&uri, strchr("%?#", *c) ? "%%%02x" : "%c", (unsigned char)*c);
    text_add(&uri, "?immutable=1");
    if (sqlite3_open_v2(uri.bytes, &handle,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK) {
        sqlite3_close(handle);
        return false;
    }
    sqlite3_close(connection->handle);
    connection->handle = handle;
    connection->frozen = true;
    return true;
}

static bool needs_freezing(const struct db *db) {
    sqlite3 *handle = connection_of(db)->handle;
    int code = sqlite3_exec(handle, "select count(*) from sqlite_schema", NULL, NULL, NULL) & 0xff;
    return code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
}

static enum err frozen_check(struct db *db) {
    const struct connection *connection = connection_of(db);
    struct stat now;
    if (!connection->frozen ||
        (stat(connection->path, &now) == 0 && now.st_ino == connection->as_opened.st_ino &&
         now.st_size == connection->as_opened.st_size &&
         now.st_mtim.tv_sec == connection->as_opened.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == connection->as_opened.st_mtim.tv_nsec &&
         journal_empty(db, connection->path)))
        return OK;
    return db_fail(db, DB_OTHER, ERR_IO,
                   "Somebody has been writing to this database while it was read from a folder in "
                   "which you may not write. Please try again.");
}

/* One row of a number: 1 if there are no tables yet, or Ithaca's. */
static int ours_read(void *ours, int n, char **columns, char **names) {
    (void)names;
    *(bool *)ours = n > 0 && columns[0] && text_equal(columns[0], "1");
    return 0;
}

/* The journal is set for good, in the file: not in somebody else's. */
static enum err journal_start(struct db *db) {
    bool ours = false;
    if (sqlite3_exec(connection_of(db)->handle,
                     "select count(*) = 0 or count(case when name in ('schema_version', "
                     "'programme', 'revision') then 1 end) = 3 from sqlite_schema",
                     ours_read, &ours, NULL) != SQLITE_OK)
        return fail(db, "to be opened");
    return ours ? wal_start(db) : OK;
}

static enum err set_up(struct db *db, enum db_open_mode mode) {
    sqlite3 *handle = connection_of(db)->handle;
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_busy_timeout(handle, (int)db->patience);
    enum err err = execute(db, "select count(*) from sqlite_schema");
    if (!err && mode != DB_READ_ONLY && sqlite3_db_readonly(handle, "main") == 1)
        err = fail_unusable(db, SQLITE_READONLY);
    if (!err && mode != DB_READ_ONLY)
        err = journal_start(db);
    /* What a statement that fails puts back is kept in memory: in a file it is more writing than
     * all that is saved. */
    if (!err)
        err = execute(db, "pragma synchronous = full; pragma temp_store = memory");
    return err;
}

/* A name such as ":memory:" means a file like any other. */
static const char *path_make(const struct db *db, const char *where, enum db_open_mode mode) {
    if (mode == DB_REHEARSE)
        return ":memory:";
    return *where == '/' ? where : arena_format(db->arena, "./%s", where);
}

static enum err sqlite_open(struct db *db, const char *where, enum db_open_mode mode) {
    struct connection *connection = arena_alloc(db->arena, sizeof *connection);
    db->connection = connection;
    connection->read_only = mode == DB_READ_ONLY;
    enum err err = mode == DB_REHEARSE ? OK : file_look(db, where, mode);
    if (err)
        return err;
    const char *path = connection->path = path_make(db, where, mode);
    int flags = mode == DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(path, &connection->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return fail(db, "to be opened");
    if (mode == DB_READ_ONLY && needs_freezing(db))
        (void)freeze(db); /* otherwise what is wrong is told next */
    return set_up(db, mode);
}

static void sqlite_close(struct db *db) {
    struct connection *connection = connection_of(db);
    for (size_t i = 0; i < connection->prepared.n; i++)
        sqlite3_finalize(connection->prepared.items[i]);
    sqlite3_finalize(connection->begin);
    sqlite3_finalize(connection->begin_writing);
    sqlite3_finalize(connection->commit);
    sqlite3_close(connection->handle);
}

static enum err sqlite_patience(struct db *db, unsigned milliseconds) {
    sqlite3_busy_timeout(connection_of(db)->handle, (int)milliseconds);
    return OK;
}

/* A file answers whoever has it open. */
static enum err sqlite_reach(struct db *db, unsigned milliseconds) {
    (void)db, (void)milliseconds;
    return OK;
}

/* ---- transactions ---- */

static enum err sqlite_begin(struct db *db, bool writing) {
    struct connection *connection = connection_of(db);
    return writing ? execute_again(db, &connection->begin_writing, "begin immediate")
                   : execute_again(db, &connection->begin, "begin");
}

static enum err sqlite_commit(struct db *db) {
    enum err err = frozen_check(db);
    return err ? err : execute_again(db, &connection_of(db)->commit, "commit");
}

static void sqlite_rollback(struct db *db) {
    /* Some failures have rolled back already. */
    if (!sqlite3_get_autocommit(connection_of(db)->handle))
        sqlite3_exec(connection_of(db)->handle, "rollback", NULL, NULL, NULL);
}

/* ---- statements ---- */

static enum err sqlite_prepare(struct db *db, enum statement statement) {
    struct connection *connection = connection_of(db);
    while (connection->prepared.n <= (size_t)statement)
        list_add(db->arena, &connection->prepared, NULL);
    sqlite3_stmt **slot = &connection->prepared.items[statement];
    if (!*slot) {
        const char *text = db_statement_of(db, statement)->text[DB_SQLITE];
        if (sqlite3_prepare_v3(connection->handle, text, -1, SQLITE_PREPARE_PERSISTENT, slot,
                               NULL) != SQLITE_OK)
            return fail(db, db_statement_describe(db, statement));
    }
    if (db->doing == DB_READING && !sqlite3_stmt_readonly(*slot))
        return db_fail(db, DB_OTHER, ERR_IO,
                       "The database refuses %s: it would write where only reading is allowed.",
                       db_statement_describe(db, statement));
    return OK;
}

static sqlite3_stmt *prepared_of(const struct db *db, enum statement statement) {
    return connection_of(db)->prepared.items[statement];
}

/* Statements that were added have $1, which SQLite takes for a name. */
static int place_of(sqlite3_stmt *prepared, enum statement statement, size_t i) {
    if ((size_t)statement < SQL_COUNT)
        return (int)i + 1;
    char name[24];
    snprintf(name, sizeof name, "$%zu", i + 1);
    return sqlite3_bind_parameter_index(prepared, name);
}

static enum err bind(struct db *db, sqlite3_stmt *prepared, enum statement statement,
                     const struct db_value *values, size_t n, sqlite3_destructor_type keep) {
    for (size_t i = 0; i < n; i++) {
        int place = place_of(prepared, statement, i), code;
        if (values[i].type == DB_INTEGER)
            code = sqlite3_bind_int64(prepared, place, values[i].integer);
        else if (values[i].type == DB_TEXT)
            code = sqlite3_bind_text(prepared, place, values[i].text, -1, keep);
        else
            code = sqlite3_bind_null(prepared, place);
        if (code != SQLITE_OK)
            return fail(db, db_statement_describe(db, statement));
    }
    return OK;
}

static void finish(sqlite3_stmt *prepared) {
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
}

static enum err sqlite_run(struct db *db, enum statement statement, const struct db_value *values,
                           size_t n) {
    enum err err = sqlite_prepare(db, statement);
    if (err)
        return err;
    sqlite3_stmt *prepared = prepared_of(db, statement);
    err = bind(db, prepared, statement, values, n, SQLITE_STATIC);
    int code = SQLITE_ROW;
    while (!err && code == SQLITE_ROW)
        code = sqlite3_step(prepared);
    if (!err && code != SQLITE_DONE)
        err = fail(db, db_statement_describe(db, statement));
    finish(prepared);
    return err;
}

static enum err sqlite_query(struct db *db, enum statement statement, const struct db_value *values,
                             size_t n) {
    enum err err = sqlite_prepare(db, statement);
    if (err)
        return err;
    sqlite3_stmt *prepared = prepared_of(db, statement);
    err = bind(db, prepared, statement, values, n, SQLITE_TRANSIENT);
    if (!err)
        connection_of(db)->query = prepared;
    return err;
}

static bool sqlite_next(struct db *db) {
    struct connection *connection = connection_of(db);
    if (!connection->query)
        return false;
    int code = sqlite3_step(connection->query);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        (void)fail(db,
                   arena_format(db->problems->arena, "\"%s\"",
                                text_quote(db->problems->arena, sqlite3_sql(connection->query))));
    finish(connection->query); /* stepped again it would begin anew */
    connection->query = NULL;
    return false;
}

static void sqlite_end(struct db *db) {
    struct connection *connection = connection_of(db);
    /* What writes is done whole, whether its rows are read or not. */
    while (connection->query && !sqlite3_stmt_readonly(connection->query) && sqlite_next(db))
        ;
    if (connection->query)
        finish(connection->query);
    connection->query = NULL;
}

/* The first column of the row that a checkpoint gives: 0 if it was complete. */
static int checkpoint_read(void *complete, int n, char **columns, char **names) {
    (void)names;
    *(bool *)complete = n > 0 && columns[0] && text_equal(columns[0], "0");
    return 0;
}

/* The file is written anew, and its journal emptied, in which older pages stand. */
static enum err sqlite_scrub(struct db *db) {
    bool complete = false;
    enum err err = execute(db, "pragma temp_store = file; vacuum; pragma temp_store = memory");
    if (err)
        return err;
    int code = sqlite3_exec(connection_of(db)->handle, "pragma wal_checkpoint(truncate)",
                            checkpoint_read, &complete, NULL);
    if (code == SQLITE_OK && !complete)
        return db_fail(db, DB_CONFLICT, ERR_IO,
                       "Somebody else has been reading this database all the time, so its journal "
                       "could not be emptied.");
    return code == SQLITE_OK ? OK : fail(db, "to be emptied of what was deleted");
}

static bool sqlite_row_null(const struct db *db, int column) {
    return sqlite3_column_type(connection_of(db)->query, column) == SQLITE_NULL;
}

static int64_t sqlite_row_integer(const struct db *db, int column) {
    return sqlite3_column_int64(connection_of(db)->query, column);
}

static const char *sqlite_row_text(const struct db *db, int column) {
    return (const char *)sqlite3_column_text(connection_of(db)->query, column);
}

const struct db_engine_functions db_sqlite_functions = {
    .engine = DB_SQLITE,
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .prepare = sqlite_prepare,
    .run = sqlite_run,
    .query = sqlite_query,
    .next = sqlite_next,
    .end = sqlite_end,
    .row_null = sqlite_row_null,
    .row_integer = sqlite_row_integer,
    .row_text = sqlite_row_text,
    .script = execute,
    .scrub = sqlite_scrub,
    .patience = sqlite_patience,
    .reach = sqlite_reach,
};
