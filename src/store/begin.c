#include "store/begin.h"
#include "base/date.h"
#include "base/text.h"
#include "record/value.h"
#include "store/commit.h"
#include "store/stored.h"

enum { NAME_MOST = 200 /* bytes */ };

const char *begin_name_wrong(const char *name) {
    if (!name)
        return "Write what people call the programme";
    return strlen(name) > NAME_MOST || text_has_control(name) || strchr(name, '\n')
               ? "Write it in one line, of 200 letters at most"
               : NULL;
}

const char *begin_started_wrong(const char *started) {
    struct when when;
    return started && !when_parse(started, &when)
               ? "Write a day, a month or a year, such as March 2026, or leave it open"
               : NULL;
}

/* A key that no programme has; or the one that this very form began. */
static enum err key_find(struct db *db, struct arena *arena, const struct beginning *wish,
                         const char **key, bool *is_known) {
    const char *plain = key_of_text(arena, wish->name);
    plain = plain ? text_lower(arena, plain) : "programme"; /* it stands in addresses */
    for (unsigned n = 1;; n++) {
        struct programme there;
        struct db_rows rows;
        *key = n == 1 ? plain : arena_format(arena, "%s-%u", plain, n);
        enum err err = programme_look(db, arena, *key, &there);
        if (err || !there.id)
            return err;
        err = db_query(db, SQL_revision_by_token,
                       DB_VALUES(db_integer(there.id), db_text(wish->token)), &rows);
        if (err)
            return err;
        *is_known = db_next(&rows);
        err = db_rows_end(&rows, OK);
        if (err || *is_known)
            return err;
    }
}

static enum err records_make(struct arena *arena, const struct beginning *wish, const char *key,
                             struct records *records, struct problems *problems) {
    const struct kind *kind = kind_find("programme");
    const size_t n = kind_field_count(kind);
    struct sheet sheet = stored_sheet(arena, kind, wish->name);
    struct sheets sheets = {.path = wish->name, .may_be_bare = true};
    const char **cells = arena_alloc_array(arena, n, sizeof *cells);
    cells[kind_field_index(kind, "key")] = key;
    cells[kind_field_index(kind, "name")] = wish->name;
    cells[kind_field_index(kind, "started")] = wish->started;
    list_add(arena, &sheet.rows, (struct sheet_row){.number = 2, .cells = cells, .n = n});
    list_add(arena, &sheets.list, sheet);
    *records = records_new(arena);
    return records_read(&sheets, records, problems);
}

enum err programme_begin(struct db *db, struct arena *arena, const struct beginning *wish,
                         struct begun *out) {
    struct problems problems = problems_new(arena);
    struct records records;
    struct commit commit = {0};
    bool is_known = false, *brought = arena_alloc_array(arena, kind_count, sizeof *brought);
    *out = (struct begun){0};
    enum err err = key_find(db, arena, wish, &out->key, &is_known);
    if (err || is_known)
        return err;
    if (records_make(arena, wish, out->key, &records, &problems) != OK) {
        out->problem = problems.list.n ? problems.list.items[0].message : "It cannot be called so";
        return OK;
    }
    brought[kind_index(kind_find("programme"))] = true;
    const struct draft draft = {.programme = out->key,
                                .records = &records,
                                .kinds = brought,
                                .author = wish->author,
                                .reason = "Begun",
                                .token = wish->token};
    return commit_draft_within(db, arena, &draft, &commit);
}
