#include "store/versions.h"
#include <stdlib.h>

static enum err versions_read(struct db *db, struct arena *arena, enum statement statement,
                              int64_t programme, int64_t from, int64_t to, struct versions *out) {
    struct db_rows rows;
    *out = (struct versions){0};
    enum err err = db_query(
        db, statement, DB_VALUES(db_integer(programme), db_integer(from), db_integer(to)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->list,
                 (struct version){
                     .id = db_row_integer(&rows, 0),
                     .revision = db_row_integer(&rows, 1),
                     .until = db_row_null(&rows, 2) ? 0 : db_row_integer(&rows, 2),
                     .kind = db_row_copy(arena, &rows, 3),
                     .key = db_row_copy(arena, &rows, 4),
                     .content = db_row_copy(arena, &rows, 5),
                     .salt = db_row_copy(arena, &rows, 6),
                     .commitment = db_row_copy(arena, &rows, 7),
                 });
    return db_rows_end(&rows, OK);
}

enum err versions_begun(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct versions *out) {
    return versions_read(db, arena, SQL_record_versions, programme, from, to, out);
}

enum err versions_ended(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct versions *out) {
    return versions_read(db, arena, SQL_record_endings, programme, from, to, out);
}

static int version_compare(const void *a, const void *b) {
    const struct version *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return (left->revision > right->revision) - (left->revision < right->revision);
}

void versions_sort(struct versions *versions) {
    if (versions->list.n)
        qsort(versions->list.items, versions->list.n, sizeof *versions->list.items,
              version_compare);
}

enum err erasures_read(struct db *db, struct arena *arena, int64_t programme,
                       struct erasures *out) {
    struct db_rows rows;
    *out = (struct erasures){0};
    enum err err = db_query(db, SQL_erasure_list, DB_VALUES(db_integer(programme)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->list,
                 (struct erasure){
                     .number = db_row_integer(&rows, 0),
                     .record_id = db_row_integer(&rows, 1),
                     .revision = db_row_integer(&rows, 2),
                     .commitment = db_row_copy(arena, &rows, 3),
                 });
    return db_rows_end(&rows, OK);
}

enum err revisions_read(struct db *db, struct arena *arena, int64_t programme, int64_t from,
                        int64_t to, struct audit *out) {
    struct db_rows rows;
    *out = (struct audit){0};
    enum err err =
        db_query(db, SQL_revision_list,
                 DB_VALUES(db_integer(programme), db_integer(from), db_integer(to)), &rows);
    if (err)
        return err;
    while (db_next(&rows))
        list_add(arena, &out->revisions,
                 (struct revision){
                     .number = db_row_integer(&rows, 0),
                     .at = db_row_copy(arena, &rows, 1),
                     .author = db_row_copy(arena, &rows, 2),
                     .reason = db_row_copy(arena, &rows, 3),
                     .salt = db_row_copy(arena, &rows, 4),
                     .commitment = db_row_copy(arena, &rows, 5),
                     .link = db_row_copy(arena, &rows, 6),
                 });
    return db_rows_end(&rows, OK);
}
