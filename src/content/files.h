/* Text files: those built into the program (rules/ and content/), and those on disk. */
#ifndef ITHACA_FILES_H
#define ITHACA_FILES_H

#include "base/problem.h"

struct builtin_file {
    const char *path; /* "rules/alignment/A1.md" */
    const char *text;
};

/* In the order of their paths. */
extern const struct builtin_file builtin_files[];
extern const size_t builtin_file_count;

struct file {
    const char *path, *text;
};

struct files {
    LIST(struct file) list;
};

enum {
    TEXT_FILE_MAX = 64 * 1024, /* bytes in one rule or content file */
    FOLDER_FILES_MAX = 200,    /* files that may come from a folder and below */
    FOLDER_DEPTH_MAX = 4,
};

/* Adds the built-in files whose path begins with `folder` and ends with `ending`. */
void files_add_builtin(struct arena *arena, struct files *files, const char *folder,
                       const char *ending);
/* Adds the files with that ending in a folder and below, in the order of their paths. What is no
 * plain file (a pipe, a device) is refused: reading it could take for ever. */
enum err files_add_folder(struct arena *arena, struct files *files, const char *folder,
                          const char *ending, struct problems *problems) MUST_CHECK;
/* Adds one file. */
enum err files_add(struct arena *arena, struct files *files, const char *path,
                   struct problems *problems) MUST_CHECK;

#endif
