#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_place(const char *from, const char *to) {
    if (link(from, to) == 0) /* unlike rename, never replaces anything */
        return unlink(from) == 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return false;
    struct stat about; /* a file system without links, such as a USB stick's */
    if (lstat(to, &about) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(from, to) == 0;
}

static bool settle(const char *path, int flags) {
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return false;
    bool settled = fsync(file) == 0;
    int error = errno;
    close(file);
    errno = error;
    return settled;
}

bool file_settle(const char *path) {
    return settle(path, O_RDWR);
}

bool file_name_settle(const char *path) {
    char *copy = strdup(path);
    if (!copy)
        abort();
    bool settled = settle(dirname(copy), O_RDONLY | O_DIRECTORY);
    free(copy);
    return settled;
}
