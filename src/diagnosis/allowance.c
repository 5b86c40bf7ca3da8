#include "diagnosis/allowance.h"
#include "base/problem.h"
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
    BYTES_MAX = 24 * 1024 * 1024,
    FINDINGS_MAX = 1000, /* nobody reads more, and each is printed with its rule's advice */
    RECORDS_MAX = 20000, /* that all findings name */
};
static const double seconds_to_run = 0.8, seconds_to_prepare = 0.15;

struct allowance allowance_to_run(void) {
    return (struct allowance){.seconds = seconds_to_run,
                              .bytes = BYTES_MAX,
                              .findings = FINDINGS_MAX,
                              .records = RECORDS_MAX};
}

struct allowance allowance_to_prepare(void) {
    return (struct allowance){.seconds = seconds_to_prepare, .bytes = BYTES_MAX};
}

double allowance_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What the signal's handler says: it may neither allocate nor format. */
static const char *refusal_of_time;

static void time_is_over(int signal_number) {
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, refusal_of_time, strlen(refusal_of_time));
    _exit(written < 0 ? 3 : 2);
}

static const char *refusal_make(struct arena *arena, const struct query *query, const char *what) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (!out)
        abort();
    struct problems problems = problems_new(arena);
    problem_add(&problems, (struct place){.file = query->file, .row = query->line},
                "It was stopped: with the other rules of your own, it takes %s. Ask for less in "
                "this rule, or take it out of the folder.",
                what);
    fputs("There is something wrong with a rule. (1 thing to mend)\n\n", out);
    problems_print(out, &problems, 1);
    fclose(out);
    const char *refusal = arena_copy(arena, bytes);
    free(bytes);
    return refusal;
}

static void timer_set(double seconds) {
    double whole = floor(seconds);
    struct itimerval timer = {.it_value = {(time_t)whole, (suseconds_t)((seconds - whole) * 1e6)}};
    setitimer(ITIMER_PROF, &timer, NULL);
}

void allowance_begin(struct allowance *allowance, struct arena *arena, const struct query *query) {
    if (query->is_builtin)
        return;
    struct sigaction action = {.sa_handler = time_is_over};
    refusal_of_time = refusal_make(arena, query, "too long");
    sigaction(SIGPROF, &action, NULL);
    arena_limit(arena, allowance->bytes, refusal_make(arena, query, "too much memory"));
    allowance->began = allowance_clock();
    timer_set(fmax(allowance->seconds, 1e-6)); /* a timer of no time would be none at all */
}

void allowance_end(struct allowance *allowance, struct arena *arena, const struct query *query) {
    if (query->is_builtin)
        return;
    timer_set(0);
    allowance->seconds -= allowance_clock() - allowance->began;
    allowance->bytes = arena_limit_end(arena);
}

bool allowance_take(struct allowance *allowance, const struct query *query, size_t records) {
    if (query->is_builtin)
        return true;
    if (!allowance->findings || records > allowance->records)
        return false;
    allowance->findings--;
    allowance->records -= records;
    return true;
}
