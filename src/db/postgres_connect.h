/* Connecting to PostgreSQL: what an address says, what people are told when nobody lets them in,
 * and how long one waits. Only postgres.c includes this. */
#ifndef ITHACA_DB_POSTGRES_CONNECT_H
#define ITHACA_DB_POSTGRES_CONNECT_H

#include "db/engine.h"
#include <libpq-fe.h>

/* Connects, and makes db->name of the URL, without its password. What goes wrong is told through
 * db_fail. `*out` is the caller's to finish, after a failure too; NULL if the URL cannot be read.
 */
enum err postgres_connect(struct db *db, const char *url, PGconn **out) MUST_CHECK;

/* Connects again where it was connected before; false if that takes longer. (libpq's own limit
 * holds for each address of a host, and is ten seconds here. Neither is one for finding the
 * address of a name.) The status of the connection then is not CONNECTION_OK. */
bool postgres_reconnect(PGconn *server, unsigned milliseconds) MUST_CHECK;

/* Waits until the server says something, or has ended the connection; false if nothing comes until
 * then, by db_clock. Only where all that came before has been taken. */
bool postgres_answers(PGconn *server, int64_t until) MUST_CHECK;

#endif
