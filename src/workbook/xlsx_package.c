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

#define SAVE_AGAIN "Open it in Excel or LibreOffice and save it again as .xlsx."

static enum err refuse(struct xlsx *xlsx, const char *why) {
    problem_add(xlsx->problems, (struct place){.file = xlsx->file}, "%s", why);
    return ERR_INPUT;
}

bool xlsx_gave_up(const struct xlsx *xlsx) {
    return xlsx->problems->list.n - xlsx->problems_before >= PROBLEMS_MAX;
}

/* Parts */

static int part_read_bytes(void *context, char *buffer, int length) {
    struct part *part = context;
    zip_int64_t got = zip_fread(part->file, buffer, (zip_uint64_t)length);
    if (got < 0)
        return -1;
    if ((zip_uint64_t)got > part->xlsx->bytes_left) {
        part->too_large = true;
        return -1;
    }
    part->xlsx->bytes_left -= (size_t)got;
    return (int)got;
}

static enum err refuse_large(struct xlsx *xlsx) {
    problem_add(
        xlsx->problems, (struct place){.file = xlsx->file},
        "This file unpacks to more than %d MB. Is it the right one? If it is, delete sheets "
        "and columns that do not belong to the programme, and empty rows below the last.",
        UNPACKED_MAX / (1024 * 1024));
    return ERR_INPUT;
}

enum err part_open(struct xlsx *xlsx, const char *name, struct part *part) {
    *part = (struct part){.xlsx = xlsx, .name = name};
    zip_int64_t at = zip_name_locate(xlsx->zip, name, ZIP_FL_NOCASE);
    zip_stat_t about;
    if (at < 0 || zip_stat_index(xlsx->zip, (zip_uint64_t)at, 0, &about) != 0) {
        problem_add(xlsx->problems, (struct place){.file = xlsx->file},
                    "A part of this file is missing (%.200s). " SAVE_AGAIN, name);
        return ERR_INPUT;
    }
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
        return refuse(xlsx, "This file is protected by a password. Save it as .xlsx without one.");
    if ((about.valid & ZIP_STAT_SIZE) && about.size > xlsx->bytes_left)
        return refuse_large(xlsx);
    part->file = zip_fopen_index(xlsx->zip, (zip_uint64_t)at, 0);
    if (part->file)
        part->reader = xmlReaderForIO(part_read_bytes, NULL, part, name, NULL,
                                      XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOERROR |
                                          XML_PARSE_NOWARNING);
    if (!part->reader) {
        part->failed = true;
        return part_close(part);
    }
    return OK;
}

static bool part_fail(struct part *part) {
    part->failed = true;
    return false;
}

bool part_next(struct part *part) {
    if (part->done || part->failed)
        return false;
    if (part->end_is_due) {
        part->end_is_due = false;
        part->event = PART_END;
        return true;
    }
    for (;;) {
        int got = xmlTextReaderRead(part->reader);
        if (got < 0)
            return part_fail(part);
        if (got == 0) {
            part->done = true;
            return false;
        }
        part->element = part->text = NULL;
        switch (xmlTextReaderNodeType(part->reader)) {
        case XML_READER_TYPE_ELEMENT:
            part->event = PART_START;
            part->element = (const char *)xmlTextReaderConstLocalName(part->reader);
            part->end_is_due = xmlTextReaderIsEmptyElement(part->reader) == 1;
            return true;
        case XML_READER_TYPE_END_ELEMENT:
            part->event = PART_END;
            part->element = (const char *)xmlTextReaderConstLocalName(part->reader);
            return true;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            part->event = PART_TEXT;
            part->text = (const char *)xmlTextReaderConstValue(part->reader);
            return true;
        case XML_READER_TYPE_DOCUMENT_TYPE: /* where attacks with entities begin */
        case XML_READER_TYPE_ENTITY_REFERENCE:
            part->suspect = true;
            return part_fail(part);
        default:
            break;
        }
    }
}

enum err part_close(struct part *part) {
    if (part->reader)
        xmlFreeTextReader(part->reader);
    if (part->file)
        zip_fclose(part->file);
    part->reader = NULL;
    part->file = NULL;
    if (!part->failed)
        return OK;
    if (part->too_large)
        return refuse_large(part->xlsx);
    if (part->suspect)
        problem_add(part->xlsx->problems, (struct place){.file = part->xlsx->file},
                    "A part of this file (%.200s) defines entities or a document type, which no "
                    "spreadsheet program does. Do not trust it: ask where it comes from.",
                    part->name);
    else
        problem_add(part->xlsx->problems, (struct place){.file = part->xlsx->file},
                    "This file is damaged (%.200s). " SAVE_AGAIN
                    " If that fails too, go back to an earlier copy.",
                    part->name);
    return ERR_INPUT;
}

/* An attribute's value is one text, since there are no entities. */
static const char *attribute_value(const xmlAttr *attribute) {
    const xmlNode *text = attribute->children;
    if (!text)
        return "";
    return text->type == XML_TEXT_NODE && !text->next ? (const char *)text->content : NULL;
}

void part_attributes(struct part *part, const char *const *names, const char **values, size_t n) {
    for (size_t i = 0; i < n; i++)
        values[i] = NULL;
    const xmlNode *node = xmlTextReaderCurrentNode(part->reader);
    if (!node || node->type != XML_ELEMENT_NODE)
        return;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        for (size_t i = 0; i < n; i++)
            if (!values[i] && text_equal((const char *)attribute->name, names[i]))
                values[i] = attribute_value(attribute);
}

const char *part_attribute(struct part *part, const char *name) {
    const char *value;
    part_attributes(part, &name, &value, 1);
    return value;
}

bool part_starts(const struct part *part, const char *element) {
    return part->event == PART_START && text_equal(part->element, element);
}

bool part_ends(const struct part *part, const char *element) {
    return part->event == PART_END && text_equal(part->element, element);
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
        return refuse(xlsx, "This workbook has more than a thousand sheets. Is it the right one?");
    if (!result && xlsx->sheets.n == 0)
        return refuse(xlsx, "There is no sheet in this workbook.");
    return result;
}

static bool part_exists(const struct xlsx *xlsx, const char *name) {
    return zip_name_locate(xlsx->zip, name, ZIP_FL_NOCASE) >= 0;
}

static enum err workbook_find(struct xlsx *xlsx) {
    if (part_exists(xlsx, "xl/vbaProject.bin"))
        return refuse(xlsx, "This workbook holds macros. Open it, choose Save As, and save it as "
                            "\"Excel Workbook (.xlsx)\", without macros.");
    if (part_exists(xlsx, "xl/workbook.bin"))
        return refuse(xlsx,
                      "This is a binary Excel workbook (.xlsb). Open it in Excel, choose Save "
                      "As, and save it as \"Excel Workbook (.xlsx)\".");
    if (part_exists(xlsx, "content.xml") && part_exists(xlsx, "mimetype"))
        return refuse(xlsx, "This is an OpenDocument file. Open it in LibreOffice, choose Save As, "
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
        return refuse(xlsx, "This is a Word document. Copy its tables into an Excel workbook, one "
                            "sheet for each (`ithaca template` makes an empty one).");
    if (!part_exists(xlsx, name))
        return refuse(xlsx, "This is a zip file, but not an Excel workbook: it has no "
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
        return refuse(xlsx, "This file is protected by a password, or it is an old .xls file. Save "
                            "it as \"Excel Workbook (.xlsx)\" without a password.");
    if (n == 0)
        return refuse(xlsx, "This file is empty.");
    if (memcmp(start, "PK", 2) == 0)
        return refuse(xlsx, "This file is damaged: its end is missing. Was it copied or downloaded "
                            "only in part? Copy it again, or go back to an earlier copy.");
    return refuse(xlsx,
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
