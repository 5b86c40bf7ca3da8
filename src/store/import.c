#include "store/import.h"
#include "base/text.h"
#include "record/check.h"

enum { ROOM_FOR_IDS = 1 << 30 }; /* bytes */

struct importing {
    struct arena *arena;
    const struct sheets *brought;
    const char *key;      /* of the programme */
    struct origin origin; /* programme NULL: it has none */
    struct sheets sheets; /* brought, and for the kinds that are not, what there is */
    struct sheets there; /* the programme as it is; of the kinds brought only where rows may stay */
    bool *kinds;         /* by kind: brought */
    bool remove;         /* it was wished that rows which are not brought go */
    bool named;          /* it was said which programme is meant */
    bool exactly;        /* as in struct import_wish */
    bool rows_stay;      /* rows that are not brought stay */
    int64_t seen;        /* the newest revision when the rest was read; 0 if there was none */
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

static enum err others_read(struct db *db, void *context) {
    struct importing *importing = context;
    struct programme programme;
    kinds_find(importing);
    importing->there = (struct sheets){0};
    importing->rows_stay = false;
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
    importing->rows_stay = !importing->remove && !importing->out->base;
    err = importing->rows_stay
              ? programme_sheets(db, importing->arena, &programme, 0, &importing->there)
              : programme_sheets_without(db, importing->arena, &programme, importing->kinds,
                                         &importing->there);
    if (err)
        return err;
    for (size_t i = 0; i < kind_count; i++)
        if (!importing->kinds[i])
            list_add(importing->arena, &importing->sheets.list, importing->there.list.items[i]);
    return OK;
}

/* The rows of brought sheets that are only in the store, and stay there: others may refer to them.
 * Which they are can be told once the brought ones have their ids. */
static size_t rows_that_stay(const struct importing *importing, struct sheets *out) {
    struct arena *arena = importing->arena, *scratch = arena_new(ROOM_FOR_IDS);
    struct problems told_later = problems_new(scratch);
    struct records brought = records_new(scratch), there = records_new(scratch);
    records_add(&importing->sheets, &brought, &told_later);
    records_check(&brought, &told_later);
    records_add(&importing->there, &there, &told_later);
    records_check(&there, &told_later);
    size_t n = 0;
    for (size_t k = 0; k < kind_count; k++) {
        const struct record_list *all = records_of(&there, kinds[k]);
        const struct sheet *sheet = &importing->there.list.items[k];
        struct sheet stays = {.file = sheet->file, .name = sheet->name};
        list_add(arena, &stays.rows, sheet->rows.items[0]);
        for (size_t r = 0; importing->kinds[k] && r < all->list.n; r++)
            if (!records_find(&brought, kinds[k], all->list.items[r]->id))
                list_add(arena, &stays.rows, sheet->rows.items[r + 1]);
        n += stays.rows.n - 1;
        if (stays.rows.n > 1)
            list_add(arena, &out->list, stays);
    }
    arena_free(scratch);
    return n;
}

static enum err everything_read(struct db *db, struct importing *importing, size_t *kept) {
    struct records *records = &importing->out->records;
    records->file = importing->sheets.path;
    records_add(&importing->sheets, records, db_problems(db));
    *kept = 0;
    if (importing->rows_stay) {
        struct sheets stay = {.path = importing->there.path};
        *kept = rows_that_stay(importing, &stay);
        records_add(&stay, records, db_problems(db));
    }
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
    size_t kept = 0;
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
        err = everything_read(db, &importing, &kept);
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
    out->commit.kept += kept;
    return err;
}
