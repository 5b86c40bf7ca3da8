/* ithaca check --all: every programme of a database, counted. */
#ifndef ITHACA_CHECK_ALL_H
#define ITHACA_CHECK_ALL_H

#include "command/command.h"

struct check_all {
    const char *url, *rules_folder;
    bool json; /* a JSON object per line, instead of a line of text */
    const struct diagnosis_options *diagnosis;
    const struct selection *selection;
};

/* Prints a line for each, in the order of their keys, worked out by as many processes as the
 * machine has processors. Gives the exit code, and closes the session. */
int check_all(struct session *session, const struct check_all *check);

#endif
