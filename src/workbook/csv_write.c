/* Records as a folder of .csv files. Everything is written to a temporary folder beside the wanted
 * one, which is renamed at the end: the folder is there whole, or not at all. */
#include "base/csv.h"
#include "base/text.h"
#include "record/records.h"
#include "workbook/cell.h"
#include "workbook/workbook.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "Decision rights" is kept in decision-rights.csv. */
static char *file_name(struct arena *arena, const struct kind *kind) {
    char *name = arena_format(arena, "%s.csv", kind->sheet);
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
    return name;
}

static void kind_print(FILE *file, struct arena *arena, const struct kind *kind,
                       const struct record_list *all) {
    size_t n = kind_field_count(kind);
    for (size_t f = 0; f < n; f++) {
        fputs(f ? "," : "", file);
        csv_cell_print(file, arena, field_heading(arena, &kind->fields[f]));
    }
    fputc('\n', file);
    for (size_t r = 0; r < all->list.n; r++) {
        const struct record *record = all->list.items[r];
        for (size_t f = 0; f < n; f++) {
            fputs(f ? "," : "", file);
            if (record->values[f])
                csv_cell_print(file, arena, record->values[f]);
        }
        fputc('\n', file);
    }
}

static enum err write_problem(struct problems *problems, const char *path) {
    problem_add(problems, (struct place){.file = path}, "This cannot be written: %s.",
                path_error(problems->arena, errno));
    return ERR_IO;
}

/* Closes a file that was written; says so if something of it did not arrive. */
static enum err file_close(FILE *file, const char *path, struct problems *problems) {
    bool failed = fflush(file) != 0 || ferror(file);
    if (failed)
        (void)write_problem(problems, path);
    if (fclose(file) != 0 && !failed)
        return write_problem(problems, path);
    return failed ? ERR_IO : OK;
}

static enum err kind_write(const char *folder, struct arena *arena, const struct kind *kind,
                           const struct record_list *all, struct problems *problems) {
    const char *path = arena_format(arena, "%s/%s", folder, file_name(arena, kind));
    FILE *file = fopen(path, "wxe");
    if (!file)
        return write_problem(problems, path);
    kind_print(file, arena, kind, all);
    return file_close(file, path, problems);
}

static const char *origin_path(struct arena *arena, const char *folder) {
    return arena_format(arena, "%s/_exported.csv", folder);
}

static enum err origin_write(const char *folder, struct arena *arena, const struct origin *origin,
                             struct problems *problems) {
    const char *path = origin_path(arena, folder), *rows[ORIGIN_ROWS][2];
    FILE *file = fopen(path, "wxe");
    if (!file)
        return write_problem(problems, path);
    origin_rows(arena, origin, rows);
    for (size_t i = 0; i < ORIGIN_ROWS; i++) {
        csv_cell_print(file, arena, rows[i][0]);
        fputc(',', file);
        if (rows[i][1])
            csv_cell_print(file, arena, rows[i][1]);
        fputc('\n', file);
    }
    return file_close(file, path, problems);
}

/* Takes away the temporary folder with the files that kind_write put there. */
static void folder_remove(const char *folder, struct arena *arena) {
    for (size_t i = 0; i < kind_count; i++)
        unlink(arena_format(arena, "%s/%s", folder, file_name(arena, kinds[i])));
    unlink(origin_path(arena, folder));
    rmdir(folder);
}

/* An empty folder is as good as none. */
static bool is_taken(const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0)
        return false;
    if (!S_ISDIR(about.st_mode))
        return true;
    DIR *folder = opendir(path);
    if (!folder)
        return true;
    size_t n = 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        n += !text_equal(entry->d_name, ".") && !text_equal(entry->d_name, "..");
    closedir(folder);
    return n > 0;
}

enum err csv_write_folder(const struct records *records, const char *path,
                          struct problems *problems) {
    struct arena *arena = problems->arena;
    const char *folder = path_without_slash(arena, path);
    if (is_taken(folder)) {
        problem_add(problems, (struct place){.file = path},
                    "There is something of this name already. Give the name of a new folder.");
        return ERR_INPUT;
    }
    if (records_count(records) == 0) {
        problem_add(problems, (struct place){.file = path},
                    "There are no records to write, so the folder would be empty.");
        return ERR_INPUT;
    }
    char *temporary = arena_format(arena, "%s.part-XXXXXX", folder);
    if (!mkdtemp(temporary))
        return write_problem(problems, path);
    enum err result = OK;
    for (size_t i = 0; i < kind_count && !result; i++) {
        const struct record_list *all = records_of(records, kinds[i]);
        if (all->list.n)
            result = kind_write(temporary, arena, kinds[i], all, problems);
    }
    if (!result && records->origin)
        result = origin_write(temporary, arena, records->origin, problems);
    if (!result && rename(temporary, folder) != 0)
        result = write_problem(problems, path);
    if (result)
        folder_remove(temporary, arena);
    return result;
}
