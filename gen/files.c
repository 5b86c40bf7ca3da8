#include "files.h"
#include <errno.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* nftw hands nothing through to what it calls. */
static struct paths *walked;
static const char *wanted_ending;

_Noreturn void stop(const char *what, const char *which) {
    fprintf(stderr, "%s: %s %s\n", program_invocation_short_name, what, which);
    exit(1);
}

_Noreturn void stop_at(const char *path, unsigned line, const char *format, ...) {
    va_list arguments;
    fprintf(stderr, "%s:%u: ", path, line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs("\n", stderr);
    exit(1);
}

static int ends_with(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

static int path_add(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)status;
    if (type != FTW_F || path[walk->base] == '.' ||
        (wanted_ending && !ends_with(path, wanted_ending)))
        return 0;
    walked->items = realloc(walked->items, (walked->n + 1) * sizeof *walked->items);
    if (!walked->items || !(walked->items[walked->n++] = strdup(path)))
        stop("out of memory at", path);
    return 0;
}

static int path_compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void paths_add(struct paths *paths, const char *folder, const char *ending) {
    walked = paths;
    wanted_ending = ending;
    if (nftw(folder, path_add, 16, FTW_PHYS) != 0)
        stop("cannot read the folder", folder);
    if (paths->n)
        qsort(paths->items, paths->n, sizeof *paths->items, path_compare);
}

void paths_free(struct paths *paths) {
    for (size_t i = 0; i < paths->n; i++)
        free(paths->items[i]);
    free(paths->items);
}

char *file_read(const char *path, size_t *length) {
    FILE *in = fopen(path, "rb");
    char *bytes = NULL;
    FILE *memory = open_memstream(&bytes, length);
    if (!in || !memory)
        stop("cannot read", path);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
        fwrite(part, 1, n, memory);
    if (ferror(in) || fclose(memory) != 0)
        stop("cannot read", path);
    fclose(in);
    return bytes;
}

static int same_content(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t at = 0;
    int c;
    while ((c = getc(file)) != EOF && at < length && bytes[at] == (char)c)
        at++;
    fclose(file);
    return c == EOF && at == length;
}

void file_write(const char *path, const char *bytes, size_t length) {
    if (same_content(path, bytes, length))
        return;
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(bytes, 1, length, out) != length || fclose(out) != 0)
        stop("cannot write", path);
}

void c_string_write(FILE *out, const char *bytes, size_t length) {
    fputs("\"", out);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\n')
            fputs("\\n\"\n\"", out);
        else if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else if (c >= 32 && c < 127)
            putc(c, out);
        else
            fprintf(out, "\\%03o", (unsigned)c);
    }
    fputs("\"", out);
}
