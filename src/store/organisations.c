#include "store/organisations.h"
#include "base/text.h"
#include "store/stored.h"
#include <stdlib.h>

/* Its name is the one that was saved last. A name that is the same is not written again: two
 * programmes need not wait for each other. */
static enum err organisation_name(struct db *db, const char *code, const char *name) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_organisation_by_code, DB_VALUES(db_text(code)), &rows);
    if (err)
        return err;
    bool there = db_next(&rows), same = there && text_equal(db_row_text(&rows, 1), name);
    err = db_rows_end(&rows, OK);
    if (err || same)
        return err;
    return there ? db_run(db, SQL_organisation_rename, DB_VALUES(db_text(code), db_text(name)))
                 : db_run(db, SQL_organisation_add,
                          DB_VALUES(db_integer(db_id_new()), db_text(code), db_text(name)));
}

enum err organisation_keep(struct db *db, struct arena *arena, int64_t programme, int64_t record_id,
                           const char *content) {
    const struct kind *kind = kind_find("organisation");
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    enum err err = db_run(db, SQL_organisation_record_remove,
                          DB_VALUES(db_integer(programme), db_integer(record_id)));
    if (err || !content || stored_read(arena, kind, content, cells) != OK)
        return err;
    const char *code = cells[kind_field_index(kind, "code")];
    const char *name = cells[kind_field_index(kind, "name")];
    if (!code || !name)
        return OK;
    err = organisation_name(db, code, name);
    return err ? err
               : db_run(db, SQL_organisation_record_add,
                        DB_VALUES(db_integer(programme), db_integer(record_id), db_text(code)));
}

enum err organisations_keep(struct db *db, struct arena *arena, int64_t programme,
                            const struct commit *commit) {
    enum err err = OK;
    bool changed = false;
    for (size_t i = 0; !err && i < commit->changes.n; i++) {
        const struct change *change = &commit->changes.items[i];
        if (text_equal(change->kind->name, "organisation"))
            err = organisation_keep(db, arena, programme, change->id, change->after);
        changed |= text_equal(change->kind->name, "organisation");
    }
    return err || !changed ? err : db_run(db, SQL_organisation_forget, DB_NO_VALUES);
}

static int part_compare(const void *a, const void *b) {
    const struct shared_part *left = a, *right = b;
    int by_programme = strcmp(left->programme, right->programme);
    return by_programme ? by_programme : strcmp(left->key, right->key);
}

static int organisation_compare(const void *a, const void *b) {
    const struct shared_organisation *left = a, *right = b;
    return strcmp(left->code, right->code);
}

/* In how many programmes; the parts are sorted. */
static size_t programmes_of(const struct shared_organisation *organisation) {
    size_t n = 0;
    for (size_t i = 0; i < organisation->parts.n; i++)
        n += i == 0 || !text_equal(organisation->parts.items[i].programme,
                                   organisation->parts.items[i - 1].programme);
    return n;
}

enum err organisations_read(struct db *db, struct arena *arena, size_t least,
                            struct shared_organisations *out) {
    struct shared_organisations all = {0};
    struct db_rows rows;
    int64_t last = 0;
    *out = (struct shared_organisations){0};
    enum err err = db_query(db, SQL_organisation_list, DB_NO_VALUES, &rows);
    if (err)
        return err;
    while (db_next(&rows)) {
        if (!all.list.n || db_row_integer(&rows, 0) != last)
            list_add(
                arena, &all.list,
                (struct shared_organisation){.code = arena_copy(arena, db_row_text(&rows, 1)),
                                             .name = arena_copy(arena, db_row_text(&rows, 2))});
        last = db_row_integer(&rows, 0);
        list_add(arena, &all.list.items[all.list.n - 1].parts,
                 (struct shared_part){arena_copy(arena, db_row_text(&rows, 3)),
                                      arena_copy(arena, db_row_text(&rows, 4))});
    }
    for (size_t i = 0; i < all.list.n; i++) {
        struct shared_organisation *organisation = &all.list.items[i];
        qsort(organisation->parts.items, organisation->parts.n, sizeof(struct shared_part),
              part_compare);
        if (programmes_of(organisation) >= least)
            list_add(arena, &out->list, *organisation);
    }
    if (out->list.n)
        qsort(out->list.items, out->list.n, sizeof *out->list.items, organisation_compare);
    return db_rows_end(&rows, OK);
}
