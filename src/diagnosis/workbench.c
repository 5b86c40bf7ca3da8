#include "diagnosis/workbench.h"
#include "base/text.h"
#include "record/value.h"
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    STEPS_BETWEEN_CHECKS = 1000, /* virtual machine instructions */
    SECONDS_MAX = 1,             /* of processor time for one rule that is not built in */
    ROWS_PER_RULE_MAX = 100000,
    BYTES_PER_RULE_MAX = 16 * 1024 * 1024, /* in all that a rule gives */
    VALUE_MAX = 1024 * 1024,               /* in one value */
    RULE_HEAP_MAX = 48 * 1024 * 1024,      /* what SQLite may take for a rule, beside the records */
};

struct workbench {
    sqlite3 *database;
    struct arena *arena;
    const char *today;
    double rule_began; /* processor seconds */
    bool rule_is_builtin;
};

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

static const char *clock_set(const char *day) {
    static sqlite3_vfs layer;
    const sqlite3_int64 unix_epoch = 210866760000000; /* 1970-01-01 12:00 in Julian milliseconds */
    julian_milliseconds = unix_epoch + (sqlite3_int64)day_number_of(day) * 86400000;
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

/* Statements made here are ours: if one fails, the program is broken. */
static void execute(struct workbench *workbench, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(workbench->database, sql, NULL, NULL, &message) == SQLITE_OK)
        return;
    fprintf(stderr, "ithaca: workbench: %s in\n%s\n", message, sql);
    abort();
}

static sqlite3_stmt *prepare(struct workbench *workbench, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(workbench->database, sql, -1, &statement, NULL) == SQLITE_OK)
        return statement;
    fprintf(stderr, "ithaca: workbench: %s in\n%s\n", sqlite3_errmsg(workbench->database), sql);
    abort();
}

static const char *table_name(struct workbench *workbench, const struct kind *kind) {
    return kind_has_period(kind) ? arena_format(workbench->arena, "%s_ever", kind->name)
                                 : kind->name;
}

static void table_create(struct workbench *workbench, const struct kind *kind) {
    const char *table = table_name(workbench, kind);
    struct text sql = text_new(workbench->arena);
    text_add_format(&sql, "create table %s(id text primary key", table);
    for (const struct field *field = kind->fields; field->name; field++) {
        if (field->type == FIELD_REFS) {
            execute(workbench,
                    arena_format(workbench->arena, "create table %s_%s(id text, ref text)",
                                 kind->name, field->name));
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

/* Rules join on references: give each an index once the rows are in. */
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
}

static void facts_make(struct workbench *workbench) {
    struct files files = {0};
    files_add_builtin(workbench->arena, &files, "rules/facts.sql", ".sql");
    for (size_t i = 0; i < files.list.n; i++)
        execute(workbench, files.list.items[i].text);
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

static bool record_in_force(const struct workbench *workbench, const struct record *record) {
    int until = kind_field_index(record->kind, "until");
    if (!record->values[until])
        return true;
    struct when when = field_when(record, until);
    /* Ended at a time that nobody knows: not in force. */
    return when.last[0] && strcmp(when.last, workbench->today) >= 0;
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

static void step_and_reset(struct workbench *workbench, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) {
        fprintf(stderr, "ithaca: workbench: %s\n", sqlite3_errmsg(workbench->database));
        abort();
    }
    sqlite3_reset(statement);
}

static void refs_insert(struct workbench *workbench, const struct record *record,
                        const struct field *field, const char *keys) {
    sqlite3_stmt *statement =
        prepare(workbench, arena_format(workbench->arena, "insert into %s_%s values(?, ?)",
                                        record->kind->name, field->name));
    for (char *key; (key = value_next_ref(workbench->arena, &keys));) {
        int at = 0;
        bind_text(statement, &at, record->id);
        bind_text(statement, &at, key);
        step_and_reset(workbench, statement);
    }
    sqlite3_finalize(statement);
}

static void record_insert(struct workbench *workbench, sqlite3_stmt *statement,
                          const struct record *record) {
    int at = 0;
    bind_text(statement, &at, record->id);
    for (int f = 0; record->kind->fields[f].name; f++) {
        const struct field *field = &record->kind->fields[f];
        const char *value = value_on_day(workbench, record, f);
        if (field->type == FIELD_REFS) {
            if (value)
                refs_insert(workbench, record, field, value);
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
        sqlite3_bind_int(statement, ++at, record_in_force(workbench, record));
    step_and_reset(workbench, statement);
}

static sqlite3_stmt *insert_prepare(struct workbench *workbench, const struct kind *kind) {
    struct text sql = text_new(workbench->arena);
    text_add_format(&sql, "insert into %s values(?", table_name(workbench, kind));
    for (const struct field *field = kind->fields; field->name; field++)
        text_add(&sql, field->type == FIELD_REFS   ? ""
                       : field->type == FIELD_WHEN ? ",?,?,?"
                                                   : ",?");
    text_add(&sql, kind_has_period(kind) ? ",?)" : ")");
    return prepare(workbench, sql.bytes);
}

static bool basis_wanted(const struct record *record, const struct names *bases) {
    int field = kind_field_index(record->kind, "basis");
    if (!bases || field < 0) /* documents have no basis: they are what others rest on */
        return true;
    const char *basis = record->values[field];
    return names_contain(bases, basis ? basis : record->kind->fields[field].otherwise);
}

static void kind_fill(struct workbench *workbench, const struct records *records,
                      const struct kind *kind, const struct names *bases) {
    const struct record_list *all = records_of(records, kind);
    if (!all->list.n)
        return;
    sqlite3_stmt *statement = insert_prepare(workbench, kind);
    for (size_t i = 0; i < all->list.n; i++)
        if (basis_wanted(all->list.items[i], bases) && record_began(workbench, all->list.items[i]))
            record_insert(workbench, statement, all->list.items[i]);
    sqlite3_finalize(statement);
}

/* ---- what a rule may do ---- */

static bool function_allowed(const char *name) {
    static const char *const allowed[] = {
        "abs",    "avg",        "coalesce", "count",       "date",       "glob",   "group_concat",
        "ifnull", "iif",        "instr",    "julianday",   "length",     "like",   "lower",
        "ltrim",  "max",        "min",      "nullif",      "printf",     "format", "replace",
        "round",  "row_number", "rtrim",    "substr",      "sum",        "total",  "trim",
        "upper",  "lag",        "lead",     "first_value", "last_value", "rank",   "dense_rank"};
    return name_index(allowed, (int)(sizeof allowed / sizeof *allowed), name) >= 0;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger) {
    (void)context, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return text_starts_with(first, "sqlite_") ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_FUNCTION:
        return function_allowed(second) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int check_progress(void *context) {
    const struct workbench *workbench = context;
    return !workbench->rule_is_builtin && processor_seconds() - workbench->rule_began > SECONDS_MAX;
}

static void workbench_close_to_writing(struct workbench *workbench) {
    sqlite3 *database = workbench->database;
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, VALUE_MAX);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_progress_handler(database, STEPS_BETWEEN_CHECKS, check_progress, workbench);
    sqlite3_set_authorizer(database, authorize, NULL);
}

struct workbench *workbench_open(const struct records *records,
                                 const struct workbench_options *options) {
    struct arena *arena = records->arena;
    struct workbench *workbench = arena_alloc(arena, sizeof *workbench);
    workbench->arena = arena;
    workbench->today = arena_copy(arena, options->today);
    if (sqlite3_open_v2(":memory:", &workbench->database, SQLITE_OPEN_READWRITE,
                        clock_set(workbench->today)) != SQLITE_OK)
        abort();
    execute(workbench, "pragma journal_mode = off; begin");
    for (size_t i = 0; i < kind_count; i++)
        table_create(workbench, kinds[i]);
    for (size_t i = 0; i < kind_count; i++)
        kind_fill(workbench, records, kinds[i], options->bases);
    for (size_t i = 0; i < kind_count; i++)
        if (records_of(records, kinds[i])->list.n)
            indexes_create(workbench, kinds[i]);
    facts_make(workbench);
    execute(workbench, "commit");
    workbench_close_to_writing(workbench);
    return workbench;
}

void workbench_close(struct workbench *workbench) {
    sqlite3_close(workbench->database);
}

/* ---- running a rule ---- */

static struct place sql_place(const struct workbench *workbench, const struct rule *rule) {
    int offset = sqlite3_error_offset(workbench->database);
    unsigned line = rule->sql_line;
    for (int i = 0; i < offset && rule->sql[i]; i++)
        line += rule->sql[i] == '\n';
    return (struct place){.file = rule->file, .row = line};
}

static enum err parameters_bind(struct workbench *workbench, const struct rule *rule,
                                sqlite3_stmt *statement, struct problems *problems) {
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        bool bound = false;
        if (text_equal(name, ":today")) {
            sqlite3_bind_text(statement, i, workbench->today, -1, SQLITE_STATIC);
            bound = true;
        }
        for (size_t t = 0; t < rule->thresholds.n && name && !bound; t++) {
            const struct threshold *threshold = &rule->thresholds.items[t];
            if (name[0] != ':' || !text_equal(name + 1, threshold->name))
                continue;
            bool whole =
                fabs(threshold->value) < 1e15 && threshold->value == (double)(long)threshold->value;
            if (whole)
                sqlite3_bind_int64(statement, i, (long)threshold->value);
            else
                sqlite3_bind_double(statement, i, threshold->value);
            bound = true;
        }
        if (!bound) {
            problem_add(problems, (struct place){.file = rule->file, .row = rule->sql_line},
                        "The SELECT uses %s, but the rule has no line \"threshold %s:\".",
                        name ? name : "?", name ? name + 1 : "name");
            return ERR_INPUT;
        }
    }
    return OK;
}

/* Gives the bytes in the row. */
static size_t row_add(struct arena *arena, sqlite3_stmt *statement, const char *const *names,
                      size_t n, struct rows *out) {
    size_t bytes = 0;
    struct row row = {names, arena_alloc_array(arena, n, sizeof *row.values), n};
    for (size_t i = 0; i < n; i++) {
        const char *text = (const char *)sqlite3_column_text(statement, (int)i);
        row.values[i] = text ? arena_copy(arena, text) : NULL;
        bytes += text ? strlen(text) : 0;
    }
    list_add(arena, &out->list, row);
    return bytes;
}

static enum err rows_read(struct workbench *workbench, struct arena *arena, const struct rule *rule,
                          sqlite3_stmt *statement, struct rows *out, struct problems *problems) {
    size_t n = (size_t)sqlite3_column_count(statement);
    const char **names = arena_alloc_array(arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = arena_copy(arena, sqlite3_column_name(statement, (int)i));
    size_t bytes = 0;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW && out->list.n < ROWS_PER_RULE_MAX &&
           bytes < BYTES_PER_RULE_MAX)
        bytes += row_add(arena, statement, names, n, out);
    if (result == SQLITE_DONE)
        return OK;
    problem_add(problems, (struct place){.file = rule->file, .row = rule->sql_line},
                "The rule was stopped: %s.",
                result == SQLITE_ROW         ? "it gives more than 100,000 rows or 16 MiB"
                : result == SQLITE_INTERRUPT ? "it takes more than a second"
                : result == SQLITE_NOMEM     ? "it takes too much memory"
                                             : sqlite3_errmsg(workbench->database));
    return ERR_INPUT;
}

/* Prepares the SELECT with its parameters; NULL and a problem if it is not right. */
static sqlite3_stmt *rule_prepare(struct workbench *workbench, const struct rule *rule,
                                  struct problems *problems) {
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    if (sqlite3_prepare_v2(workbench->database, rule->sql, -1, &statement, &rest) != SQLITE_OK) {
        problem_add(problems, sql_place(workbench, rule), "The SELECT is not right: %s.",
                    sqlite3_errmsg(workbench->database));
        return NULL;
    }
    if (!statement || !sqlite3_stmt_readonly(statement) || !text_blank(rest))
        problem_add(problems, (struct place){.file = rule->file, .row = rule->sql_line},
                    "A rule is one SELECT, and nothing after it.");
    else if (parameters_bind(workbench, rule, statement, problems) == OK)
        return statement;
    sqlite3_finalize(statement);
    return NULL;
}

enum err workbench_run(struct workbench *workbench, struct arena *arena, const struct rule *rule,
                       struct rows *out, struct problems *problems) {
    *out = (struct rows){0};
    workbench->rule_began = processor_seconds();
    workbench->rule_is_builtin = rule->is_builtin;
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + RULE_HEAP_MAX);
    sqlite3_stmt *statement = rule_prepare(workbench, rule, problems);
    enum err err = ERR_INPUT;
    if (statement)
        err = rows_read(workbench, arena, rule, statement, out, problems);
    sqlite3_finalize(statement);
    sqlite3_hard_heap_limit64(0);
    return err;
}

enum err workbench_columns(struct workbench *workbench, struct arena *arena,
                           const struct rule *rule, struct names *out, struct problems *problems) {
    sqlite3_stmt *statement = rule_prepare(workbench, rule, problems);
    if (!statement)
        return ERR_INPUT;
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        list_add(arena, &out->list, arena_copy(arena, sqlite3_column_name(statement, i)));
    sqlite3_finalize(statement);
    return OK;
}

const char *row_value(const struct row *row, const char *name) {
    for (size_t i = 0; i < row->n; i++)
        if (text_equal(row->names[i], name))
            return row->values[i];
    return NULL;
}
