#include "command/pages.h"
#include "accounts/visitor.h"
#include "base/text.h"
#include "web/route.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct linking {
    struct arena *arena;
    const char *login, *token;
};

static enum err link_make(struct db *db, void *context) {
    struct linking *linking = context;
    struct db_rows rows;
    int64_t account = 0;
    linking->token = NULL;
    enum err err = db_query(db, SQL_account_by_login, DB_VALUES(db_text(linking->login)), &rows);
    if (!err && db_next(&rows))
        account = db_row_integer(&rows, 0);
    err = db_rows_end(&rows, err);
    return err || !account ? err : sign_in_link_new(db, linking->arena, account, &linking->token);
}

enum err pages_link(struct session *session, struct db *db, const char *login, const char *site,
                    const char **out) {
    struct linking linking = {.arena = session->arena, .login = login};
    enum err err = db_write(db, link_make, &linking);
    if (!err && !linking.token) {
        problem_add(&session->problems, (struct place){0},
                    "Nobody signs in as \"%s\". `ithaca person list` shows who does.",
                    text_quote(session->arena, login));
        err = ERR_INPUT;
    }
    if (!err)
        *out = arena_format(session->arena, "%s%s", site,
                            url_to(session->arena, ROUTE_link, linking.token));
    return err;
}

const char *pages_start(struct arena *arena) {
    char *start = arena_alloc(arena, TOKEN_SIZE);
    token_new(start);
    return start;
}

const char *pages_address(struct arena *arena, const char *scheme, const char *address, int port) {
    bool is_version_6 = strchr(address, ':');
    return arena_format(arena, is_version_6 ? "%s://[%s]:%d" : "%s://%s:%d", scheme, address, port);
}

/* ---- asking ---- */

static int connect_to(const char *address, int port) {
    enum { PATIENCE = 10 }; /* seconds */
    const struct timeval patience = {.tv_sec = PATIENCE};
    char service[8];
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    snprintf(service, sizeof service, "%d", port);
    if (getaddrinfo(address, service, &hints, &found) != 0)
        return -1;
    int made = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made >= 0) {
        setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (connect(made, found->ai_addr, found->ai_addrlen) != 0) {
            close(made);
            made = -1;
        }
    }
    freeaddrinfo(found);
    return made;
}

int pages_ask(const char *address, int port, const char *path) {
    char question[512], answer[32] = "";
    int there = connect_to(address, port);
    if (there < 0)
        return 0;
    int length = snprintf(question, sizeof question,
                          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);
    ssize_t got = 0;
    if (write(there, question, (size_t)length) == length)
        got = recv(there, answer, sizeof answer - 1, MSG_WAITALL);
    close(there);
    if (got < (ssize_t)sizeof "HTTP/1.1 200" - 1 || strncmp(answer, "HTTP/1.1 ", 9) != 0)
        return 0;
    return (int)strtol(answer + 9, NULL, 10);
}
