#include "picture/child.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { OUTPUT, COMPLAINT, STREAMS, COMPLAINT_MAX = 4096 };

enum { MOMENT = 10 }; /* milliseconds between two looks whether the child has ended */

enum state { STATE_RUNNING, STATE_ENDED, STATE_LOST };

struct child {
    pid_t pid;
    int ends[STREAMS]; /* where we read what it writes; -1 once it has closed it */
    long deadline;     /* by the clock of now() */
    const struct child_limits *limits;
    struct text said[STREAMS];
};

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void close_if_open(int *file) {
    if (*file >= 0)
        close(*file);
    *file = -1;
}

/* The input lies in memory as a file, not in a pipe: so nobody has to feed it while listening. */
static int input_make(const char *input) {
    size_t length = strlen(input);
    int file = memfd_create("input", MFD_CLOEXEC);
    while (file >= 0 && length) {
        ssize_t written = write(file, input, length);
        if (written <= 0) {
            close_if_open(&file);
            break;
        }
        input += written;
        length -= (size_t)written;
    }
    if (file >= 0 && lseek(file, 0, SEEK_SET) != 0)
        close_if_open(&file);
    return file;
}

static int spawn(struct child *child, const char *const *arguments, int input,
                 const int writes[STREAMS]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    /* a group of its own (0 is the default): so those that it starts can be ended with it */
    error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, writes[OUTPUT], STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, writes[COMPLAINT], STDERR_FILENO);
    if (!error) /* it takes arguments that may be written to, and writes to none */
        error = posix_spawnp(&child->pid, arguments[0], &actions, &attributes,
                             (char *const *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* A second wall behind the clock and the cap on what is read: so it does not matter if the child
 * has run for a moment, or has ended, before they hold. */
static void limits_set(pid_t pid, const struct child_limits *limits) {
    rlim_t seconds = (rlim_t)(limits->milliseconds / 1000 + 1);
    struct rlimit memory = {limits->memory, limits->memory}, time = {seconds, seconds};
    struct rlimit none = {0, 0};
    (void)prlimit(pid, RLIMIT_AS, &memory, NULL);
    (void)prlimit(pid, RLIMIT_CPU, &time, NULL);
    (void)prlimit(pid, RLIMIT_CORE, &none, NULL);
}

/* 0, or the error of the system. */
static int start(struct child *child, const char *const *arguments, const char *input) {
    int writes[STREAMS] = {-1, -1}, error = 0, in = input_make(input);
    if (in < 0)
        error = errno;
    for (int i = 0; i < STREAMS && !error; i++) {
        int both[2];
        error = pipe2(both, O_CLOEXEC) == 0 ? 0 : errno;
        if (!error) {
            child->ends[i] = both[0];
            writes[i] = both[1];
        }
    }
    if (!error)
        error = spawn(child, arguments, in, writes);
    close_if_open(&in);
    close_if_open(&writes[OUTPUT]);
    close_if_open(&writes[COMPLAINT]);
    if (!error)
        limits_set(child->pid, child->limits);
    return error;
}

/* Takes what one stream has to say; false if that is too much. */
static bool stream_read(struct child *child, int stream) {
    char bytes[65536];
    ssize_t n = read(child->ends[stream], bytes, sizeof bytes);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (n <= 0) {
        close_if_open(&child->ends[stream]);
        return true;
    }
    struct text *said = &child->said[stream];
    size_t room = (stream == OUTPUT ? child->limits->output : COMPLAINT_MAX) - said->length;
    bool fits = (size_t)n <= room;
    text_add_n(said, bytes, fits ? (size_t)n : room);
    return fits || stream == COMPLAINT; /* a long complaint is heard out, but not kept */
}

/* A child that has ended stays a zombie, so that its number remains its own until it is taken off
 * in `end`. It is lost if somebody else took it off: then its number may be anybody's. */
static enum state state_of(const struct child *child) {
    siginfo_t about = {0};
    if (waitid(P_PID, (id_t)child->pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0)
        return errno == EINTR ? STATE_RUNNING : STATE_LOST;
    return about.si_pid == child->pid ? STATE_ENDED : STATE_RUNNING;
}

/* Listens until the child says no more, its time is over or it has said too much. Once it has
 * ended, only what lies in the pipes is heard: others whom it started may hold them open. */
static enum child_end listen_to(struct child *child) {
    while (child->ends[OUTPUT] >= 0 || child->ends[COMPLAINT] >= 0) {
        struct pollfd polled[STREAMS] = {{child->ends[OUTPUT], POLLIN, 0},
                                         {child->ends[COMPLAINT], POLLIN, 0}};
        long left = child->deadline - now();
        if (left <= 0)
            return CHILD_SLOW;
        bool running = state_of(child) == STATE_RUNNING;
        int ready = poll(polled, STREAMS, running ? (int)(left < MOMENT ? left : MOMENT) : 0);
        if (ready < 0 && errno != EINTR)
            return CHILD_FAILED;
        if (ready == 0 && !running)
            return CHILD_DONE;
        for (int i = 0; i < STREAMS; i++)
            if (polled[i].revents && child->ends[i] >= 0 && !stream_read(child, i))
                return CHILD_LARGE;
    }
    return CHILD_DONE;
}

/* Waits for the child to end, and ends those it started; one that ended badly, or is to end now, is
 * not done. */
static enum child_end end(struct child *child, enum child_end so_far) {
    int status = 0;
    enum state state;
    while ((state = state_of(child)) == STATE_RUNNING && so_far == CHILD_DONE) {
        struct timespec moment = {.tv_nsec = 1000000};
        nanosleep(&moment, NULL);
        if (now() >= child->deadline)
            so_far = CHILD_SLOW;
    }
    pid_t ended = -1;
    if (state != STATE_LOST) {
        kill(-child->pid, SIGKILL);
        while ((ended = waitpid(child->pid, &status, 0)) < 0 && errno == EINTR) {
        }
    }
    if (so_far != CHILD_DONE)
        return so_far;
    return ended == child->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? CHILD_DONE
                                                                                : CHILD_FAILED;
}

struct child_result child_run(struct arena *arena, const char *const *arguments, const char *input,
                              const struct child_limits *limits) {
    struct child child = {
        .ends = {-1, -1},
        .deadline = now() + limits->milliseconds,
        .limits = limits,
        .said = {text_new(arena), text_new(arena)},
    };
    struct child_result result = {.end = CHILD_DONE};
    /* Whoever started us may have SIGCHLD ignored: then the system takes off our children itself,
     * and nobody could learn how they ended. */
    struct sigaction before, usual = {.sa_handler = SIG_DFL};
    sigaction(SIGCHLD, &usual, &before);
    int error = start(&child, arguments, input);
    if (error) {
        text_add(&child.said[COMPLAINT], strerror(error));
        result.end = error == ENOENT ? CHILD_MISSING : CHILD_FAILED;
    } else {
        result.end = end(&child, listen_to(&child));
    }
    sigaction(SIGCHLD, &before, NULL);
    close_if_open(&child.ends[OUTPUT]);
    close_if_open(&child.ends[COMPLAINT]);
    result.output = child.said[OUTPUT].bytes;
    result.complaint = child.said[COMPLAINT].bytes;
    return result;
}
