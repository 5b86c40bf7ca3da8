#include "learned/learned.h"
#include "base/names.h"
#include "base/text.h"

const char *const learned_state_names[LEARNED_STATES] = {"draft", "agreed", "disputed",
                                                         "withdrawn"};

/* ---- one thing ---- */

const char *learned_value(const struct learned *learned, const char *field) {
    int at = learned_field_index(learned->kind, field);
    return at < 0 ? NULL : learned->values[at];
}

const char *learned_title(const struct learned *learned) {
    return learned->values[0] ? learned->values[0] : "Without a title";
}

bool learned_names(struct arena *arena, const struct learned *learned, const char *field,
                   const char *value) {
    const char *rest = learned_value(learned, field), *piece;
    while (rest && (piece = text_next_piece(arena, &rest, '\n')))
        if (text_equal(piece, value))
            return true;
    return false;
}

struct names learned_gaps(struct arena *arena, const struct learned *learned) {
    struct names gaps = {0};
    for (size_t i = 0; learned->kind->fields[i].name; i++)
        if (learned->kind->fields[i].is_whole && !learned->values[i])
            list_add(arena, &gaps.list, learned->kind->fields[i].label);
    if (learned_field_index(learned->kind, "good") >= 0 && !learned_value(learned, "good") &&
        !learned_value(learned, "bad"))
        list_add(arena, &gaps.list, "What came of it, good or not");
    return gaps;
}

/* ---- as text ---- */

char *learned_content_write(struct arena *arena, const struct learned_kind *kind,
                            const char *const *values) {
    struct text out = text_new(arena);
    for (size_t i = 0; kind->fields[i].name; i++) {
        if (!values[i])
            continue;
        text_add_format(&out, "%s: ", kind->fields[i].name);
        for (const char *c = values[i]; *c; c++) {
            text_add_char(&out, *c);
            if (*c == '\n')
                text_add_char(&out, '\t');
        }
        text_add_char(&out, '\n');
    }
    return out.bytes ? out.bytes : arena_copy(arena, "");
}

/* The value that begins here: up to the end of the first line that no tab follows. */
static const char *value_read(struct arena *arena, const char **at) {
    struct text out = text_new(arena);
    const char *c = *at;
    for (; *c && !(*c == '\n' && c[1] != '\t'); c++) {
        text_add_char(&out, *c);
        if (*c == '\n')
            c++; /* the tab */
    }
    *at = *c ? c + 1 : c;
    return out.length ? out.bytes : NULL;
}

void learned_content_read(struct arena *arena, const struct learned_kind *kind, const char *content,
                          const char **values) {
    for (size_t i = 0; i < LEARNED_FIELDS_MOST; i++)
        values[i] = NULL;
    while (*content) {
        size_t length = strcspn(content, ":\n");
        const char *name = arena_copy_n(arena, content, length);
        content += length;
        if (*content == ':')
            content += content[1] == ' ' ? 2 : 1;
        int field = learned_field_index(kind, name);
        const char *value = value_read(arena, &content);
        if (field >= 0)
            values[field] = value;
    }
}

/* ---- reading ---- */

static void version_take(struct arena *arena, const struct db_rows *rows,
                         const struct learned_kind *only, struct learned_list *out) {
    const struct learned_kind *kind = learned_kind_find(db_row_text(rows, 2));
    int state = name_index(learned_state_names, LEARNED_STATES, db_row_text(rows, 3));
    if (!kind || state < 0 || (only && kind != only))
        return;
    struct learned learned = {.kind = kind,
                              .id = db_row_integer(rows, 0),
                              .number = db_row_integer(rows, 1),
                              .state = (enum learned_state)state,
                              .what = db_row_copy(arena, rows, 4),
                              .at = db_row_copy(arena, rows, 5),
                              .author = db_row_copy(arena, rows, 6),
                              .account = db_row_integer(rows, 7),
                              .why = db_row_copy(arena, rows, 8),
                              .other = db_row_integer(rows, 9),
                              .origin = db_row_copy(arena, rows, 10)};
    learned_content_read(arena, kind, db_row_text(rows, 11), learned.values);
    list_add(arena, &out->list, learned);
}

enum err learned_read_all(struct db *db, struct arena *arena, const struct programme *programme,
                          const struct learned_kind *kind, struct learned_list *out) {
    struct db_rows rows;
    *out = (struct learned_list){0};
    enum err err = db_query(db, SQL_learned_now, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows))
        version_take(arena, &rows, kind, out);
    return db_rows_end(&rows, err);
}

enum err learned_of_finding(struct db *db, struct arena *arena, const struct programme *programme,
                            const char *finding, struct learned_list *out) {
    struct learned_list all;
    *out = (struct learned_list){0};
    enum err err = learned_read_all(db, arena, programme, NULL, &all);
    for (size_t i = 0; !err && i < all.list.n; i++)
        if (all.list.items[i].state != LEARNED_WITHDRAWN &&
            learned_names(arena, &all.list.items[i], "findings", finding))
            list_add(arena, &out->list, all.list.items[i]);
    return err;
}

enum err learned_read(struct db *db, struct arena *arena, const struct programme *programme,
                      int64_t id, struct learned_list *out) {
    struct db_rows rows;
    *out = (struct learned_list){0};
    enum err err = db_query(db, SQL_learned_versions,
                            DB_VALUES(db_integer(programme->id), db_integer(id)), &rows);
    while (!err && db_next(&rows))
        version_take(arena, &rows, NULL, out);
    return db_rows_end(&rows, err);
}

const struct learned *learned_written(const struct learned_list *versions) {
    static const char *const writings[] = {"written", "changed", "split off", "merged", "brought"};
    for (size_t i = 0; i < versions->list.n; i++)
        if (name_index(writings, sizeof writings / sizeof *writings,
                       versions->list.items[i].what) >= 0)
            return &versions->list.items[i];
    return versions->list.n ? &versions->list.items[versions->list.n - 1] : NULL;
}

const struct learned *learned_decided(const struct learned_list *versions) {
    size_t i = 0;
    while (i + 1 < versions->list.n &&
           versions->list.items[i + 1].state == versions->list.items[0].state)
        i++;
    return versions->list.n ? &versions->list.items[i] : NULL;
}

/* ---- saving ---- */

static enum err known_find(struct db *db, const struct programme *programme, const char *token,
                           int64_t *id) {
    struct db_rows rows;
    *id = 0;
    if (!token)
        return OK;
    enum err err = db_query(db, SQL_learned_known,
                            DB_VALUES(db_integer(programme->id), db_text(token)), &rows);
    if (!err && db_next(&rows))
        *id = db_row_integer(&rows, 0);
    return db_rows_end(&rows, err);
}

struct learned_last {
    int64_t id, number,
        count; /* the last thing; the newest version of the one asked for; how many */
};

static enum err last_read(struct db *db, const struct programme *programme, int64_t id,
                          struct learned_last *out) {
    struct db_rows rows;
    *out = (struct learned_last){0};
    enum err err =
        db_query(db, SQL_learned_last, DB_VALUES(db_integer(programme->id), db_integer(id)), &rows);
    if (!err && db_next(&rows))
        *out = (struct learned_last){db_row_integer(&rows, 0), db_row_integer(&rows, 1),
                                     db_row_integer(&rows, 2)};
    return db_rows_end(&rows, err);
}

enum err learned_save(struct db *db, struct arena *arena, const struct programme *programme,
                      const struct learned *version, const char *token,
                      enum learned_outcome *outcome, int64_t *id) {
    struct learned_last last = {0};
    char now[DB_TIME_SIZE];
    enum err err = known_find(db, programme, token, id);
    if (err || *id) {
        *outcome = LEARNED_KNOWN;
        return err;
    }
    err = last_read(db, programme, version->id, &last);
    bool is_new = !version->id;
    *outcome = is_new ? (last.count < LEARNED_MOST ? LEARNED_SAVED : LEARNED_FULL)
                      : (last.number == version->number ? LEARNED_SAVED : LEARNED_CONFLICT);
    if (err || *outcome != LEARNED_SAVED)
        return err;
    *id = is_new ? last.id + 1 : version->id;
    db_now(now);
    return db_run(db, SQL_learned_add,
                  DB_VALUES(db_integer(programme->id), db_integer(*id),
                            db_integer(is_new ? 1 : last.number + 1), db_text(version->kind->name),
                            db_text(learned_state_names[version->state]), db_text(version->what),
                            db_text(now), db_text(version->author), db_integer(version->account),
                            db_text(version->why ? version->why : ""), db_integer(version->other),
                            db_text(version->origin), db_text(token),
                            db_text(learned_content_write(arena, version->kind, version->values))));
}
