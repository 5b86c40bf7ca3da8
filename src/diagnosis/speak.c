#include "diagnosis/speak.h"
#include "base/text.h"
#include "diagnosis/sentence.h"
#include <stdlib.h>
#include <string.h>

enum { NAMED_AT_MOST = 5 }; /* things named in one sentence; the rest are counted */

const struct kind *speak_column_kind(struct arena *arena, const char *column, bool *is_list) {
    static const char list[] = "_list";
    const char *suffix = strstr(column, "__");
    char *name = arena_copy_n(arena, column, suffix ? (size_t)(suffix - column) : strlen(column));
    size_t length = strlen(name), tail = sizeof list - 1;
    *is_list = length > tail && text_equal(name + length - tail, list);
    if (*is_list)
        name[length - tail] = '\0';
    return kind_find(name);
}

/* Ids, each once. */
struct ids {
    LIST(const char *) list;
    struct index known;
};

static void ids_add(struct arena *arena, struct ids *out, const char *ids) {
    for (char *id; (id = text_next_piece(arena, &ids, ' '));)
        if (*id && index_add(arena, &out->known, id, id))
            list_add(arena, &out->list, id);
}

static int id_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* SQLite gives them in an order that depends on how it went about the SELECT. */
static void ids_sort(struct ids *ids) {
    if (ids->list.n)
        qsort(ids->list.items, ids->list.n, sizeof *ids->list.items, id_compare);
}

static char *labels_speak(struct arena *arena, const struct records *records,
                          const struct kind *kind, struct ids *ids) {
    ids_sort(ids);
    const char **labels = arena_alloc_array(arena, ids->list.n, sizeof *labels);
    for (size_t i = 0; i < ids->list.n; i++) {
        const struct record *record = records_find(records, kind, ids->list.items[i]);
        labels[i] = record ? record_label(records, record) : ids->list.items[i];
    }
    return text_enumerate(arena, labels, ids->list.n, NAMED_AT_MOST);
}

/* A value that is no record: days in words, whole numbers without ".0". */
static const char *plain_speak(struct arena *arena, const char *value) {
    if (day_valid(value) || month_valid(value))
        return day_long(arena, value);
    size_t length = strlen(value);
    if (length > 2 && text_equal(value + length - 2, ".0") &&
        strspn(value, "0123456789") == length - 2)
        return arena_copy_n(arena, value, length - 2);
    return value;
}

static const char *value_speak(struct arena *arena, const struct records *records,
                               const char *column, const char *value) {
    bool is_list;
    const struct kind *kind = speak_column_kind(arena, column, &is_list);
    if (!kind)
        return plain_speak(arena, value);
    struct ids ids = {0};
    ids_add(arena, &ids, value);
    return labels_speak(arena, records, kind, &ids);
}

struct speech {
    struct arena *arena;
    const struct records *records;
    const struct rows *rows;
    size_t of;
};

static const char *row_lookup(void *context, const char *name) {
    const struct speech *speech = context;
    const char *value = row_value(&speech->rows->list.items[0], name);
    return value ? value_speak(speech->arena, speech->records, name, value) : NULL;
}

/* The ids in all rows' column of this name or, for "team_list", in their column "team". */
static const char *rows_lookup(void *context, const char *name) {
    const struct speech *speech = context;
    if (text_equal(name, "n"))
        return arena_format(speech->arena, "%zu", speech->rows->list.n);
    if (text_equal(name, "of"))
        return arena_format(speech->arena, "%zu", speech->of);
    bool is_list;
    const struct kind *kind = speak_column_kind(speech->arena, name, &is_list);
    if (!kind || !is_list)
        return row_lookup(context, name);
    struct ids ids = {0};
    for (size_t i = 0; i < speech->rows->list.n; i++) {
        const struct row *row = &speech->rows->list.items[i];
        const char *value = row_value(row, name);
        if (!value)
            value = row_value(row, kind->name);
        if (value)
            ids_add(speech->arena, &ids, value);
    }
    return ids.list.n ? labels_speak(speech->arena, speech->records, kind, &ids) : NULL;
}

char *speak_row(struct arena *arena, const struct records *records, const char *sentence,
                const struct row *row) {
    struct rows rows = {0};
    list_add(arena, &rows.list, *row);
    struct speech speech = {arena, records, &rows, 1};
    return sentence_expand(arena, sentence, row_lookup, &speech);
}

char *speak_rows(struct arena *arena, const struct records *records, const char *sentence,
                 const struct rows *rows, size_t of) {
    struct speech speech = {arena, records, rows, of};
    return sentence_expand(arena, sentence, rows_lookup, &speech);
}

char *speak_columns(struct arena *arena, const struct records *records, const struct names *columns,
                    const struct row *row) {
    struct text out = text_new(arena);
    for (size_t i = 0; i < columns->list.n; i++) {
        const char *column = columns->list.items[i], *value = row_value(row, column);
        if (value)
            text_add_format(&out, "%s%s", out.length ? ", " : "",
                            value_speak(arena, records, column, value));
    }
    return out.length ? out.bytes : arena_copy(arena, "");
}

void record_refs_add(struct arena *arena, struct record_refs *out, const struct record *record) {
    const char *name = arena_format(arena, "%s %s", record->kind->name, record->id);
    if (index_add(arena, &out->known, name, (void *)record))
        list_add(arena, &out->list, record);
}

void speak_records(struct arena *arena, const struct records *records, const struct row *row,
                   struct record_refs *out) {
    for (size_t i = 0; i < row->n; i++) {
        bool is_list;
        const struct kind *kind = speak_column_kind(arena, row->names[i], &is_list);
        if (!kind || !row->values[i])
            continue;
        struct ids ids = {0};
        ids_add(arena, &ids, row->values[i]);
        ids_sort(&ids);
        for (size_t j = 0; j < ids.list.n; j++) {
            struct record *record = records_find(records, kind, ids.list.items[j]);
            if (record)
                record_refs_add(arena, out, record);
        }
    }
}

const char *speak_since(const struct rows *rows) {
    const char *latest = NULL;
    for (size_t i = 0; i < rows->list.n; i++) {
        const char *since = row_value(&rows->list.items[i], "since");
        if (!since || !day_valid(since))
            return NULL;
        if (!latest || strcmp(since, latest) > 0)
            latest = since;
    }
    return latest;
}
