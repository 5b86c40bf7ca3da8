#include "db/postgres_connect.h"
#include "base/text.h"
#include <poll.h>
#include <string.h>

static void notice_ignore(void *context, const char *message) {
    (void)context, (void)message;
}

static const char *option_of(const PQconninfoOption *options, const char *keyword) {
    for (const PQconninfoOption *option = options; option->keyword; option++)
        if (text_equal(option->keyword, keyword))
            return option->val && *option->val ? option->val : NULL;
    return NULL;
}

/* The URL without a password and whatever else may be secret. */
static const char *name_make(struct arena *arena, const PQconninfoOption *options) {
    const char *user = option_of(options, "user"), *host = option_of(options, "host"),
               *port = option_of(options, "port"), *dbname = option_of(options, "dbname");
    bool socket = host && *host == '/';
    return arena_format(arena, "postgresql://%s%s%s%s%s/%s%s%s", user ? user : "", user ? "@" : "",
                        host && !socket ? host : "", port ? ":" : "", port ? port : "",
                        dbname ? dbname : "", socket ? "?host=" : "", socket ? host : "");
}

/* A password with an @ in it that is not written %40 would be taken for the host and the port. */
static bool parts_plausible(const PQconninfoOption *options) {
    const char *host = option_of(options, "host"), *port = option_of(options, "port");
    return (!host || !strchr(host, '@')) && (!port || !port[strspn(port, "0123456789,")]);
}

/* The library's own words about an address may quote a password that stands where it should not, so
 * they are not passed on. */
static enum err url_read(struct db *db, const char *url, char **password) {
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &message);
    PQfreemem(message);
    if (!options || !parts_plausible(options)) {
        PQconninfoFree(options);
        return db_fail(db, DB_OTHER, ERR_INPUT,
                       "This address cannot be read. Write it so: "
                       "postgresql://USER@HOST:PORT/DATABASE. In names and passwords write %%40 "
                       "for @, %%3A for :, %%2F for / and %%25 for %%.");
    }
    db->name = name_make(db->arena, options);
    const char *given = option_of(options, "password");
    *password = given ? arena_copy(db->arena, given) : NULL;
    PQconninfoFree(options);
    return OK;
}

/* Of a keyword given twice, the later counts. */
static const char *const connect_keywords[] = {"connect_timeout", "fallback_application_name",
                                               "dbname", "client_encoding", NULL};
enum { CONNECT_WHERE = 2 };
static const char *const connect_values[] = {"10", "ithaca", NULL, "UTF8", NULL};

/* Asks whether anyone is there at all; the library's words may be in any language. */
static const char *advice_on_address(const char *const *values) {
    switch (PQpingParams(connect_keywords, values, 1)) {
    case PQPING_OK:
        return "The server runs, but does not let you in: check the database and the user in the "
               "address, or try again later if too many others are connected.";
    case PQPING_REJECT:
        return "The server is just starting or stopping. Please try again in a minute.";
    default:
        return "Check that the server is running, and the host, the port, the database and the "
               "user in the address.";
    }
}

static enum err fail_connect(struct db *db, PGconn *server, const char *const *values,
                             const char *password) {
    const char *said = text_trim(db->problems->arena, PQerrorMessage(server));
    if (password && strstr(said, password))
        said = "(its words are not shown: your password is in them)";
    const char *advice;
    if (PQconnectionNeedsPassword(server))
        advice = "The server wants a password. Write it into ~/.pgpass, or set PGPASSWORD.";
    else if (PQconnectionUsedPassword(server))
        advice = "Check the user and the password, and that there is such a database.";
    else
        advice = advice_on_address(values);
    return db_fail(db, DB_OTHER, ERR_IO,
                   "We cannot connect to this database. %s PostgreSQL says: "
                   "%s",
                   advice, said);
}

static enum err encoding_check(struct db *db, PGconn *server) {
    const char *encoding = PQparameterStatus(server, "server_encoding");
    if (encoding && text_equal(encoding, "UTF8"))
        return OK;
    return db_fail(db, DB_OTHER, ERR_INPUT,
                   "This database keeps texts in %s, which does not know all letters. Make one in "
                   "UTF8: createdb --encoding=UTF8 --template=template0 NAME.",
                   encoding ? encoding : "an unknown encoding");
}

enum err postgres_connect(struct db *db, const char *url, PGconn **out) {
    char *password = NULL;
    enum err err = url_read(db, url, &password);
    *out = NULL;
    if (err)
        return err;
    const char *values[sizeof connect_values / sizeof *connect_values];
    memcpy(values, connect_values, sizeof values);
    values[CONNECT_WHERE] = url;
    *out = PQconnectdbParams(connect_keywords, values, 1);
    if (PQstatus(*out) != CONNECTION_OK)
        return fail_connect(db, *out, values, password);
    PQsetNoticeProcessor(*out, notice_ignore, NULL);
    return encoding_check(db, *out);
}

/* Whether the server's socket can be read from, or written to, by then. */
static bool wait_for(PGconn *server, short events, int64_t until) {
    struct pollfd waited = {.fd = PQsocket(server), .events = events};
    int64_t left = until - db_clock();
    return left > 0 && poll(&waited, 1, (int)left) > 0;
}

bool postgres_answers(PGconn *server, int64_t until) {
    return wait_for(server, POLLIN, until);
}

bool postgres_reconnect(PGconn *server, unsigned milliseconds) {
    int64_t until = db_clock() + milliseconds;
    if (!PQresetStart(server))
        return false;
    for (PostgresPollingStatusType next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK;
         next = PQresetPoll(server))
        if (next == PGRES_POLLING_FAILED ||
            !wait_for(server, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until))
            return false;
    return true;
}
