#include "content/files.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool ends_with(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

void files_add_builtin(struct arena *arena, struct files *files, const char *folder,
                       const char *ending) {
    for (size_t i = 0; i < builtin_file_count; i++) {
        const struct builtin_file *file = &builtin_files[i];
        if (text_starts_with(file->path, folder) && ends_with(file->path, ending))
            list_add(arena, &files->list, (struct file){file->path, file->text});
    }
}

enum err files_add(struct arena *arena, struct files *files, const char *path,
                   struct problems *problems) {
    struct place place = {.file = path};
    FILE *in = fopen(path, "rb");
    if (!in) {
        problem_add(problems, place, "This file cannot be read: %s.", strerror(errno));
        return ERR_IO;
    }
    char *text = arena_alloc(arena, TEXT_FILE_MAX + 2);
    size_t length = fread(text, 1, TEXT_FILE_MAX + 1, in);
    bool failed = ferror(in);
    fclose(in);
    if (failed || length > TEXT_FILE_MAX || !text_is_utf8(text, length)) {
        problem_add(problems, place, "This is not a text file in UTF-8 of at most %d KiB.",
                    TEXT_FILE_MAX / 1024);
        return ERR_INPUT;
    }
    list_add(arena, &files->list, (struct file){arena_copy(arena, path), text});
    return OK;
}

enum err files_add_folder(struct arena *arena, struct files *files, const char *folder,
                          const char *ending, struct problems *problems) {
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0) {
        problem_add(problems, (struct place){.file = folder}, "This folder cannot be read: %s.",
                    strerror(errno));
        return ERR_IO;
    }
    enum err result = OK;
    for (int i = 0; i < n; i++) {
        const char *path = arena_format(arena, "%s/%s", folder, entries[i]->d_name);
        bool hidden = entries[i]->d_name[0] == '.';
        struct stat status;
        free(entries[i]);
        if (result != OK || hidden || stat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            result = files_add_folder(arena, files, path, ending, problems);
        else if (ends_with(path, ending))
            result = files_add(arena, files, path, problems);
    }
    free(entries);
    return result;
}
