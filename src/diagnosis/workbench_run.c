#include "base/text.h"
#include "diagnosis/workbench_inside.h"
#include <math.h>
#include <string.h>
#include <time.h>

enum {
    STEPS_BETWEEN_CHECKS = 1000, /* virtual machine instructions */
    SECONDS_MAX = 1,             /* of processor time for one query that is not built in */
    ROWS_PER_QUERY_MAX = 100000,
    BYTES_PER_QUERY_MAX = 16 * 1024 * 1024, /* in all that a query gives */
    VALUE_MAX = 1024 * 1024,                /* in one value */
    QUERY_HEAP_MAX = 48 * 1024 * 1024,      /* what SQLite may take for it, beside the records */
};

/* ---- what is kept ---- */

sqlite3_stmt *workbench_kept(const struct workbench *workbench, const void *what) {
    for (size_t i = 0; i < workbench->kept.n; i++)
        if (workbench->kept.items[i].what == what)
            return workbench->kept.items[i].statement;
    return NULL;
}

void workbench_keep(struct workbench *workbench, const void *what, sqlite3_stmt *statement) {
    list_add(workbench->arena, &workbench->kept, (struct kept){what, statement});
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

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger) {
    const struct workbench *workbench = context;
    (void)database, (void)trigger;
    if (workbench->open_to_writing)
        return SQLITE_OK;
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
    return !workbench->query_is_builtin && !workbench->open_to_writing &&
           processor_seconds() - workbench->query_began > SECONDS_MAX;
}

void workbench_guard(struct workbench *workbench) {
    sqlite3 *database = workbench->database;
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, VALUE_MAX);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
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

static enum err rows_read(struct workbench *workbench, struct arena *arena,
                          const struct query *query, sqlite3_stmt *statement, struct rows *out,
                          struct problems *problems) {
    size_t n = (size_t)sqlite3_column_count(statement);
    const char **names = arena_alloc_array(arena, n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = arena_copy(arena, sqlite3_column_name(statement, (int)i));
    size_t bytes = 0;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW &&
           (query->is_builtin || (out->list.n < ROWS_PER_QUERY_MAX && bytes < BYTES_PER_QUERY_MAX)))
        bytes += row_add(arena, statement, names, n, out);
    if (result == SQLITE_DONE)
        return OK;
    problem_add(problems, (struct place){.file = query->file, .row = query->line},
                "It was stopped: %s.",
                result == SQLITE_ROW         ? "it gives more than 100,000 rows or 16 MiB"
                : result == SQLITE_INTERRUPT ? "it takes more than a second"
                : result == SQLITE_NOMEM     ? "it takes too much memory"
                                             : sqlite3_errmsg(workbench->database));
    return ERR_INPUT;
}

/* The statement of a query, be it a rule's or a listing's, ready to run; NULL and a problem if it
 * is not right. */
static sqlite3_stmt *query_prepare(struct workbench *workbench, const struct query *query,
                                   const char *subject, struct problems *problems) {
    sqlite3_stmt *statement = workbench_kept(workbench, query);
    const char *rest = "";
    bool is_new = !statement;
    if (is_new &&
        sqlite3_prepare_v2(workbench->database, query->sql, -1, &statement, &rest) != SQLITE_OK) {
        problem_add(problems, sql_place(workbench, query), "The SELECT is not right: %s.",
                    sqlite3_errmsg(workbench->database));
        return NULL;
    }
    if (!statement || !sqlite3_stmt_readonly(statement) || !text_blank(rest))
        problem_add(problems, (struct place){.file = query->file, .row = query->line},
                    "There must be one SELECT, and nothing after it.");
    else if (parameters_bind(workbench, query, subject, statement, problems) == OK) {
        if (is_new)
            workbench_keep(workbench, query, statement);
        return statement;
    }
    if (is_new)
        sqlite3_finalize(statement);
    return NULL;
}

enum err workbench_run(struct workbench *workbench, struct arena *arena, const struct query *query,
                       const char *subject, struct rows *out, struct problems *problems) {
    *out = (struct rows){0};
    workbench->query_began = processor_seconds();
    workbench->query_is_builtin = query->is_builtin;
    if (!query->is_builtin)
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + QUERY_HEAP_MAX);
    sqlite3_stmt *statement = query_prepare(workbench, query, subject, problems);
    enum err err = ERR_INPUT;
    if (statement) {
        err = rows_read(workbench, arena, query, statement, out, problems);
        sqlite3_reset(statement);
    }
    sqlite3_hard_heap_limit64(0);
    return err;
}

enum err workbench_columns(struct workbench *workbench, struct arena *arena,
                           const struct query *query, struct names *out,
                           struct problems *problems) {
    sqlite3_stmt *statement = query_prepare(workbench, query, "", problems);
    if (!statement)
        return ERR_INPUT;
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        list_add(arena, &out->list, arena_copy(arena, sqlite3_column_name(statement, i)));
    return OK;
}

const char *row_value(const struct row *row, const char *name) {
    for (size_t i = 0; i < row->n; i++)
        if (text_equal(row->names[i], name))
            return row->values[i];
    return NULL;
}
