#include "base/text.h"
#include "diagnosis/allowance.h"
#include "diagnosis/workbench_inside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_BETWEEN_CHECKS = 1000, /* virtual machine instructions */
    VALUE_MAX = 1024 * 1024,     /* bytes in one value */
    BYTES_PER_VALUE = 32,        /* what a value takes beside its text */
    MEBIBYTE = 1024 * 1024,
    ANSWER_KEPT_MAX = MEBIBYTE,        /* bytes in the rows of an answer that is kept */
    ANSWER_ROOM = 8 * ANSWER_KEPT_MAX, /* the same with what memory takes around them */
};

/* Of a query that does not come with the program. Those that do are ours to keep quick, and give
 * as much as there are records. */
struct query_limits {
    double seconds; /* of processor time */
    size_t rows, bytes;
    int heap; /* bytes that SQLite may take, beside the records */
};
static const struct query_limits own_limits = {0.7, 50000, 8 * MEBIBYTE, 24 * MEBIBYTE};

/* ---- what is kept ---- */

struct kept *workbench_kept(const struct workbench *workbench, const void *what) {
    for (size_t i = 0; i < workbench->kept.n; i++)
        if (workbench->kept.items[i]->what == what)
            return workbench->kept.items[i];
    return NULL;
}

struct kept *workbench_keep(struct workbench *workbench, const void *what, const char *sql,
                            const char **rest) {
    struct sources sources = {0};
    sqlite3_stmt *statement = NULL;
    workbench->noting = &sources;
    int result = sqlite3_prepare_v2(workbench->database, sql, -1, &statement, rest);
    workbench->noting = NULL;
    if (result != SQLITE_OK)
        return NULL;
    struct kept *kept = arena_alloc(workbench->arena, sizeof *kept);
    *kept = (struct kept){.what = what, .statement = statement, .sources = sources};
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        if (text_equal(sqlite3_bind_parameter_name(statement, i), ":today"))
            list_add(workbench->arena, &kept->sources.list, &workbench->day);
    list_add(workbench->arena, &workbench->kept, kept);
    return kept;
}

void workbench_forget(struct workbench *workbench) {
    for (size_t i = 0; i < workbench->kept.n; i++) {
        sqlite3_finalize(workbench->kept.items[i]->statement);
        if (workbench->kept.items[i]->answer.arena)
            arena_free(workbench->kept.items[i]->answer.arena);
    }
}

bool sources_stand(const struct sources *sources, unsigned long since) {
    for (size_t i = 0; i < sources->list.n; i++)
        if (sources->list.items[i]->changed > since)
            return false;
    return true;
}

/* ---- what a statement reads ---- */

static void source_note(struct workbench *workbench, const struct source *source) {
    if (!source)
        return;
    for (size_t i = 0; i < workbench->noting->list.n; i++)
        if (workbench->noting->list.items[i] == source)
            return;
    list_add(workbench->arena, &workbench->noting->list, source);
}

/* Whatever asks the clock, or could. */
static bool function_tells_time(const char *name) {
    static const char *const telling[] = {"date",         "time",         "datetime",
                                          "julianday",    "strftime",     "unixepoch",
                                          "current_date", "current_time", "current_timestamp"};
    return name_index(telling, (int)(sizeof telling / sizeof *telling), name) >= 0;
}

static void action_note(struct workbench *workbench, int action, const char *first,
                        const char *second) {
    if (action == SQLITE_READ)
        source_note(workbench, index_find(&workbench->sources, first));
    else if (action == SQLITE_FUNCTION && function_tells_time(second))
        source_note(workbench, &workbench->day);
}

/* ---- what a query may do ---- */

static bool function_allowed(const char *name) {
    static const char *const allowed[] = {
        "abs",    "avg",        "coalesce", "count",       "date",       "glob",   "group_concat",
        "ifnull", "iif",        "instr",    "julianday",   "length",     "like",   "lower",
        "ltrim",  "max",        "min",      "nullif",      "printf",     "format", "replace",
        "round",  "row_number", "rtrim",    "substr",      "sum",        "total",  "trim",
        "upper",  "lag",        "lead",     "first_value", "last_value", "rank",   "dense_rank"};
    return name_index(allowed, (int)(sizeof allowed / sizeof *allowed), name) >= 0;
}

/* SQLite gives the name of a table of which no column is read as it stands in the query, where it
 * can be that of a WITH as well. */
static bool table_allowed(const struct workbench *workbench, const char *name, const char *column) {
    return *column ? index_find(&workbench->tables, name) != NULL
                   : sqlite3_strnicmp(name, "sqlite_", 7) != 0 &&
                         sqlite3_strnicmp(name, "pragma_", 7) != 0;
}

static void measure_note(struct workbench *workbench, const char *table, const char *column) {
    if (text_equal(table, "network_person") && !names_contain(&workbench->measures, column))
        list_add(workbench->arena, &workbench->measures.list, arena_copy(workbench->arena, column));
}

/* Notes what was denied: SQLite's own message does not say. */
static int deny(struct workbench *workbench, const char *what, const char *name) {
    workbench->denied = arena_format(workbench->arena, "%s%s%s", what, *name ? " " : "",
                                     text_quote(workbench->arena, name));
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger) {
    struct workbench *workbench = context;
    (void)database, (void)trigger;
    if (workbench->noting)
        action_note(workbench, action, first, second);
    if (workbench->open_to_writing)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        measure_note(workbench, first, second);
        return table_allowed(workbench, first, second) ? SQLITE_OK
                                                       : deny(workbench, "the table", first);
    case SQLITE_FUNCTION:
        return function_allowed(second) ? SQLITE_OK : deny(workbench, "the function", second);
    default:
        return deny(workbench, "something other than SELECT", "");
    }
}

static int check_progress(void *context) {
    const struct workbench *workbench = context;
    return !workbench->query_is_builtin && !workbench->open_to_writing &&
           allowance_clock() - workbench->query_began > own_limits.seconds;
}

static int table_note(void *context, int n, char **values, char **names) {
    struct workbench *workbench = context;
    (void)n, (void)names;
    index_add(workbench->arena, &workbench->tables, arena_copy(workbench->arena, values[0]),
              workbench);
    return SQLITE_OK;
}

void workbench_guard(struct workbench *workbench) {
    static const struct {
        int what, most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, VALUE_MAX},
        {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
        {SQLITE_LIMIT_COLUMN, 200},
        {SQLITE_LIMIT_EXPR_DEPTH, 200},
        {SQLITE_LIMIT_COMPOUND_SELECT, 50},
        {SQLITE_LIMIT_VDBE_OP, 50000},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    sqlite3 *database = workbench->database;
    if (sqlite3_exec(database, "select name from sqlite_schema where type in ('table', 'view')",
                     table_note, workbench, NULL) != SQLITE_OK)
        abort();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(database, limits[i].what, limits[i].most);
    sqlite3_drop_modules(database, NULL); /* tables that are no tables: JSON, searches, files */
    sqlite3_progress_handler(database, STEPS_BETWEEN_CHECKS, check_progress, workbench);
    sqlite3_set_authorizer(database, authorize, workbench);
}

/* ---- running a query ---- */

static struct place sql_place(const struct workbench *workbench, const struct query *query) {
    int offset = sqlite3_error_offset(workbench->database);
    unsigned line = query->line;
    for (int i = 0; i < offset && query->sql[i]; i++)
        line += query->sql[i] == '\n';
    return (struct place){.file = query->file, .row = line};
}

static void number_bind(sqlite3_stmt *statement, int at, double value) {
    if (fabs(value) < 1e15 && value == (double)(long)value)
        sqlite3_bind_int64(statement, at, (long)value);
    else
        sqlite3_bind_double(statement, at, value);
}

static bool parameter_bind(const struct workbench *workbench, const struct query *query,
                           const char *subject, sqlite3_stmt *statement, int at, const char *name) {
    if (text_equal(name, ":today") || (subject && text_equal(name, ":subject"))) {
        sqlite3_bind_text(statement, at, name[1] == 't' ? workbench->today : subject, -1,
                          SQLITE_STATIC);
        return true;
    }
    for (size_t t = 0; t < query->thresholds.n && name && name[0] == ':'; t++)
        if (text_equal(name + 1, query->thresholds.items[t].name)) {
            number_bind(statement, at, query->thresholds.items[t].value);
            return true;
        }
    return false;
}

static enum err parameters_bind(struct workbench *workbench, const struct query *query,
                                const char *subject, sqlite3_stmt *statement,
                                struct problems *problems) {
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        if (parameter_bind(workbench, query, subject, statement, i, name))
            continue;
        problem_add(problems, (struct place){.file = query->file, .row = query->line},
                    "The SELECT uses %s, but there is no line \"threshold %s:\".",
                    name ? name : "?", name ? name + 1 : "name");
        return ERR_INPUT;
    }
    return OK;
}

/* Adds the bytes that the row takes to `bytes`; false if there is something in it that is no text.
 */
static bool row_add(struct arena *arena, sqlite3_stmt *statement, const char *const *names,
                    size_t n, struct rows *out, size_t *bytes) {
    struct row row = {names, arena_alloc_array(arena, n, sizeof *row.values), n};
    bool plain = true;
    for (size_t i = 0; i < n && plain; i++) {
        const char *text = (const char *)sqlite3_column_text(statement, (int)i);
        row.values[i] = text ? arena_copy(arena, text) : NULL;
        *bytes += BYTES_PER_VALUE + (text ? strlen(text) : 0);
        plain = !text || (text_is_utf8(text, strlen(text)) && !text_has_control(text));
    }
    list_add(arena, &out->list, row);
    return plain;
}

static const char *stopped_why(struct arena *arena, const struct workbench *workbench, int result,
                               bool plain) {
    if (!plain)
        return "it gives something that is no text, or a character that cannot be printed";
    switch (result) {
    case SQLITE_ROW:
        return arena_format(arena, "it gives more than %zu rows or %zu MiB", own_limits.rows,
                            own_limits.bytes / MEBIBYTE);
    case SQLITE_INTERRUPT:
        return arena_format(arena, "it takes more than %g seconds", own_limits.seconds);
    case SQLITE_NOMEM:
        return "it takes too much memory";
    default:
        return sqlite3_errmsg(workbench->database);
    }
}

static enum err rows_read(struct workbench *workbench, struct arena *arena,
                          const struct query *query, sqlite3_stmt *statement, struct rows *out,
                          struct problems *problems) {
    size_t n = (size_t)sqlite3_column_count(statement);
    const char **names = arena_alloc_array(arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = arena_copy(arena, sqlite3_column_name(statement, (int)i));
    size_t bytes = 0;
    bool plain = true;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW && plain &&
           (query->is_builtin || (out->list.n < own_limits.rows && bytes < own_limits.bytes)))
        plain = row_add(arena, statement, names, n, out, &bytes);
    if (result == SQLITE_DONE && plain)
        return OK;
    problem_add(problems, (struct place){.file = query->file, .row = query->line},
                "It was stopped: %s.", stopped_why(arena, workbench, result, plain));
    return ERR_INPUT;
}

static void prepare_failed(const struct workbench *workbench, const struct query *query,
                           struct problems *problems) {
    struct place place = sql_place(workbench, query);
    if (workbench->denied)
        problem_add(problems, place,
                    "The SELECT is not right: it uses %s. A rule may only read the records and the "
                    "facts that docs/rules.md tells of, and change nothing.",
                    workbench->denied);
    else
        problem_add(problems, place, "The SELECT is not right: %s.",
                    text_quote(problems->arena, sqlite3_errmsg(workbench->database)));
}

/* The statement of a query, be it a rule's or a listing's, ready to run; NULL and a problem if it
 * is not right. Until sqlite3_hard_heap_limit64(0), what SQLite may take is limited. */
static struct kept *query_prepare(struct workbench *workbench, const struct query *query,
                                  const char *subject, struct problems *problems) {
    struct kept *kept = workbench_kept(workbench, query);
    const char *rest = "";
    bool is_new = !kept;
    workbench->query_began = allowance_clock();
    workbench->query_is_builtin = query->is_builtin;
    workbench->denied = NULL;
    if (!query->is_builtin)
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + own_limits.heap);
    if (is_new)
        kept = workbench_keep(workbench, query, query->sql, &rest);
    if (!kept) {
        prepare_failed(workbench, query, problems);
        return NULL;
    }
    if (!kept->statement || !sqlite3_stmt_readonly(kept->statement) || !text_blank(rest))
        problem_add(problems, (struct place){.file = query->file, .row = query->line},
                    "There must be one SELECT, and nothing after it.");
    else if (parameters_bind(workbench, query, subject, kept->statement, problems) == OK)
        return kept;
    if (is_new)
        kept->what = NULL; /* it is not found again, and given back at the end */
    return NULL;
}

/* ---- answers that still hold ---- */

static size_t rows_bytes(const struct rows *rows) {
    size_t bytes = rows->list.n * sizeof *rows->list.items;
    for (size_t i = 0; i < rows->list.n; i++)
        for (size_t c = 0; c < rows->list.items[i].n; c++) {
            const char *value = rows->list.items[i].values[c];
            bytes += sizeof value + (value ? strlen(value) : 0);
        }
    return bytes;
}

static struct rows rows_copy(struct arena *arena, const struct rows *rows) {
    struct rows out = {0};
    const char **names = NULL;
    for (size_t i = 0; i < rows->list.n; i++) {
        const struct row *row = &rows->list.items[i];
        if (!names) {
            names = arena_alloc_array(arena, row->n, sizeof *names);
            for (size_t c = 0; c < row->n; c++)
                names[c] = arena_copy(arena, row->names[c]);
        }
        struct row copy = {names, arena_alloc_array(arena, row->n, sizeof *copy.values), row->n};
        for (size_t c = 0; c < row->n; c++)
            copy.values[c] = row->values[c] ? arena_copy(arena, row->values[c]) : NULL;
        list_add(arena, &out.list, copy);
    }
    return out;
}

/* Keeps the rows for the next time. Most queries are asked once: nothing is kept of the first
 * answer. */
static void answer_keep(const struct workbench *workbench, struct kept *kept,
                        const struct rows *rows) {
    size_t bytes = rows_bytes(rows);
    if (kept->answer.arena)
        arena_free(kept->answer.arena);
    kept->answer = (struct answer){.given = workbench->count};
    if (kept->was_run && bytes <= ANSWER_KEPT_MAX) {
        kept->answer.arena = arena_new(ANSWER_ROOM);
        kept->answer.rows = rows_copy(kept->answer.arena, rows);
    }
    kept->was_run = true;
}

static bool answer_holds(const struct kept *kept) {
    return kept->answer.arena && sources_stand(&kept->sources, kept->answer.given);
}

static enum err query_ask(struct workbench *workbench, struct arena *arena,
                          const struct query *query, const char *subject, struct kept *kept,
                          struct rows *out, struct problems *problems) {
    if (!subject && answer_holds(kept)) {
        *out = rows_copy(arena, &kept->answer.rows);
        return OK;
    }
    enum err err = rows_read(workbench, arena, query, kept->statement, out, problems);
    sqlite3_reset(kept->statement);
    if (!err && !subject)
        answer_keep(workbench, kept, out);
    return err;
}

enum err workbench_run(struct workbench *workbench, struct arena *arena, const struct query *query,
                       const char *subject, struct rows *out, struct problems *problems) {
    *out = (struct rows){0};
    struct kept *kept = query_prepare(workbench, query, subject, problems);
    enum err err = ERR_INPUT;
    if (kept)
        err = query_ask(workbench, arena, query, subject, kept, out, problems);
    sqlite3_hard_heap_limit64(0);
    return err;
}

enum err workbench_prepare(struct workbench *workbench, const struct query *query,
                           struct problems *problems) {
    bool prepared = query_prepare(workbench, query, NULL, problems) != NULL;
    sqlite3_hard_heap_limit64(0);
    return prepared ? OK : ERR_INPUT;
}

bool workbench_reads_measure(const struct workbench *workbench, const char *column) {
    return names_contain(&workbench->measures, column);
}

enum err workbench_columns(struct workbench *workbench, struct arena *arena,
                           const struct query *query, struct names *out,
                           struct problems *problems) {
    const struct kept *kept = query_prepare(workbench, query, "", problems);
    sqlite3_hard_heap_limit64(0);
    if (!kept)
        return ERR_INPUT;
    for (int i = 0; i < sqlite3_column_count(kept->statement); i++)
        list_add(arena, &out->list, arena_copy(arena, sqlite3_column_name(kept->statement, i)));
    return OK;
}

const char *row_value(const struct row *row, const char *name) {
    for (size_t i = 0; i < row->n; i++)
        if (text_equal(row->names[i], name))
            return row->values[i];
    return NULL;
}
