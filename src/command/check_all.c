#include "command/check_all.h"
#include "base/text.h"
#include "command/store.h"
#include "content/json.h"
#include "findings/limits.h"
#include "store/programme.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HELPERS_MAX = 64, PROGRAMME_MEMORY = 1024 * 1024 * 1024 };

struct checking {
    struct session *session;
    const struct check_all *check;
    struct programmes programmes;
    struct rules rules;
    unsigned helpers;
};

/* A process that looks at every so many programmes, and writes a line for each. */
struct helper {
    pid_t process;
    FILE *lines;
};

/* ---- one programme ---- */

static void counts_print(FILE *out, const struct checking *checking, const char *key,
                         const struct diagnosis *diagnosis) {
    size_t counts[SEVERITY_COUNT] = {0}, found = 0, in_order = 0, listed = 0;
    const struct selection *selection = checking->check->selection;
    for (size_t i = 0; i < diagnosis->findings.n; i++)
        if (finding_selected(selection, diagnosis->findings.items[i])) {
            counts[diagnosis->findings.items[i]->severity]++;
            found++;
        }
    /* Each form counts what `check` counts or lists in the same form: for people only what is
     * whole.
     */
    for (size_t i = 0; i < diagnosis->evidence.n; i++) {
        const struct evidence *evidence = diagnosis->evidence.items[i];
        bool selected = evidence_selected(selection, evidence);
        listed += selected;
        in_order += selected && evidence->whole;
    }
    if (!checking->check->json) {
        fprintf(out,
                "%s: %zu found (%zu high, %zu medium, %zu low), %zu in order, %zu cannot be "
                "told\n",
                key, found, counts[HIGH], counts[MEDIUM], counts[LOW], in_order,
                diagnosis->doubts.n);
        return;
    }
    json_t *line =
        json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i}", "programme", key, "name",
                  diagnosis->programme, "as_of", diagnosis->as_of, "findings", (int)found, "high",
                  (int)counts[HIGH], "medium", (int)counts[MEDIUM], "low", (int)counts[LOW],
                  "in_place", (int)listed, "cannot_tell", (int)diagnosis->doubts.n);
    json_dumpf(line, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(line);
}

static void fault_print(FILE *out, const struct checking *checking, const char *key,
                        const char *words) {
    if (!checking->check->json) {
        fprintf(out, "%s: it cannot be looked at: %s\n", key, words);
        return;
    }
    json_t *line = json_pack("{s:s, s:s}", "programme", key, "error", words);
    json_dumpf(line, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(line);
}

/* The first byte of each line is the exit code it means. */
static void programme_check(const struct checking *checking, struct db *db, const char *key,
                            FILE *out) {
    struct arena *arena = arena_new(PROGRAMME_MEMORY);
    struct problems *outer = db_problems(db), problems = problems_new(arena);
    struct programme programme;
    struct records records;
    struct diagnosis diagnosis;
    struct rules rules;
    int64_t limits;
    size_t selected = 0;
    db_problems_set(db, &problems);
    enum err err = programme_read(db, arena, key, 0, &programme, &records);
    struct workbench *workbench = workbench_open(arena);
    if (!err)
        err = rules_for_programme(db, arena, &checking->rules, programme.id, &rules, &limits);
    if (!err)
        err = diagnosis_make(workbench, arena, &records, &checking->session->content, &rules,
                             checking->check->diagnosis, &diagnosis, &problems);
    for (size_t i = 0; !err && i < diagnosis.findings.n; i++)
        selected += finding_selected(checking->check->selection, diagnosis.findings.items[i]);
    fputc('0' + (err ? EXIT_UNUSABLE : selected ? EXIT_FINDINGS : EXIT_IN_ORDER), out);
    if (err)
        fault_print(out, checking, key, problems.list.n ? problems.list.items[0].message : "");
    else
        counts_print(out, checking, key, &diagnosis);
    workbench_close(workbench);
    db_problems_set(db, outer);
    arena_free(arena);
    fflush(out);
}

/* ---- the processes ---- */

static _Noreturn void helper_run(const struct checking *checking, size_t first, FILE *out) {
    struct session *session = checking->session;
    struct db *db = NULL;
    enum err err = store_open(session, checking->check->url, DB_READ_ONLY, &db);
    for (size_t i = first; i < checking->programmes.list.n && !err; i += checking->helpers)
        programme_check(checking, db, checking->programmes.list.items[i].key, out);
    db_close(db);
    if (err)
        problems_print(stderr, &session->problems, 3);
    fclose(out);
    session_close(session);
    exit(err ? EXIT_UNUSABLE : EXIT_IN_ORDER);
}

static struct helper helper_start(const struct checking *checking, size_t first) {
    struct helper helper = {0};
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0)
        abort();
    helper.process = fork();
    if (helper.process < 0)
        abort();
    if (helper.process == 0) {
        close(ends[0]);
        helper_run(checking, first, fdopen(ends[1], "w"));
    }
    close(ends[1]);
    helper.lines = fdopen(ends[0], "r");
    return helper;
}

static void helper_end(struct helper *helper) {
    if (!helper->lines)
        return;
    fclose(helper->lines);
    waitpid(helper->process, NULL, 0);
    helper->lines = NULL;
}

/* The lines in order; one whose process has died gets a line that says so, and another process goes
 * on behind it. */
static int lines_print(const struct checking *checking, struct helper *helpers) {
    int code = EXIT_IN_ORDER;
    char *line = NULL;
    size_t room = 0;
    for (size_t i = 0; i < checking->programmes.list.n; i++) {
        struct helper *helper = &helpers[i % checking->helpers];
        int means = EXIT_UNUSABLE;
        if (!helper->lines)
            *helper = helper_start(checking, i);
        if (getline(&line, &room, helper->lines) > 1) {
            means = line[0] - '0';
            fputs(line + 1, stdout);
        } else {
            helper_end(helper);
            fault_print(stdout, checking, checking->programmes.list.items[i].key,
                        "the program ended in the middle.");
        }
        code = means > code ? means : code;
    }
    free(line);
    return code;
}

/* ---- all ---- */

struct listing {
    struct arena *arena;
    struct programmes *out;
};

static enum err programmes_read(struct db *db, void *context) {
    struct listing *listing = context;
    return programmes_list(db, listing->arena, listing->out);
}

int check_all(struct session *session, const struct check_all *check) {
    struct checking checking = {.session = session, .check = check};
    struct listing listing = {session->arena, &checking.programmes};
    struct helper helpers[HELPERS_MAX] = {0};
    struct db *db = NULL;
    enum err err = session_rules(session, check->rules_folder, &checking.rules);
    if (!err)
        err = store_open(session, check->url, DB_READ_ONLY, &db);
    if (!err)
        err = db_read(db, programmes_read, &listing);
    db_close(db);
    if (err)
        return session_refuse(session, NULL);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    checking.helpers = processors < 1             ? 1
                       : processors > HELPERS_MAX ? HELPERS_MAX
                                                  : (unsigned)processors;
    for (unsigned i = 0; i < checking.helpers && i < checking.programmes.list.n; i++)
        helpers[i] = helper_start(&checking, i);
    int code = lines_print(&checking, helpers);
    for (unsigned i = 0; i < checking.helpers; i++)
        helper_end(&helpers[i]);
    session_close(session);
    return code;
}
