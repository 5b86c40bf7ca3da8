/* Text files as sheets, and records as text files. */
#include "base/csv.h"
#include "folder.h"
#include "record/records.h"
#include "workbook/workbook.h"
#include <sys/stat.h>
#include <unistd.h>

static char *write_text(struct fixture *fixture, const char *name, const char *text) {
    return write_bytes(fixture, name, text, strlen(text));
}

static char *read_text(const struct fixture *fixture, const char *path) {
    size_t n;
    return read_bytes(fixture, path, &n);
}

/* Reads `text` as people.csv in the fixture's folder. */
static enum err read_people(struct fixture *fixture, const char *text) {
    write_text(fixture, "people.csv", text);
    return csv_read_folder(fixture->arena, fixture->folder, &fixture->sheets, &fixture->problems);
}

static const struct sheet_row *row_at(const struct fixture *fixture, size_t sheet, size_t row) {
    assert_true(sheet < fixture->sheets.list.n);
    assert_true(row < fixture->sheets.list.items[sheet].rows.n);
    return &fixture->sheets.list.items[sheet].rows.items[row];
}

static char *row_text(const struct fixture *fixture, size_t sheet, size_t row) {
    return cells_text(fixture->arena, row_at(fixture, sheet, row));
}

/* Reading `text` as people.csv is refused at this row of it, in these words. */
static void assert_refused(struct fixture *fixture, const char *text, unsigned row,
                           const char *words) {
    assert_int_equal(read_people(fixture, text), ERR_INPUT);
    assert_int_equal(only_problem(fixture)->place.row, row);
    assert_says(fixture, words);
}

static void test_plain(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "Key,Name\nann,Ann Berg\n"), OK);
    assert_int_equal(fixture->sheets.list.n, 1);
    assert_string_equal(fixture->sheets.list.items[0].name, "people");
    assert_string_equal(row_text(fixture, 0, 0), "Key|Name");
    assert_string_equal(row_text(fixture, 0, 1), "ann|Ann Berg");
    assert_int_equal(row_at(fixture, 0, 1)->number, 2);
}

static void test_quotes(void **state) {
    struct fixture *fixture = *state;
    const char *text = "a,b,c\n\"one, two\",\"say \"\"no\"\"\",\"line 1\r\nline 2\"\n"
                       "after,\"\", \"spaced\" \nin \"the\" middle,x\n";
    assert_int_equal(read_people(fixture, text), OK);
    assert_string_equal(row_text(fixture, 0, 1), "one, two|say \"no\"|line 1\nline 2");
    assert_string_equal(row_text(fixture, 0, 2), "after||spaced");
    assert_int_equal(row_at(fixture, 0, 2)->number, 4); /* physical lines count */
    assert_string_equal(row_text(fixture, 0, 3), "in \"the\" middle|x");
}

static void test_line_ends(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "a,b\r\n1,2\r3,4\n\n5,6"), OK);
    assert_int_equal(fixture->sheets.list.items[0].rows.n, 4);
    assert_string_equal(row_text(fixture, 0, 2), "3|4");
    assert_int_equal(row_at(fixture, 0, 2)->number, 3);
    assert_string_equal(row_text(fixture, 0, 3), "5|6");
    assert_int_equal(row_at(fixture, 0, 3)->number, 5);
}

static void test_byte_order_mark(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "\xEF\xBB\xBF\"Key\",Name\nann,Zo\xC3\xAB\n"), OK);
    assert_string_equal(row_text(fixture, 0, 0), "Key|Name");
    assert_string_equal(row_text(fixture, 0, 1), "ann|Zo\xC3\xAB");
}

static void test_semicolons(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "\"a,x,y\";b;c\n1,5;2;3\n"), OK);
    assert_string_equal(row_text(fixture, 0, 1), "1,5|2|3");
}

static void test_tabs(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "a\tb, or c\td\n1\t\t3\n"), OK);
    assert_string_equal(row_text(fixture, 0, 1), "1||3");
}

static void test_separator_line(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "sep=;\na;b\n1;2\n"), OK);
    assert_string_equal(row_text(fixture, 0, 0), "a|b");
    assert_int_equal(row_at(fixture, 0, 0)->number, 2);
}

static void test_empty_cells_and_rows(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "a,b,c\n , \xC2\xA0 ,\n,,\n x ,,\n\n\n"), OK);
    assert_int_equal(fixture->sheets.list.items[0].rows.n, 2);
    assert_int_equal(row_at(fixture, 0, 1)->n, 1); /* trailing empty cells are no cells */
    assert_string_equal(row_text(fixture, 0, 1), "x");
    assert_int_equal(row_at(fixture, 0, 1)->number, 4);
}

static void test_guard(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *plain, *guarded;
    } pairs[] = {{"=1+1", "'=1+1"}, {"+44", "'+44"},    {"-", "'-"}, {"@x", "'@x"},
                 {"\tx", "'\tx"},   {"'tis", "''tis"},  {"'", "''"}, {"''", "'''"},
                 {"'=x", "''=x"},   {"plain", "plain"}, {"", ""},    {"a=b", "a=b"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *guarded = cell_guard(fixture->arena, pairs[i].plain);
        assert_string_equal(guarded, pairs[i].guarded);
        assert_string_equal(cell_unguard(fixture->arena, guarded), pairs[i].plain);
    }
    /* Written by hand, without a guard. */
    assert_string_equal(cell_unguard(fixture->arena, "'tis"), "'tis");
    assert_string_equal(cell_unguard(fixture->arena, "=x"), "=x");
    assert_int_equal(read_people(fixture, "a,b,c\n'=1,''x,'x\n"), OK);
    assert_string_equal(row_text(fixture, 0, 1), "=1|'x|'x");
}

static void test_unclosed_quote(void **state) {
    assert_refused(*state, "a,b\n1,2\n3,\"open\n5,6\n", 3, "never closes");
}

static void test_text_behind_quote(void **state) {
    assert_refused(*state, "a,b\n\"Start\" now,2\n", 2, "behind a closing quotation mark");
}

static void test_not_utf8(void **state) {
    /* A letter that is UTF-8 and one that is not: no set of characters has both. */
    assert_refused(*state, "a\nok\nZo\xEB Zo\xC3\xAB\n", 3, "CSV UTF-8");
}

static void test_windows_1252(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(read_people(fixture, "a;b\r\n\x80 5;the \x93Zo\xEB\x94 home\r\n"), OK);
    assert_string_equal(row_text(fixture, 0, 1),
                        "\xE2\x82\xAC 5|the \xE2\x80\x9CZo\xC3\xAB\xE2\x80\x9D home");
    assert_int_equal(fixture->problems.list.n, 0);
    assert_int_equal(fixture->problems.remarks.n, 1);
    assert_non_null(strstr(fixture->problems.remarks.items[0].message, "\"\xE2\x82\xAC\""));
}

static void test_utf16(void **state) {
    struct fixture *fixture = *state;
    write_bytes(fixture, "people.csv",
                "\xFF\xFE"
                "a\0\n\0",
                6);
    assert_int_equal(
        csv_read_folder(fixture->arena, fixture->folder, &fixture->sheets, &fixture->problems),
        ERR_INPUT);
    assert_says(fixture, "UTF-16");
}

static void test_control_character(void **state) {
    assert_refused(*state, "a,b\n1,x\x1By\n", 2, "control character");
}

static void test_long_cell(void **state) {
    struct fixture *fixture = *state;
    struct text text = text_new(fixture->arena);
    text_add(&text, "a\n");
    for (size_t i = 0; i < CELL_MAX; i++)
        text_add_char(&text, 'x');
    text_add(&text, "\n");
    assert_int_equal(read_people(fixture, text.bytes), OK);
    assert_int_equal(strlen(row_at(fixture, 0, 1)->cells[0]), CELL_MAX);
    text.length--;
    text_add(&text, "y\nshort\n");
    assert_refused(fixture, text.bytes, 2, "too long");
}

static void test_too_many_columns(void **state) {
    struct fixture *fixture = *state;
    struct text text = text_new(fixture->arena);
    for (int i = 0; i <= COLUMNS_MAX; i++)
        text_add_format(&text, "%sc%d", i ? "," : "", i);
    text_add(&text, "\nx\n");
    assert_int_equal(read_people(fixture, text.bytes), ERR_INPUT);
    assert_says(fixture, "more than 256");
}

static void test_too_many_rows(void **state) {
    struct fixture *fixture = *state;
    struct text text = text_new(fixture->arena);
    text_add(&text, "a\n");
    for (int i = 0; i < ROWS_MAX; i++)
        text_add(&text, "x\n");
    assert_int_equal(read_people(fixture, text.bytes), ERR_INPUT);
    assert_says(fixture, "more than 200000 rows");
}

static void test_folder(void **state) {
    struct fixture *fixture = *state;
    write_text(fixture, "teams.csv", "Key\nboard\n");
    write_text(fixture, "People.csv", "Key\nann\n");
    write_text(fixture, ".hidden.csv", "\"");
    write_text(fixture, "README.md", "\"");
    write_text(fixture, "notes.csv", "a sum,\"of my own\" which is not right\n");
    assert_int_equal(mkdir(path_of(fixture, "folder.csv"), 0700), 0);
    const char *with_slash = arena_format(fixture->arena, "%s/", fixture->folder);
    assert_int_equal(
        workbook_read(fixture->arena, with_slash, &fixture->sheets, &fixture->problems), OK);
    assert_int_equal(fixture->sheets.list.n, 2);
    assert_string_equal(fixture->sheets.list.items[0].name, "People");
    assert_string_equal(fixture->sheets.list.items[1].name, "teams");
}

static void test_all_files_are_looked_at(void **state) {
    struct fixture *fixture = *state;
    write_text(fixture, "teams.csv", "Key\n\"board\n");
    assert_int_equal(read_people(fixture, "Key\nZo\x8D\n"), ERR_INPUT);
    assert_int_equal(fixture->problems.list.n, 2);
}

static void test_folder_without_csv(void **state) {
    struct fixture *fixture = *state;
    write_text(fixture, "people.txt", "Key\nann\n");
    assert_int_equal(
        csv_read_folder(fixture->arena, fixture->folder, &fixture->sheets, &fixture->problems),
        ERR_INPUT);
    assert_says(fixture, "no .csv file");
}

static void test_sheets_file(void **state) {
    struct fixture *fixture = *state;
    const char *path = write_text(fixture, "small.sheets",
                                  "# an example\n\n[People]\nKey,Name\n# ann is new\nann,\"Ann\n"
                                  "# no comment\"\n\n [ Decision rights ] \nDecision;Right held\n"
                                  "start;decides\n[Notes]\n\"mine\" alone\n");
    assert_int_equal(workbook_read(fixture->arena, path, &fixture->sheets, &fixture->problems),
                     OK); /* whatever stands on the sheet Notes */
    assert_int_equal(fixture->sheets.list.n, 2);
    assert_string_equal(fixture->sheets.list.items[0].name, "People");
    assert_string_equal(row_text(fixture, 0, 1), "ann|Ann\n# no comment");
    assert_int_equal(row_at(fixture, 0, 1)->number, 6);
    assert_string_equal(fixture->sheets.list.items[1].name, "Decision rights");
    assert_string_equal(row_text(fixture, 1, 1), "start|decides");
    assert_int_equal(row_at(fixture, 1, 1)->number, 11);
}

static void test_sheets_file_without_name(void **state) {
    struct fixture *fixture = *state;
    const char *path = write_text(fixture, "small.sheets", "Key,Name\nann,Ann\n[People]\nKey\n");
    assert_int_equal(workbook_read(fixture->arena, path, &fixture->sheets, &fixture->problems),
                     ERR_INPUT);
    assert_int_equal(only_problem(fixture)->place.row, 1);
    assert_says(fixture, "square brackets");
}

static void test_sheets_file_empty(void **state) {
    struct fixture *fixture = *state;
    const char *path = write_text(fixture, "small.sheets", "# nothing\n");
    assert_int_equal(workbook_read(fixture->arena, path, &fixture->sheets, &fixture->problems),
                     ERR_INPUT);
    assert_says(fixture, "no sheet in this file");
}

static void test_refused_forms(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *name, *says;
    } files[] = {{"a.csv", "give the folder"}, {"a.xls", "old Excel"},   {"a.XLSM", "macros"},
                 {"a.ods", "OpenDocument"},    {"a.numbers", "Numbers"}, {"a.txt", "(.xlsx)"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        fixture->problems.list.n = 0;
        const char *path = write_text(fixture, files[i].name, "x\n");
        assert_int_equal(workbook_read(fixture->arena, path, &fixture->sheets, &fixture->problems),
                         ERR_INPUT);
        assert_says(fixture, files[i].says);
    }
    fixture->problems.list.n = 0;
    assert_int_equal(workbook_read(fixture->arena, path_of(fixture, "missing.xlsx"),
                                   &fixture->sheets, &fixture->problems),
                     ERR_INPUT);
    assert_says(fixture, "no file or folder of this name");
}

/* Adds a record of a kind with a key: the first field is its key, the second some text. */
static void add_record(struct fixture *fixture, struct records *records, const char *kind_name,
                       const char *key, const char *text) {
    const struct kind *kind = kind_find(kind_name);
    struct record *record = arena_alloc(fixture->arena, sizeof *record);
    *record = (struct record){.kind = kind, .id = key};
    record->values =
        arena_alloc_array(fixture->arena, kind_field_count(kind), sizeof *record->values);
    record->values[0] = key;
    record->values[1] = text;
    list_add(fixture->arena, &records->of_kind[kind_index(kind)].list, record);
}

static void test_write(void **state) {
    struct fixture *fixture = *state;
    struct records records = records_new(fixture->arena);
    add_record(fixture, &records, "organisation", "hospital", "St Mary, \"the\" hospital");
    add_record(fixture, &records, "organisation", "gp", "+44 & partners");
    add_record(fixture, &records, "record_system", "shared", "two\nlines");
    const char *path = path_of(fixture, "out");
    assert_int_equal(csv_write_folder(&records, path, &fixture->problems), OK);
    const char *text = read_text(fixture, path_of(fixture, "out/organisations.csv"));
    assert_true(text_starts_with(text, "Key,Name,Sector,Part,Speaks for,"));
    assert_non_null(strstr(text, "\nhospital,\"St Mary, \"\"the\"\" hospital\",,"));
    assert_non_null(strstr(text, "\ngp,'+44 & partners,,"));
    assert_null(strchr(text, '\r'));
    text = read_text(fixture, path_of(fixture, "out/record-systems.csv"));
    assert_non_null(strstr(text, "\nshared,\"two\nlines\","));
    assert_int_equal(access(path_of(fixture, "out/people.csv"), F_OK), -1);
    /* And back. */
    assert_int_equal(workbook_read(fixture->arena, path, &fixture->sheets, &fixture->problems), OK);
    assert_int_equal(fixture->sheets.list.n, 2);
    assert_string_equal(row_at(fixture, 0, 1)->cells[1], "St Mary, \"the\" hospital");
    assert_string_equal(row_at(fixture, 0, 2)->cells[1], "+44 & partners");
    assert_string_equal(row_at(fixture, 1, 1)->cells[1], "two\nlines");
}

static void test_write_refuses(void **state) {
    struct fixture *fixture = *state;
    struct records records = records_new(fixture->arena);
    add_record(fixture, &records, "organisation", "hospital", "x");
    const char *path = path_of(fixture, "out");
    assert_int_equal(mkdir(path, 0700), 0); /* an empty folder is no obstacle */
    assert_int_equal(csv_write_folder(&records, path, &fixture->problems), OK);
    assert_int_equal(csv_write_folder(&records, path, &fixture->problems), ERR_INPUT);
    assert_says(fixture, "already");
    fixture->problems.list.n = 0;
    assert_int_equal(
        csv_write_folder(&records, path_of(fixture, "no/such/folder"), &fixture->problems), ERR_IO);
    assert_int_equal(fixture->problems.list.n, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_plain),
        FOLDER_TEST(test_quotes),
        FOLDER_TEST(test_line_ends),
        FOLDER_TEST(test_byte_order_mark),
        FOLDER_TEST(test_semicolons),
        FOLDER_TEST(test_tabs),
        FOLDER_TEST(test_separator_line),
        FOLDER_TEST(test_empty_cells_and_rows),
        FOLDER_TEST(test_guard),
        FOLDER_TEST(test_unclosed_quote),
        FOLDER_TEST(test_text_behind_quote),
        FOLDER_TEST(test_not_utf8),
        FOLDER_TEST(test_windows_1252),
        FOLDER_TEST(test_utf16),
        FOLDER_TEST(test_control_character),
        FOLDER_TEST(test_long_cell),
        FOLDER_TEST(test_too_many_columns),
        FOLDER_TEST(test_too_many_rows),
        FOLDER_TEST(test_folder),
        FOLDER_TEST(test_all_files_are_looked_at),
        FOLDER_TEST(test_folder_without_csv),
        FOLDER_TEST(test_sheets_file),
        FOLDER_TEST(test_sheets_file_without_name),
        FOLDER_TEST(test_sheets_file_empty),
        FOLDER_TEST(test_refused_forms),
        FOLDER_TEST(test_write),
        FOLDER_TEST(test_write_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
