/* Loaded into the program before all else (LD_PRELOAD). MISFORTUNE says what happens to it:
 *
 *     count:/FILE      nothing; FILE holds afterwards, in 8 bytes, how often it wrote
 *     kill:N           it and its group of processes are killed just before its write number N
 *     full:N           from its write number N on the disk is full: no file can grow
 *     clock:SECONDS    its clock is so much fast (or slow, with a minus)
 *     full:/FILE       while there is such a file, the disk is full
 *     mute:/FILE       while there is such a file, whoever is about to tell a browser that its form
 * was taken removes the file and is killed instead deaf:            when it has sent a commit to a
 * server, the connection breaks before the answer
 *
 * A write is whatever makes a difference outside: writing, cutting, syncing, renaming and removing
 * files, and sending. Built with 64-bit offsets, as SQLite is: what is pwrite here is pwrite64 to
 * the linker. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* Counted together with all processes that it starts. */
static _Atomic long *writes;
static long at;
static const char *full_while;
static enum { NOTHING, COUNT, KILL, FULL, CLOCK, MUTE, DEAF } what;
static int deaf_socket = -1;

static void *shared(const char *path) {
    int file = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (path && (file < 0 || posix_fallocate(file, 0, sizeof *writes) != 0))
        abort();
    void *memory = mmap(NULL, sizeof *writes, PROT_READ | PROT_WRITE,
                        MAP_SHARED | (path ? 0 : MAP_ANONYMOUS), file, 0);
    if (memory == MAP_FAILED)
        abort();
    return memory;
}

__attribute__((constructor)) static void begin(void) {
    static const char *const names[] = {[COUNT] = "count", [KILL] = "kill", [FULL] = "full",
                                        [CLOCK] = "clock", [MUTE] = "mute", [DEAF] = "deaf"};
    const char *wish = getenv("MISFORTUNE");
    const char *value = wish ? strchr(wish, ':') : NULL;
    if (!value)
        return;
    at = strtol(value + 1, NULL, 10);
    /* A copy: PostgreSQL writes other things over its environment. */
    full_while = value[1] == '/' ? strdup(value + 1) : NULL;
    for (unsigned i = COUNT; i < sizeof names / sizeof *names; i++)
        if (strncmp(wish, names[i], (size_t)(value - wish)) == 0) {
            writes = shared(i == COUNT ? full_while : NULL);
            what = i;
        }
}

static void meet(void) {
    if (what != NOTHING && ++*writes == at && what == KILL)
        kill(0, SIGKILL); /* whoever started it gave it a group of its own */
}

static int disk_is_full(void) {
    return what == FULL && (full_while ? access(full_while, F_OK) == 0 : *writes >= at);
}

/* Whether there is no room for what would be written up to `to`. */
static int is_full(int file, off_t to) {
    struct stat status;
    meet();
    if (!disk_is_full() || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
        to <= status.st_size)
        return 0;
    errno = ENOSPC;
    return 1;
}

/* ISO C has no way from an object's address to a function's; POSIX has this one. */
#define NEXT(name) (*(__typeof__(&name) *)(void *[]){dlsym(RTLD_NEXT, #name)})

ssize_t write(int file, const void *bytes, size_t n) {
    return is_full(file, lseek(file, 0, SEEK_CUR) + (off_t)n) ? -1 : NEXT(write)(file, bytes, n);
}

ssize_t pwrite(int file, const void *bytes, size_t n, off_t from) {
    return is_full(file, from + (off_t)n) ? -1 : NEXT(pwrite)(file, bytes, n, from);
}

/* The same under the names without 64 (see above), which PostgreSQL calls. */
ssize_t short_pwrite(int file, const void *bytes, size_t n, off_t from) __asm__("pwrite");
ssize_t short_pwrite(int file, const void *bytes, size_t n, off_t from) {
    return pwrite(file, bytes, n, from);
}

int short_ftruncate(int file, off_t length) __asm__("ftruncate");
int short_ftruncate(int file, off_t length) {
    return ftruncate(file, length);
}

int ftruncate(int file, off_t length) {
    return is_full(file, length) ? -1 : NEXT(ftruncate)(file, length);
}

int fsync(int file) {
    meet();
    return NEXT(fsync)(file);
}

int fdatasync(int file) {
    meet();
    return NEXT(fdatasync)(file);
}

int unlink(const char *path) {
    meet();
    return NEXT(unlink)(path);
}

int rename(const char *from, const char *to) {
    meet();
    return NEXT(rename)(from, to);
}

int link(const char *from, const char *to) {
    meet();
    return NEXT(link)(from, to);
}

static void fall_silent(const void *bytes, size_t n) {
    static const char taken[] = "HTTP/1.1 303";
    if (what == MUTE && n >= strlen(taken) && memcmp(bytes, taken, strlen(taken)) == 0 &&
        unlink(full_while) == 0)
        kill(getpid(), SIGKILL);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    fall_silent(message->msg_iov->iov_base, message->msg_iov->iov_len);
    return NEXT(sendmsg)(socket, message, flags);
}

ssize_t writev(int file, const struct iovec *parts, int n) {
    fall_silent(parts->iov_base, parts->iov_len);
    return NEXT(writev)(file, parts, n);
}

ssize_t send(int socket, const void *bytes, size_t n, int flags) {
    meet();
    fall_silent(bytes, n);
    ssize_t sent = NEXT(send)(socket, bytes, n, flags);
    if (what == DEAF && memmem(bytes, n, "\0commit", sizeof "\0commit")) {
        deaf_socket = socket;
        what = NOTHING;
    }
    return sent;
}

ssize_t recv(int socket, void *bytes, size_t n, int flags) {
    if (socket != deaf_socket)
        return NEXT(recv)(socket, bytes, n, flags);
    deaf_socket = -1;
    usleep(500000);
    return 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = NEXT(clock_gettime)(clock, now);
    if (what == CLOCK && clock == CLOCK_REALTIME)
        now->tv_sec += at;
    return result;
}
