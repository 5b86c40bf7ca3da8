/* What a check asks of the workbench, as two scripts for the `sqlite3` shell, for
 * tests/bench-store.
 *
 *     store-trace DATABASE PROGRAMME DAY ALL FILL ASK
 *
 * ALL gets every statement in its order, with its values written in: tables, records, facts, the
 * rules' SELECTs. ASK gets the SELECTs, those of facts (INSERT ... SELECT) and those of rules; FILL
 * the others, which make the tables and put the records in. Prints how many statements went to the
 * store, if that is SQLite. The workbench is watched from outside: SQLite calls watch_start for
 * each database that this process opens. */
#include "base/text.h"
#include "command/command.h"
#include "command/store.h"
#include "diagnosis/diagnosis.h"
#include "store/programme.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static FILE *all, *fill, *ask;
static unsigned to_store; /* statements */

/* "insert into fact select ...", "with ... insert", a rule's SELECT; not a record's VALUES. */
static bool is_asked(sqlite3_stmt *statement) {
    if (sqlite3_stmt_readonly(statement))
        return sqlite3_column_count(statement) > 0;
    return strcasestr(sqlite3_sql(statement), "select") &&
           strncasecmp(sqlite3_sql(statement), "create", strlen("create")) != 0;
}

static int statement_write(unsigned event, void *context, void *statement, void *text) {
    (void)event, (void)context, (void)text;
    char *sql = sqlite3_expanded_sql(statement);
    if (!sql)
        abort();
    fprintf(all, "%s;\n", sql);
    fprintf(is_asked(statement) ? ask : fill, "%s;\n", sql);
    sqlite3_free(sql);
    return 0;
}

static int statement_count(unsigned event, void *context, void *statement, void *text) {
    (void)event, (void)context, (void)statement, (void)text;
    to_store++;
    return 0;
}

/* The workbench is the one that is no file. */
static int watch_start(sqlite3 *database, char **message, const struct sqlite3_api_routines *api) {
    (void)message, (void)api;
    const char *file = sqlite3_db_filename(database, "main");
    bool is_workbench = !file || !*file;
    sqlite3_trace_v2(database, SQLITE_TRACE_STMT, is_workbench ? statement_write : statement_count,
                     NULL);
    return SQLITE_OK;
}

static enum err programme_check(struct session *session, char **arguments) {
    struct db *db = NULL;
    struct programme programme;
    struct records records;
    struct rules rules;
    struct diagnosis diagnosis;
    struct diagnosis_options options = {0};
    snprintf(options.workbench.today, DAY_SIZE, "%s", arguments[2]);
    enum err err = store_open(session, arguments[0], DB_READ_ONLY, &db);
    if (!err)
        err = programme_read(db, session->arena, arguments[1], 0, &programme, &records);
    db_close(db);
    if (!err)
        err = session_rules(session, NULL, &rules);
    if (err)
        return err;
    struct workbench *workbench = workbench_open(session->arena);
    err = diagnosis_make(workbench, session->arena, &records, &session->content, &rules, &options,
                         &diagnosis, &session->problems);
    workbench_close(workbench);
    return err;
}

int main(int argc, char **argv) {
    struct session session;
    if (argc != 7) {
        fputs("store-trace DATABASE PROGRAMME DAY ALL FILL ASK\n", stderr);
        return EXIT_UNUSABLE;
    }
    all = fopen(argv[4], "w");
    fill = fopen(argv[5], "w");
    ask = fopen(argv[6], "w");
    if (!all || !fill || !ask) {
        perror("store-trace");
        return EXIT_UNUSABLE;
    }
    sqlite3_auto_extension((void (*)(void))watch_start);
    if (session_open(&session) != OK || programme_check(&session, argv + 1) != OK)
        return session_refuse(&session, NULL);
    session_close(&session);
    printf("%u statements to the store\n", to_store);
    return fclose(all) || fclose(fill) || fclose(ask) ? EXIT_UNUSABLE : 0;
}
