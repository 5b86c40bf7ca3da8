/* Which reader a file or folder needs, and the guard against formulas. */
#include "workbook/workbook.h"
#include "base/text.h"
#include "workbook/cell.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* Forms that people may well try, and the way out. */
static const struct {
    const char *ending, *advice;
} advised[] = {
    {".csv", "This is one .csv file, and a workbook has many sheets. Put all its .csv files into a "
             "folder (people.csv, teams.csv, ...) and give the folder."},
    {".xls", "This is an old Excel file. Open it in Excel or LibreOffice, choose Save As, and save "
             "it as \"Excel Workbook (.xlsx)\"."},
    {".xlsm", "This is an Excel file with macros. Open it, choose Save As, and save it as \"Excel "
              "Workbook (.xlsx)\", without macros."},
    {".xlsb", "This is a binary Excel file. Open it in Excel, choose Save As, and save it as "
              "\"Excel Workbook (.xlsx)\"."},
    {".xltx", "This is an Excel template. Open it in Excel, choose Save As, and save it as \"Excel "
              "Workbook (.xlsx)\"."},
    {".ods", "This is an OpenDocument spreadsheet. Open it in LibreOffice, choose Save As, and "
             "save it as \"Excel 2007-365 (.xlsx)\"."},
    {".numbers", "This is a Numbers file. Open it in Numbers and choose File, Export To, Excel: "
                 "that makes an .xlsx file."},
};

#define ACCEPTED                                                                                   \
    "Give an Excel workbook (.xlsx), a folder of .csv files, or a text file of sheets (.sheets)."

static bool ends_with(const char *path, const char *ending) {
    size_t length = strlen(path), ending_length = strlen(ending);
    return length > ending_length && strcasecmp(path + length - ending_length, ending) == 0;
}

static const char *advice_find(const char *path) {
    for (size_t i = 0; i < sizeof advised / sizeof *advised; i++)
        if (ends_with(path, advised[i].ending))
            return advised[i].advice;
    return NULL;
}

/* Any zip may be a workbook that lost its name's ending; an OLE file is one with a password. */
static bool looks_like_xlsx(const char *path) {
    unsigned char start[4] = {0};
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    size_t n = fread(start, 1, sizeof start, file);
    fclose(file);
    return n == sizeof start &&
           (memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "\xD0\xCF\x11\xE0", 4) == 0);
}

static enum err refuse(struct problems *problems, const char *path, const char *why) {
    problem_add(problems, (struct place){.file = path}, "%s", why);
    return ERR_INPUT;
}

enum err workbook_read(struct arena *arena, const char *path, struct sheets *out,
                       struct problems *problems) {
    out->path = arena_copy(arena, path);
    struct stat about;
    if (stat(path, &about) != 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        const char *why = missing ? "There is no file or folder of this name. Check the spelling, "
                                    "and the folder you are in."
                                  : path_error(arena, errno);
        (void)refuse(problems, path, why);
        return missing ? ERR_INPUT : ERR_IO;
    }
    bool folder = S_ISDIR(about.st_mode);
    const char *advice = advice_find(path_without_slash(arena, path));
    if (advice && (!folder || ends_with(path_without_slash(arena, path), ".numbers")))
        return refuse(problems, path, advice);
    if (folder)
        return csv_read_folder(arena, path, out, problems);
    if (!S_ISREG(about.st_mode))
        return refuse(problems, path, "This is neither a file nor a folder. " ACCEPTED);
    if (ends_with(path, ".sheets"))
        return csv_read_sheets_file(arena, path, out, problems);
    if (ends_with(path, ".xlsx") || looks_like_xlsx(path))
        return xlsx_read(arena, path, out, problems);
    return refuse(problems, path, "This is not a workbook that can be read. " ACCEPTED);
}

enum err workbook_write_as(const struct records *records, const char *path,
                           struct problems *problems) {
    return ends_with(path, ".xlsx") ? xlsx_write(records, path, problems)
                                    : csv_write_folder(records, path, problems);
}
