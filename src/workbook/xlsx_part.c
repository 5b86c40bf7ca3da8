/* One part of an .xlsx file, read a chunk at a time. libxml2 tells what is in a chunk by calling;
 * that is kept until it has been asked for. */
#include "workbook/workbook.h"
#include "workbook/xlsx.h"
#include <string.h>

enum {
    CHUNK = 16 * 1024,            /* bytes */
    AHEAD_MAX = 64 * 1024 * 1024, /* bytes of what one chunk says; libxml2 keeps no name or value
                                     above 10 MB */
    DEPTH_MAX = 256,
};

struct part_attribute {
    const char *name, *value;
};

struct part_event {
    enum part_what what;
    const char *element, *text;
    const struct part_attribute *attributes;
    size_t attribute_count;
};

static enum err refuse_large(struct xlsx *xlsx) {
    problem_add(
        xlsx->problems, (struct place){.file = xlsx->file},
        "This file unpacks to more than %d MB. Is it the right one? If it is, delete sheets "
        "and columns that do not belong to the programme, and empty rows below the last.",
        UNPACKED_MAX / (1024 * 1024));
    return ERR_INPUT;
}

/* ---- what libxml2 calls ---- */

static char *copy_of(const struct part *part, const xmlChar *text, size_t length) {
    return arena_copy_n(part->arena, (const char *)text, length);
}

static void suspect(struct part *part) {
    part->suspect = true;
    xmlStopParser(part->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **from) {
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    struct part *part = context;
    struct part_attribute *attributes =
        arena_alloc_array(part->arena, (size_t)count, sizeof *attributes);
    for (int i = 0; i < count; i++, from += 5) /* name, prefix, namespace, value, its end */
        attributes[i] = (struct part_attribute){
            (const char *)from[0], copy_of(part, from[3], (size_t)(from[4] - from[3]))};
    list_add(part->arena, &part->ahead,
             (struct part_event){.what = PART_START,
                                 .element = (const char *)name,
                                 .attributes = attributes,
                                 .attribute_count = (size_t)count});
    if (++part->depth > DEPTH_MAX)
        xmlStopParser(part->parser);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)prefix, (void)uri;
    struct part *part = context;
    part->depth--;
    list_add(part->arena, &part->ahead,
             (struct part_event){.what = PART_END, .element = (const char *)name});
}

static void on_text(void *context, const xmlChar *text, int length) {
    struct part *part = context;
    list_add(part->arena, &part->ahead,
             (struct part_event){.what = PART_TEXT, .text = copy_of(part, text, (size_t)length)});
}

/* Where attacks with entities begin. */
static void on_document_type(void *context, const xmlChar *name, const xmlChar *id,
                             const xmlChar *system) {
    (void)name, (void)id, (void)system;
    suspect(context);
}

static void on_reference(void *context, const xmlChar *name) {
    (void)name;
    suspect(context);
}

static const xmlSAXHandler told = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .internalSubset = on_document_type,
    .reference = on_reference,
};

/* ---- reading ---- */

enum err part_open(struct xlsx *xlsx, const char *name, struct part *part) {
    *part = (struct part){.xlsx = xlsx, .name = name};
    zip_int64_t at = zip_name_locate(xlsx->zip, name, ZIP_FL_NOCASE);
    zip_stat_t about;
    if (at < 0 || zip_stat_index(xlsx->zip, (zip_uint64_t)at, 0, &about) != 0)
        return xlsx_refuse(
            xlsx, arena_format(xlsx->arena, "A part of this file is missing (%.200s). " SAVE_AGAIN,
                               name));
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
        return xlsx_refuse(xlsx,
                           "This file is protected by a password. Save it as .xlsx without one.");
    if ((about.valid & ZIP_STAT_SIZE) && about.size > xlsx->bytes_left)
        return refuse_large(xlsx);
    part->file = zip_fopen_index(xlsx->zip, (zip_uint64_t)at, 0);
    xmlSAXHandler handler = told;
    if (part->file)
        part->parser = xmlCreatePushParserCtxt(&handler, part, NULL, 0, name);
    if (!part->parser) {
        part->failed = true;
        return part_close(part);
    }
    (void)xmlCtxtUseOptions(part->parser,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    part->arena = arena_new(AHEAD_MAX);
    return OK;
}

static bool part_fail(struct part *part) {
    part->failed = true;
    return false;
}

/* The next chunk. False at the end, and where it cannot be read. */
static bool part_read(struct part *part) {
    char bytes[CHUNK];
    if (part->done || part->failed)
        return false;
    zip_int64_t got = zip_fread(part->file, bytes, sizeof bytes);
    if (got < 0)
        return part_fail(part);
    if ((zip_uint64_t)got > part->xlsx->bytes_left) {
        part->too_large = true;
        return part_fail(part);
    }
    part->xlsx->bytes_left -= (size_t)got;
    part->done = got == 0;
    arena_clear(part->arena);
    part->ahead.n = part->ahead.room = 0;
    part->ahead.items = NULL;
    part->at = 0;
    (void)xmlParseChunk(part->parser, bytes, (int)got, part->done);
    return part->parser->wellFormed && part->parser->disableSAX == 0 ? true : part_fail(part);
}

bool part_next(struct part *part) {
    while (part->at == part->ahead.n)
        if (!part_read(part))
            return false;
    const struct part_event *event = &part->ahead.items[part->at++];
    part->event = event->what;
    part->element = event->element;
    part->text = event->text;
    return true;
}

enum err part_close(struct part *part) {
    if (part->parser)
        xmlFreeParserCtxt(part->parser);
    if (part->file)
        zip_fclose(part->file);
    if (part->arena)
        arena_free(part->arena);
    part->parser = NULL;
    part->file = NULL;
    part->arena = NULL;
    if (!part->failed)
        return OK;
    if (part->too_large)
        return refuse_large(part->xlsx);
    return xlsx_refuse(
        part->xlsx,
        arena_format(part->xlsx->arena,
                     part->suspect
                         ? "A part of this file (%.200s) defines entities or a document type, "
                           "which no spreadsheet program does. Do not trust it: ask where it comes "
                           "from."
                         : "This file is damaged (%.200s). " SAVE_AGAIN
                           " If that fails too, go back to an earlier copy.",
                     part->name));
}

/* ---- what was read ---- */

void part_attributes(struct part *part, const char *const *names, const char **values, size_t n) {
    const struct part_event *event = &part->ahead.items[part->at - 1];
    for (size_t i = 0; i < n; i++)
        values[i] = NULL;
    for (size_t a = 0; a < event->attribute_count; a++)
        for (size_t i = 0; i < n; i++)
            if (!values[i] && text_equal(event->attributes[a].name, names[i]))
                values[i] = event->attributes[a].value;
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
