#include "store/around.h"
#include "base/text.h"
#include "record/value.h"
#include "store/stored.h"

enum { DEEPEST = 3 }; /* as labels refer to labels (record_label) */

struct around around_new(struct db *db, struct arena *arena, const struct programme *programme) {
    return (struct around){
        .db = db, .arena = arena, .programme = programme, .records = records_new(arena)};
}

static struct record *record_made(struct arena *arena, const struct kind *kind, const char *key,
                                  const char **cells) {
    struct record *record = arena_alloc(arena, sizeof *record);
    *record = (struct record){.kind = kind,
                              .id = key,
                              .values = cells,
                              .sheet = kind->sheet,
                              .serial = record_number_new()};
    return record;
}

static struct record *record_take(struct around *around, const struct kind *kind, const char *key,
                                  const char *content) {
    struct arena *arena = around->arena;
    const char **cells = arena_alloc_array(arena, kind_field_count(kind), sizeof *cells);
    if (stored_read(arena, kind, content, cells) != OK)
        return NULL;
    struct record *record = record_made(arena, kind, key, cells);
    struct record_list *all = &around->records.of_kind[kind_index(kind)];
    index_add(arena, &all->by_id, record->id, record);
    list_add(arena, &all->list, record);
    return record;
}

static enum err one_read(struct around *around, const struct kind *kind, const char *key,
                         struct around_found *out) {
    struct db_rows rows;
    *out = (struct around_found){0};
    enum err err = db_query(
        around->db, SQL_around_record,
        DB_VALUES(db_integer(around->programme->id), db_text(kind->name), db_text(key)), &rows);
    if (!err && db_next(&rows)) {
        struct record *there = records_find(&around->records, kind, key);
        *out = (struct around_found){.record = there ? there
                                                     : record_take(around, kind,
                                                                   arena_copy(around->arena, key),
                                                                   db_row_text(&rows, 2)),
                                     .id = db_row_integer(&rows, 0),
                                     .revision = db_row_integer(&rows, 1)};
    }
    return db_rows_end(&rows, err);
}

/* Whether the label of the kind's records has the field in it. */
static bool is_in_label(struct arena *arena, const struct kind *kind, const struct field *field) {
    return strstr(kind->label, arena_format(arena, "{{%s}}", field->name));
}

static enum err needed_read(struct around *around, const struct kind *kind, const char *key,
                            int depth);

/* What a record's label needs. */
static enum err label_read(struct around *around, const struct record *record, int depth) {
    enum err err = OK;
    for (size_t f = 0; !err && depth && record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (field->type == FIELD_REF && record->values[f] &&
            is_in_label(around->arena, record->kind, field))
            err = needed_read(around, kind_find(field->refers_to), record->values[f], depth - 1);
    }
    return err;
}

static enum err needed_read(struct around *around, const struct kind *kind, const char *key,
                            int depth) {
    struct around_found found;
    if (records_find(&around->records, kind, key))
        return OK;
    enum err err = one_read(around, kind, key, &found);
    return err || !found.record ? err : label_read(around, found.record, depth);
}

enum err around_record(struct around *around, const struct kind *kind, const char *key,
                       struct around_found *out) {
    enum err err = one_read(around, kind, key, out);
    return err || !out->record ? err : label_read(around, out->record, DEEPEST);
}

enum err around_version(struct around *around, const struct kind *kind, const char *key,
                        const char **cells, struct record **out) {
    *out = record_made(around->arena, kind, key, cells);
    return label_read(around, *out, DEEPEST);
}

enum err around_references(struct around *around, const struct record *record) {
    enum err err = OK;
    for (size_t f = 0; !err && record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        const char *rest = field->refers_to ? record->values[f] : NULL, *key;
        while (!err && (key = value_next_ref(around->arena, &rest)))
            err = needed_read(around, kind_find(field->refers_to), key, DEEPEST);
    }
    return err;
}

/* The rows of a query for records of a kind, of which one more than `most` was asked for. `field`
 * is -1, or must be `key`. */
static enum err rows_take(struct around *around, const struct kind *kind, struct db_rows *rows,
                          enum err err, size_t most, int field, const char *key,
                          struct around_list *out) {
    size_t n = 0;
    *out = (struct around_list){0};
    while (!err && db_next(rows)) {
        out->more = n++ == most;
        if (out->more)
            break;
        const char *id = db_row_copy(around->arena, rows, 3);
        struct record *record = records_find(&around->records, kind, id);
        if (!record)
            record = record_take(around, kind, id, db_row_text(rows, 2));
        if (record && (field < 0 || text_equal(record->values[field], key)))
            list_add(around->arena, &out->list, record);
    }
    err = db_rows_end(rows, err);
    for (size_t i = 0; !err && i < out->list.n; i++)
        err = label_read(around, out->list.items[i], DEEPEST);
    return err;
}

static enum err kind_read(struct around *around, const struct kind *kind, size_t from, size_t most,
                          int field, const char *key, struct around_list *out) {
    struct db_rows rows;
    enum err err = db_query(around->db, SQL_around_kind,
                            DB_VALUES(db_integer(around->programme->id), db_text(kind->name),
                                      db_integer((int64_t)most + 1), db_integer((int64_t)from)),
                            &rows);
    return rows_take(around, kind, &rows, err, most, field, key, out);
}

enum err around_kind(struct around *around, const struct kind *kind, size_t from, size_t most,
                     struct around_list *out) {
    return kind_read(around, kind, from, most, -1, NULL, out);
}

enum err around_after(struct around *around, const struct kind *kind, const char *after,
                      size_t most, struct around_list *out, bool *is_there) {
    struct db_rows rows;
    struct around_found found;
    *out = (struct around_list){0};
    *is_there = true;
    if (!after)
        return kind_read(around, kind, 0, most, -1, NULL, out);
    enum err err = one_read(around, kind, after, &found);
    *is_there = !err && found.record;
    if (!*is_there)
        return err;
    err = db_query(around->db, SQL_around_after,
                   DB_VALUES(db_integer(around->programme->id), db_text(kind->name),
                             db_integer((int64_t)most + 1), db_text(after)),
                   &rows);
    return rows_take(around, kind, &rows, err, most, -1, NULL, out);
}

enum err around_referring(struct around *around, const struct kind *kind, const char *field,
                          const char *key, struct around_list *out) {
    enum { ALL = 200000 }; /* as many rows as a sheet may have */
    return kind_read(around, kind, 0, ALL, kind_field_index(kind, field), key, out);
}

enum err around_history(struct around *around, const struct around_found *found,
                        struct around_history *out) {
    struct db_rows rows;
    *out = (struct around_history){0};
    enum err err = db_query(around->db, SQL_around_history,
                            DB_VALUES(db_integer(around->programme->id), db_integer(found->id),
                                      db_integer(found->revision)),
                            &rows);
    while (!err && db_next(&rows)) {
        out->last = db_row_integer(&rows, 0);
        out->at = db_row_copy(around->arena, &rows, 1);
        out->author = db_row_copy(around->arena, &rows, 2);
        out->reason = db_row_copy(around->arena, &rows, 3);
        if (!out->first) {
            out->first = out->last;
            out->first_at = out->at;
        }
    }
    return db_rows_end(&rows, err);
}
