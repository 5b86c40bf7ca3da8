#include "store/programme.h"
#include "base/date.h"
#include "base/text.h"
#include "store/stored.h"
#include <stdlib.h>

struct programme programme_of_row(struct arena *arena, const struct db_rows *rows) {
    return (struct programme){
        .id = db_row_integer(rows, 0),
        .key = arena_copy(arena, db_row_text(rows, 1)),
        .name = arena_copy(arena, db_row_text(rows, 2)),
        .revision = db_row_integer(rows, 3),
        .link = arena_copy(arena, db_row_text(rows, 4)),
    };
}

static int programme_compare(const void *a, const void *b) {
    const struct programme *left = a, *right = b;
    return strcmp(left->key, right->key);
}

enum err programmes_list(struct db *db, struct arena *arena, struct programmes *out) {
    struct db_rows rows;
    *out = (struct programmes){0};
    enum err err = db_query(db, SQL_programme_list, DB_NO_VALUES, &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->list, programme_of_row(arena, &rows));
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, programme_compare);
    return db_rows_end(&rows, OK);
}

enum err programme_look(struct db *db, struct arena *arena, const char *key,
                        struct programme *out) {
    struct db_rows rows;
    *out = (struct programme){0};
    enum err err = db_query(db, SQL_programme_by_key, DB_VALUES(db_text(key)), &rows);
    if (err)
        return err;
    if (db_next(&rows))
        *out = programme_of_row(arena, &rows);
    return db_rows_end(&rows, OK);
}

static enum err missing_report(struct db *db, struct arena *arena, const struct programmes *all,
                               const char *key, bool or_all) {
    struct place place = {.file = db_name(db)};
    const char **keys = arena_alloc_array(arena, all->list.n + 1, sizeof *keys);
    for (size_t i = 0; i < all->list.n; i++)
        keys[i] = all->list.items[i].key;
    const char *nearest = key ? text_nearest(arena, key, keys, all->list.n) : NULL;
    if (!all->list.n)
        problem_add(db_problems(db), place,
                    "There is no programme in it yet. `ithaca import` brings one in.");
    else if (nearest)
        problem_add(db_problems(db), place, "There is no programme \"%s\". Did you mean \"%s\"?",
                    text_quote(arena, key), nearest);
    else if (key)
        problem_add(db_problems(db), place, "There is no programme \"%s\". There are: %s.",
                    text_quote(arena, key), text_enumerate(arena, keys, all->list.n, 20));
    else
        problem_add(db_problems(db), place,
                    "There are several programmes in it. Say which with --programme%s: %s.",
                    or_all ? ", or --all for all of them" : "",
                    text_enumerate(arena, keys, all->list.n, 20));
    return ERR_INPUT;
}

enum err programme_choose(struct db *db, struct arena *arena, const char *key, bool or_all,
                          struct programme *out) {
    struct programmes all;
    enum err err = key ? programme_look(db, arena, key, out) : OK;
    if (err || (key && out->id))
        return err;
    err = programmes_list(db, arena, &all);
    if (err)
        return err;
    if (key || all.list.n != 1)
        return missing_report(db, arena, &all, key, or_all);
    *out = all.list.items[0];
    return OK;
}

enum err programme_find(struct db *db, struct arena *arena, const char *key,
                        struct programme *out) {
    return programme_choose(db, arena, key, false, out);
}

static enum err damage_report(struct db *db, const struct programme *programme, int64_t id) {
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "Record %lld of the programme \"%s\" cannot be read: the database was damaged or "
                "changed by another program. `ithaca audit verify` tells more; restore a backup.",
                (long long)id, programme->key);
    return ERR_IO;
}

/* One row; `number` is its place on its sheet, if all were there. */
static enum err row_take(struct arena *arena, const struct db_rows *rows, const struct kind *kind,
                         unsigned number, struct sheet *sheet) {
    enum err err = stored_sheet_add(arena, sheet, kind, db_row_text(rows, 5));
    if (!err)
        sheet->rows.items[sheet->rows.n - 1].number = number;
    return err;
}

static enum err sheets_read(struct db *db, struct arena *arena, const struct programme *programme,
                            int64_t revision, const struct row_choice *choice, struct sheets *out) {
    struct db_rows rows;
    struct sheet *sheets = arena_alloc_array(arena, kind_count, sizeof *sheets);
    unsigned *numbers = arena_alloc_array(arena, kind_count, sizeof *numbers);
    const char *file = arena_format(arena, "%s, programme %s", db_name(db), programme->key);
    for (size_t i = 0; i < kind_count; i++)
        sheets[i] = stored_sheet(arena, kinds[i], file);
    enum err err = revision
                       ? db_query(db, SQL_record_at,
                                  DB_VALUES(db_integer(programme->id), db_integer(revision)), &rows)
                       : db_query(db, SQL_record_now, DB_VALUES(db_integer(programme->id)), &rows);
    if (err)
        return err;
    while (!err && db_next(&rows)) {
        const struct kind *kind = kind_find(db_row_text(&rows, 2));
        size_t k = kind ? kind_index(kind) : 0;
        unsigned number = ++numbers[k] + 1; /* below the headings */
        if (kind && choice && !choice->wanted(choice->context, kind, db_row_text(&rows, 3)))
            continue;
        if (!kind || row_take(arena, &rows, kind, number, &sheets[k]) != OK)
            err = damage_report(db, programme, db_row_integer(&rows, 0));
    }
    *out = (struct sheets){.path = file, .may_be_bare = true};
    for (size_t i = 0; i < kind_count; i++)
        list_add(arena, &out->list, sheets[i]);
    return db_rows_end(&rows, err);
}

enum err programme_sheets(struct db *db, struct arena *arena, const struct programme *programme,
                          int64_t revision, struct sheets *out) {
    return sheets_read(db, arena, programme, revision, NULL, out);
}

enum err programme_sheets_chosen(struct db *db, struct arena *arena,
                                 const struct programme *programme, const struct row_choice *choice,
                                 struct sheets *out) {
    return sheets_read(db, arena, programme, 0, choice, out);
}

enum err programme_lock(struct db *db, struct arena *arena, struct programme *programme) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_programme_lock, DB_VALUES(db_integer(programme->id)), &rows);
    if (err)
        return err;
    if (db_next(&rows)) {
        programme->revision = db_row_integer(&rows, 0);
        programme->link = arena_copy(arena, db_row_text(&rows, 1));
        programme->name = arena_copy(arena, db_row_text(&rows, 2));
    }
    return db_rows_end(&rows, OK);
}

enum err programme_touch(struct db *db, int64_t programme) {
    return db_run(db, SQL_programme_touch, DB_VALUES(db_integer(programme)));
}

enum err programme_has_revision(struct db *db, const struct programme *programme,
                                int64_t revision) {
    if (revision <= programme->revision)
        return OK;
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "The programme \"%s\" has no revision %lld yet; the newest is %lld.",
                programme->key, (long long)revision, (long long)programme->revision);
    return ERR_INPUT;
}

enum err programme_point(struct db *db, struct arena *arena, const struct programme *programme,
                         int64_t revision, struct revision_point *out) {
    struct db_rows rows;
    int64_t number = revision ? revision : programme->revision;
    enum err err = programme_has_revision(db, programme, number ? number : 1);
    if (!err)
        err = db_query(db, SQL_revision_by_number,
                       DB_VALUES(db_integer(programme->id), db_integer(number)), &rows);
    if (err)
        return err;
    bool found = db_next(&rows);
    if (found)
        *out = (struct revision_point){
            .number = db_row_integer(&rows, 0),
            .at = arena_copy(arena, db_row_text(&rows, 1)),
            .author = db_row_null(&rows, 2) ? NULL : arena_copy(arena, db_row_text(&rows, 2)),
            .link = arena_copy(arena, db_row_text(&rows, 6)),
        };
    err = db_rows_end(&rows, OK);
    if (err || found)
        return err;
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "The programme \"%s\" should have a revision %lld, and has not: the database was "
                "damaged or changed by another program. `ithaca audit verify` tells more; restore "
                "a backup.",
                programme->key, (long long)number);
    return ERR_IO;
}

enum err programme_recorded(struct db *db, struct arena *arena, const struct programme *programme,
                            const char *day, struct revision_point *out) {
    struct db_rows rows;
    char next[DAY_SIZE];
    day_add(day, 1, next);
    /* In full, so that the order of texts is that of times in every collation. */
    const char *before = arena_format(arena, "%sT00:00:00.000Z", next);
    enum err err = db_query(db, SQL_revision_before,
                            DB_VALUES(db_integer(programme->id), db_text(before)), &rows);
    if (err)
        return err;
    int64_t number = db_next(&rows) ? db_row_integer(&rows, 0) : 0;
    err = db_rows_end(&rows, OK);
    if (err || number)
        return err ? err : programme_point(db, arena, programme, number, out);
    err = programme_point(db, arena, programme, 1, out);
    if (err)
        return err;
    problem_add(db_problems(db), (struct place){.file = db_name(db)},
                "Nothing of the programme \"%s\" was written down by the end of %s; its first "
                "revision is of %.10s.",
                programme->key, day, out->at);
    return ERR_INPUT;
}

struct reading {
    struct arena *arena;
    const char *key;
    int64_t revision;
    struct programme *programme;
    struct sheets sheets;
};

static enum err reading_do(struct db *db, void *context) {
    struct reading *reading = context;
    struct programme *programme = reading->programme;
    enum err err = programme_find(db, reading->arena, reading->key, programme);
    if (!err)
        err = programme_has_revision(db, programme, reading->revision);
    return err ? err
               : programme_sheets(db, reading->arena, programme, reading->revision,
                                  &reading->sheets);
}

enum err programme_read(struct db *db, struct arena *arena, const char *key, int64_t revision,
                        struct programme *programme, struct records *out) {
    struct reading reading = {arena, key, revision, programme, {0}};
    *out = records_new(arena);
    enum err err = db_read(db, reading_do, &reading);
    return err ? err : records_read(&reading.sheets, out, db_problems(db));
}
