/* ithaca diagnose: looks at every programme that is due, now. */
#include "base/text.h"
#include "command/options.h"
#include "command/store.h"
#include "findings/worker.h"
#include "jobs/jobs.h"
#include "store/programme.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern const struct command diagnose_command;

enum { WORKERS_MAX = 8 };

struct arguments {
    const char *url, *programme, *rules_folder;
    char day[DAY_SIZE];
};

static bool arguments_read(struct arena *arena, struct arguments *out, int argc, char **argv) {
    const char *nothing;
    char today[DAY_SIZE];
    const struct option options[] = {
        {"--db", .text = &out->url},
        {"--programme", .text = &out->programme},
        {"--rules", .text = &out->rules_folder},
        {"--day", .day = out->day},
        {0},
    };
    if (!options_read_with(&diagnose_command, arena, options, NULL, argc, argv, &nothing))
        return false;
    day_today(today);
    const char *fault = nothing     ? "say which database with --db; a workbook is what `ithaca "
                                      "check` reads."
                        : !out->url ? "say which database: --db FILE, or --db postgresql://..."
                        : strcmp(out->day, today) > 0
                            ? "--day must have come: what is found as of a day to come would stand "
                              "until then."
                            : NULL;
    if (fault)
        usage_refuse(&diagnose_command, "%s", fault);
    return !fault;
}

/* How many looks came to an end, in whichever process. */
static _Atomic size_t *looks;

static void looks_share(void) {
    looks = mmap(NULL, sizeof *looks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (looks == MAP_FAILED)
        abort(); /* no memory */
}

static void looked_say(const struct looked *looked) {
    atomic_fetch_add(looks, 1);
    if (looked->error || looked->overtaken)
        return; /* told at the end; looked at again */
    printf("%s, revision %lld, %s: %zu found; %zu new, %zu closed\n", looked->programme,
           (long long)looked->revision, looked->day, looked->found, looked->opened, looked->closed);
    fflush(stdout);
}

static void failure_say(const struct problems *problems) {
    problems_print(stderr, problems, 10);
}

static void death_say(void *context, long process, const char *what, double seconds) {
    (void)context;
    (void)process;
    (void)seconds;
    fprintf(stderr, "A diagnosis ended in the middle, %s. It is tried %d times.\n", what,
            JOB_TRIES);
}

/* What could not be looked at; gives how many these are. */
static enum err given_up_print(struct session *session, const struct looker *looker, size_t *n) {
    struct printer printer = printer_new(stderr);
    struct look look = {.day = looker->day, .programme = looker->programme};
    struct look_result result = {0};
    struct db *db = NULL;
    enum err err = look_fingerprint(session->arena, looker->rules_folder, &look.fingerprint,
                                    &session->problems);
    if (!err)
        err = store_open(session, looker->url, DB_READ_ONLY, &db);
    if (!err)
        err = look_given_up(db, session->arena, &look, &result);
    db_close(db);
    for (size_t i = 0; i < result.retired.n && !err; i++) {
        const struct looked *looked = &result.retired.items[i];
        print_wrapped(&printer, "", "    ",
                      arena_format(session->arena,
                                   "%s could not be looked at (revision %lld, %s), and is left "
                                   "alone until something changes: %s",
                                   looked->programme, (long long)looked->revision, looked->day,
                                   looked->error));
    }
    *n = result.retired.n;
    return err;
}

/* That there is such a programme, before anybody sets to work. */
struct wanted {
    struct arena *arena;
    const char *key;
    struct programmes all;
};

static enum err programme_try(struct db *db, void *context) {
    struct wanted *wanted = context;
    struct programme programme;
    return wanted->key ? programme_find(db, wanted->arena, wanted->key, &programme)
                       : programmes_list(db, wanted->arena, &wanted->all);
}

static enum err store_try(struct session *session, const struct arguments *arguments, bool *empty) {
    struct db *db = NULL;
    struct rules rules;
    struct wanted wanted = {.arena = session->arena, .key = arguments->programme};
    enum err err = session_rules(session, arguments->rules_folder, &rules);
    if (!err)
        err = store_open(session, arguments->url, DB_EXISTING, &db);
    if (!err)
        err = db_read(db, programme_try, &wanted);
    *empty = !wanted.key && !wanted.all.list.n;
    db_close(db);
    return err;
}

static void nothing_say(bool empty) {
    struct printer printer = printer_new(stdout);
    print_wrapped(&printer, "", NULL,
                  empty ? "There is no programme in it yet. `ithaca import` brings one in."
                        : "Nothing was left to do: every programme has been looked at since it was "
                          "saved last, as of this day or a later one. `ithaca findings` lists "
                          "what was found.");
}

static unsigned processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (unsigned)n;
}

static int run(int argc, char **argv) {
    struct session session;
    struct arguments arguments = {0};
    size_t given_up = 0;
    bool empty = false;
    if (session_open(&session) != OK)
        return session_refuse(&session, "Something is wrong with the program itself.");
    if (!arguments_read(session.arena, &arguments, argc, argv)) {
        session_close(&session);
        return EXIT_UNUSABLE;
    }
    if (store_try(&session, &arguments, &empty) != OK)
        return session_refuse(&session, NULL);
    looks_share();
    struct looker looker = {.url = arguments.url,
                            .rules_folder = arguments.rules_folder,
                            .day = *arguments.day ? arguments.day : NULL,
                            .programme = arguments.programme,
                            .looked = looked_say,
                            .failed = failure_say};
    const struct worker_kind kind = {"diagnosis", processors(), looker_work, &looker, death_say};
    bool whole = workers_run(&kind, 1, false, NULL);
    if (given_up_print(&session, &looker, &given_up) != OK)
        return session_refuse(&session, NULL);
    if (whole && !given_up && !*looks)
        nothing_say(empty);
    session_close(&session);
    return whole && !given_up ? EXIT_IN_ORDER : EXIT_UNUSABLE;
}

const struct command diagnose_command = {
    .name = "diagnose",
    .summary = "look once at every programme that is due, and keep what is found",
    .help = "ithaca diagnose --db DATABASE [options]\n"
            "\n"
            "Looks at every programme that was saved since anybody looked, or not looked at\n"
            "today, or not by this version of the rules; and keeps what it finds: see `ithaca\n"
            "findings`. `ithaca serve` does the same by itself.\n"
            "\n"
            "  --programme KEY        only this one\n"
            "  --rules FOLDER         your own rules besides the built-in ones\n"
            "  --day DAY              as of that day instead of today. A programme's day\n"
            "                         never goes back: an earlier one than it was looked at last\n"
            "                         does nothing\n"
            "\n"
            "A programme that cannot be looked at is tried three times, then left alone until\n"
            "it is saved again or another day comes. The others are looked at all the same.\n"
            "\n"
            "Exit code: 0 all that was due was done; 2 something could not be done.\n",
    .run = run,
};
