#include "jobs/workers.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUICK_DEATHS_MAX = 20, END_TEXT_SIZE = 64 };

static const double pause_first = 0.1, pause_longest = 30, /* seconds */
    long_life = 10,                                        /* after which a death is the first */
    patience = 20; /* with a worker that is to end, before it is killed */

struct slot {
    const struct worker_kind *kind;
    pid_t process; /* 0: none is at work */
    bool over;     /* and none will be */
    double started, start_at;
    unsigned deaths; /* quick ones in a row */
};

struct master {
    const struct worker_kind *kinds;
    size_t kind_count;
    const struct worker_renewal *renewal;
    struct slot *slots;
    size_t n;
    pid_t *leaving; /* whose place another has taken */
    size_t leaving_count;
    sigset_t signals;
    bool ending, failed, patient;
    double kill_at;
};

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The signal that comes within so many seconds, or 0. */
static int signal_wait(const sigset_t *signals, double seconds) {
    if (seconds < 0)
        seconds = 0;
    time_t whole = (time_t)seconds;
    struct timespec timeout = {whole, (long)((seconds - (double)whole) * 1e9)};
    int signal = sigtimedwait(signals, NULL, &timeout);
    return signal > 0 ? signal : 0;
}

static sigset_t signals_to_end(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

bool worker_pause(double seconds) {
    sigset_t signals = signals_to_end();
    return signal_wait(&signals, seconds) != 0;
}

/* ---- starting ---- */

static _Noreturn void worker_run(const struct worker_kind *kind, pid_t master) {
    sigset_t signals = signals_to_end();
    sigprocmask(SIG_SETMASK, &signals, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != master)
        exit(WORKER_FINISHED);
    exit((int)kind->work(kind->context));
}

static void worker_start(struct slot *slot) {
    pid_t master = getpid();
    fflush(NULL);
    slot->started = seconds_now();
    pid_t process = fork();
    if (process == 0)
        worker_run(slot->kind, master);
    if (process > 0)
        slot->process = process;
    else
        slot->start_at = slot->started + pause_longest; /* no room for a process: later, perhaps */
}

/* ---- ending ---- */

static void end_describe(int status, char out[END_TEXT_SIZE]) {
    if (WIFSIGNALED(status))
        snprintf(out, END_TEXT_SIZE, "by signal %d", WTERMSIG(status));
    else
        snprintf(out, END_TEXT_SIZE, "with exit code %d", WEXITSTATUS(status));
}

static void worker_ended(struct master *master, struct slot *slot, int status) {
    pid_t process = slot->process;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    double now = seconds_now(), pause = pause_first;
    char what[END_TEXT_SIZE];
    slot->process = 0;
    if (master->ending || code == WORKER_FINISHED || code == WORKER_GAVE_UP) {
        slot->over = true;
        master->failed |= code == WORKER_GAVE_UP;
        return;
    }
    slot->deaths = now - slot->started < long_life ? slot->deaths + 1 : 1;
    for (unsigned i = 1; i < slot->deaths && pause < pause_longest; i++)
        pause *= 2;
    if (pause > pause_longest)
        pause = pause_longest;
    if (!master->patient && slot->deaths >= QUICK_DEATHS_MAX)
        slot->over = master->failed = true;
    slot->start_at = now + pause;
    end_describe(status, what);
    if (slot->kind->died)
        slot->kind->died(slot->kind->context, (long)process, what, pause);
}

static void dead_collect(struct master *master) {
    int status;
    for (size_t i = 0; i < master->n; i++) {
        struct slot *slot = &master->slots[i];
        if (slot->process && waitpid(slot->process, &status, WNOHANG) == slot->process)
            worker_ended(master, slot, status);
    }
    for (size_t i = master->leaving_count; i-- > 0;)
        if (waitpid(master->leaving[i], NULL, WNOHANG) == master->leaving[i])
            master->leaving[i] = master->leaving[--master->leaving_count];
}

static void all_signal(const struct master *master, int signal) {
    for (size_t i = 0; i < master->n; i++)
        if (master->slots[i].process)
            kill(master->slots[i].process, signal);
    for (size_t i = 0; i < master->leaving_count; i++)
        kill(master->leaving[i], signal);
}

static void end_begin(struct master *master) {
    master->ending = true;
    master->kill_at = seconds_now() + patience;
    for (size_t i = 0; i < master->n; i++)
        if (!master->slots[i].process)
            master->slots[i].over = true;
    all_signal(master, SIGTERM);
}

/* ---- renewing ---- */

static void *room(void *old, size_t n, size_t size) {
    void *made = reallocarray(old, n + 1, size);
    if (!made)
        abort();
    return made;
}

static void slots_make(struct master *master) {
    master->n = 0;
    for (size_t i = 0; i < master->kind_count; i++)
        master->n += master->kinds[i].count;
    master->slots = room(NULL, master->n, sizeof *master->slots);
    for (size_t i = 0, at = 0; i < master->kind_count; i++)
        for (unsigned j = 0; j < master->kinds[i].count; j++)
            master->slots[at++] = (struct slot){.kind = &master->kinds[i]};
}

/* Fresh ones are started at once, when the slots are looked at; whoever asks in between waits. */
static void workers_renew(struct master *master) {
    if (!master->renewal->renew(master->renewal->context, master->leaving_count))
        return;
    struct slot *old = master->slots;
    size_t n = master->n;
    slots_make(master);
    master->leaving = room(master->leaving, master->leaving_count + n, sizeof *master->leaving);
    for (size_t i = 0; i < n; i++)
        if (old[i].process) {
            kill(old[i].process, SIGHUP);
            master->leaving[master->leaving_count++] = old[i].process;
        }
    free(old);
}

/* ---- the master ---- */

/* Starts what is to be started now; gives the seconds until there is something to do again. */
static double slots_look(struct master *master, bool *any) {
    double wait = pause_longest, now = seconds_now();
    *any = master->leaving_count > 0;
    for (size_t i = 0; i < master->n; i++) {
        struct slot *slot = &master->slots[i];
        *any |= !slot->over;
        if (slot->over || slot->process)
            continue;
        if (slot->start_at <= now)
            worker_start(slot);
        else if (slot->start_at - now < wait)
            wait = slot->start_at - now;
    }
    if (master->ending && master->kill_at - now < wait)
        wait = master->kill_at - now;
    return wait;
}

static void master_run(struct master *master) {
    for (;;) {
        bool any;
        double wait = slots_look(master, &any);
        if (!any)
            return;
        int signal = signal_wait(&master->signals, wait);
        if ((signal == SIGTERM || signal == SIGINT) && !master->ending)
            end_begin(master);
        if (signal == SIGHUP && !master->ending)
            workers_renew(master);
        if (master->ending && seconds_now() >= master->kill_at)
            all_signal(master, SIGKILL);
        dead_collect(master);
    }
}

bool workers_run(const struct worker_kind *kinds, size_t n, bool patient,
                 const struct worker_renewal *renewal) {
    struct master master = {.kinds = kinds,
                            .kind_count = n,
                            .renewal = renewal,
                            .signals = signals_to_end(),
                            .patient = patient};
    sigset_t before;
    slots_make(&master);
    if (!renewal)
        sigdelset(&master.signals, SIGHUP); /* it ends as any program does */
    sigaddset(&master.signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &master.signals, &before);
    master_run(&master);
    sigprocmask(SIG_SETMASK, &before, NULL);
    free(master.slots);
    free(master.leaving);
    return !master.failed;
}
