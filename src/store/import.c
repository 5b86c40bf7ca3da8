#include "store/import.h"
#include "base/text.h"
#include "record/check.h"

enum { SCRATCH_MEMORY = 1 << 30 }; /* bytes */

struct importing {
    struct arena *arena;
    const struct sheets *brought;
    const char *key;       /* of the programme */
    struct origin origin;  /* programme NULL: it has none */
    struct sheets sheets;  /* brought, and for the kinds that are not, what there is */
    struct sheets stay;    /* of the kinds that are: the rows that are not, and stay */
    struct records *known; /* what is brought, by its ids; NULL: no row stays */
    bool *kinds;           /* by kind: brought */
    bool remove;           /* it was wished that rows which are not brought go */
    bool named;            /* it was said which programme is meant */
    bool exactly;          /* as in struct import_wish */
    size_t kept;           /* how many rows stay */
    int64_t seen;          /* the newest revision when the rest was read; 0 if there was none */
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

/* A cell in the one row of the sheet Programme; NULL if it cannot be found: the checks tell why. */
static const char *programme_cell(const struct importing *importing, const char *field) {
    const struct kind *programme = kind_find("programme");
    struct records records = records_new(importing->arena);
    struct problems problems = problems_new(importing->arena);
    struct sheets one = {.path = importing->brought->path};
    for (size_t i = 0; i < importing->brought->list.n; i++)
        if (kind_of_sheet(importing->brought->list.items[i].name) == programme)
            list_add(importing->arena, &one.list, importing->brought->list.items[i]);
    records_add(&one, &records, &problems);
    const struct record_list *rows = records_of(&records, programme);
    return rows->list.n ? record_value(rows->list.items[0], field) : NULL;
}

/* A workbook may be a copy of something else than what is here now: of an older revision, which is
 * good to know, or of another database, which makes its revision mean nothing. */
static enum err origin_match(struct db *db, struct importing *importing,
                             const struct programme *programme) {
    struct imported *out = importing->out;
    struct db_rows rows;
    if (!importing->origin.programme || importing->exactly)
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

/* Two programmes that happen to have one key would become one. */
static enum err meant_check(struct db *db, const struct importing *importing,
                            const struct programme *programme) {
    const char *name = programme_cell(importing, "name");
    struct place place = {.file = importing->brought->path, .sheet = "Programme"};
    if (importing->named || importing->out->base)
        return OK;
    if (!programme->id && importing->origin.programme)
        problem_add(db_problems(db), (struct place){.file = importing->brought->path},
                    "This workbook is a copy of \"%s\", and there is no such programme in %s. Is "
                    "that the right database? To begin one there with this workbook, say "
                    "--programme %s.",
                    importing->origin.programme, db_name(db), importing->key);
    else if (programme->id && name && !text_equal(name, programme->name))
        problem_add(db_problems(db), place,
                    "There is a programme \"%s\" in the database already, called \"%s\", and this "
                    "workbook calls it \"%s\". If it is the same, say --programme %s. If it is "
                    "another, give it another Key.",
                    importing->key, programme->name, name, importing->key);
    else
        return OK;
    return ERR_INPUT;
}

/* Of the kinds that are not brought, everything; of the others the rows that stay. */
static bool is_wanted(void *context, const struct kind *kind, const char *id) {
    const struct importing *importing = context;
    if (!importing->kinds[kind_index(kind)])
        return true;
    return importing->known && !records_find(importing->known, kind, id);
}

/* What is there besides what is brought: others may refer to it. */
static enum err rest_read(struct db *db, struct importing *importing,
                          const struct programme *programme) {
    const struct row_choice choice = {is_wanted, importing};
    struct sheets rest = {0};
    enum err err = programme_sheets_chosen(db, importing->arena, programme, &choice, &rest);
    for (size_t i = 0; !err && i < kind_count; i++) {
        struct sheet *sheet = &rest.list.items[i];
        if (!importing->kinds[i])
            list_add(importing->arena, &importing->sheets.list, *sheet);
        else if (sheet->rows.n > 1) {
            importing->kept += sheet->rows.n - 1;
            list_add(importing->arena, &importing->stay.list, *sheet);
        }
    }
    importing->stay.path = rest.path;
    return err;
}

/* The ids of what is brought: those of a sheet follow from that sheet alone. What is wrong with it
 * is told later. */
static enum err rest_read_knowing(struct db *db, struct importing *importing,
                                  const struct programme *programme) {
    struct arena *scratch = arena_new(SCRATCH_MEMORY);
    struct problems told_later = problems_new(scratch);
    struct records brought = records_new(scratch);
    records_add(&importing->sheets, &brought, &told_later);
    records_check(&brought, &told_later);
    importing->known = &brought;
    enum err err = rest_read(db, importing, programme);
    importing->known = NULL;
    arena_free(scratch);
    return err;
}

static enum err others_read(struct db *db, void *context) {
    struct importing *importing = context;
    struct programme programme;
    kinds_find(importing);
    importing->stay = (struct sheets){0};
    importing->kept = 0;
    importing->seen = 0;
    importing->out->base = 0;
    importing->out->stranger = NULL;
    enum err err = programme_look(db, importing->arena, importing->key, &programme);
    if (!err && programme.id)
        err = origin_match(db, importing, &programme);
    if (!err)
        err = meant_check(db, importing, &programme);
    if (err || !programme.id)
        return err;
    importing->seen = programme.revision;
    bool rows_stay = !importing->remove && !importing->out->base;
    return rows_stay ? rest_read_knowing(db, importing, &programme)
                     : rest_read(db, importing, &programme);
}

static enum err everything_read(struct db *db, struct importing *importing) {
    struct records *records = &importing->out->records;
    records->file = importing->sheets.path;
    records_add(&importing->sheets, records, db_problems(db));
    records_add(&importing->stay, records, db_problems(db));
    return records_finish(records, db_problems(db));
}

static enum err key_refuse(struct db *db, const struct sheets *sheets) {
    problem_add(db_problems(db), (struct place){.file = sheets->path},
                "This workbook does not say which programme it is of. Fill in the Key on the sheet "
                "Programme, or say it with --programme.");
    return ERR_INPUT;
}

enum err import_sheets(struct db *db, struct arena *arena, const struct sheets *sheets,
                       const struct import_wish *wish, struct imported *out) {
    struct importing importing = {
        .arena = arena,
        .brought = sheets,
        .remove = wish->remove || wish->exactly,
        .exactly = wish->exactly,
        .named = wish->programme || wish->exactly,
        .out = out,
    };
    *out = (struct imported){.records = records_new(arena)};
    out->is_copy = origin_find(sheets, &importing.origin);
    if (!out->is_copy)
        importing.origin = (struct origin){0};
    importing.key = wish->programme ? wish->programme : programme_cell(&importing, "key");
    if (!importing.key)
        importing.key = importing.origin.programme;
    if (!importing.key)
        return key_refuse(db, sheets);
    enum err err = db_read(db, others_read, &importing);
    if (!err)
        err = everything_read(db, &importing);
    if (err)
        return err;
    struct draft draft = {
        .programme = importing.key,
        .records = &out->records,
        .kinds = importing.kinds,
        .base = out->base ? out->base : importing.seen,
        .may_remove = importing.remove || out->base,
        .conflicts = wish->conflicts,
        .only_look = wish->only_look,
        .author = wish->author,
        .reason = wish->reason,
        .token = wish->token,
        .progress = wish->progress,
    };
    err = commit_draft(db, arena, &draft, &out->commit);
    out->commit.kept += importing.kept;
    return err;
}
