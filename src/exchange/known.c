#include "exchange/known.h"
#include "base/text.h"
#include "store/around.h"
#include <string.h>

/* A kind of record with a name in it, and what is said instead. */
static const struct source {
    const char *kind, *field, *instead;
    enum leftover_kind what;
} sources[] = {
    {"person", "name", "a colleague", LEFTOVER_PERSON},
    {"organisation", "name", "one of the organisations", LEFTOVER_ORGANISATION},
    {"team", "name", "the team", LEFTOVER_ORGANISATION},
    {"team_name", "name", "the team", LEFTOVER_ORGANISATION},
};

/* What somebody is by training stays: a reader wants to know whether a doctor or a manager saw it
 * so. */
static const char *person_instead(struct arena *arena, const char *profession) {
    if (!profession || text_equal(profession, "other"))
        return "a colleague";
    if (text_equal(profession, "none"))
        return "a lay member";
    return arena_format(arena, "%s %s", strchr("aeiou", *profession) ? "an" : "a", profession);
}

/* As near as it can be told without a name. */
static const char *instead_of(struct arena *arena, const struct source *source,
                              const struct record *record) {
    if (text_equal(source->kind, "person"))
        return person_instead(arena, record_value(record, "profession"));
    const char *sector =
        text_equal(source->kind, "organisation") ? record_value(record, "sector") : NULL;
    return sector && !text_equal(sector, "other")
               ? arena_format(arena, "an organisation in %s", sector)
               : source->instead;
}

static enum err source_read(struct around *around, const struct source *source,
                            struct known_names *out) {
    enum { MOST = 100000 };
    struct around_list all = {0};
    enum err err = around_kind(around, kind_find(source->kind), 0, MOST, &all);
    for (size_t i = 0; !err && i < all.list.n; i++) {
        const struct record *record = all.list.items[i];
        const char *name = record_value(record, source->field);
        if (name)
            list_add(around->arena, &out->list,
                     (struct leftover_known){name, instead_of(around->arena, source, record),
                                             source->what});
    }
    return err;
}

static enum err members_read(struct db *db, struct arena *arena, const struct programme *programme,
                             struct known_names *out) {
    struct db_rows rows;
    enum err err = db_query(db, SQL_exchange_members, DB_VALUES(db_integer(programme->id)), &rows);
    while (!err && db_next(&rows))
        list_add(
            arena, &out->list,
            (struct leftover_known){db_row_copy(arena, &rows, 0), "a colleague", LEFTOVER_PERSON});
    return db_rows_end(&rows, err);
}

enum err known_names_read(struct db *db, struct arena *arena, const struct programme *programme,
                          struct known_names *out) {
    struct around around = around_new(db, arena, programme);
    enum err err = OK;
    *out = (struct known_names){0};
    list_add(arena, &out->list,
             (struct leftover_known){programme->name, "the programme", LEFTOVER_ORGANISATION});
    for (size_t i = 0; !err && i < sizeof sources / sizeof *sources; i++)
        err = source_read(&around, &sources[i], out);
    return err ? err : members_read(db, arena, programme, out);
}
