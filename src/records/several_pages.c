/* Changing several records of a kind in one table: which of them and which fields, the table,
 * saving it whole, undoing it. What somebody else has written meanwhile is told cell by cell. */
#include "base/text.h"
#include "record/standing.h"
#include "records/form_pages.h"
#include "records/records_pages.h"
#include "store/correct_many.h"
#include "store/erase.h"
#include "templates.h"
#include "web/layout.h"
#include "web/route.h"
#include <stdlib.h>

page_handler several_choose_show, several_show, several_do, several_undo_do;

enum { COLUMNS_MOST = 6, OPTIONS_MOST = 6000 /* in all the cells of a column */ };

struct table_row {
    struct record *record;
    const char **was, **typed;     /* by column; NULL: nothing */
    const char **before, **theirs; /* by column: of a cell that somebody else has changed, too, what
                                    * the writer saw, and what it is now; `theirs` NULL: nobody */
    const char **errors;           /* by column */
    const char *error;             /* of no column */
    size_t sent; /* as which item it was saved, from 1; 0: nothing changes in it */
};

struct table {
    struct request *request;
    const struct kind *kind;
    struct around around;
    int columns[COLUMNS_MOST]; /* indexes of fields */
    size_t column_count;
    const char *every[COLUMNS_MOST]; /* what goes into every row; NULL: nothing */
    LIST(struct table_row) rows;
    bool is_refused;
    struct form_faults faults;
};

static const char *kind_url(const struct request *request, enum route_name route,
                            const struct kind *kind) {
    return url_to(request->arena, route, request->visitor.programme.key, kind->name);
}

/* ---- choosing ---- */

/* Several keys in one field are chosen from boxes, for which a cell has no room. */
static bool fits_a_cell(const struct field *field) {
    return field->type != FIELD_KEY && field->type != FIELD_REFS;
}

static void fields_offer(struct arena *arena, const struct kind *kind,
                         struct several_choose_view *view) {
    struct names left = {0};
    for (const struct field *field = kind->fields; field->name; field++)
        if (fits_a_cell(field))
            list_add(arena, &view->fields,
                     (struct several_box){field->name, field_title(arena, field), false});
        else if (field->type == FIELD_REFS)
            list_add(arena, &left.list, field_title(arena, field));
    if (left.list.n)
        view->left_out = text_enumerate(arena, left.list.items, left.list.n, left.list.n);
}

static const char *page_url(const struct request *request, const struct kind *kind, size_t from) {
    return arena_format(request->arena, "%s?from=%zu",
                        kind_url(request, ROUTE_several_choose, kind), from);
}

static struct several_box box_of(const struct request *request, const struct around *around,
                                 const struct record *record) {
    struct arena *arena = request->arena;
    const char *label = text_capital(arena, record_label(&around->records, record));
    const char *standing = record_standing(arena, record, request->today);
    return (struct several_box){
        record->id, *standing ? arena_format(arena, "%s (%s)", label, standing) : label, false};
}

static enum err choose_put(struct request *request, struct response *response,
                           const struct kind *kind, struct several_choose_view *view) {
    struct arena *arena = request->arena;
    const char *asked = request_query(request, "from");
    const size_t from = asked ? strtoul(asked, NULL, 10) % 1000000000 : 0;
    struct around around = around_new(request->db, arena, &request->visitor.programme);
    struct around_list all;
    struct text body = text_new(arena);
    enum err err = around_kind(&around, kind, from, LIST_MOST, &all);
    if (err)
        return err;
    for (size_t i = 0; i < all.list.n; i++)
        list_add(arena, &view->records, box_of(request, &around, all.list.items[i]));
    fields_offer(arena, kind, view);
    view->title = kind->sheet;
    view->back_url = kind_url(request, ROUTE_records_of, kind);
    view->url = kind_url(request, ROUTE_several, kind);
    if (from || all.more)
        view->which = arena_format(arena, "%zu to %zu", from + 1, from + all.list.n);
    if (from)
        view->before_url = page_url(request, kind, from > LIST_MOST ? from - LIST_MOST : 0);
    if (all.more)
        view->after_url = page_url(request, kind, from + LIST_MOST);
    template_several_choose(&body, view);
    layout_page(request, response, "Change several", &body);
    return OK;
}

enum err several_choose_show(struct request *request, struct response *response) {
    const struct kind *kind = kind_find(request->values[1]);
    struct several_choose_view view = {0};
    if (kind)
        return choose_put(request, response, kind, &view);
    record_gone(request, response);
    return OK;
}

/* ---- the table as it was asked for ---- */

static void column_add(struct table *table, const char *name) {
    const int field = kind_field_index(table->kind, name);
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c] == field)
            return;
    if (field >= 0 && fits_a_cell(&table->kind->fields[field])) {
        if (table->column_count < COLUMNS_MOST)
            table->columns[table->column_count] = field;
        table->column_count++; /* too many are told */
    }
}

/* Boxes send all theirs under one name; the table's form numbers them. */
static void columns_read(struct table *table, const struct parameters *sent) {
    for (size_t i = 0; i < sent->list.n; i++)
        if (text_equal(sent->list.items[i].name, "field[]") ||
            text_starts_with(sent->list.items[i].name, "field-"))
            column_add(table, sent->list.items[i].value);
}

static const char *cell_of(const struct table *table, const struct table_row *row, size_t column) {
    return row->record->values[table->columns[column]];
}

static struct table_row row_new(const struct table *table, struct record *record) {
    struct arena *arena = table->request->arena;
    struct table_row row = {.record = record};
    row.was = arena_alloc_array(arena, COLUMNS_MOST, sizeof *row.was);
    row.typed = arena_alloc_array(arena, COLUMNS_MOST, sizeof *row.typed);
    row.before = arena_alloc_array(arena, COLUMNS_MOST, sizeof *row.before);
    row.theirs = arena_alloc_array(arena, COLUMNS_MOST, sizeof *row.theirs);
    row.errors = arena_alloc_array(arena, COLUMNS_MOST, sizeof *row.errors);
    for (size_t c = 0; c < table->column_count; c++)
        row.was[c] = row.typed[c] = cell_of(table, &row, c);
    return row;
}

/* One that was taken out meanwhile is left out of a table that is opened. */
static enum err row_open(struct table *table, const char *key) {
    struct around_found found;
    enum err err = around_record(&table->around, table->kind, key, &found);
    if (!err && found.record && table->rows.n < LIST_MOST)
        list_add(table->request->arena, &table->rows, row_new(table, found.record));
    return err;
}

static enum err rows_open(struct table *table, const char *name) {
    const struct parameters *sent = &table->request->query;
    enum err err = OK;
    for (size_t i = 0; !err && i < sent->list.n; i++)
        if (text_equal(sent->list.items[i].name, name))
            err = row_open(table, sent->list.items[i].value);
    return err;
}

/* ---- the page ---- */

static const char *cell_name(struct arena *arena, const char *what, size_t row, const char *field) {
    return arena_format(arena, "%s-%zu-%s", what, row, field);
}

static enum err column_view(struct table *table, size_t column, struct several_view *view) {
    struct arena *arena = table->request->arena;
    const struct field *field = &table->kind->fields[table->columns[column]];
    struct form_field out;
    enum err err = form_field_of(&table->around, field, NULL, &out);
    if (out.shape == FORM_SELECT && out.options.n * table->rows.n > OPTIONS_MOST)
        out.shape = FORM_LINE; /* then the key is written */
    out.name = field->name;
    out.value = table->every[column];
    list_add(arena, &view->columns, out);
    return err;
}

static bool is_option(const struct form_field *column, const char *value) {
    bool found = !value || column->shape != FORM_SELECT;
    for (size_t i = 0; i < column->options.n && !found; i++)
        found = text_equal(column->options.items[i].value, value);
    return found;
}

static const char *or_nothing(const char *value) {
    return value ? value : "nothing";
}

static void row_view(struct table *table, size_t number, struct several_view *view) {
    struct arena *arena = table->request->arena;
    const struct table_row *row = &table->rows.items[number];
    struct several_row out = {
        .title = text_capital(arena, record_label(&table->around.records, row->record)),
        .key = row->record->id,
        .key_name = arena_format(arena, "k-%zu", number),
        .error = row->error};
    if (row->error)
        form_fault_add(arena, &view->faults, out.key_name,
                       arena_format(arena, "%s: %s", out.title, row->error));
    for (size_t c = 0; c < table->column_count; c++) {
        const struct form_field *column = &view->columns.items[c];
        struct several_cell cell = {
            .name = cell_name(arena, "c", number, column->name),
            .was_name = cell_name(arena, "w", number, column->name),
            .value = row->typed[c],
            .was = row->was[c],
            .label = arena_format(arena, "%s of: %s", column->label, out.title),
            .error = row->errors[c],
            .before = or_nothing(row->before[c]),
            .theirs = row->theirs[c],
            .is_area = column->shape == FORM_AREA || (row->typed[c] && strchr(row->typed[c], '\n')),
            .is_there = is_option(column, row->typed[c])};
        if (cell.error)
            form_fault_add(arena, &view->faults, cell.name,
                           arena_format(arena, "%s: %s", cell.label, cell.error));
        list_add(arena, &out.cells, cell);
    }
    list_add(arena, &view->rows, out);
}

static enum err table_put(struct table *table, struct response *response) {
    struct request *request = table->request;
    struct arena *arena = request->arena;
    char *token = arena_alloc(arena, TOKEN_SIZE);
    struct text body = text_new(arena);
    enum err err = OK;
    token_new(token);
    struct several_view view = {
        .title = table->kind->sheet,
        .back_url = kind_url(request, ROUTE_several_choose, table->kind),
        .url = kind_url(request, ROUTE_several_save, table->kind),
        .form_token = layout_form_token(request),
        .token = token,
        .base = arena_format(arena, "%lld", (long long)request->visitor.programme.revision),
        .reason = request_field(request, "reason"),
        .faults = table->faults};
    for (size_t c = 0; !err && c < table->column_count; c++)
        err = column_view(table, c, &view);
    for (size_t r = 0; !err && r < table->rows.n; r++)
        row_view(table, r, &view);
    template_several(&body, &view);
    layout_page(request, response, "Change several", &body);
    if (table->is_refused)
        response->status = STATUS_BAD_REQUEST;
    return err;
}

static bool table_begin(struct request *request, struct response *response, struct table *out) {
    *out = (struct table){.request = request,
                          .kind = kind_find(request->values[1]),
                          .around =
                              around_new(request->db, request->arena, &request->visitor.programme)};
    if (!out->kind)
        record_gone(request, response);
    return out->kind;
}

enum err several_show(struct request *request, struct response *response) {
    struct table table;
    if (!table_begin(request, response, &table))
        return OK;
    if (!request->query.list.n)
        return choose_put(request, response, table.kind, &(struct several_choose_view){0});
    columns_read(&table, &request->query);
    const bool is_fitting = table.column_count && table.column_count <= COLUMNS_MOST;
    enum err err = is_fitting ? rows_open(&table, "record[]") : OK;
    if (!err && is_fitting && !table.rows.n)
        err = rows_open(&table, "all[]");
    if (err || table.rows.n)
        return err ? err : table_put(&table, response);
    struct several_choose_view view = {
        .fields_error = table.column_count > COLUMNS_MOST ? "Choose six at most."
                        : table.column_count              ? NULL
                                                          : "Choose what you want to change.",
        .records_error = is_fitting ? "There is nothing to change here (any more)." : NULL};
    err = choose_put(request, response, table.kind, &view);
    response->status = STATUS_BAD_REQUEST;
    return err;
}

/* ---- saving ---- */

static bool same(const char *a, const char *b) {
    return a && b ? text_equal(a, b) : a == b;
}

/* What stands in a cell: that of the first row, if something was written there. Where both the
 * writer and somebody else have changed it, that is told; what only they changed stays theirs. */
static void cell_read(struct table *table, struct table_row *row, size_t number, size_t column) {
    struct arena *arena = table->request->arena;
    const char *field = table->kind->fields[table->columns[column]].name;
    const char *now = cell_of(table, row, column);
    const char *was =
        text_typed(arena, request_field(table->request, cell_name(arena, "w", number, field)));
    const char *typed =
        text_typed(arena, request_field(table->request, cell_name(arena, "c", number, field)));
    if (table->every[column])
        typed = table->every[column];
    row->was[column] = now; /* as it is told from now on */
    row->typed[column] = same(typed, was) ? now : typed;
    if (same(was, now) || same(typed, was) || same(typed, now))
        return;
    table->is_refused = true;
    row->before[column] = was;
    row->theirs[column] = or_nothing(now);
    row->errors[column] = "Somebody else has changed this, too. What stands here is yours";
}

static enum err row_read(struct table *table, size_t number, const char *key) {
    struct around_found found;
    enum err err = around_record(&table->around, table->kind, key, &found);
    if (err)
        return err;
    if (!found.record) {
        table->is_refused = true;
        form_fault_add(table->request->arena, &table->faults, NULL,
                       arena_format(table->request->arena,
                                    "Somebody has taken “%s” out since you opened the table. It is "
                                    "not in it any more.",
                                    text_quote(table->request->arena, key)));
        return OK;
    }
    struct table_row row = row_new(table, found.record);
    for (size_t c = 0; c < table->column_count; c++)
        cell_read(table, &row, number, c);
    list_add(table->request->arena, &table->rows, row);
    return OK;
}

static enum err table_read(struct table *table) {
    const struct request *request = table->request;
    struct arena *arena = request->arena;
    const char *key;
    enum err err = OK;
    columns_read(table, &request->form);
    if (table->column_count > COLUMNS_MOST)
        table->column_count = COLUMNS_MOST;
    for (size_t c = 0; c < table->column_count; c++)
        table->every[c] = request_filled(
            request, arena_format(arena, "every-%s", table->kind->fields[table->columns[c]].name));
    for (size_t n = 0;
         !err && n < LIST_MOST && (key = request_filled(request, arena_format(arena, "k-%zu", n)));
         n++)
        err = row_read(table, n, key);
    return err;
}

/* The records in which something changes, as they are to be. */
static size_t changes_make(struct table *table, struct also_correct *out) {
    const size_t fields = kind_field_count(table->kind);
    size_t n = 0;
    for (size_t r = 0; r < table->rows.n; r++) {
        struct table_row *row = &table->rows.items[r];
        const char **cells = arena_alloc_array(table->request->arena, fields, sizeof *cells);
        bool is_changed = false;
        memcpy(cells, row->record->values, fields * sizeof *cells);
        for (size_t c = 0; c < table->column_count; c++) {
            is_changed = is_changed || !same(row->typed[c], cell_of(table, row, c));
            cells[table->columns[c]] = row->typed[c];
        }
        if (!is_changed)
            continue;
        out[n++] = (struct also_correct){table->kind, row->record->id, cells};
        row->sent = n;
    }
    return n;
}

static void problem_take(struct table *table, const struct correct_problem *problem) {
    struct arena *arena = table->request->arena;
    for (size_t r = 0; r < table->rows.n; r++) {
        struct table_row *row = &table->rows.items[r];
        if (row->sent != problem->item + 1 || problem->kind)
            continue;
        for (size_t c = 0; c < table->column_count; c++)
            if (table->columns[c] == problem->field && !row->errors[c]) {
                row->errors[c] = problem->words;
                return;
            }
        row->error = problem->words;
        return;
    }
    form_fault_add(arena, &table->faults, NULL,
                   problem->label ? arena_format(arena, "%s: %s", problem->label, problem->words)
                                  : problem->words);
}

/* What an erasing took out may still stand in a form that was opened before it. */
static enum err is_too_old(struct table *table, bool *out) {
    const char *base = request_field(table->request, "base");
    int64_t erased = 0;
    enum err err = erase_latest(table->request->db, table->request->visitor.programme.id, &erased);
    *out = !base || strtoll(base, NULL, 10) < erased;
    return err;
}

static void saved_answer(const struct table *table, struct response *response,
                         const struct corrected *saved, size_t n) {
    struct arena *arena = table->request->arena;
    const char *url = kind_url(table->request, ROUTE_records_of, table->kind);
    response_see_other(
        response, saved->as == CORRECT_KNOWN
                      ? arena_format(arena, "%s?saved=1", url)
                      : arena_format(arena, "%s?several=%zu&revision=%lld", url, n,
                                     saved->as == CORRECT_SAVED ? (long long)saved->revision : 0));
}

static enum err table_save(struct table *table, struct response *response) {
    struct request *request = table->request;
    struct also_correct changes[LIST_MOST];
    struct corrected corrected = {.as = CORRECT_SAME};
    const size_t n = changes_make(table, changes);
    enum err err = OK;
    if (n) {
        const struct correction correction = {.programme = &request->visitor.programme,
                                              .kind = table->kind,
                                              .key = changes[0].key,
                                              .cells = changes[0].cells,
                                              .base = request->visitor.programme.revision,
                                              .author = request->visitor.name,
                                              .reason = request_filled(request, "reason"),
                                              .token = request_filled(request, "token"),
                                              .also = changes + 1,
                                              .also_count = n - 1};
        err = correct_record(request->db, request->arena, &correction, &corrected);
    }
    if (err)
        return err;
    if (corrected.as == CORRECT_SAVED || corrected.as == CORRECT_SAME ||
        corrected.as == CORRECT_KNOWN) {
        saved_answer(table, response, &corrected, n);
        return OK;
    }
    table->is_refused = true;
    for (size_t i = 0; i < corrected.problems.n; i++)
        problem_take(table, &corrected.problems.items[i]);
    if (!corrected.problems.n)
        form_fault_add(request->arena, &table->faults, NULL,
                       "Somebody else saved at the same moment. Look through the table, and save "
                       "again.");
    return table_put(table, response);
}

enum err several_do(struct request *request, struct response *response) {
    struct table table;
    bool is_known = false, is_old = false;
    const char *token = request_filled(request, "token");
    if (!table_begin(request, response, &table))
        return OK;
    enum err err =
        token ? correct_is_known(request->db, &request->visitor.programme, token, &is_known) : OK;
    if (!err && !is_known)
        err = is_too_old(&table, &is_old);
    if (!err && is_old)
        layout_message(request, response, STATUS_CONFLICT, "Please open the table again",
                       "What you had before you is too old to be saved: something was erased "
                       "since, and the table may still hold it. Nothing was changed.");
    if (!err && is_known)
        saved_answer(&table, response, &(struct corrected){.as = CORRECT_KNOWN}, 0);
    if (err || is_known || is_old)
        return err;
    err = table_read(&table);
    if (err)
        return err;
    return table.is_refused ? table_put(&table, response) : table_save(&table, response);
}

/* ---- undoing ---- */

enum err several_undo_do(struct request *request, struct response *response) {
    const struct kind *kind = kind_find(request->values[1]);
    const char *revision = request_filled(request, "revision");
    struct corrected_many many;
    if (!kind) {
        record_gone(request, response);
        return OK;
    }
    if (!revision) {
        response_see_other(response, kind_url(request, ROUTE_records_of, kind));
        return OK;
    }
    const struct undoing undoing = {.programme = &request->visitor.programme,
                                    .revision = strtoll(revision, NULL, 10),
                                    .author = request->visitor.name,
                                    .reason = "Several changes undone",
                                    .token =
                                        arena_format(request->arena, "several-undo-%s", revision)};
    enum err err = correct_undo(request->db, request->arena, &undoing, &many);
    if (!err && many.problems.n)
        layout_message_with(
            request, response, STATUS_CONFLICT, "It was not undone", many.problems.items[0],
            (struct layout_link){"To the records", kind_url(request, ROUTE_records_of, kind)});
    else if (!err)
        response_see_other(response, arena_format(request->arena, "%s?undone=1",
                                                  kind_url(request, ROUTE_records_of, kind)));
    return err;
}
