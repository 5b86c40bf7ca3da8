/* The zip of an .xlsx file: its parts, and how to find them. */
#include "workbook/workbook.h"
#include "workbook/xlsx.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    PROBLEMS_MAX = 100,
    SHEETS_MAX = 1000,
    RELATIONS_MAX = 10000, /* of one part */
};

enum err xlsx_refuse(struct xlsx *xlsx, const char *why) {
    problem_add(xlsx->problems, (struct place){.file = xlsx->file}, "%s", why);
    return ERR_INPUT;
}

bool xlsx_gave_up(const struct xlsx *xlsx) {
    return xlsx->problems->list.n - xlsx->problems_before >= PROBLEMS_MAX;
}

bool xlsx_is_true(const char *text) {
    return text_equal(text, "1") || text_equal(text, "true");
}

unsigned long xlsx_number(const char *text, unsigned long most, unsigned long otherwise) {
    if (!text || !*text)
        return otherwise;
    unsigned long number = 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return otherwise;
        number = number * 10 + (unsigned long)(*text - '0');
        if (number > most)
            return otherwise;
    }
    return number;
}

/* Finding the parts */

/* A relation of one part to another. */
struct relation {
    const char *id, *type, *target;
};

struct relations {
    LIST(struct relation) list;
};

/* Where `target` leads from the folder of the part `from`; ".." goes up. */
static char *target_resolve(struct arena *arena, const char *from, const char *target) {
    const char *slash = strrchr(from, '/');
    struct text path = text_new(arena);
    if (target[0] != '/' && slash)
        text_add_n(&path, from, (size_t)(slash - from));
    while (target) {
        while (*target == '/')
            target++;
        size_t length = strcspn(target, "/");
        if (length == 2 && text_starts_with(target, "..")) {
            char *last = strrchr(path.bytes, '/');
            path.length = last ? (size_t)(last - path.bytes) : 0;
            path.bytes[path.length] = '\0';
        } else if (length && !(length == 1 && *target == '.')) {
            text_add(&path, path.length ? "/" : "");
            text_add_n(&path, target, length);
        }
        target = target[length] ? target + length : NULL;
    }
    return path.bytes;
}

/* Reads the relations of the part `from`; of the whole package, if that is "". */
static enum err relations_read(struct xlsx *xlsx, const char *from, struct relations *out) {
    struct arena *arena = xlsx->arena;
    const char *slash = strrchr(from, '/');
    size_t folder = slash ? (size_t)(slash - from) + 1 : 0;
    const char *name = arena_format(arena, "%.*s_rels/%s.rels", (int)folder, from, from + folder);
    struct part part;
    enum err result = part_open(xlsx, name, &part);
    if (result)
        return result;
    while (part_next(&part) && out->list.n < RELATIONS_MAX) {
        if (!part_starts(&part, "Relationship"))
            continue;
        const char *id = part_attribute(&part, "Id");
        const char *type = part_attribute(&part, "Type");
        const char *target = part_attribute(&part, "Target");
        const char *mode = part_attribute(&part, "TargetMode");
        if (!id || !type || !target || text_equal(mode, "External"))
            continue;
        const char *last = strrchr(type, '/'); /* before it stands one of two namespaces */
        struct relation relation = {arena_copy(arena, id),
                                    arena_copy(arena, last ? last + 1 : type),
                                    target_resolve(arena, from, target)};
        list_add(arena, &out->list, relation);
    }
    return part_close(&part);
}

static const char *target_of_type(const struct relations *relations, const char *type) {
    for (size_t i = 0; i < relations->list.n; i++)
        if (text_equal(relations->list.items[i].type, type))
            return relations->list.items[i].target;
    return NULL;
}

static const struct relation *relation_find(const struct relations *relations, const char *id) {
    for (size_t i = 0; i < relations->list.n; i++)
        if (text_equal(relations->list.items[i].id, id))
            return &relations->list.items[i];
    return NULL;
}

static void sheet_note(struct xlsx *xlsx, struct part *part, const struct relations *relations) {
    const char *given = part_attribute(part, "name");
    const char *name = text_trim(xlsx->arena, given ? given : "");
    const char *state = part_attribute(part, "state");
    const char *id = part_attribute(part, "id"); /* r:id; the sheet's own is called sheetId */
    const struct relation *relation = relation_find(relations, id ? id : "");
    if (!relation)
        problem_add(xlsx->problems, (struct place){.file = xlsx->file, .sheet = name},
                    "This sheet is missing from the file. " SAVE_AGAIN);
    else if (text_equal(relation->type, "worksheet")) /* others hold charts and old macros */
        list_add(
            xlsx->arena, &xlsx->sheets,
            (struct xlsx_sheet){name, relation->target, state && !text_equal(state, "visible")});
}

static enum err workbook_part_read(struct xlsx *xlsx, const char *name,
                                   const struct relations *relations) {
    struct part part;
    enum err result = part_open(xlsx, name, &part);
    if (result)
        return result;
    size_t sheets = 0;
    while (part_next(&part) && sheets <= SHEETS_MAX) {
        if (part_starts(&part, "workbookPr")) {
            xlsx->years_from_1904 = xlsx_is_true(part_attribute(&part, "date1904"));
        } else if (part_starts(&part, "sheet") && ++sheets <= SHEETS_MAX) {
            sheet_note(xlsx, &part, relations);
        }
    }
    result = part_close(&part);
    if (sheets > SHEETS_MAX)
        return xlsx_refuse(xlsx,
                           "This workbook has more than a thousand sheets. Is it the right one?");
    if (!result && xlsx->sheets.n == 0)
        return xlsx_refuse(xlsx, "There is no sheet in this workbook.");
    return result;
}

static bool part_exists(const struct xlsx *xlsx, const char *name) {
    return zip_name_locate(xlsx->zip, name, ZIP_FL_NOCASE) >= 0;
}

static enum err workbook_find(struct xlsx *xlsx) {
    if (part_exists(xlsx, "xl/vbaProject.bin"))
        return xlsx_refuse(xlsx,
                           "This workbook holds macros. Open it, choose Save As, and save it as "
                           "\"Excel Workbook (.xlsx)\", without macros.");
    if (part_exists(xlsx, "xl/workbook.bin"))
        return xlsx_refuse(xlsx,
                           "This is a binary Excel workbook (.xlsb). Open it in Excel, choose Save "
                           "As, and save it as \"Excel Workbook (.xlsx)\".");
    if (part_exists(xlsx, "content.xml") && part_exists(xlsx, "mimetype"))
        return xlsx_refuse(xlsx,
                           "This is an OpenDocument file. Open it in LibreOffice, choose Save As, "
                           "and save it as \"Excel 2007-365 (.xlsx)\".");
    const char *name = "xl/workbook.xml";
    if (part_exists(xlsx, "_rels/.rels")) { /* which may call it something else */
        struct relations package = {0};
        enum err result = relations_read(xlsx, "", &package);
        if (result)
            return result;
        const char *named = target_of_type(&package, "officeDocument");
        name = named ? named : name;
    }
    if (part_exists(xlsx, "word/document.xml"))
        return xlsx_refuse(xlsx,
                           "This is a Word document. Copy its tables into an Excel workbook, one "
                           "sheet for each (`ithaca template` makes an empty one).");
    if (!part_exists(xlsx, name))
        return xlsx_refuse(xlsx, "This is a zip file, but not an Excel workbook: it has no "
                                 "xl/workbook.xml. Open it in Excel or LibreOffice and save it as "
                                 ".xlsx.");
    struct relations relations = {0};
    enum err result = relations_read(xlsx, name, &relations);
    if (result)
        return result;
    xlsx->strings_part = target_of_type(&relations, "sharedStrings");
    xlsx->styles_part = target_of_type(&relations, "styles");
    return workbook_part_read(xlsx, name, &relations);
}

/* Why the zip would not open. */
static enum err refuse_unopened(struct xlsx *xlsx, const char *path) {
    unsigned char start[8] = {0};
    FILE *file = fopen(path, "rbe");
    if (!file) {
        problem_add(xlsx->problems, (struct place){.file = xlsx->file},
                    "This file cannot be read: %s.", path_error(xlsx->arena, errno));
        return ERR_IO;
    }
    size_t n = fread(start, 1, sizeof start, file);
    fclose(file);
    if (n >= 4 && memcmp(start, "\xD0\xCF\x11\xE0", 4) == 0)
        return xlsx_refuse(xlsx,
                           "This file is protected by a password, or it is an old .xls file. Save "
                           "it as \"Excel Workbook (.xlsx)\" without a password.");
    if (n == 0)
        return xlsx_refuse(xlsx, "This file is empty.");
    if (memcmp(start, "PK", 2) == 0)
        return xlsx_refuse(xlsx,
                           "This file is damaged: its end is missing. Was it copied or downloaded "
                           "only in part? Copy it again, or go back to an earlier copy.");
    return xlsx_refuse(xlsx,
                       "This is not an Excel workbook, whatever its name says. Open it in Excel or "
                       "LibreOffice and save it as \"Excel Workbook (.xlsx)\".");
}

enum err xlsx_open(struct xlsx *xlsx, const char *path) {
    int code;
    xlsx->bytes_left = UNPACKED_MAX;
    xlsx->problems_before = xlsx->problems->list.n;
    xlsx->zip = zip_open(path, ZIP_RDONLY, &code);
    return xlsx->zip ? workbook_find(xlsx) : refuse_unopened(xlsx, path);
}

void xlsx_close(struct xlsx *xlsx) {
    if (xlsx->zip)
        zip_discard(xlsx->zip);
    xlsx->zip = NULL;
}
