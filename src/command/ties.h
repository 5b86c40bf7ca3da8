/* What `map` and `network` share: all but what they print. They read a workbook's ties between
 * people, of the kinds asked for, as of a day, with their measures. */
#ifndef ITHACA_TIES_H
#define ITHACA_TIES_H

#include "command/source.h"
#include "diagnosis/partnership_map.h"

/* What was asked for, and what was read of it. */
struct ties {
    struct source source;
    const char *output, *format;
    unsigned kinds; /* as partnership_read wants them */
    char today[DAY_SIZE];
    struct partnership partnership;
    struct map map;
};

/* Prints the ties to where --output says, in the format asked for. */
typedef enum err ties_printer(struct session *session, const struct ties *ties);

/* Runs such a command: reads its arguments (a workbook, --as-of, --ties, --output, --format: one of
 * `formats`, the first if not given) and the workbook, and prints. Gives the exit code; what is
 * wrong has been said then. */
int ties_run(const struct command *command, int argc, char **argv, const char *const *formats,
             size_t format_count, ties_printer *print);

#endif
