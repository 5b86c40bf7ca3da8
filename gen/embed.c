/* Writes a C file that holds the text of every file below the folders given.
 *
 *     embed OUT.c ROOT FOLDER...
 *
 * The paths in it are relative to ROOT, in order, so that the same tree gives the same C. OUT.c is
 * only touched when it would change, so that nothing is compiled in vain. */
#include "files.h"
#include <stdlib.h>
#include <string.h>

static void files_write(FILE *out, const struct paths *paths, size_t root_length) {
    fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
          "#include \"content/files.h\"\n\nconst struct builtin_file builtin_files[] = {\n",
          out);
    for (size_t i = 0; i < paths->n; i++) {
        size_t length;
        char *bytes = file_read(paths->items[i], &length);
        fprintf(out, "{\"%s\",\n", paths->items[i] + root_length + 1);
        c_string_write(out, bytes, length);
        fputs("},\n", out);
        free(bytes);
    }
    fputs("};\n\nconst size_t builtin_file_count = sizeof builtin_files / sizeof *builtin_files;\n",
          out);
}

int main(int argc, char **argv) {
    struct paths paths = {0};
    if (argc < 4)
        stop("usage: embed OUT.c ROOT FOLDER...", "");
    for (int i = 3; i < argc; i++) {
        char folder[4096];
        snprintf(folder, sizeof folder, "%s/%s", argv[2], argv[i]);
        paths_add(&paths, folder, NULL);
    }
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        stop("out of memory", "");
    files_write(memory, &paths, strlen(argv[2]));
    fclose(memory);
    file_write(argv[1], text, length);
    free(text);
    paths_free(&paths);
    return 0;
}
