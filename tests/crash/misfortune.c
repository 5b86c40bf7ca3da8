/* Loaded into the program before all else (LD_PRELOAD). MISFORTUNE says what happens to it:
 *
 *     count:FILE       nothing; FILE holds afterwards how often it wrote to disk or server
 *     kill:N           it is killed just before its write number N
 *     full:N           from its write number N on the disk is full: no file can grow
 *     clock:SECONDS    its clock is so much fast (or slow, with a minus)
 *
 * A write is whatever makes a difference outside: writing, cutting, syncing, renaming and removing
 * files, and sending. Built with 64-bit offsets, as SQLite is: what is pwrite here is pwrite64 to
 * the linker. */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static long writes, at;
static enum { NOTHING, COUNT, KILL, FULL, CLOCK } what;
static const char *count_file;

__attribute__((constructor)) static void begin(void) {
    const char *wish = getenv("MISFORTUNE");
    const char *value = wish ? strchr(wish, ':') : NULL;
    if (!value)
        return;
    what = *wish == 'k' ? KILL : *wish == 'f' ? FULL : strncmp(wish, "cl", 2) == 0 ? CLOCK : COUNT;
    count_file = value + 1;
    at = strtol(value + 1, NULL, 10);
}

__attribute__((destructor)) static void end(void) {
    FILE *file = what == COUNT ? fopen(count_file, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", writes);
    fclose(file);
}

static void meet(void) {
    if (++writes == at && what == KILL)
        kill(getpid(), SIGKILL);
}

/* Whether there is no room for what would be written up to `to`. */
static int is_full(int file, off_t to) {
    struct stat status;
    meet();
    if (what != FULL || writes < at || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
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

ssize_t send(int socket, const void *bytes, size_t n, int flags) {
    meet();
    return NEXT(send)(socket, bytes, n, flags);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = NEXT(clock_gettime)(clock, now);
    if (what == CLOCK && clock == CLOCK_REALTIME)
        now->tv_sec += at;
    return result;
}
