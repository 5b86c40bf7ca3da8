/* The first page of a workbook: all that somebody needs who has never seen one. */
#include "base/text.h"
#include "workbook/xlsx_out.h"

enum { GAP = 6 }; /* between paragraphs */
enum { LABEL_COLUMN = 0, WORDS_COLUMN = 1, LABEL_WIDTH = 26, WORDS_WIDTH = 92 };

static const struct {
    const char *label, *words;
} paragraphs[] = {
    {"What this is",
     "Here you write down who leads your programme, and how: organisations, people, posts, teams "
     "and decisions. Ithaca reads it, shows you what stands in the way of leading together, and "
     "says what you can do about it."},
    {"Where to begin",
     "Fill in the sheets with a green tab, from left to right. They are listed first below. A few "
     "rows on each are enough for a first check. The sheets with a grey tab can stay empty until "
     "you need them."},
    {"Rows",
     "Each row is one thing. Leave a cell empty if you do not know. Point at a heading to read "
     "what belongs under it. In many cells a list opens: click the arrow beside the cell."},
    {"Keys",
     "Many sheets begin with the column Key. A key is a short name that you make up, such as "
     "council or anna-berg: letters, digits and hyphens, no spaces. Each key stands only once on "
     "its sheet. Other sheets use it to point at that row. If council is a key on the sheet "
     "Organisations, write council in the column Organisation of the sheet Posts, or choose it "
     "from the list in the cell. Put a semicolon between several keys: council; hospital."},
    {"Dates", "Write a date as 2017-12-31 or 31 December 2017. If you know less, write less: "
              "2017-12, 2017, about 2016, before "
              "2018, after 2015-06, or unknown."},
    {"Left and back",
     "What has ended stays on its sheet, with its last day under Until. If somebody leaves a post "
     "or "
     "a team and comes back later, add a second row with its own Since. On the sheet People they "
     "keep one row: take Until out when they are back."},
    {"Coverage",
     "On the sheet Coverage you say which sheets are complete. Only then can Ithaca take it as a "
     "sign when something is not there. If you leave Coverage empty, Ithaca does not guess: it "
     "says "
     "\"cannot tell\", and some things stay silent, such as meetings that have lapsed."},
    {"Privacy",
     "Write nothing about patients, and nothing about anyone's health. If you would rather not "
     "name people, write their role."},
    {"Leave as it is",
     "Do not change the names of sheets and headings. For notes of your own, add sheets whose "
     "names begin with Notes: Ithaca passes over them. What you write into columns of your own is "
     "kept in the column Note."},
    {"What next",
     "Save this file and run the command below, with the name of this file for FILE. It tells you "
     "what does not fit together yet, and then what it has found."},
};

static void sample_write(lxw_worksheet *sheet, lxw_row_t row, const char *heading, lxw_format *look,
                         const char *meaning, lxw_format *words) {
    worksheet_write_string(sheet, row, LABEL_COLUMN, heading, look);
    worksheet_write_string(sheet, row, WORDS_COLUMN, meaning, words);
}

/* How headings look; behind the paragraph about rows. */
static lxw_row_t samples_write(const struct xlsx_out *out, lxw_worksheet *sheet, lxw_row_t row) {
    sample_write(sheet, row++, "Underlined", out->looks.needed,
                 "A heading like this: needed in every row that you fill in.", out->looks.words);
    sample_write(sheet, row++, "Slanted", out->looks.one_of,
                 "Headings like this: at least one of them is needed in every row.",
                 out->looks.words);
    sample_write(sheet, row++, "Plain", out->looks.optional, "A heading like this: may stay empty.",
                 out->looks.words);
    return row;
}

static lxw_row_t sheets_list(const struct xlsx_out *out, lxw_worksheet *sheet, lxw_row_t row,
                             bool beginner, const char *title) {
    worksheet_write_string(sheet, row, LABEL_COLUMN, title, out->looks.label);
    worksheet_write_string(sheet, row++, WORDS_COLUMN, "One row stands for:", out->looks.label);
    for (size_t i = 0; i < kind_count; i++) {
        if (kinds[i]->beginner != beginner)
            continue;
        const char *link = arena_format(out->arena, "internal:'%s'!A1", kinds[i]->sheet);
        worksheet_write_url_opt(sheet, row, LABEL_COLUMN, link, out->looks.link, kinds[i]->sheet,
                                NULL);
        worksheet_write_string(sheet, row++, WORDS_COLUMN, text_capital(out->arena, kinds[i]->what),
                               out->looks.words);
    }
    return row;
}

void xlsx_readme_write(struct xlsx_out *out) {
    lxw_worksheet *sheet = workbook_add_worksheet(out->book, "Read me");
    lxw_row_t row = 0;
    worksheet_set_tab_color(sheet, COLOUR_README);
    worksheet_set_column(sheet, LABEL_COLUMN, LABEL_COLUMN, LABEL_WIDTH, NULL);
    worksheet_set_column(sheet, WORDS_COLUMN, WORDS_COLUMN, WORDS_WIDTH, NULL);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_row(sheet, row, 30, NULL);
    worksheet_write_string(sheet, row++, LABEL_COLUMN, "Ithaca workbook", out->looks.title);
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++) {
        worksheet_set_row(sheet, row, xlsx_row_height(paragraphs[i].words, WORDS_WIDTH) + GAP,
                          NULL);
        worksheet_write_string(sheet, row, LABEL_COLUMN, paragraphs[i].label, out->looks.label);
        worksheet_write_string(sheet, row++, WORDS_COLUMN, paragraphs[i].words, out->looks.words);
        if (text_equal(paragraphs[i].label, "Rows"))
            row = samples_write(out, sheet, row);
    }
    worksheet_write_string(sheet, row++, WORDS_COLUMN, "ithaca check FILE", out->looks.command);
    row = sheets_list(out, sheet, row + 1, true, "Fill in first (green tabs)");
    sheets_list(out, sheet, row + 1, false, "When you need them (grey)");
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 1);
    worksheet_activate(sheet);
}
