/* .xlsx files: reading what other programs write, and writing what people can work on. */
#include "folder.h"
#include "record/records.h"
#include "workbook/cell.h"
#include "workbook/workbook.h"
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* A workbook made by hand, part by part. */

struct part_text {
    const char *name, *text;
};

static char *make_zip(struct fixture *fixture, const struct part_text *parts, size_t n) {
    char *path = path_of(fixture, "made.xlsx");
    unlink(path);
    zip_t *zip = zip_open(path, ZIP_CREATE, NULL);
    assert_non_null(zip);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        assert_true(zip_file_add(zip, parts[i].name, source, 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    return path;
}

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS_START                                                                                 \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define PACKAGE_RELS                                                                               \
    RELS_START "<Relationship Id=\"r1\" Type=\"" REL "/officeDocument\" "                          \
               "Target=\"xl/workbook.xml\"/></Relationships>"
/* The sheet is in a file that nobody would guess. */
#define WORKBOOK_RELS                                                                              \
    RELS_START "<Relationship Id=\"x9\" Type=\"" REL "/worksheet\" Target=\"sheets/odd.xml\"/>"    \
               "<Relationship Id=\"x2\" Type=\"" REL "/sharedStrings\" "                           \
               "Target=\"/xl/sharedStrings.xml\"/>"                                                \
               "<Relationship Id=\"x3\" Type=\"" REL "/styles\" Target=\"../xl/./styles.xml\"/>"   \
               "<Relationship Id=\"x4\" Type=\"" REL "/chartsheet\" Target=\"chart.xml\"/>"        \
               "</Relationships>"
#define WORKBOOK(properties)                                                                       \
    "<workbook " MAIN_NS " xmlns:r=\"" REL "\">" properties                                        \
    "<sheets><sheet name=\"Chart\" sheetId=\"1\" r:id=\"x4\"/>"                                    \
    "<sheet name=\"People\" sheetId=\"7\" state=\"hidden\" r:id=\"x9\"/></sheets></workbook>"

/* A workbook whose hidden sheet People has these rows. */
static char *make_xlsx(struct fixture *fixture, const char *properties, const char *strings,
                       const char *styles, const char *rows) {
    struct arena *arena = fixture->arena;
    struct part_text parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", PACKAGE_RELS},
        {"xl/workbook.xml", arena_format(arena, WORKBOOK("%s"), properties)},
        {"xl/_rels/workbook.xml.rels", WORKBOOK_RELS},
        {"xl/sharedStrings.xml", arena_format(arena, "<sst " MAIN_NS ">%s</sst>", strings)},
        {"xl/styles.xml", arena_format(arena, "<styleSheet " MAIN_NS ">%s</styleSheet>", styles)},
        {"xl/sheets/odd.xml",
         arena_format(arena, "<worksheet " MAIN_NS "><sheetData>%s</sheetData></worksheet>", rows)},
    };
    return make_zip(fixture, parts, sizeof parts / sizeof *parts);
}

static enum err read_xlsx(struct fixture *fixture, const char *path) {
    fixture->sheets.list.n = 0;
    fixture->problems.list.n = 0;
    return xlsx_read(fixture->arena, path, &fixture->sheets, &fixture->problems);
}

static enum err read_rows(struct fixture *fixture, const char *rows) {
    return read_xlsx(fixture, make_xlsx(fixture, "", "", "", rows));
}

static const struct sheet_row *row_at(const struct fixture *fixture, size_t row) {
    assert_int_equal(fixture->sheets.list.n, 1);
    assert_true(row < fixture->sheets.list.items[0].rows.n);
    return &fixture->sheets.list.items[0].rows.items[row];
}

static char *row_text(const struct fixture *fixture, size_t row) {
    return cells_text(fixture->arena, row_at(fixture, row));
}

/* Reading such a file is refused, in these words. */
static void assert_refused(struct fixture *fixture, const char *path, const char *words) {
    assert_int_equal(read_xlsx(fixture, path), ERR_INPUT);
    assert_says(fixture, words);
}

static void assert_rows_refused(struct fixture *fixture, const char *rows, const char *words) {
    assert_refused(fixture, make_xlsx(fixture, "", "", "", rows), words);
}

/* Reading */

static void test_texts(void **state) {
    struct fixture *fixture = *state;
    const char *strings =
        "<si><t>Ann</t></si>"
        "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r>"
        "<rPh sb=\"0\" eb=\"1\"><t>RICCHI</t></rPh><phoneticPr fontId=\"1\"/></si>"
        "<si><t>one_x000D_\ntwo_x005F_x000D_ &amp; _xZZZZ_ _x00E9_</t></si>"
        "<si/><si><t>  \xC2\xA0 trimmed&#10; </t></si><si><t>'=1</t></si><si><t>'tis</t></si>";
    const char *rows =
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
        "<c r=\"D3\" t=\"s\"><v>2</v></c><c r=\"E3\" t=\"s\"><v>3</v></c></row>"
        "<row><c t=\"s\"><v>4</v></c><c t=\"inlineStr\"><is><r><t>in</t></r><r>"
        "<t>line</t></r><rPh><t>no</t></rPh></is></c><c t=\"str\"><f>A1&amp;\"\"</f>"
        "<v>worked out</v></c><c t=\"s\"><v>5</v></c><c t=\"s\"><v>6</v></c>"
        "<c t=\"inlineStr\"><is><t><![CDATA[<b>]]></t></is></c></row>";
    assert_int_equal(read_xlsx(fixture, make_xlsx(fixture, "", strings, "", rows)), OK);
    assert_string_equal(fixture->sheets.list.items[0].name, "People");
    assert_string_equal(row_text(fixture, 0), "Ann|rich text||one\ntwo_x000D_ & _xZZZZ_ \xC3\xA9");
    assert_int_equal(row_at(fixture, 0)->number, 3);
    assert_string_equal(row_text(fixture, 1), "trimmed|inline|worked out|=1|'tis|<b>");
    assert_int_equal(row_at(fixture, 1)->number, 4);
}

static void test_numbers(void **state) {
    struct fixture *fixture = *state;
    const char *rows =
        "<row r=\"1\"><c><v>7</v></c><c><v>7.0</v></c><c><v>0.1</v></c>"
        "<c><v>1.1000000000000001</v></c><c><v>1E2</v></c><c><v>1234567890123</v></c>"
        "<c><v>-0.5</v></c><c><v>1.5E-5</v></c><c><v>1e300</v></c><c><f>1/3</f>"
        "<v>0.33333333333333331</v></c><c t=\"n\"><v>0</v></c><c t=\"b\"><v>1</v></c>"
        "<c t=\"b\"><v>0</v></c><c t=\"d\"><v>2017-12-31T00:00:00</v></c></row>";
    const char *expected = "7|7|0.1|1.1|100|1234567890123|-0.5|0.000015|1e+300|"
                           "0.3333333333333333|0|yes|no|2017-12-31";
    assert_int_equal(read_rows(fixture, rows), OK);
    assert_string_equal(row_text(fixture, 0), expected);
}

/* Styles 0 to 9, with number formats as programs write them. */
#define DATE_STYLES                                                                                \
    "<numFmts count=\"6\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/>"                  \
    "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot; days&quot;\"/>"                              \
    "<numFmt numFmtId=\"166\" formatCode=\"[Red]0;[Magenta]-0\"/>"                                 \
    "<numFmt numFmtId=\"167\" formatCode=\"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy\"/>"              \
    "<numFmt numFmtId=\"168\" formatCode=\"yyyy\"/>"                                               \
    "<numFmt numFmtId=\"169\" formatCode=\"0\\d_m\"/></numFmts>"                                   \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"              \
    "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/>"      \
    "<xf numFmtId=\"167\"/><xf numFmtId=\"17\"/><xf numFmtId=\"168\"/><xf numFmtId=\"22\"/>"       \
    "<xf numFmtId=\"169\"/></cellXfs>"

static void test_dates(void **state) {
    struct fixture *fixture = *state;
    /* 43100 is 2017-12-31, 43070 is 2017-12-01, 42736 is 2017-01-01. */
    const char *rows = "<row r=\"1\"><c s=\"0\"><v>43100</v></c><c s=\"1\"><v>43100</v></c>"
                       "<c s=\"2\"><v>43100</v></c><c s=\"3\"><v>43100</v></c>"
                       "<c s=\"4\"><v>43100</v></c><c s=\"5\"><v>43100</v></c>"
                       "<c s=\"8\"><v>43100.75</v></c><c s=\"9\"><v>43100</v></c>"
                       "<c s=\"1\" t=\"s\"><v>0</v></c></row>"
                       "<row r=\"2\"><c s=\"6\"><v>43070</v></c><c s=\"6\"><v>43100</v></c>"
                       "<c s=\"7\"><v>42736</v></c><c s=\"1\"><v>0.5</v></c>"
                       "<c s=\"1\"><v>-3</v></c><c s=\"1\"><v>1e10</v></c><c s=\"99\"><v>5</v></c>"
                       "<c s=\"1\"><v>61</v></c></row>";
    const char *path = make_xlsx(fixture, "", "<si><t>about 2016</t></si>", DATE_STYLES, rows);
    assert_int_equal(read_xlsx(fixture, path), OK);
    assert_string_equal(row_text(fixture, 0), "43100|2017-12-31|2017-12-31|43100|43100|2017-12-31|"
                                              "2017-12-31|43100|about 2016");
    /* A month shown as "Dec-17" is a month, unless somebody gave the day. */
    assert_string_equal(row_text(fixture, 1),
                        "2017-12|2017-12-31|2017|0.5|-3|10000000000|5|1900-03-01");
}

static void test_dates_from_1904(void **state) {
    struct fixture *fixture = *state;
    const char *rows = "<row r=\"1\"><c s=\"1\"><v>41638</v></c><c s=\"1\"><v>0</v></c></row>";
    const char *path = make_xlsx(fixture, "<workbookPr date1904=\"1\"/>", "", DATE_STYLES, rows);
    assert_int_equal(read_xlsx(fixture, path), OK);
    assert_string_equal(row_text(fixture, 0), "2017-12-31|1904-01-01");
}

static void test_errors(void **state) {
    struct fixture *fixture = *state;
    assert_rows_refused(fixture,
                        "<row r=\"5\"><c r=\"AB5\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>",
                        "an error in cell AB5 (#DIV/0!)");
    assert_int_equal(fixture->problems.list.items[0].place.row, 5);
    assert_string_equal(fixture->problems.list.items[0].place.sheet, "People");
    assert_rows_refused(fixture, "<row><c><f>A2</f></c></row>", "never been worked out");
    assert_rows_refused(fixture, "<row><c><f>A2</f><v></v></c></row>", "never been worked out");
    assert_rows_refused(fixture, "<row><c t=\"s\"><v>12</v></c></row>", "missing");
    assert_rows_refused(fixture, "<row><c t=\"inlineStr\"><is><t>a_x001B_b</t></is></c></row>",
                        "control character in cell A1");
    assert_rows_refused(fixture, "<row><c t=\"inlineStr\"><is><t>a_x0000_b</t></is></c></row>",
                        "control character in cell A1");
}

/* "000" as a format makes 7 look like 007, and 007 may well be a key. */
static void test_padded_numbers(void **state) {
    struct fixture *fixture = *state;
    const char *styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"000\"/>"
                         "<numFmt numFmtId=\"165\" formatCode=\"0\"/></numFmts>"
                         "<cellXfs><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
    const char *rows =
        "<row><c s=\"0\"><v>7</v></c><c s=\"0\"><v>1234</v></c>"
        "<c s=\"0\"><v>-7</v></c><c s=\"0\"><v>0.5</v></c><c s=\"1\"><v>7</v></c></row>";
    assert_int_equal(read_xlsx(fixture, make_xlsx(fixture, "", "", styles, rows)), OK);
    assert_string_equal(row_text(fixture, 0), "007|1234|-7|0.5|7");
}

static void assert_remarks(const struct fixture *fixture, const char *words) {
    for (size_t i = 0; i < fixture->problems.remarks.n; i++)
        if (strstr(fixture->problems.remarks.items[i].message, words))
            return;
    fail_msg("no remark says \"%s\"", words);
}

static void test_remarks(void **state) {
    struct fixture *fixture = *state;
    const char *rows = "<row hidden=\"1\"><c><f>1+1</f><v>2</v></c><c><f>2+2</f><v>4</v></c></row>"
                       "<row hidden=\"1\"/><row><c><v>1</v></c></row></sheetData>"
                       "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells><sheetData>";
    assert_int_equal(read_rows(fixture, rows), OK);
    assert_int_equal(fixture->problems.remarks.n, 4);
    assert_remarks(fixture, "This sheet is hidden.");
    assert_remarks(fixture, "Hidden rows, perhaps by a filter: 1.");
    assert_remarks(fixture, "Cells with formulas: 2.");
    assert_remarks(fixture, "Merged cells: 1.");
    assert_string_equal(row_text(fixture, 0), "2|4");
}

static void test_blank_rows(void **state) {
    struct fixture *fixture = *state;
    struct text rows = text_new(fixture->arena);
    text_add(&rows, "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>");
    for (int i = 2; i < 30000; i++)
        text_add_format(&rows, "<row r=\"%d\"><c r=\"A%d\" s=\"1\"/></row>", i, i);
    text_add(&rows, "<row r=\"1048576\"><c r=\"B1048576\"><v>2</v></c></row>");
    assert_int_equal(read_rows(fixture, rows.bytes), OK);
    assert_int_equal(fixture->sheets.list.items[0].rows.n, 2);
    assert_int_equal(row_at(fixture, 0)->n, 1);
    assert_int_equal(row_at(fixture, 1)->number, 1048576);
    assert_string_equal(row_text(fixture, 1), "|2");
}

static void test_caps(void **state) {
    struct fixture *fixture = *state;
    assert_rows_refused(fixture, "<row><c r=\"IW1\"><v>1</v></c></row>",
                        "cell IW1, beyond column 256");
    assert_int_equal(read_rows(fixture, "<row><c r=\"IV1\"><v>1</v></c></row>"), OK);
    assert_int_equal(row_at(fixture, 0)->n, 256);

    struct text cell = text_new(fixture->arena);
    text_add(&cell, "<row><c t=\"inlineStr\"><is><t>");
    for (int i = 0; i < CELL_MAX; i++)
        text_add_char(&cell, 'x');
    const char *end = "</t></is></c></row>";
    assert_int_equal(read_rows(fixture, arena_format(fixture->arena, "%s%s", cell.bytes, end)), OK);
    assert_int_equal(strlen(row_at(fixture, 0)->cells[0]), CELL_MAX);
    assert_rows_refused(fixture, arena_format(fixture->arena, "%sx%s", cell.bytes, end),
                        "cell A1 is too long");

    struct text rows = text_new(fixture->arena);
    for (int i = 0; i <= ROWS_MAX; i++)
        text_add(&rows, "<row><c><v>1</v></c></row>");
    assert_rows_refused(fixture, rows.bytes, "more than 200000 rows");
}

/* Spaces that take a thousandth packed. */
static void test_zip_bomb(void **state) {
    struct fixture *fixture = *state;
    size_t length = (size_t)260 * 1024 * 1024;
    char *spaces = arena_alloc(fixture->arena, length + 1);
    memset(spaces, ' ', length);
    assert_rows_refused(fixture, spaces, "unpacks to more than 256 MB");
}

static void test_private_sheets(void **state) {
    struct fixture *fixture = *state;
    struct part_text parts[] = {
        {"_rels/.rels", PACKAGE_RELS},
        {"xl/workbook.xml", "<workbook " MAIN_NS " xmlns:r=\"" REL "\"><sheets>"
                            "<sheet name=\"Notes of mine\" sheetId=\"1\" r:id=\"a\"/>"
                            "<sheet name=\"Teams\" sheetId=\"2\" r:id=\"b\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         RELS_START "<Relationship Id=\"a\" Type=\"" REL "/worksheet\" Target=\"a.xml\"/>"
                    "<Relationship Id=\"b\" Type=\"" REL "/worksheet\" Target=\"b.xml\"/>"
                    "</Relationships>"},
        {"xl/a.xml", "<worksheet><sheetData><row><c t=\"e\"><v>#N/A</v></c></row></sheetData>"
                     "</worksheet>"},
        {"xl/b.xml", "<worksheet><sheetData/></worksheet>"},
    };
    /* No shared strings, no styles, and a mistake that is nobody's business. */
    assert_int_equal(read_xlsx(fixture, make_zip(fixture, parts, sizeof parts / sizeof *parts)),
                     OK);
    assert_int_equal(fixture->sheets.list.n, 1);
    assert_string_equal(fixture->sheets.list.items[0].name, "Teams");
    assert_int_equal(fixture->sheets.list.items[0].rows.n, 0);
}

static void test_no_entities(void **state) {
    struct fixture *fixture = *state;
    write_bytes(fixture, "secret", "secret", 6);
    struct part_text parts[] = {
        {"xl/workbook.xml", WORKBOOK("")},
        {"xl/_rels/workbook.xml.rels", WORKBOOK_RELS},
        {"xl/sharedStrings.xml", "<sst/>"},
        {"xl/styles.xml", "<styleSheet/>"},
        {"xl/sheets/odd.xml",
         arena_format(fixture->arena,
                      "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file://%s/secret\">]>"
                      "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row>"
                      "</sheetData></worksheet>",
                      fixture->folder)},
    };
    assert_refused(fixture, make_zip(fixture, parts, 5), "document type");
    parts[4].text = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row>"
                    "</sheetData></worksheet>";
    assert_refused(fixture, make_zip(fixture, parts, 5), "damaged");
}

static void test_unusable_files(void **state) {
    struct fixture *fixture = *state;
    assert_refused(fixture, write_bytes(fixture, "a.xlsx", "hello", 5), "not an Excel workbook");
    assert_refused(fixture, write_bytes(fixture, "a.xlsx", "", 0), "empty");
    const char *ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
    assert_refused(fixture, write_bytes(fixture, "a.xlsx", ole, strlen(ole)),
                   "protected by a password");
    assert_int_equal(read_xlsx(fixture, path_of(fixture, "none.xlsx")), ERR_IO);
    assert_int_equal(fixture->problems.list.n, 1);

    const struct part_text text = {"hello.txt", "hello"};
    assert_refused(fixture, make_zip(fixture, &text, 1), "not an Excel workbook");
    const struct part_text macros[] = {{"xl/workbook.xml", WORKBOOK("")},
                                       {"xl/vbaProject.bin", "x"}};
    assert_refused(fixture, make_zip(fixture, macros, 2), "macros");
    assert_refused(fixture, make_zip(fixture, macros, 1), "missing (xl/_rels/workbook.xml.rels)");
    struct part_text parts[] = {{"xl/workbook.xml", WORKBOOK("")},
                                {"xl/_rels/workbook.xml.rels", RELS_START "</Relationships>"}};
    assert_int_equal(read_xlsx(fixture, make_zip(fixture, parts, 2)), ERR_INPUT);
    assert_int_equal(fixture->problems.list.n, 2 + 1); /* two lost sheets, and so none at all */
    parts[1].text = RELS_START "<Relationship";
    assert_refused(fixture, make_zip(fixture, parts, 2), "damaged (xl/_rels/workbook.xml.rels)");
}

/* Writing */

static void add_record(struct fixture *fixture, struct records *records, const char *kind_name,
                       const char *const *values) {
    const struct kind *kind = kind_find(kind_name);
    struct record *record = arena_alloc(fixture->arena, sizeof *record);
    *record = (struct record){.kind = kind, .id = values[0]};
    record->values =
        arena_alloc_array(fixture->arena, kind_field_count(kind), sizeof *record->values);
    for (size_t i = 0; values[i]; i++)
        record->values[i] = *values[i] ? values[i] : NULL;
    list_add(fixture->arena, &records->of_kind[kind_index(kind)].list, record);
}

/* Organisations with names that spreadsheets are known to spoil. */
static const char *const awkward[] = {"007",        "1-2",        "+44 20",     "=1+1",
                                      "-",          "@home",      "'tis",       "'",
                                      "''",         "'=1",        "'''x",       "two\nlines",
                                      "<&>\"",      "_x0041_",    "_x000D_",    "a_x005F_",
                                      "2017-12-31", "about 2016", "Zo\xC3\xAB", "\xF0\x9F\x8F\xA5",
                                      "tab\there",  "TRUE",       "1E5"};
enum { AWKWARD = sizeof awkward / sizeof *awkward };

static struct records make_records(struct fixture *fixture) {
    struct records records = records_new(fixture->arena);
    for (size_t i = 0; i < AWKWARD; i++) {
        const char *key = arena_format(fixture->arena, "%03zu", i);
        const char *number = i % 2 ? "0.10" : "2.5";
        const char *values[] = {key, awkward[i], "", "partner", number, NULL};
        add_record(fixture, &records, "organisation", values);
    }
    return records;
}

static const struct sheet *sheet_named(const struct fixture *fixture, const char *name) {
    for (size_t i = 0; i < fixture->sheets.list.n; i++)
        if (text_equal(fixture->sheets.list.items[i].name, name))
            return &fixture->sheets.list.items[i];
    fail_msg("no sheet %s", name);
    return NULL;
}

static void test_round_trip(void **state) {
    struct fixture *fixture = *state;
    struct records records = make_records(fixture);
    const char *path = path_of(fixture, "out.xlsx");
    assert_int_equal(xlsx_write(&records, path, &fixture->problems), OK);
    assert_int_equal(read_xlsx(fixture, path), OK);
    assert_int_equal(fixture->sheets.list.n, kind_count);
    const struct sheet *sheet = sheet_named(fixture, "Organisations");
    assert_int_equal(sheet->rows.n, AWKWARD + 1);
    assert_string_equal(sheet->rows.items[0].cells[4], "Speaks for");
    for (size_t i = 0; i < AWKWARD; i++) {
        const struct sheet_row *row = &sheet->rows.items[i + 1];
        assert_string_equal(row->cells[0], arena_format(fixture->arena, "%03zu", i));
        assert_string_equal(row->cells[1], awkward[i]);
        assert_null(row->cells[2]);
        assert_string_equal(row->cells[4], i % 2 ? "0.10" : "2.5");
    }
}

/* Where the locale has decimal commas, files still have points. */
static void test_locale(void **state) {
    struct fixture *fixture = *state;
    const char *locales = getenv("ITHACA_TEST_LOCALES");
    if (locales)
        assert_int_equal(setenv("LOCPATH", locales, 1), 0);
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    test_numbers(state);
    test_round_trip(state);
    assert_string_equal(number_shortest(fixture->arena, 0.25), "0.25");
    setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
}

/* The text of one part of an .xlsx file. */
static char *part_of(struct fixture *fixture, const char *path, const char *name) {
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(zip);
    zip_stat_t about;
    assert_int_equal(zip_stat(zip, name, 0, &about), 0);
    char *text = arena_alloc(fixture->arena, about.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, text, about.size), about.size);
    zip_fclose(file);
    zip_discard(zip);
    return text;
}

static void assert_contains(const char *text, const char *words) {
    if (!strstr(text, words))
        fail_msg("there is no %s", words);
}

/* Organisations are the third sheet, after the first page and the programme. */
static void test_template(void **state) {
    struct fixture *fixture = *state;
    struct records records = records_new(fixture->arena);
    const char *path = path_of(fixture, "template.xlsx");
    assert_int_equal(xlsx_write(&records, path, &fixture->problems), OK);
    const char *book = part_of(fixture, path, "xl/workbook.xml");
    assert_contains(book, "name=\"Read me\" sheetId=\"1\"");
    assert_contains(book, "name=\"Organisations\" sheetId=\"3\"");
    assert_contains(book, "name=\"Lists\"");
    assert_contains(book, "state=\"hidden\"");
    const char *sheet = part_of(fixture, path, "xl/worksheets/sheet3.xml");
    assert_contains(sheet, "state=\"frozen\"");
    assert_contains(sheet, "COUNTA('Organisations'!$A$2:$A$2000)");
    assert_contains(sheet, "errorStyle=\"warning\"");
    assert_contains(sheet, "\"one voice,many voices\"");
    assert_contains(sheet, "sqref=\"F2:F2000\"");
    /* The names of all sheets and levels are too many for the cell's own rule. */
    assert_contains(part_of(fixture, path, "xl/worksheets/sheet12.xml"), "Lists!$");
    assert_contains(part_of(fixture, path, "xl/comments2.xml"), "Needed in every row.");
    const char *texts = part_of(fixture, path, "xl/sharedStrings.xml");
    assert_contains(texts, "ithaca check FILE");
    assert_contains(texts, "green tab");
}

static void test_reproducible(void **state) {
    struct fixture *fixture = *state;
    struct records records = make_records(fixture);
    size_t n, m;
    const char *a = path_of(fixture, "a.xlsx"), *b = path_of(fixture, "b.xlsx");
    assert_int_equal(xlsx_write(&records, a, &fixture->problems), OK);
    assert_int_equal(xlsx_write(&records, b, &fixture->problems), OK);
    char *bytes_a = read_bytes(fixture, a, &n), *bytes_b = read_bytes(fixture, b, &m);
    assert_int_equal(n, m);
    assert_memory_equal(bytes_a, bytes_b, n);
}

static void test_write_refuses(void **state) {
    struct fixture *fixture = *state;
    struct records records = records_new(fixture->arena);
    const char *path = write_bytes(fixture, "there.xlsx", "mine", 4);
    assert_int_equal(xlsx_write(&records, path, &fixture->problems), ERR_INPUT);
    assert_says(fixture, "already");
    size_t n;
    assert_string_equal(read_bytes(fixture, path, &n), "mine");
    fixture->problems.list.n = 0;
    assert_int_equal(xlsx_write(&records, path_of(fixture, "no/such.xlsx"), &fixture->problems),
                     ERR_IO);
    assert_int_equal(fixture->problems.list.n, 1);
}

/* Whatever is cut off, and whatever is changed in between, is said and not fallen over. */
static void test_damaged_files(void **state) {
    struct fixture *fixture = *state;
    struct records records = make_records(fixture);
    const char *path = path_of(fixture, "whole.xlsx");
    size_t n;
    assert_int_equal(xlsx_write(&records, path, &fixture->problems), OK);
    char *bytes = read_bytes(fixture, path, &n);
    for (size_t length = 0; length < n; length += 97) {
        assert_int_equal(read_xlsx(fixture, write_bytes(fixture, "cut.xlsx", bytes, length)),
                         ERR_INPUT);
        assert_int_equal(fixture->problems.list.n, 1);
    }
    for (size_t at = 0; at < n; at += 997) {
        bytes[at] = (char)(bytes[at] ^ 0x55);
        enum err result = read_xlsx(fixture, write_bytes(fixture, "bad.xlsx", bytes, n));
        assert_true((result == OK) == (fixture->problems.list.n == 0));
        bytes[at] = (char)(bytes[at] ^ 0x55);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_texts),           FOLDER_TEST(test_numbers),
        FOLDER_TEST(test_locale),          FOLDER_TEST(test_dates),
        FOLDER_TEST(test_dates_from_1904), FOLDER_TEST(test_errors),
        FOLDER_TEST(test_padded_numbers),  FOLDER_TEST(test_remarks),
        FOLDER_TEST(test_blank_rows),      FOLDER_TEST(test_caps),
        FOLDER_TEST(test_zip_bomb),        FOLDER_TEST(test_private_sheets),
        FOLDER_TEST(test_no_entities),     FOLDER_TEST(test_unusable_files),
        FOLDER_TEST(test_round_trip),      FOLDER_TEST(test_template),
        FOLDER_TEST(test_reproducible),    FOLDER_TEST(test_write_refuses),
        FOLDER_TEST(test_damaged_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
