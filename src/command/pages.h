/* What the commands that serve pages have in common: the site's content, the way in, and asking
 * one's own server whether it answers. */
#ifndef ITHACA_COMMAND_PAGES_H
#define ITHACA_COMMAND_PAGES_H

#include "command/command.h"
#include "web/server.h"

/* An address that lets somebody in once: "http://127.0.0.1:8080/link/...". `account` is 0 if there
 * is no such login. */
enum err pages_link(struct session *session, struct db *db, const char *login, const char *site,
                    const char **out) MUST_CHECK;

/* What tells this start of the server from every other: site.start. */
const char *pages_start(struct arena *arena);

/* Where the pages are, for people: "http://127.0.0.1:8080". */
const char *pages_address(struct arena *arena, const char *scheme, const char *address, int port);

/* Asks for a path, and gives the status of the answer; 0 if there was none within some seconds. */
int pages_ask(const char *address, int port, const char *path);

#endif
