/* A web worker: one process, one thread, its own database, and libmicrohttpd between them and the
 * browsers. Several share one listening socket (jobs/workers.h starts them).
 *
 * Everything that comes from outside has a cap: bodies, headers, connections, the time a connection
 * may be idle. */
#ifndef ITHACA_SERVER_H
#define ITHACA_SERVER_H

#include "jobs/workers.h"
#include "serve/certificate.h"
#include "web/answer.h"

struct web {
    struct site site;
    const char *database;
    int listener; /* from web_listen */
    struct certificate certificate;
    /* What went wrong where no page could tell. */
    void (*failed)(const struct problems *problems);
};

/* Binds an address ("127.0.0.1", "::1", "0.0.0.0", ...) and a port; 0 takes any that is free and
 * says which. ERR_IO with a message if it cannot be had. */
enum err web_listen(const char *address, int *port, int *listener,
                    struct problems *problems) MUST_CHECK;

/* `context` is a struct web. */
enum worker_end web_work(void *context);

#endif
