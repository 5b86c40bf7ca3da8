/* Sheets into records: find the kind of each sheet and the field of each column, then check every
 * cell. What holds between records is checked in check.c.
 *
 * Columns that people have added for themselves are kept, in the note of each row. A heading that
 * is nearly a known one is refused all the same: what is meant for a field must not end in a note.
 */
#include "base/text.h"
#include "record/check.h"
#include "record/records.h"
#include "record/value.h"
#include <string.h>

/* A column that no field of the kind is called by. */
struct extra {
    unsigned column; /* 1 is A */
    const char *heading;
};

struct loader {
    struct records *records;
    struct problems *problems;
    const struct sheet *sheet; /* the one being read */
    const struct kind *kind;
    unsigned *field_columns; /* by field: its column, 1 is A; 0 if the sheet has none */
    const char **headings;   /* by field */
    LIST(struct extra) extras;
};

static struct place sheet_place(const struct sheet *sheet) {
    return (struct place){.file = sheet->file, .sheet = sheet->name};
}

static void unknown_sheet_report(struct problems *problems, const struct sheet *sheet) {
    const char **names = arena_alloc_array(problems->arena, kind_count, sizeof *names);
    for (size_t i = 0; i < kind_count; i++)
        names[i] = kinds[i]->sheet;
    const char *nearest = text_nearest(problems->arena, sheet->name, names, kind_count);
    if (nearest)
        problem_add(problems, sheet_place(sheet),
                    "There is no sheet of this name. Did you mean \"%s\"?", nearest);
    else
        problem_add(problems, sheet_place(sheet),
                    "There is no sheet of this name. If it is your own, let its name begin with "
                    "\"Notes\" and it will be passed over.");
}

/* What a person calls a column, in one line. */
static const char *heading_flatten(struct arena *arena, const char *heading) {
    return text_replace_char(arena, text_quote(arena, heading), '\n', ' ');
}

/* The field that a heading was most likely meant for, or -1. Not one that has its column already: a
 * slip stands in the place of what was meant, not beside it. */
static int field_meant(const struct loader *loader, const char *heading) {
    struct arena *arena = loader->problems->arena;
    size_t n = kind_field_count(loader->kind), missing = 0;
    const char **names = arena_alloc_array(arena, n, sizeof *names);
    for (size_t f = 0; f < n; f++)
        if (!loader->field_columns[f])
            names[missing++] = loader->headings[f];
    const char *nearest = text_nearest(arena, heading, names, missing);
    for (size_t f = 0; nearest && f < n; f++)
        if (loader->headings[f] == nearest)
            return (int)f;
    return -1;
}

/* A column that no field is called by: kept for the note, or refused. Gives the field that it was
 * most likely meant for, or -1. */
static int unknown_column_take(struct loader *loader, struct place place, const char *heading) {
    struct arena *arena = loader->problems->arena;
    int meant = field_meant(loader, heading);
    heading = heading_flatten(arena, heading);
    if (meant >= 0)
        problem_add(loader->problems, place,
                    "This sheet has no column \"%s\". Did you mean \"%s\"? If it is a column of "
                    "your own, give it a name that is less like that one.",
                    heading, loader->headings[meant]);
    else if (kind_field_index(loader->kind, "note") < 0)
        problem_add(loader->problems, place,
                    "This sheet has no column \"%s\". Put what it says onto a sheet whose name "
                    "begins with \"Notes\".",
                    heading);
    else
        list_add(arena, &loader->extras, (struct extra){place.column_number, heading});
    return meant;
}

static void extras_remark(struct loader *loader) {
    enum { NAMED_AT_MOST = 5 };
    struct arena *arena = loader->problems->arena;
    size_t n = loader->extras.n;
    if (!n)
        return;
    const char **names = arena_alloc_array(arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = arena_format(arena, "\"%s\"", loader->extras.items[i].heading);
    remark_add(loader->problems, sheet_place(loader->sheet),
               n == 1 ? "Ithaca has no column %s here. What it says is kept in the column Note."
                      : "Ithaca has no columns %s here. What they say is kept in the column Note.",
               text_enumerate(arena, names, n, NAMED_AT_MOST));
}

static int field_of_heading(const struct loader *loader, const char *heading) {
    for (int i = 0; loader->kind->fields[i].name; i++)
        if (text_same_name(heading, loader->kind->fields[i].name))
            return i;
    return -1;
}

static struct place heading_place(const struct loader *loader, const struct sheet_row *row,
                                  size_t column) {
    struct place place = sheet_place(loader->sheet);
    place.row = row->number;
    place.column = row->cells[column];
    place.column_number = (unsigned)column + 1;
    return place;
}

/* Gives each field its column; returns how many have one. */
static size_t fields_find(struct loader *loader, const struct sheet_row *row) {
    size_t found = 0;
    for (size_t c = 0; c < row->n; c++) {
        int field = row->cells[c] ? field_of_heading(loader, row->cells[c]) : -1;
        if (field < 0)
            continue;
        if (loader->field_columns[field])
            problem_add(loader->problems, heading_place(loader, row, c),
                        "The column \"%s\" is there twice. Keep one of them.", row->cells[c]);
        else
            loader->field_columns[field] = (unsigned)c + 1;
        found++;
    }
    return found;
}

/* A title, or the first record, stands where the headings belong. */
static void headings_missing_report(struct loader *loader, const struct sheet_row *row) {
    enum { NAMED_AT_MOST = 3 };
    struct place place = sheet_place(loader->sheet);
    place.row = row->number;
    problem_add(loader->problems, place,
                "The headings of this sheet must stand in its first row, with nothing above them: "
                "%s.",
                text_enumerate(loader->problems->arena, loader->headings,
                               kind_field_count(loader->kind), NAMED_AT_MOST));
}

/* Which column holds which field, from the heading row. */
static void columns_read(struct loader *loader, const struct sheet_row *row) {
    struct arena *arena = loader->problems->arena;
    size_t n = kind_field_count(loader->kind);
    loader->field_columns = arena_alloc_array(arena, n, sizeof(unsigned));
    loader->headings = arena_alloc_array(arena, n, sizeof *loader->headings);
    for (size_t f = 0; f < n; f++)
        loader->headings[f] = field_heading(arena, &loader->kind->fields[f]);
    if (fields_find(loader, row) == 0) {
        headings_missing_report(loader, row);
        return;
    }
    bool *meant = arena_alloc_array(arena, n, sizeof *meant);
    for (size_t c = 0; c < row->n; c++) {
        if (!row->cells[c] || field_of_heading(loader, row->cells[c]) >= 0)
            continue;
        int field = unknown_column_take(loader, heading_place(loader, row, c), row->cells[c]);
        if (field >= 0)
            meant[field] = true;
    }
    for (size_t f = 0; f < n; f++)
        if ((loader->kind->fields[f].flags & REQUIRED) && !loader->field_columns[f] && !meant[f])
            problem_add(loader->problems, sheet_place(loader->sheet),
                        "The column \"%s\" is missing from the first row. It is needed on this "
                        "sheet.",
                        loader->headings[f]);
}

static struct place cell_place(const struct loader *loader, unsigned row, size_t field) {
    struct place place = sheet_place(loader->sheet);
    place.row = row;
    place.column = loader->headings[field];
    place.column_number = loader->field_columns[field];
    return place;
}

static void cells_beyond_report(struct loader *loader, const struct sheet_row *row,
                                const struct sheet_row *headings) {
    for (size_t c = 0; c < row->n; c++) {
        if (!row->cells[c] || (c < headings->n && headings->cells[c]))
            continue;
        struct place place = sheet_place(loader->sheet);
        place.row = row->number;
        place.column = "without heading";
        place.column_number = (unsigned)c + 1;
        problem_add(
            loader->problems, place,
            "There is \"%.40s\" in a column without a heading. Give the column its heading, "
            "or put quotation marks round a value that holds a comma.",
            row->cells[c]);
    }
}

static void one_of_check(struct loader *loader, const struct record *record) {
    struct text names = {.arena = loader->problems->arena};
    for (size_t f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (!(field->flags & ONE_OF))
            continue;
        if (record->values[f])
            return;
        text_add_format(&names, "%s%s", names.length ? ", " : "",
                        field_heading(loader->problems->arena, field));
    }
    if (!names.length)
        return;
    struct place place = sheet_place(loader->sheet);
    place.row = record->row;
    problem_add(loader->problems, place,
                "This row names nobody. Fill in at least one of these columns: %s.", names.bytes);
}

/* The note of a row with what stands in the columns that Ithaca does not have. */
static void extras_keep(struct loader *loader, struct record *record, const struct sheet_row *row) {
    size_t note = (size_t)kind_field_index(record->kind, "note");
    struct text kept = {.arena = loader->records->arena};
    for (size_t i = 0; i < loader->extras.n; i++) {
        const struct extra *extra = &loader->extras.items[i];
        const char *cell = extra->column <= row->n ? row->cells[extra->column - 1] : NULL;
        if (!cell)
            continue;
        if (!kept.length && record->values[note])
            text_add(&kept, record->values[note]);
        text_add_format(&kept, "%s%s: %s", kept.length ? "; " : "", extra->heading, cell);
    }
    if (!kept.length)
        return;
    record->values[note] = kept.bytes;
    if (kept.length > CELL_MAX)
        problem_add(loader->problems, cell_place(loader, row->number, note),
                    "What your own columns say is kept in the column Note, and is too long for it "
                    "here: a cell can hold %d characters. Shorten it, or keep it in a document and "
                    "give the link.",
                    CELL_MAX);
}

static struct record *record_read(struct loader *loader, const struct sheet_row *row) {
    struct arena *arena = loader->records->arena;
    size_t n = kind_field_count(loader->kind);
    struct record *record = arena_alloc(arena, sizeof *record);
    *record = (struct record){
        .kind = loader->kind,
        .values = arena_alloc_array(arena, n, sizeof *record->values),
        .file = loader->sheet->file,
        .sheet = loader->sheet->name,
        .row = row->number,
        .columns = loader->field_columns,
        .serial = record_number_new(),
    };
    for (size_t f = 0; f < n; f++) {
        const struct field *field = &loader->kind->fields[f];
        unsigned column = loader->field_columns[f];
        const char *cell = column && column <= row->n ? row->cells[column - 1] : NULL;
        if (!cell && column && (field->flags & REQUIRED))
            problem_add(loader->problems, cell_place(loader, row->number, f),
                        "This cell is empty, and every row needs it. The hint on this column: "
                        "\"%s\"",
                        field->hint);
        if (cell)
            record->values[f] =
                value_check(loader->problems, cell_place(loader, row->number, f), field, cell);
        if (cell && field->type == FIELD_KEY)
            record->values[f] = cell; /* a wrong key still answers those who refer to it */
    }
    extras_keep(loader, record, row);
    one_of_check(loader, record);
    return record;
}

static void sheet_read(struct loader *loader) {
    const struct sheet *sheet = loader->sheet;
    size_t problems_before = loader->problems->list.n;
    struct record_list *all = &loader->records->of_kind[kind_index(loader->kind)];
    columns_read(loader, &sheet->rows.items[0]);
    if (loader->problems->list.n > problems_before) {
        all->unread = true; /* without its headings every row would be reported again */
        return;
    }
    extras_remark(loader);
    for (size_t r = 1; r < sheet->rows.n; r++) {
        cells_beyond_report(loader, &sheet->rows.items[r], &sheet->rows.items[0]);
        list_add(loader->records->arena, &all->list, record_read(loader, &sheet->rows.items[r]));
    }
}

void records_add(const struct sheets *sheets, struct records *out, struct problems *problems) {
    const struct sheet **sheet_of =
        arena_alloc_array(problems->arena, kind_count, sizeof *sheet_of);
    out->may_be_bare |= sheets->may_be_bare;
    for (size_t i = 0; i < sheets->list.n; i++) {
        const struct sheet *sheet = &sheets->list.items[i];
        const struct kind *kind = kind_of_sheet(sheet->name);
        if (kind)
            out->of_kind[kind_index(kind)].there = true;
        if (sheet->rows.n == 0 || sheet_is_private(problems->arena, sheet->name))
            continue;
        if (!kind) {
            unknown_sheet_report(problems, sheet);
        } else if (sheet_of[kind_index(kind)]) {
            problem_add(problems, sheet_place(sheet),
                        "The sheet %s is there twice (also as \"%s\"). Put their rows together.",
                        kind->sheet, sheet_of[kind_index(kind)]->name);
        } else {
            sheet_of[kind_index(kind)] = sheet;
            sheet_read(&(struct loader){
                .records = out, .problems = problems, .sheet = sheet, .kind = kind});
        }
    }
}

enum err records_finish(struct records *records, struct problems *problems) {
    records_check(records, problems);
    return problems->list.n ? ERR_INPUT : OK;
}

enum err records_read(const struct sheets *sheets, struct records *out, struct problems *problems) {
    struct origin origin;
    out->file = sheets->path;
    if (origin_find(sheets, &origin)) {
        struct origin *kept = arena_alloc(out->arena, sizeof *kept);
        *kept = origin;
        out->origin = kept;
    }
    records_add(sheets, out, problems);
    return records_finish(out, problems);
}
