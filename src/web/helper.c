#include "web/helper.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PATIENCE = 30000, /* milliseconds without an answer, after which it is taken to hang */
    NICENESS = 10,    /* pages come first */
};
static const rlim_t memory_more = 64 * 1024 * 1024; /* than it begins with; bytes */

/* A question on its way; the work is a function of the same program, at the same place. */
struct message {
    void (*work)(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]);
    bool there[HELPER_TEXTS];
    char texts[HELPER_TEXTS][HELPER_TEXT_MAX + 1];
};

struct helper {
    pid_t process; /* 0: none is at work */
    int socket;    /* -1 then */
    void *waiting[HELPER_WAITING_MAX];
    size_t first, n; /* of those who wait: a ring */
    bool gave_up;    /* those who wait get no answer */
    long heard_at;   /* milliseconds: the last answer, or the question since when somebody waits */
};

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* ---- the helper's process ---- */

/* What it has already, shared with its worker, and a little more. */
static void memory_limit(void) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu", &pages) != 1)
        _exit(EXIT_FAILURE);
    fclose(file);
    rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + memory_more;
    struct rlimit memory = {most, most}, none = {0, 0};
    if (setrlimit(RLIMIT_AS, &memory) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
        _exit(EXIT_FAILURE);
}

static void question_work(int socket) {
    struct message message = {0};
    const char *texts[HELPER_TEXTS];
    char answer[HELPER_ANSWER_SIZE] = "";
    ssize_t got = recv(socket, &message, sizeof message, 0);
    if (got < 0 && errno == EINTR)
        return;
    if (got != sizeof message) /* the worker is gone */
        _exit(EXIT_SUCCESS);
    for (size_t i = 0; i < HELPER_TEXTS; i++)
        texts[i] = message.there[i] ? message.texts[i] : NULL;
    message.work(texts, answer);
    explicit_bzero(&message, sizeof message);
    if (send(socket, answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer)
        _exit(EXIT_SUCCESS);
}

static _Noreturn void helper_run(int socket, pid_t worker) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != worker)
        _exit(EXIT_SUCCESS);
    /* The worker's connections, database and all: nothing is told to whoever is at the other end */
    if (dup2(socket, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0 ||
        close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
        _exit(EXIT_FAILURE);
    (void)setpriority(PRIO_PROCESS, 0, NICENESS);
    memory_limit();
    for (;;)
        question_work(STDIN_FILENO);
}

/* ---- starting and ending it ---- */

static void helper_start(struct helper *helper) {
    int both[2];
    pid_t worker = getpid();
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, both) != 0)
        return;
    pid_t process = fork();
    if (process == 0)
        helper_run(both[1], worker);
    close(both[1]);
    if (process < 0) {
        close(both[0]);
        return;
    }
    helper->process = process;
    helper->socket = both[0];
}

static void helper_stop(struct helper *helper) {
    if (!helper->process)
        return;
    close(helper->socket);
    kill(helper->process, SIGKILL);
    while (waitpid(helper->process, NULL, 0) < 0 && errno == EINTR) {
    }
    helper->process = 0;
    helper->socket = -1;
}

struct helper *helper_new(struct arena *arena) {
    struct helper *helper = arena_alloc(arena, sizeof *helper);
    helper->socket = -1;
    helper_start(helper);
    return helper;
}

void helper_end(struct helper *helper) {
    helper_stop(helper);
}

/* ---- asking it ---- */

static bool question_pack(const struct question *question, struct message *out) {
    out->work = question->work;
    for (size_t i = 0; i < HELPER_TEXTS; i++) {
        size_t length = question->texts[i] ? strlen(question->texts[i]) : 0;
        if (length > HELPER_TEXT_MAX)
            return false;
        out->there[i] = question->texts[i] != NULL;
        memcpy(out->texts[i], length ? question->texts[i] : "", length + 1);
    }
    return true;
}

static bool message_send(const struct helper *helper, const struct message *message) {
    return send(helper->socket, message, sizeof *message, MSG_NOSIGNAL | MSG_DONTWAIT) ==
           sizeof *message;
}

/* One that died while nobody waited is found out only now. */
static bool helper_reach(struct helper *helper, const struct message *message) {
    if (helper->process && message_send(helper, message))
        return true;
    if (helper->n)
        return false;
    helper_stop(helper);
    helper_start(helper);
    return helper->process && message_send(helper, message);
}

bool helper_ask(struct helper *helper, const struct question *question, void *asker) {
    struct message message = {0};
    if (helper->gave_up || helper->n == HELPER_WAITING_MAX || !question_pack(question, &message))
        return false;
    bool sent = helper_reach(helper, &message);
    explicit_bzero(&message, sizeof message);
    if (!sent)
        return false;
    if (!helper->n)
        helper->heard_at = now();
    helper->waiting[(helper->first + helper->n++) % HELPER_WAITING_MAX] = asker;
    return true;
}

static void *waiting_take(struct helper *helper) {
    void *asker = helper->waiting[helper->first];
    helper->first = (helper->first + 1) % HELPER_WAITING_MAX;
    helper->heard_at = now();
    if (!--helper->n)
        helper->gave_up = false;
    return asker;
}

void *helper_next(struct helper *helper, char answer[HELPER_ANSWER_SIZE]) {
    *answer = '\0';
    if (!helper->n)
        return NULL;
    if (!helper->gave_up) {
        ssize_t got = recv(helper->socket, answer, HELPER_ANSWER_SIZE, MSG_DONTWAIT);
        bool not_yet = got < 0 && (errno == EAGAIN || errno == EINTR);
        if (not_yet && now() - helper->heard_at < PATIENCE)
            return NULL;
        if (got != HELPER_ANSWER_SIZE) {
            *answer = '\0';
            helper_give_up(helper);
        }
    }
    return waiting_take(helper);
}

void helper_give_up(struct helper *helper) {
    helper_stop(helper);
    helper->gave_up = helper->n > 0;
}

int helper_socket(const struct helper *helper) {
    return helper->n ? helper->socket : -1;
}

int helper_patience(const struct helper *helper) {
    if (!helper->n)
        return -1;
    long left = helper->gave_up ? 0 : helper->heard_at + PATIENCE - now();
    return left > 0 ? (int)left : 0;
}
