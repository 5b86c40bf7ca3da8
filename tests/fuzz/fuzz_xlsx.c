/* .xlsx files: the first byte says which part of a good workbook the rest replaces. Packed bytes
 * would hardly ever unpack after a change, so the zip round the parts is made here, without
 * packing. */
#include "base/text.h"
#include "fuzz.h"
#include "record/records.h"
#include "workbook/workbook.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

struct part {
    const char *name, *text;
};

/* tests/fuzz/corpus/xlsx has one input for each: their order is theirs. */
static const struct part parts[] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet " MAIN "><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
     "<c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c></row><row><c t=\"inlineStr\"><is><t>board</t>"
     "</is></c><c t=\"str\"><f>1</f><v>B</v></c><c t=\"s\"><v>4</v></c><c s=\"1\"><v>43100</v></c>"
     "</row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml",
     "<sst " MAIN "><si><t>Key</t></si><si><t>Name</t></si><si><t>Type</t></si>"
     "<si><t>Since</t></si><si><r><t>bo</t></r><r><t>ard</t></r></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
     "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml",
     "<workbook " MAIN " xmlns:r=\"" REL "\"><workbookPr date1904=\"0\"/><sheets>"
     "<sheet name=\"Teams\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" REL "/worksheet\" "
     "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" REL "/sharedStrings\" "
     "Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"" REL "/styles\" "
     "Target=\"styles.xml\"/></Relationships>"},
    {"_rels/.rels", "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" REL
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
};
enum { PARTS = sizeof parts / sizeof *parts };

static uint32_t check_sum(const char *bytes, size_t n) {
    static uint32_t table[256];
    for (uint32_t i = 0; !table[255] && i < 256; i++) {
        uint32_t sum = i;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? 0xEDB88320U ^ (sum >> 1) : sum >> 1;
        table[i] = sum;
    }
    uint32_t sum = 0xFFFFFFFFU;
    for (size_t i = 0; i < n; i++)
        sum = table[(sum ^ (unsigned char)bytes[i]) & 0xFF] ^ (sum >> 8);
    return ~sum;
}

/* Adds numbers, lowest byte first, each of so many bytes: pairs, ended by a size of 0. */
struct number {
    size_t size;
    uint32_t value;
};

static void numbers_add(struct text *out, const struct number *numbers) {
    for (; numbers->size; numbers++)
        for (size_t i = 0; i < numbers->size; i++)
            text_add_char(out, (char)((numbers->value >> (8 * i)) & 0xFF));
}

/* A part's header and bytes into `zip`, its entry into `directory`. */
static void part_add(struct text *zip, struct text *directory, const char *name, const char *bytes,
                     size_t n) {
    uint32_t at = (uint32_t)zip->length, size = (uint32_t)n, sum = check_sum(bytes, n),
             length = (uint32_t)strlen(name);
    numbers_add(zip, (struct number[]){{4, 0x04034B50},
                                       {2, 20},
                                       {2, 0},
                                       {2, 0},
                                       {4, 0x21},
                                       {4, sum},
                                       {4, size},
                                       {4, size},
                                       {2, length},
                                       {2, 0},
                                       {0, 0}});
    text_add(zip, name);
    text_add_n(zip, bytes, n);
    numbers_add(directory, (struct number[]){{4, 0x02014B50},
                                             {2, 20},
                                             {2, 20},
                                             {2, 0},
                                             {2, 0},
                                             {4, 0x21},
                                             {4, sum},
                                             {4, size},
                                             {4, size},
                                             {2, length},
                                             {2, 0},
                                             {2, 0},
                                             {2, 0},
                                             {2, 0},
                                             {4, 0},
                                             {4, at},
                                             {0, 0}});
    text_add(directory, name);
}

static struct text workbook_make(struct arena *arena, size_t replaced, const char *bytes,
                                 size_t n) {
    struct text zip = text_new(arena), directory = text_new(arena);
    for (size_t i = 0; i < PARTS; i++)
        part_add(&zip, &directory, parts[i].name, i == replaced ? bytes : parts[i].text,
                 i == replaced ? n : strlen(parts[i].text));
    uint32_t at = (uint32_t)zip.length, size = (uint32_t)directory.length;
    text_add_n(&zip, directory.bytes, directory.length);
    numbers_add(&zip, (struct number[]){{4, 0x06054B50},
                                        {2, 0},
                                        {2, 0},
                                        {2, PARTS},
                                        {2, PARTS},
                                        {4, size},
                                        {4, at},
                                        {2, 0},
                                        {0, 0}});
    return zip;
}

/* Where a workbook in memory can be opened as a file. */
static const char *file_make(struct arena *arena, const struct text *content, int *handle) {
    *handle = memfd_create("fuzz", 0);
    if (*handle < 0 || write(*handle, content->bytes, content->length) != (ssize_t)content->length)
        abort();
    return arena_format(arena, "/proc/self/fd/%d", *handle);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    if (n < 1)
        return 0;
    struct arena *arena = arena_new(FUZZ_MEMORY);
    struct problems problems = problems_new(arena);
    struct records records = records_new(arena);
    struct sheets sheets = {.path = "fuzz"};
    struct text zip = workbook_make(arena, bytes[0] % PARTS, (const char *)bytes + 1, n - 1);
    int handle;
    const char *path = file_make(arena, &zip, &handle);
    enum err err = xlsx_read(arena, path, &sheets, &problems);
    if ((err != OK) != (problems.list.n > 0))
        __builtin_trap(); /* refused without a word, or taken in spite of one */
    if (err == OK && records_read(&sheets, &records, &problems) != OK && !problems.list.n)
        __builtin_trap();
    close(handle);
    arena_free(arena);
    return 0;
}
