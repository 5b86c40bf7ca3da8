/* Runs another program as a filter: text in, text out, within limits, without a shell.
 *
 * For programs whose work we want and whose faults we do not: whatever it does, the caller gets an
 * answer in a bounded time, and what it started ends with it. Everything returned belongs to the
 * arena. For a program with one thread: while the child runs, SIGCHLD has its default handling. */
#ifndef ITHACA_CHILD_H
#define ITHACA_CHILD_H

#include "base/arena.h"

struct child_limits {
    long milliseconds; /* until the child is killed, whatever it does */
    size_t memory;     /* bytes of address space */
    size_t output;     /* bytes it may write */
};

enum child_end {
    CHILD_DONE,    /* ended with success */
    CHILD_MISSING, /* there is no such program on the PATH */
    CHILD_SLOW,    /* was killed because its time was over */
    CHILD_LARGE,   /* was killed because it wrote too much */
    CHILD_FAILED,  /* could not be run, or ended without success */
};

struct child_result {
    enum child_end end;
    char *output;    /* what it wrote to standard output; ended by a NUL */
    char *complaint; /* the beginning of what it wrote to standard error */
};

/* `arguments` ends with NULL; the first is the program's name, looked for on the PATH. */
struct child_result child_run(struct arena *arena, const char *const *arguments, const char *input,
                              const struct child_limits *limits);

#endif
