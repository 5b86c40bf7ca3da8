#include "base/text.h"
#include "content/files.h"
#include "diagnosis/workbench_inside.h"
#include "record/standing.h"
#include "record/value.h"
#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* ---- the clock ---- */

/* In the workbench it is always noon of the day it shows: date('now') must give the same answer
 * whenever it is asked. SQLite takes its time from the file system layer, so it gets one that
 * differs from the usual in its clock alone. */
static sqlite3_int64 julian_milliseconds;

static int clock_read(sqlite3_vfs *layer, sqlite3_int64 *out) {
    (void)layer;
    *out = julian_milliseconds;
    return SQLITE_OK;
}

static void clock_set(const char *day) {
    const sqlite3_int64 unix_epoch = 210866760000000; /* 1970-01-01 12:00 in Julian milliseconds */
    julian_milliseconds = unix_epoch + (sqlite3_int64)day_number_of(day) * 86400000;
}

static const char *clock_register(void) {
    static sqlite3_vfs layer;
    if (!layer.zName) {
        layer = *sqlite3_vfs_find(NULL);
        layer.zName = "ithaca-day";
        layer.pNext = NULL;
        layer.xCurrentTimeInt64 = clock_read;
        sqlite3_vfs_register(&layer, 0);
    }
    return layer.zName;
}

/* ---- making it ---- */

enum { KEPT_MEMORY = 32 * 1024 * 1024 };

/* Statements made here are ours: if one fails, the program is broken. */
static void execute(struct workbench *workbench, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(workbench->database, sql, NULL, NULL, &message) == SQLITE_OK)
        return;
    fprintf(stderr, "ithaca: workbench: %s in\n%s\n", message, sql);
    abort();
}

static void run_once(struct workbench *workbench, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) {
        fprintf(stderr, "ithaca: workbench: %s in\n%s\n", sqlite3_errmsg(workbench->database),
                sqlite3_sql(statement));
        abort();
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement); /* what they point to may go now */
}

/* What is kept for `what`, made of `sql` the first time. */
static struct kept *prepare(struct workbench *workbench, const void *what, const char *sql) {
    struct kept *kept = workbench_kept(workbench, what);
    if (!kept)
        kept = workbench_keep(workbench, what, sql, NULL);
    if (!kept) {
        fprintf(stderr, "ithaca: workbench: %s in\n%s\n", sqlite3_errmsg(workbench->database), sql);
        abort();
    }
    return kept;
}

static const char *table_name(struct workbench *workbench, const struct kind *kind) {
    return kind_has_period(kind) ? arena_format(workbench->arena, "%s_ever", kind->name)
                                 : kind->name;
}

static void table_create(struct workbench *workbench, const struct kind *kind) {
    const char *table = table_name(workbench, kind);
    struct source *source = &workbench->filled[kind_index(kind)].source;
    struct text sql = text_new(workbench->arena);
    index_add(workbench->arena, &workbench->sources, table, source);
    index_add(workbench->arena, &workbench->sources, kind->name, source);
    text_add_format(&sql, "create table %s(id text primary key", table);
    for (const struct field *field = kind->fields; field->name; field++) {
        if (field->type == FIELD_REFS) {
            const char *list = arena_format(workbench->arena, "%s_%s", kind->name, field->name);
            index_add(workbench->arena, &workbench->sources, list, source);
            execute(workbench,
                    arena_format(workbench->arena, "create table %s(id text, ref text)", list));
            continue;
        }
        text_add_format(&sql, ", \"%s\" %s", field->name,
                        field->type == FIELD_NUMBER ? "real" : "text");
        if (field->type == FIELD_WHEN)
            text_add_format(&sql, ", %s_first text, %s_last text", field->name, field->name);
    }
    text_add(&sql, kind_has_period(kind) ? ", in_force integer) without rowid" : ") without rowid");
    execute(workbench, sql.bytes);
    if (kind_has_period(kind))
        execute(workbench,
                arena_format(workbench->arena, "create view %s as select * from %s where in_force",
                             kind->name, table));
}

/* Rules join on references: give each an index as soon as there are so many rows that making it
 * costs less than looking through them. */
enum { WORTH_AN_INDEX = 24 };

static void indexes_create(struct workbench *workbench, const struct kind *kind) {
    const char *table = table_name(workbench, kind);
    for (const struct field *field = kind->fields; field->name; field++) {
        if (field->type == FIELD_REF)
            execute(workbench, arena_format(workbench->arena, "create index %s_by_%s on %s(\"%s\")",
                                            table, field->name, table, field->name));
        else if (field->type == FIELD_REFS)
            execute(workbench, arena_format(workbench->arena,
                                            "create index %s_%s_by_id on %s_%s(id, ref);"
                                            "create index %s_%s_by_ref on %s_%s(ref)",
                                            kind->name, field->name, kind->name, field->name,
                                            kind->name, field->name, kind->name, field->name));
    }
    workbench->filled[kind_index(kind)].indexed = true;
}

static void fact_add(struct workbench *workbench, const char *name) {
    struct fact *fact = arena_alloc(workbench->arena, sizeof *fact);
    *fact = (struct fact){.name = name,
                          .empty = arena_format(workbench->arena, "delete from %s", name)};
    index_add(workbench->arena, &workbench->sources, name, &fact->source);
    list_add(workbench->arena, &workbench->facts, fact);
}

/* Makes the tables of rules/facts.sql, and notes the statements that empty and fill them. */
static void facts_create(struct workbench *workbench) {
    static const char create[] = "create table ";
    struct files files = {0};
    files_add_builtin(workbench->arena, &files, "rules/facts.sql", ".sql");
    const char *rest = files.list.items[0].text;
    while (!text_blank(rest)) {
        const char *end = strstr(rest, ";\n");
        if (!end)
            abort();
        const char *sql = arena_copy_n(workbench->arena, rest, (size_t)(end + 2 - rest));
        const char *table = strstr(sql, create);
        if (table) {
            table += sizeof create - 1;
            fact_add(workbench, arena_copy_n(workbench->arena, table, strcspn(table, "(")));
        }
        if (!strstr(sql, "insert into "))
            execute(workbench, sql);
        else if (workbench->facts.items[workbench->facts.n - 1]->fill)
            abort(); /* one statement fills a fact, so that it is known what it rests on */
        else
            workbench->facts.items[workbench->facts.n - 1]->fill = sql;
        rest = end + 2;
    }
}

struct workbench *workbench_open(struct arena *arena) {
    struct workbench *workbench = arena_alloc(arena, sizeof *workbench);
    workbench->arena = arena;
    workbench->open_to_writing = true;
    /* SQLite frees what a query took, and the next one takes as much: giving it back to the system
     * in between doubles the time of a workbench that is filled often. */
    mallopt(M_TRIM_THRESHOLD, KEPT_MEMORY);
    mallopt(M_MMAP_THRESHOLD, KEPT_MEMORY);
    workbench->today = "";
    workbench->filled = arena_alloc_array(arena, kind_count, sizeof *workbench->filled);
    if (sqlite3_open_v2(":memory:", &workbench->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, clock_register()) != SQLITE_OK)
        abort();
    execute(workbench, "pragma journal_mode = off; pragma temp_store = memory; begin");
    for (size_t i = 0; i < kind_count; i++)
        table_create(workbench, kinds[i]);
    facts_create(workbench);
    execute(workbench, "commit");
    workbench->open_to_writing = false;
    workbench_guard(workbench);
    return workbench;
}

void workbench_close(struct workbench *workbench) {
    workbench_forget(workbench);
    sqlite3_close(workbench->database);
}

/* ---- one record, as of the day ---- */

static bool is_after_today(const struct workbench *workbench, const char *day) {
    return day[0] && strcmp(day, workbench->today) > 0;
}

static struct when field_when(const struct record *record, int field) {
    struct when when = {0};
    if (field >= 0 && record->values[field] && !when_parse(record->values[field], &when))
        when = (struct when){0};
    return when;
}

/* Whether it had begun by the day, as far as anyone knows. */
static bool record_began(const struct workbench *workbench, const struct record *record) {
    for (int f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        if (((field->flags & BEGINS) || text_equal(field->name, "since")) &&
            is_after_today(workbench, field_when(record, f).first))
            return false;
    }
    return true;
}

/* What a field says on the day. */
static const char *value_on_day(const struct workbench *workbench, const struct record *record,
                                int f) {
    const struct field *field = &record->kind->fields[f];
    const char *value = record->values[f];
    if (value && (field->flags & HAPPENED) &&
        is_after_today(workbench, field_when(record, f).first))
        return NULL;
    if (field->until) {
        int until = kind_field_index(record->kind, field->until);
        bool to_come = is_after_today(workbench, field_when(record, until).first);
        if (to_come || (!value && !record->values[until]))
            return field->before;
        return value ? value : field->after;
    }
    return value ? value : field->otherwise;
}

/* ---- filling it ---- */

static void bind_text(sqlite3_stmt *statement, int *at, const char *text) {
    ++*at;
    if (text && *text)
        sqlite3_bind_text(statement, *at, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, *at);
}

/* The rows of a record's lists have numbers by its place among the records, so that they stand in
 * the same order whenever they were put in. */
static sqlite3_int64 refs_row(size_t place) {
    enum { REFS_MAX = 65536 }; /* more than a cell can hold */
    return (sqlite3_int64)place * REFS_MAX;
}

static void refs_insert(struct workbench *workbench, const struct record *record, size_t place,
                        const struct field *field, const char *keys) {
    const void *what = field;
    struct kept *kept = workbench_kept(workbench, what);
    if (!kept)
        kept = prepare(workbench, what,
                       arena_format(workbench->arena,
                                    "insert into %s_%s(rowid, id, ref) values(?, ?, ?)",
                                    record->kind->name, field->name));
    sqlite3_int64 row = refs_row(place);
    for (char *key; (key = value_next_ref(workbench->arena, &keys));) {
        int at = 1;
        sqlite3_bind_int64(kept->statement, at, row++);
        bind_text(kept->statement, &at, record->id);
        bind_text(kept->statement, &at, key);
        run_once(workbench, kept->statement);
    }
}

static void refs_remove(struct workbench *workbench, const struct record *record, size_t place) {
    for (const struct field *field = record->kind->fields; field->name; field++) {
        if (field->type != FIELD_REFS)
            continue;
        const void *what = &field->hint; /* `field` stands for the statement that inserts */
        struct kept *kept = workbench_kept(workbench, what);
        if (!kept)
            kept = prepare(workbench, what,
                           arena_format(workbench->arena,
                                        "delete from %s_%s where rowid >= ? and rowid < ?",
                                        record->kind->name, field->name));
        sqlite3_bind_int64(kept->statement, 1, refs_row(place));
        sqlite3_bind_int64(kept->statement, 2, refs_row(place + 1));
        run_once(workbench, kept->statement);
    }
}

static void record_insert(struct workbench *workbench, sqlite3_stmt *statement,
                          const struct record *record, size_t place) {
    int at = 0;
    bind_text(statement, &at, record->id);
    for (int f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        const char *value = value_on_day(workbench, record, f);
        if (field->type == FIELD_REFS) {
            if (value)
                refs_insert(workbench, record, place, field, value);
            continue;
        }
        bind_text(statement, &at, value);
        if (field->type == FIELD_WHEN) {
            struct when when = value ? field_when(record, f) : (struct when){0};
            ++at;
            sqlite3_bind_text(statement, at, when.first[0] ? when.first : NULL, -1,
                              SQLITE_TRANSIENT);
            ++at;
            sqlite3_bind_text(statement, at, when.last[0] ? when.last : NULL, -1, SQLITE_TRANSIENT);
        }
    }
    if (kind_has_period(record->kind))
        sqlite3_bind_int(statement, ++at, record_in_force(record, workbench->today));
    run_once(workbench, statement);
}

/* The statements that put a record of the kind in and take it out. */
static struct filled *statements_prepare(struct workbench *workbench, const struct kind *kind) {
    struct filled *filled = &workbench->filled[kind_index(kind)];
    if (filled->insert)
        return filled;
    const char *table = table_name(workbench, kind);
    struct text insert = text_new(workbench->arena);
    text_add_format(&insert, "insert into %s values(?", table);
    for (const struct field *field = kind->fields; field->name; field++)
        text_add(&insert, field->type == FIELD_REFS   ? ""
                          : field->type == FIELD_WHEN ? ",?,?,?"
                                                      : ",?");
    text_add(&insert, kind_has_period(kind) ? ",?)" : ")");
    const char *remove = arena_format(workbench->arena, "delete from %s where id = ?", table);
    filled->insert = prepare(workbench, insert.bytes, insert.bytes)->statement;
    filled->remove = prepare(workbench, remove, remove)->statement;
    return filled;
}

bool workbench_basis_wanted(const struct record *record, const struct names *bases) {
    int field = kind_field_index(record->kind, "basis");
    if (!bases || field < 0) /* documents have no basis: they are what others rest on */
        return true;
    const char *basis = record->values[field];
    return names_contain(bases, basis ? basis : record->kind->fields[field].otherwise);
}

static void kind_empty(struct workbench *workbench, const struct kind *kind) {
    execute(workbench,
            arena_format(workbench->arena, "delete from %s", table_name(workbench, kind)));
    for (const struct field *field = kind->fields; field->name; field++)
        if (field->type == FIELD_REFS)
            execute(workbench,
                    arena_format(workbench->arena, "delete from %s_%s", kind->name, field->name));
}

static void record_fill(struct workbench *workbench, const struct record *record, size_t place) {
    if (workbench_basis_wanted(record, workbench->bases) && record_began(workbench, record))
        record_insert(workbench, statements_prepare(workbench, record->kind)->insert, record,
                      place);
}

static void record_remove(struct workbench *workbench, const struct record *record, size_t place) {
    sqlite3_stmt *remove = statements_prepare(workbench, record->kind)->remove;
    bind_text(remove, &(int){0}, record->id);
    run_once(workbench, remove);
    refs_remove(workbench, record, place);
}

/* What is in of a record, and on which days it reads the same: nothing in "one record, as of the
 * day" asks more than whether the day has come on which one of its times begins, or has passed on
 * which one ends. */
static struct filled_record record_filled(const struct workbench *workbench,
                                          const struct record *record) {
    long today = day_number_of(workbench->today);
    struct filled_record filled = {record->serial, record->version, LONG_MIN, LONG_MAX};
    for (int f = 0; record->kind->fields[f].name; f++) {
        struct when when = {0};
        if (record->kind->fields[f].type == FIELD_WHEN)
            when = field_when(record, f);
        const char *days[] = {when.first, when.last};
        for (int i = 0; i < 2; i++) {
            if (!*days[i])
                continue;
            long change = day_number_of(days[i]) + i; /* the first day that differs */
            if (!day_valid(days[i])) /* beyond the calendar: put in anew each day */
                filled.from = filled.until = today;
            else if (change <= today && change > filled.from)
                filled.from = change;
            else if (change > today && change - 1 < filled.until)
                filled.until = change - 1;
        }
    }
    return filled;
}

static bool same_serials(const struct filled *filled, const struct record_list *all) {
    if (filled->list.n != all->list.n)
        return false;
    for (size_t i = 0; i < all->list.n; i++)
        if (filled->list.items[i].serial != all->list.items[i]->serial)
            return false;
    return true;
}

/* Where the same records are in, only those are put in anew that have changed or read otherwise on
 * this day. Tells whether there were any. */
static bool kind_refresh(struct workbench *workbench, const struct record_list *all,
                         struct filled *filled) {
    long today = day_number_of(workbench->today);
    bool any = false;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        struct filled_record *in = &filled->list.items[i];
        if (record->version == in->version && in->from <= today && today <= in->until)
            continue;
        record_remove(workbench, record, i);
        record_fill(workbench, record, i);
        *in = record_filled(workbench, record);
        any = true;
    }
    return any;
}

static void kind_fill(struct workbench *workbench, const struct record_list *all,
                      const struct kind *kind, bool same_bases) {
    struct filled *filled = &workbench->filled[kind_index(kind)];
    if (same_bases && same_serials(filled, all)) {
        if (kind_refresh(workbench, all, filled))
            filled->source.changed = workbench->count;
        return;
    }
    if (filled->list.n)
        kind_empty(workbench, kind);
    filled->list.n = 0;
    for (size_t i = 0; i < all->list.n; i++) {
        const struct record *record = all->list.items[i];
        record_fill(workbench, record, i);
        list_add(workbench->arena, &filled->list, record_filled(workbench, record));
    }
    filled->source.changed = workbench->count;
    if (all->list.n >= WORTH_AN_INDEX && !filled->indexed)
        indexes_create(workbench, kind);
}

/* Each fact is worked out from the records and from the facts before it, if any of these has
 * changed. */
static void facts_fill(struct workbench *workbench) {
    for (size_t i = 0; i < workbench->facts.n; i++) {
        struct fact *fact = workbench->facts.items[i];
        if (!fact->fill)
            continue;
        const struct kept *fill = prepare(workbench, fact->fill, fact->fill);
        if (fact->source.changed && sources_stand(&fill->sources, fact->source.changed))
            continue;
        run_once(workbench, prepare(workbench, fact->empty, fact->empty)->statement);
        run_once(workbench, fill->statement);
        fact->source.changed = workbench->count;
    }
}

static bool same_names(const struct names *one, const struct names *other) {
    if (!one || !other || one->list.n != other->list.n)
        return one == other;
    for (size_t i = 0; i < one->list.n; i++)
        if (!text_equal(one->list.items[i], other->list.items[i]))
            return false;
    return true;
}

void workbench_fill(struct workbench *workbench, const struct records *records,
                    const struct workbench_options *options) {
    bool same_bases = same_names(workbench->bases, options->bases);
    workbench->count++;
    if (!text_equal(workbench->today, options->today)) {
        workbench->today = arena_copy(workbench->arena, options->today);
        workbench->day.changed = workbench->count;
    }
    workbench->open_to_writing = true;
    workbench->bases = options->bases;
    clock_set(workbench->today);
    execute(workbench, "begin");
    for (size_t i = 0; i < kind_count; i++)
        kind_fill(workbench, records_of(records, kinds[i]), kinds[i], same_bases);
    facts_fill(workbench);
    execute(workbench, "commit");
    workbench->open_to_writing = false;
}

static struct fact *fact_find(const struct workbench *workbench, const char *name) {
    for (size_t i = 0; i < workbench->facts.n; i++)
        if (text_equal(workbench->facts.items[i]->name, name))
            return workbench->facts.items[i];
    abort();
}

bool workbench_fact_renew(struct workbench *workbench, const char *name, unsigned variant,
                          const struct query *const *queries, size_t n) {
    struct fact *fact = fact_find(workbench, name);
    bool stands = fact->source.changed && fact->variant == variant;
    for (size_t i = 0; i < n && stands; i++) {
        const struct kept *kept = workbench_kept(workbench, queries[i]);
        stands = kept && sources_stand(&kept->sources, fact->source.changed);
    }
    if (stands)
        return false;
    workbench->open_to_writing = true;
    run_once(workbench, prepare(workbench, fact->empty, fact->empty)->statement);
    workbench->open_to_writing = false;
    fact->source.changed = ++workbench->count;
    fact->variant = variant;
    return true;
}

void workbench_fact_add(struct workbench *workbench, const char *insert,
                        const struct fact_value *values, size_t n) {
    workbench->open_to_writing = true;
    sqlite3_stmt *statement = prepare(workbench, insert, insert)->statement;
    for (int i = 0; i < (int)n; i++)
        if (values[i].text)
            sqlite3_bind_text(statement, i + 1, values[i].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_double(statement, i + 1, values[i].number); /* NAN becomes NULL */
    run_once(workbench, statement);
    workbench->open_to_writing = false;
}
