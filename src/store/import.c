#include "store/import.h"
#include "base/text.h"

struct importing {
    struct arena *arena;
    const struct sheets *brought;
    const char *key;      /* of the programme */
    struct origin origin; /* programme NULL: it has none */
    struct sheets sheets; /* brought, and for the kinds that are not, what there is */
    bool *kinds;          /* by kind: brought */
    struct imported *out;
};

static void kinds_find(struct importing *importing) {
    importing->kinds = arena_alloc_array(importing->arena, kind_count, sizeof(bool));
    importing->sheets = (struct sheets){.path = importing->brought->path};
    for (size_t i = 0; i < importing->brought->list.n; i++) {
        const struct sheet *sheet = &importing->brought->list.items[i];
        const struct kind *kind = kind_of_sheet(sheet->name);
        list_add(importing->arena, &importing->sheets.list, *sheet);
        if (kind && sheet->rows.n && !sheet_is_private(importing->arena, sheet->name))
            importing->kinds[kind_index(kind)] = true;
    }
}

/* The key in the one row of the sheet Programme; NULL if it cannot be found: the checks tell why.
 */
static const char *key_on_sheet(const struct importing *importing) {
    const struct kind *programme = kind_find("programme");
    struct records records = records_new(importing->arena);
    struct problems problems = problems_new(importing->arena);
    struct sheets one = {.path = importing->brought->path};
    for (size_t i = 0; i < importing->brought->list.n; i++)
        if (kind_of_sheet(importing->brought->list.items[i].name) == programme)
            list_add(importing->arena, &one.list, importing->brought->list.items[i]);
    records_add(&one, &records, &problems);
    const struct record_list *rows = records_of(&records, programme);
    return rows->list.n ? record_value(rows->list.items[0], "key") : NULL;
}

/* A workbook may be a copy of something else than what is here now: of an older revision, which is
 * good to know, or of another database, which makes its revision mean nothing. */
static enum err origin_match(struct db *db, struct importing *importing,
                             const struct programme *programme) {
    struct imported *out = importing->out;
    struct db_rows rows;
    if (!importing->origin.programme)
        return OK;
    enum err err = db_query(
        db, SQL_revision_by_number,
        DB_VALUES(db_integer(programme->id), db_integer(importing->origin.revision)), &rows);
    if (err)
        return err;
    bool ours = db_next(&rows) && text_equal(db_row_text(&rows, 6), importing->origin.link);
    out->base = ours ? importing->origin.revision : 0;
    out->stranger = ours ? NULL : importing->origin.programme;
    return db_rows_end(&rows, OK);
}

static enum err others_read(struct db *db, void *context) {
    struct importing *importing = context;
    struct programme programme;
    struct sheets there = {0};
    kinds_find(importing);
    importing->out->base = 0;
    importing->out->stranger = NULL;
    enum err err = programme_look(db, importing->arena, importing->key, &programme);
    if (!err && programme.id)
        err = origin_match(db, importing, &programme);
    if (!err && programme.id)
        err = programme_sheets_without(db, importing->arena, &programme, importing->kinds, &there);
    if (err)
        return err;
    for (size_t i = 0; i < there.list.n; i++)
        if (!importing->kinds[i])
            list_add(importing->arena, &importing->sheets.list, there.list.items[i]);
    return OK;
}

static enum err key_refuse(struct db *db, const struct sheets *sheets) {
    problem_add(db_problems(db), (struct place){.file = sheets->path},
                "This workbook does not say which programme it is of. Fill in the Key on the sheet "
                "Programme, or say it with --programme.");
    return ERR_INPUT;
}

enum err import_sheets(struct db *db, struct arena *arena, const struct sheets *sheets,
                       const struct import_wish *wish, struct imported *out) {
    struct importing importing = {.arena = arena, .brought = sheets, .out = out};
    *out = (struct imported){.records = records_new(arena)};
    if (!origin_find(sheets, &importing.origin))
        importing.origin = (struct origin){0};
    importing.key = wish->programme ? wish->programme : key_on_sheet(&importing);
    if (!importing.key)
        importing.key = importing.origin.programme;
    if (!importing.key)
        return key_refuse(db, sheets);
    enum err err = db_read(db, others_read, &importing);
    if (!err)
        err = records_read(&importing.sheets, &out->records, db_problems(db));
    if (err)
        return err;
    struct draft draft = {
        .programme = importing.key,
        .records = &out->records,
        .kinds = importing.kinds,
        .base = out->base,
        .may_remove = wish->remove || out->base,
        .conflicts = wish->conflicts,
        .only_look = wish->only_look,
        .author = wish->author,
        .reason = wish->reason,
        .token = wish->token,
        .progress = wish->progress,
    };
    return commit_draft(db, arena, &draft, &out->commit);
}
