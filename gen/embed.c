/* Writes a C file that holds the text of every file below the folders given.
 *
 *     embed OUT.c ROOT FOLDER...
 *
 * The paths in it are relative to ROOT, in order, so that the same tree gives the same C. OUT.c is
 * only touched when it would change, so that nothing is compiled in vain. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **paths;
static size_t path_count;

static void stop(const char *what, const char *which) {
    fprintf(stderr, "embed: %s %s\n", what, which);
    exit(1);
}

static int path_add(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)status;
    if (type != FTW_F || path[walk->base] == '.')
        return 0;
    paths = realloc(paths, (path_count + 1) * sizeof *paths);
    if (!paths || !(paths[path_count++] = strdup(path)))
        stop("out of memory at", path);
    return 0;
}

static int path_compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void bytes_write(FILE *out, FILE *in) {
    fputs("\"", out);
    for (int c, column = 0; (c = getc(in)) != EOF; column++) {
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

static void files_write(FILE *out, size_t root_length) {
    fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
          "#include \"content/files.h\"\n\nconst struct builtin_file builtin_files[] = {\n",
          out);
    for (size_t i = 0; i < path_count; i++) {
        FILE *in = fopen(paths[i], "rb");
        if (!in)
            stop("cannot read", paths[i]);
        fprintf(out, "{\"%s\",\n", paths[i] + root_length + 1);
        bytes_write(out, in);
        fputs("},\n", out);
        fclose(in);
    }
    fputs("};\n\nconst size_t builtin_file_count = sizeof builtin_files / sizeof *builtin_files;\n",
          out);
}

static int same_content(const char *path, const char *text, size_t length) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t at = 0;
    int c;
    while ((c = getc(file)) != EOF && at < length && text[at] == (char)c)
        at++;
    fclose(file);
    return c == EOF && at == length;
}

int main(int argc, char **argv) {
    if (argc < 4)
        stop("usage: embed OUT.c ROOT FOLDER...", "");
    for (int i = 3; i < argc; i++) {
        char folder[4096];
        snprintf(folder, sizeof folder, "%s/%s", argv[2], argv[i]);
        if (nftw(folder, path_add, 16, FTW_PHYS) != 0)
            stop("cannot read the folder", folder);
    }
    qsort(paths, path_count, sizeof *paths, path_compare);
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        stop("out of memory", "");
    files_write(memory, strlen(argv[2]));
    fclose(memory);
    if (!same_content(argv[1], text, length)) {
        FILE *out = fopen(argv[1], "wb");
        if (!out || fwrite(text, 1, length, out) != length || fclose(out) != 0)
            stop("cannot write", argv[1]);
    }
    free(text);
    for (size_t i = 0; i < path_count; i++)
        free(paths[i]);
    free(paths);
    return 0;
}
