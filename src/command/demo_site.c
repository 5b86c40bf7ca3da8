#include "command/demo_site.h"
#include "accounts/visitor.h"
#include "base/text.h"
#include "command/pages.h"
#include "command/store.h"
#include "findings/worker.h"
#include "prepare/prepare.h"
#include "store/import.h"
#include "store/people.h"
#include "workbook/workbook.h"
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static const char address[] = "127.0.0.1";
enum { PORT = 8080 };
#define LEAD "Programme lead"

struct demo {
    struct session *session;
    const char *database, *day;
    struct rules rules;
    struct web web;
    int port;
};

/* ---- the database ---- */

static void old_remove(const char *path, struct arena *arena) {
    static const char *const beside[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        unlink(arena_format(arena, "%s%s", path, beside[i]));
}

static enum err sample_import(struct demo *demo, struct db *db, const char *workbook) {
    struct arena *arena = demo->session->arena;
    const struct import_wish wish = {.author = "ithaca demo", .reason = "The sample"};
    struct sheets sheets = {0};
    struct imported imported;
    enum err err = workbook_read(arena, workbook, &sheets, &demo->session->problems);
    return err ? err : import_sheets(db, arena, &sheets, &wish, &imported);
}

static enum err sample_look(struct demo *demo, struct db *db) {
    struct session *session = demo->session;
    struct look look = {.content = &session->content, .rules = &demo->rules, .day = demo->day};
    struct look_result result;
    enum err err = look_fingerprint(session->arena, NULL, &look.fingerprint, &session->problems);
    return err ? err : look_next(db, session->arena, &look, &result);
}

static enum err lead_make(struct db *db, void *context) {
    struct arena *arena = context;
    struct person person;
    enum err err = person_add(db, arena, LEAD, NULL, &person);
    if (!err)
        err = account_add_for(db, arena, person.id, "lead");
    return err ? err : member_set(db, arena, NULL, "lead", role_names[ROLE_LEAD], &person);
}

static enum err database_make(struct demo *demo, const char *workbook, const char **link) {
    struct session *session = demo->session;
    struct db *db = NULL;
    old_remove(demo->database, session->arena);
    enum err err = session_rules(session, NULL, &demo->rules);
    if (!err)
        err = store_open(session, demo->database, DB_CREATE, &db);
    if (!err)
        err = sample_import(demo, db, workbook);
    if (!err)
        err = sample_look(demo, db);
    if (!err)
        err = db_write(db, lead_make, session->arena);
    if (!err)
        err = pages_link(session, db, "lead",
                         pages_address(session->arena, "http", address, demo->port), link);
    db_close(db);
    return err;
}

/* ---- the pages ---- */

static void failure_say(const struct problems *problems) {
    enum { TOLD = 10 };
    problems_print(stderr, problems, TOLD);
}

static void death_say(void *context, long process, const char *what, double seconds) {
    (void)context, (void)process, (void)seconds;
    fprintf(stderr, "A process ended %s. Another takes its place.\n", what);
}

/* The port that people know if it can be had, otherwise any. */
static enum err port_find(struct demo *demo) {
    struct problems unheard = problems_new(demo->session->arena);
    demo->port = PORT;
    if (web_listen(address, &demo->port, &demo->web.listener, &unheard) == OK)
        return OK;
    demo->port = 0;
    return web_listen(address, &demo->port, &demo->web.listener, &demo->session->problems);
}

/* Asks for a page, as a browser would, and ends the demo. */
static enum worker_end pages_check(void *context) {
    const struct demo *demo = context;
    int status = pages_ask(address, demo->port, "/sign-in");
    if (status == STATUS_OK)
        printf("Tried just now: they answered on %s.\n",
               pages_address(demo->session->arena, "http", address, demo->port));
    else
        fprintf(stderr, "The pages do not answer as they should: %d.\n", status);
    fflush(stdout);
    kill(getppid(), SIGTERM);
    return status == STATUS_OK ? WORKER_FINISHED : WORKER_GAVE_UP;
}

static enum err pages_serve(struct demo *demo, bool once) {
    struct session *session = demo->session;
    struct looker preparer = {.url = demo->database,
                              .day = demo->day,
                              .pause = PREPARE_PAUSE,
                              .failed = failure_say,
                              .round = prepare_round};
    const struct worker_kind workers[] = {
        {"pages", 1, web_work, &demo->web, death_say},
        {"preparing", once ? 0 : 1, looker_work, &preparer, death_say},
        {"check", once ? 1 : 0, pages_check, demo, NULL},
    };
    if (workers_run(workers, sizeof workers / sizeof *workers, false, NULL))
        return OK;
    problem_add(&session->problems, (struct place){0}, "The pages could not be answered.");
    return ERR_IO;
}

static void invitation_print(struct session *session, const char *link, bool once) {
    struct printer printer = printer_new(stdout);
    print_heading(&printer, "The same as pages, for a team");
    if (once) {
        puts("On a terminal, `ithaca demo` goes on to answer pages.");
        return;
    }
    print_wrapped(&printer, "", NULL,
                  arena_format(session->arena,
                               "Open this address in a browser. It lets you in, once, as the lead "
                               "of the programme; the next time you start the demo it has a new "
                               "one. Ctrl-C ends it."));
    printf("\n%s\n", link);
}

enum err demo_site(struct session *session, const char *workbook, const char *database,
                   const char *day, bool once) {
    struct demo demo = {.session = session, .database = database, .day = day};
    const char *link;
    demo.web = (struct web){.database = database, .failed = failure_say};
    enum err err = port_find(&demo);
    if (!err)
        err = database_make(&demo, workbook, &link);
    if (err)
        return err;
    demo.web.site = (struct site){.start = pages_start(session->arena),
                                  .day = day,
                                  .content = &session->content,
                                  .rules = &demo.rules};
    invitation_print(session, link, once);
    fflush(stdout);
    return pages_serve(&demo, once);
}
