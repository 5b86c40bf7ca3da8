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
    char buffer[TEXT_FILE_MAX + 1];
    size_t length = fread(buffer, 1, sizeof buffer, in);
    bool failed = ferror(in);
    fclose(in);
    if (failed || length > TEXT_FILE_MAX || !text_is_utf8(buffer, length)) {
        problem_add(problems, place, "This is not a text file in UTF-8 of at most %d KiB.",
                    TEXT_FILE_MAX / 1024);
        return ERR_INPUT;
    }
    list_add(arena, &files->list,
             (struct file){arena_copy(arena, path), arena_copy_n(arena, buffer, length)});
    return OK;
}

struct folder_reader {
    struct arena *arena;
    struct files *files;
    const char *ending;
    size_t files_max;
    struct problems *problems;
};

static enum err folder_read(struct folder_reader *reader, const char *folder, int depth);

static enum err entry_read(struct folder_reader *reader, const char *path, int depth) {
    struct stat status;
    struct place place = {.file = path};
    if (stat(path, &status) != 0)
        return OK;
    if (S_ISDIR(status.st_mode) && depth < FOLDER_DEPTH_MAX)
        return folder_read(reader, path, depth + 1);
    if (S_ISDIR(status.st_mode)) {
        problem_add(reader->problems, place, "Here folders lie more than %d deep in each other.",
                    FOLDER_DEPTH_MAX);
        return ERR_INPUT;
    }
    if (!ends_with(path, reader->ending))
        return OK;
    if (!S_ISREG(status.st_mode)) {
        problem_add(reader->problems, place, "This is no file that can be read to its end.");
        return ERR_INPUT;
    }
    if (reader->files->list.n >= reader->files_max) {
        problem_add(reader->problems, place, "There are more than %d files here.",
                    FOLDER_FILES_MAX);
        return ERR_INPUT;
    }
    return files_add(reader->arena, reader->files, path, reader->problems);
}

static enum err folder_read(struct folder_reader *reader, const char *folder, int depth) {
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    if (n < 0) {
        problem_add(reader->problems, (struct place){.file = folder},
                    "This folder cannot be read: %s.", strerror(errno));
        return ERR_IO;
    }
    enum err result = OK;
    for (int i = 0; i < n; i++) {
        const char *path = arena_format(reader->arena, "%s/%s", folder, entries[i]->d_name);
        bool hidden = entries[i]->d_name[0] == '.';
        free(entries[i]);
        if (result == OK && !hidden)
            result = entry_read(reader, path, depth);
    }
    free(entries);
    return result;
}

enum err files_add_folder(struct arena *arena, struct files *files, const char *folder,
                          const char *ending, struct problems *problems) {
    struct folder_reader reader = {arena, files, ending, files->list.n + FOLDER_FILES_MAX,
                                   problems};
    return folder_read(&reader, folder, 1);
}
