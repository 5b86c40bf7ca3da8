/* What takes too long for a web worker is done by another process: its helper. There is one for
 * each worker, with one thread, little memory and no files, which works off one question after the
 * other. Meanwhile the worker answers other people.
 *
 * A page asks by giving STATUS_WAIT and a question (web/request.h). If the helper dies or hangs,
 * all who wait get the answer "", and the next question starts another. */
#ifndef ITHACA_HELPER_H
#define ITHACA_HELPER_H

#include "base/arena.h"
#include <stdbool.h>

enum {
    HELPER_TEXTS = 3,      /* of a question; NULL: not there */
    HELPER_TEXT_MAX = 600, /* bytes of each; what is longer cannot be asked */
    HELPER_ANSWER_SIZE = 256,
    HELPER_WAITING_MAX = 20,
};

struct question {
    /* Runs in the helper's process, so it sees nothing but its texts. It writes an answer that is
     * not "". */
    void (*work)(const char *const texts[HELPER_TEXTS], char answer[HELPER_ANSWER_SIZE]);
    const char *texts[HELPER_TEXTS];
};

struct helper;

/* Starts one. Begin it before anything is opened that a second process should not hold for long. */
struct helper *helper_new(struct arena *arena);
void helper_end(struct helper *helper);

/* False if it cannot be asked now: too many are waiting, or no process can be had. */
bool helper_ask(struct helper *helper, const struct question *question, void *asker);
/* The next who has an answer, in the order in which they asked; NULL: nobody yet. "" says that
 * there will be none. */
void *helper_next(struct helper *helper, char answer[HELPER_ANSWER_SIZE]);
/* Nobody gets an answer any more: helper_next gives "" to all who wait. */
void helper_give_up(struct helper *helper);

/* What can be read when there is something for helper_next; -1: nothing. */
int helper_socket(const struct helper *helper);
/* When helper_next is to be called, even if there is nothing to read: in so many milliseconds;
 * -1: nobody waits. */
int helper_patience(const struct helper *helper);

#endif
