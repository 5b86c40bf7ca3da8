/* What the generators share: finding files, reading them, writing C. What goes wrong stops the
 * build with a message. */
#ifndef ITHACA_GEN_FILES_H
#define ITHACA_GEN_FILES_H

#include <stdio.h>

struct paths {
    char **items;
    size_t n;
};

_Noreturn void stop(const char *what, const char *which);
/* The same for a fault in a file that people write: "path:line: what is wrong". */
_Noreturn void stop_at(const char *path, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds the files below a folder whose names end so (NULL: all), but none that begins with a dot,
 * and sorts all that are there. A folder that cannot be read stops the build. */
void paths_add(struct paths *paths, const char *folder, const char *ending);
void paths_free(struct paths *paths);

/* The bytes of a file and a NUL; the caller's to free. */
char *file_read(const char *path, size_t *length);
/* Writes a file, but does not touch one that says the same already: nothing is compiled in vain. */
void file_write(const char *path, const char *bytes, size_t length);

/* Writes the bytes as a C string, a line of it for each line. */
void c_string_write(FILE *out, const char *bytes, size_t length);

#endif
