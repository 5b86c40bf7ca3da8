#include "web/server.h"
#include "db/migrate.h"
#include "serve/log.h"
#include "web/peer.h"
#include "web/route.h"
#include "web/send.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    REQUEST_MEMORY = 64 * 1024 * 1024,
    WORKER_MEMORY = 64 * 1024 * 1024, /* for the connection to the database: it lives long */
    BODY_MAX = 256 * 1024,            /* bytes of a form */
    BODY_READ_MAX = 64 * BODY_MAX,    /* read to the end, so that the browser shows our answer */
    FILES_ROOM = 64 * 1024 * 1024,    /* bytes of forms with a file that come in at once */
    FIELDS_MAX = 500,
    AGENT_MAX = 500,               /* bytes */
    CONNECTION_MEMORY = 16 * 1024, /* libmicrohttpd's, for the headers; it clears it each time */
    CONNECTIONS_MAX = 1000,
    IDLE_SECONDS = 15,
    POST_BUFFER = 4096,
    BACKLOG = 511,
    WAIT_MOST = 1000,                   /* milliseconds */
    GRACE_SECONDS = 10,                 /* for what is being answered when it is to end */
    LEAVING_SECONDS = 2 * IDLE_SECONDS, /* for connections, when another has taken its place */
};

/* The pages that take a file, and how long their forms may be, in bytes. Such a file is held in
 * memory until it is there, and a few at once. */
static const struct intake {
    enum route_name route;
    size_t most;
    const char *too_large;
} intakes[] = {
    {ROUTE_bring_upload, 5 * 1024 * 1024,
     "This file is larger than 4 MB. Nothing was saved. Go back, and choose a smaller one."},
    {ROUTE_take, 2 * 1024 * 1024,
     "This file is larger than 1 MB. Nothing was kept. Ask for fewer things in one file."},
    {ROUTE_take_keep, 2 * 1024 * 1024,
     "This file is larger than 1 MB. Nothing was kept. Ask for fewer things in one file."},
    {ROUTE_document_add, 21 * 1024 * 1024,
     "This file is larger than 20 MB. Nothing was saved. Go back, and give its link instead."},
    {ROUTE_document_upload, 21 * 1024 * 1024,
     "This file is larger than 20 MB. Nothing was saved. Go back, and choose a smaller one."},
};

struct worker {
    const struct web *web;
    unsigned exchanges; /* requests of which the answer is not sent yet */
    size_t files;       /* bytes that those of them may take which bring a file */
    bool is_leaving;    /* another has taken its place */
    struct arena *arena;
    struct arena *spare; /* of a request that has ended, for the next; or NULL */
    struct problems problems;
    struct db *db;
    struct helper *helper;
};

/* One request on its way. */
struct exchange {
    struct worker *worker;
    struct arena *arena;
    struct problems problems;
    struct request request;
    struct response response;
    struct sending sending;
    const char *address; /* whole, as it came */
    const char *method;  /* in a word of ours */
    double begun_at;     /* milliseconds */
    bool begun, is_large, is_wrong, is_prepared, is_answered;
    const struct intake *intake; /* the form may bring a file; or NULL */
    bool is_file, is_crowded;    /* the field that is coming in is it; there is no room just now */
    struct MHD_PostProcessor *form;
    size_t received, expected; /* bytes of the body; the latter only where a file may come */
    const char *field;         /* the one that is coming in */
    struct text value;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* ---- what comes in ---- */

static void field_end(struct exchange *exchange) {
    if (!exchange->field)
        return;
    const char *value = exchange->value.bytes ? exchange->value.bytes : "";
    if (exchange->is_file) {
        exchange->request.upload.bytes = value;
        exchange->request.upload.length = exchange->value.length;
    } else if (!text_is_utf8(value, exchange->value.length) ||
               !text_is_utf8(exchange->field, strlen(exchange->field)) ||
               exchange->request.form.list.n == FIELDS_MAX)
        exchange->is_wrong = true;
    else
        list_add(exchange->arena, &exchange->request.form.list,
                 (struct parameter){exchange->field, value});
    exchange->field = NULL;
    exchange->is_file = false;
}

/* The last part of what the browser calls it: some tell the folder, too. */
static void file_begin(struct exchange *exchange, const char *file) {
    for (const char *c = file; *c; c++)
        if (*c == '/' || *c == '\\')
            file = c + 1;
    exchange->is_wrong |= exchange->request.upload.file || !text_is_utf8(file, strlen(file));
    exchange->is_file = true;
    if (!exchange->is_wrong) /* growing takes memory anew each time */
        text_reserve(&exchange->value, exchange->expected);
    exchange->request.upload.file = arena_copy(exchange->arena, file);
}

/* A piece of a field; a new field begins at offset 0. But where the network cut what came, the
 * first piece may be empty and the next begins at 0 too; so an empty field does not count if one of
 * the same name follows at once. */
static enum MHD_Result field_take(void *context, enum MHD_ValueKind kind, const char *name,
                                  const char *file, const char *type, const char *encoding,
                                  const char *data, uint64_t offset, size_t size) {
    struct exchange *exchange = context;
    (void)kind, (void)type, (void)encoding;
    bool goes_on = text_equal(exchange->field, name) && exchange->value.length == 0;
    if (offset == 0 && !goes_on) {
        field_end(exchange);
        exchange->field = arena_copy(exchange->arena, name);
        exchange->value = text_new(exchange->arena);
        if (file && exchange->intake)
            file_begin(exchange, file);
    }
    text_add_n(&exchange->value, data, size);
    return MHD_YES;
}

static void body_take(struct exchange *exchange, struct MHD_Connection *connection,
                      const char *data, size_t size) {
    exchange->received += size;
    exchange->is_large |=
        exchange->received > (exchange->intake ? exchange->intake->most : (size_t)BODY_MAX);
    if (exchange->is_large || exchange->is_wrong || exchange->is_crowded)
        return;
    if (!exchange->form)
        exchange->form = MHD_create_post_processor(connection, POST_BUFFER, field_take, exchange);
    if (!exchange->form || MHD_post_process(exchange->form, data, size) != MHD_YES)
        exchange->is_wrong = true;
}

static void body_end(struct exchange *exchange) {
    if (exchange->form && MHD_destroy_post_processor(exchange->form) != MHD_YES)
        exchange->is_wrong = true;
    exchange->form = NULL;
    field_end(exchange);
}

static enum MHD_Result query_take(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_size, const char *value, size_t value_size) {
    struct exchange *exchange = context;
    (void)kind;
    if (!text_is_utf8(name, name_size) || (value && !text_is_utf8(value, value_size)) ||
        exchange->request.query.list.n == FIELDS_MAX)
        exchange->is_wrong = true;
    else
        list_add(exchange->arena, &exchange->request.query.list,
                 (struct parameter){arena_copy_n(exchange->arena, name, name_size),
                                    value ? arena_copy_n(exchange->arena, value, value_size) : ""});
    return MHD_YES;
}

/* ---- what is answered ---- */

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Browsers say of a form from which page it comes; what says nothing is no browser. */
static enum form_origin form_origin_find(struct MHD_Connection *connection) {
    const char *origin = header(connection, MHD_HTTP_HEADER_ORIGIN);
    const char *host = header(connection, MHD_HTTP_HEADER_HOST);
    const char *site = header(connection, "Sec-Fetch-Site");
    if (site && !text_equal(site, "same-origin") && !text_equal(site, "none"))
        return FORM_FOREIGN;
    if (!origin)
        return FORM_OURS;
    const char *behind = strstr(origin, "://");
    return behind && host && text_equal(behind + 3, host) ? FORM_OURS : FORM_FOREIGN;
}

/* What the browser calls itself: it is kept, so it must be a text, and not too long. */
static const char *agent_of(struct exchange *exchange, struct MHD_Connection *connection) {
    const char *agent = header(connection, MHD_HTTP_HEADER_USER_AGENT);
    if (!agent || !text_is_utf8(agent, strlen(agent)) || strlen(agent) > AGENT_MAX)
        return NULL;
    return arena_copy(exchange->arena, agent);
}

/* The key in "Bearer KEY"; NULL if there is none. */
static const char *key_of(struct exchange *exchange, struct MHD_Connection *connection) {
    static const char scheme[] = "bearer ";
    const char *sent = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    if (!sent || strncasecmp(sent, scheme, strlen(scheme)) != 0)
        return NULL;
    return text_trim(exchange->arena, sent + strlen(scheme));
}

static void request_prepare(struct exchange *exchange, struct MHD_Connection *connection,
                            const char *method) {
    struct request *request = &exchange->request;
    const struct site *site = &exchange->worker->web->site;
    if (exchange->is_prepared)
        return;
    exchange->is_prepared = true;
    request->problems = &exchange->problems;
    request->site = site;
    request->db = exchange->worker->db;
    request->method = text_equal(method, MHD_HTTP_METHOD_POST) ? METHOD_POST : METHOD_GET;
    request->address =
        arena_copy_n(exchange->arena, exchange->address, strcspn(exchange->address, "?#"));
    request->visitor.role = ROLE_NONE;
    request->cookie = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, SEND_COOKIE);
    request->agent = agent_of(exchange, connection);
    request->key = key_of(exchange, connection);
    request->if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    if (request->method == METHOD_POST)
        request->peer = peer_address(request->arena, connection, site->proxy);
    day_today(request->today);
    if (site->day)
        memcpy(request->today, site->day, DAY_SIZE);
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, query_take, exchange);
}

static void exchange_work(struct exchange *exchange) {
    struct worker *worker = exchange->worker;
    db_problems_set(worker->db, &exchange->problems);
    answer(&exchange->request, form_origin_find(exchange->sending.connection), &exchange->response);
    exchange->is_answered = exchange->response.status != STATUS_WAIT;
    db_problems_set(worker->db, &worker->problems);
}

/* Whether the page asked its question, and the connection sleeps until there is an answer. */
static bool exchange_wait(struct exchange *exchange) {
    if (!helper_ask(exchange->worker->helper, &exchange->response.question, exchange))
        return false;
    MHD_suspend_connection(exchange->sending.connection);
    return true;
}

static enum MHD_Result send_too_large(struct exchange *exchange) {
    return send_refusal(&exchange->sending, STATUS_TOO_LARGE,
                        exchange->intake
                            ? exchange->intake->too_large
                            : "This is more than a form can hold here. Nothing was saved.");
}

/* How long the body is to be; 0 if nothing was said. */
static unsigned long long length_announced(struct MHD_Connection *connection) {
    const char *length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length ? strtoull(length, NULL, 10) : 0;
}

static enum MHD_Result exchange_answer(struct exchange *exchange, struct MHD_Connection *connection,
                                       const char *method) {
    request_prepare(exchange, connection, method);
    if (text_starts_with(exchange->request.address, SEND_STATIC))
        return exchange->request.method == METHOD_GET
                   ? send_static(&exchange->sending, exchange->request.address)
                   : send_refusal(&exchange->sending, STATUS_WRONG_METHOD,
                                  "A file can only be read.");
    if (exchange->is_crowded)
        return send_refusal(&exchange->sending, STATUS_LATER,
                            "Several files are coming in at once just now. Nothing was saved. Go "
                            "back, and send it again in a minute.");
    if (exchange->is_large)
        return send_too_large(exchange);
    if (exchange->is_wrong)
        return send_refusal(&exchange->sending, STATUS_BAD_REQUEST,
                            "This cannot be read. Nothing was saved.");
    exchange_work(exchange);
    if (exchange->response.status == STATUS_WAIT && exchange_wait(exchange))
        return MHD_YES;
    if (exchange->response.status == STATUS_WAIT) {
        exchange->request.answer = "";
        exchange_work(exchange);
    }
    return send_response(&exchange->sending, &exchange->request, &exchange->response);
}

/* NULL: it is none that browsers use. */
static const char *method_known(const char *method) {
    static const char *const known[] = {MHD_HTTP_METHOD_GET, MHD_HTTP_METHOD_HEAD,
                                        MHD_HTTP_METHOD_POST};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal(method, known[i]))
            return known[i];
    return NULL;
}

static const struct intake *intake_find(struct exchange *exchange) {
    const struct route *route;
    const char *values[ROUTE_VALUES_MAX];
    const char *address =
        arena_copy_n(exchange->arena, exchange->address, strcspn(exchange->address, "?#"));
    if (route_find(exchange->arena, METHOD_POST, address, &route, values) == ROUTE_MATCHES)
        for (size_t i = 0; i < sizeof intakes / sizeof *intakes; i++)
            if (route == &routes[intakes[i].route])
                return &intakes[i];
    return NULL;
}

/* Nobody who is not signed in sends files. How long the form is most often is said; if not, it is
 * taken to be as long as it may. */
static void file_allow(struct exchange *exchange, struct MHD_Connection *connection) {
    if (!text_equal(exchange->method, MHD_HTTP_METHOD_POST) ||
        !MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, SEND_COOKIE))
        return;
    const struct intake *intake = intake_find(exchange);
    unsigned long long announced = length_announced(connection);
    if (!intake)
        return;
    exchange->is_crowded = exchange->worker->files + intake->most > FILES_ROOM;
    if (exchange->is_crowded)
        return;
    exchange->intake = intake;
    exchange->expected = announced && announced < intake->most ? (size_t)announced : intake->most;
    exchange->worker->files += intake->most;
}

static size_t read_most(const struct exchange *exchange) {
    enum { TIMES = 3 }; /* as long as a form may be: then it is no slip any more */
    return exchange->intake && TIMES * exchange->intake->most > BODY_READ_MAX
               ? TIMES * exchange->intake->most
               : BODY_READ_MAX;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state) {
    struct exchange *exchange = *state;
    (void)context, (void)url, (void)version;
    exchange->method = method_known(method);
    exchange->sending.is_last = exchange->worker->is_leaving;
    if (!exchange->method)
        return send_refusal(&exchange->sending, STATUS_WRONG_METHOD,
                            "Browsers ask with GET, HEAD or POST.");
    if (!exchange->begun) { /* only the headers are there */
        exchange->begun = true;
        file_allow(exchange, connection);
        return length_announced(connection) > read_most(exchange) ? send_too_large(exchange)
                                                                  : MHD_YES;
    }
    if (*size) {
        body_take(exchange, connection, data, *size);
        *size = 0;
        return exchange->received > read_most(exchange) ? MHD_NO : MHD_YES;
    }
    body_end(exchange);
    return exchange_answer(exchange, connection, method);
}

/* ---- connections ---- */

/* Each connection has a place for the exchange that is going on. libmicrohttpd does not tell the
 * end of a request that it gave up itself, after it had told the address; so what is there goes at
 * the latest with the connection. */
static struct exchange **place_of(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void exchange_free(struct exchange **place) {
    struct exchange *exchange = *place;
    if (!exchange)
        return;
    *place = NULL;
    struct worker *worker = exchange->worker;
    worker->exchanges--;
    worker->files -= exchange->intake ? exchange->intake->most : 0;
    if (exchange->form)
        MHD_destroy_post_processor(exchange->form);
    if (worker->spare) {
        arena_free(exchange->arena);
        return;
    }
    worker->spare = exchange->arena;
    arena_clear(worker->spare);
}

static void *exchange_new(void *context, const char *address, struct MHD_Connection *connection) {
    struct exchange **place = place_of(connection);
    struct worker *worker = context;
    struct arena *arena = worker->spare ? worker->spare : arena_new(REQUEST_MEMORY);
    worker->spare = NULL;
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    *exchange = (struct exchange){.worker = worker,
                                  .arena = arena,
                                  .problems = problems_new(arena),
                                  .sending.connection = connection,
                                  .begun_at = now(),
                                  .address = arena_copy(arena, address)};
    exchange->request.arena = arena;
    exchange_free(place);
    worker->exchanges++;
    *place = exchange;
    return exchange;
}

/* What monitoring asks every few seconds is said only where it is not well. */
static void exchange_log(const struct exchange *exchange) {
    const struct route *route = exchange->request.route;
    const union MHD_ConnectionInfo *status =
        MHD_get_connection_info(exchange->sending.connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    const char *address = exchange->request.address;
    const char *method = exchange->method ? exchange->method : "other";
    struct log_request line = {
        .method = method,
        .route = route ? route->pattern : "-",
        .status = status ? status->http_status : 0,
        .bytes = text_equal(method, MHD_HTTP_METHOD_HEAD) ? 0 : exchange->sending.size,
        .milliseconds = now() - exchange->begun_at,
    };
    if (address && text_starts_with(address, SEND_STATIC))
        line.route = SEND_STATIC "{file}";
    if (!route || route->needs != PERMISSION_MONITOR || line.status != STATUS_OK)
        log_request(&line);
}

static void exchange_end(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode why) {
    struct exchange **place = place_of(connection), *exchange = *place;
    (void)context, (void)why;
    if (exchange)
        exchange_log(exchange);
    if (exchange && exchange->is_answered) {
        db_problems_set(exchange->worker->db, &exchange->problems);
        answer_note(&exchange->request, &exchange->response);
        db_problems_set(exchange->worker->db, &exchange->worker->problems);
    }
    exchange_free(place);
    *state = NULL;
}

static void connection_change(void *context, struct MHD_Connection *connection, void **place,
                              enum MHD_ConnectionNotificationCode what) {
    (void)context, (void)connection;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *place = calloc(1, sizeof(struct exchange *));
        if (!*place)
            abort();
        return;
    }
    exchange_free(*place);
    free(*place);
}

/* ---- the worker ---- */

static enum err worker_open(struct worker *worker) {
    enum err err =
        db_open(worker->arena, &worker->problems, worker->web->database, DB_EXISTING, &worker->db);
    return err ? err : db_schema_check(worker->db);
}

/* https, where there is a certificate. TLS 1.2 is from 2008; what came before is broken. */
static struct MHD_Daemon *daemon_start(struct worker *worker) {
    const struct certificate *certificate = &worker->web->certificate;
    static const char versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";
    const struct MHD_OptionItem with_tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)certificate->chain},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)certificate->key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)versions},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem without[] = {{MHD_OPTION_END, 0, NULL}};
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    return MHD_start_daemon(
        certificate->key ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, handle, worker,
        MHD_OPTION_LISTEN_SOCKET, worker->web->listener, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_URI_LOG_CALLBACK,
        exchange_new, worker, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, worker,
        MHD_OPTION_NOTIFY_CONNECTION, connection_change, worker, MHD_OPTION_ARRAY,
        certificate->key ? with_tls : without, MHD_OPTION_END);
}

static int milliseconds_until_work(struct MHD_Daemon *daemon) {
    MHD_UNSIGNED_LONG_LONG timeout;
    if (MHD_get_timeout(daemon, &timeout) != MHD_YES || timeout > WAIT_MOST)
        return WAIT_MOST;
    return (int)timeout;
}

/* Those who waited for an answer of the helper go on with it. */
static void waiting_resume(struct worker *worker) {
    char answer[HELPER_ANSWER_SIZE];
    for (struct exchange *exchange; (exchange = helper_next(worker->helper, answer));) {
        exchange->request.answer = arena_copy(exchange->arena, answer);
        MHD_resume_connection(exchange->sending.connection);
    }
}

/* Waits until something happens, at most so many milliseconds, and sees to it. Gives the signal by
 * which it is told to end, or 0. */
static int serve_step(struct worker *worker, struct MHD_Daemon *daemon, int signals, int most) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd waited[] = {{.fd = info->epoll_fd, .events = POLLIN},
                              {.fd = signals, .events = POLLIN},
                              {.fd = helper_socket(worker->helper), .events = POLLIN}};
    int wait = milliseconds_until_work(daemon), patience = helper_patience(worker->helper);
    if (patience >= 0 && patience < wait)
        wait = patience;
    if (poll(waited, sizeof waited / sizeof *waited, wait < most ? wait : most) < 0 &&
        errno != EINTR)
        return SIGTERM;
    waiting_resume(worker);
    MHD_run(daemon);
    struct signalfd_siginfo told = {0};
    if (waited[1].revents & POLLIN && read(signals, &told, sizeof told) != sizeof told)
        return SIGTERM;
    return (int)told.ssi_signo;
}

/* Answers on the connections that there are, one more request on each; those who ask nothing are
 * hung up on as always. So nobody is hung up on who is just asking. */
static void leave(struct worker *worker, struct MHD_Daemon *daemon, int signals) {
    const union MHD_DaemonInfo *info;
    worker->is_leaving = true;
    for (time_t end = time(NULL) + LEAVING_SECONDS; time(NULL) < end;) {
        info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        int signal =
            info->num_connections ? serve_step(worker, daemon, signals, WAIT_MOST) : SIGTERM;
        if (signal && signal != SIGHUP)
            return;
    }
}

/* Answers until it is told to end; then what has been asked already is still answered. Idle
 * connections are not waited for. */
static void serve(struct worker *worker, struct MHD_Daemon *daemon, int signals) {
    enum { STEP = 50 /* milliseconds */, LAST_STEPS = 3 };
    int signal;
    while (!(signal = serve_step(worker, daemon, signals, WAIT_MOST)))
        ;
    int listener = MHD_quiesce_daemon(daemon);
    (void)listener; /* the master's */
    if (signal == SIGHUP)
        leave(worker, daemon, signals);
    for (time_t end = time(NULL) + GRACE_SECONDS; worker->exchanges && time(NULL) < end;)
        (void)serve_step(worker, daemon, -1, STEP);
    helper_give_up(worker->helper); /* nobody may be left waiting when the daemon is stopped */
    for (int i = 0; i < LAST_STEPS; i++)
        (void)serve_step(worker, daemon, -1, 0);
}

enum worker_end web_work(void *context) {
    struct worker worker = {.web = context, .arena = arena_new(WORKER_MEMORY)};
    sigset_t signals;
    worker.problems = problems_new(worker.arena);
    worker.helper = helper_new(worker.arena);
    if (worker_open(&worker) != OK) {
        worker.web->failed(&worker.problems);
        return WORKER_BROKEN;
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    int ending = signalfd(-1, &signals, SFD_CLOEXEC);
    struct MHD_Daemon *daemon = daemon_start(&worker);
    if (!daemon || ending < 0) {
        log_write(LOG_ERROR, "libmicrohttpd cannot begin to answer%s.",
                  worker.web->certificate.key ? " with this certificate" : "");
        return WORKER_BROKEN;
    }
    serve(&worker, daemon, ending);
    MHD_stop_daemon(daemon);
    helper_end(worker.helper);
    close(ending);
    db_close(worker.db);
    arena_free(worker.spare);
    arena_free(worker.arena);
    return WORKER_FINISHED;
}

/* ---- listening ---- */

static enum err listen_refuse(struct problems *problems, const char *address, int port,
                              const char *why) {
    problem_add(problems, (struct place){0}, "Pages cannot be answered on %s, port %d: %s.",
                address, port, why);
    return ERR_IO;
}

static int port_of(int listener) {
    union {
        struct sockaddr any;
        struct sockaddr_in four;
        struct sockaddr_in6 six;
    } bound = {.any.sa_family = AF_UNSPEC};
    socklen_t size = sizeof bound;
    if (getsockname(listener, &bound.any, &size) != 0)
        return 0;
    return ntohs(bound.any.sa_family == AF_INET6 ? bound.six.sin6_port : bound.four.sin_port);
}

enum err web_listen(const char *address, int *port, int *listener, struct problems *problems) {
    char service[8]; /* "65535" */
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV};
    snprintf(service, sizeof service, "%d", *port);
    if (getaddrinfo(address, service, &hints, &found) != 0)
        return listen_refuse(problems, address, *port,
                             "this is no address of a machine. Write it in figures, such as "
                             "127.0.0.1");
    int made = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int yes = 1;
    if (made >= 0)
        setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool bound = made >= 0 && bind(made, found->ai_addr, found->ai_addrlen) == 0 &&
                 listen(made, BACKLOG) == 0;
    int why = errno;
    freeaddrinfo(found);
    if (!bound) {
        if (made >= 0)
            close(made);
        return listen_refuse(problems, address, *port,
                             why == EADDRINUSE ? "another program has it already. Choose another "
                                                 "port"
                                               : strerror(why));
    }
    *listener = made;
    *port = port_of(made);
    return OK;
}
